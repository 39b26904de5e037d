"""The page as a file: what it is made of, and what happens where it cannot be written."""

import base64
import hashlib
import json
import re

import pytest
from reviewer import drafted
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import OutputError
from extractor.review import write_page

TEXT = "Plant </script><!-- costs 5 million euros \u2028 & more."


@pytest.fixture
def result():
    return drafted(TEXT, facilities=[{"name": "Plant", "investment": "5 million euros"}])


@pytest.fixture
def html(tmp_path, result):
    write_page([result], tmp_path / "review.html")
    return (tmp_path / "review.html").read_text(encoding="utf-8")


def blocks(html):
    """The data of the page by their ids."""
    found = re.findall(r'<script type="application/json" id="([^"]+)">(.*?)</script>', html, re.DOTALL)
    return {name: json.loads(text) for name, text in found}


def test_the_page_is_one_file_that_names_nothing_outside(html):
    assert re.findall(r"<(?:link|iframe|img|object|embed)\b|\bsrc=|@import|url\(|https?:", html) == []


def test_only_the_page_s_own_script_and_style_may_run(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    [style] = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    [script] = re.findall("<script>(.*?)</script>", html, re.DOTALL)

    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    for content in (style, script):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_texts_stand_in_the_page_as_they_are_and_end_nothing(html):
    assert blocks(html)["document-0"]["text"] == TEXT
    assert html.count("</script>") == len(blocks(html)) + 1
    assert "\u2028" not in html
    assert "<!--" not in html


def test_offsets_are_those_of_the_contract(html, result):
    [figure] = blocks(html)["document-0"]["figures"]

    assert (figure["start"], figure["end"]) == (result.figures[0].start, result.figures[0].end)


def test_a_large_set_is_a_folder_with_a_data_file_for_each_hundred(tmp_path, result):
    assert write_page([result] * 201, tmp_path / "review", folder=True) == 201

    data = sorted(path.name for path in (tmp_path / "review/data").iterdir())
    assert data == ["0.js", "1.js", "2.js"]
    assert "</script>" not in (tmp_path / "review/data/0.js").read_text(encoding="utf-8")
    queue = blocks((tmp_path / "review/index.html").read_text(encoding="utf-8"))["settings"]["queue"]
    assert len(queue) == 201


def test_a_smaller_set_leaves_no_data_of_a_larger_one_behind(tmp_path, result):
    write_page([result] * 101, tmp_path / "review", folder=True)
    write_page([result], tmp_path / "review", folder=True, force=True)

    assert [path.name for path in (tmp_path / "review/data").iterdir()] == ["0.js"]


def test_a_page_is_replaced_only_when_asked_to(tmp_path, result):
    write_page([result], tmp_path / "review.html")
    with pytest.raises(OutputError, match=r"review\.html exists already; choose another name, or replace it"):
        write_page([result], tmp_path / "review.html")

    assert write_page([result], tmp_path / "review.html", force=True) == 1


def test_a_place_that_is_not_there_is_named(tmp_path, result):
    with pytest.raises(OutputError, match=r"cannot be written: there is no such folder"):
        write_page([result], tmp_path / "none" / "review.html")


@pytest.fixture
def extractor_(tmp_path, monkeypatch, result):
    """The command line in a directory with one file of results."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.jsonl").write_text(f"{result.to_json()}\n", encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_review_makes_a_file_or_a_folder_by_the_name(extractor_, tmp_path):
    assert extractor_("review", "out.jsonl", "-o", "review.html").exit_code == 0
    assert (tmp_path / "review.html").is_file()
    assert extractor_("review", "out.jsonl", "out.jsonl", "-o", "review/").exit_code == 0
    assert (tmp_path / "review/index.html").is_file()


def test_review_goes_on_after_a_line_that_is_no_result(extractor_, tmp_path):
    with (tmp_path / "out.jsonl").open("a") as file:
        file.write("{}\n")

    ran = extractor_("review", "out.jsonl", "-o", "review.html")

    assert ran.exit_code == 1
    assert 'out.jsonl:2: is not a result of "extractor run"' in ran.stderr
    assert (tmp_path / "review.html").is_file()


def test_review_of_nothing_writes_nothing(extractor_, tmp_path):
    ran = extractor_("review", "none.jsonl", "-o", "review.html")

    assert ran.exit_code == 2
    assert "none.jsonl: no such file" in ran.stderr
    assert not (tmp_path / "review.html").exists()
