"""The command line with a file of corrections."""

import csv
import json
from pathlib import Path

import pytest
from reviewer import says
from typer.testing import CliRunner

from extractor.cli import app
from extractor.input import results

SENTENCE = (
    "Lumora has started building a plant in Debrecen, Hungary, with a total investment of 183 million euros."
)


@pytest.fixture
def extractor_(tmp_path, monkeypatch):
    """The command line in an empty directory that holds one press text, already run over it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "press.txt").write_text(SENTENCE)

    def call(*arguments):
        return CliRunner().invoke(app, list(arguments))

    call("run", "press.txt", "-o", "out.jsonl")
    return call


@pytest.fixture
def rejection(extractor_):  # noqa: ARG001  the result that it is about
    [result] = results("out.jsonl")
    return says("reject", result, result.facilities[0], "investment")


def save(*corrections):
    with open("corrections.jsonl", "w", encoding="utf-8") as file:  # noqa: PTH123  short
        file.writelines(f"{correction.model_dump_json()}\n" for correction in corrections)


def test_run_applies_corrections(extractor_, rejection):
    save(rejection)

    ran = extractor_("run", "press.txt", "-o", "out.jsonl", "--force", "--corrections", "corrections.jsonl")

    assert ran.exit_code == 0
    assert "correction not applied" not in ran.stderr
    [result] = results("out.jsonl")
    assert result.facilities[0].investment is None
    assert "correction" in [problem.rule for problem in result.problems]


def test_run_applies_corrections_where_the_text_is_left_out_of_the_results(extractor_, rejection):
    save(rejection)

    extractor_(
        "run", "press.txt", "-o", "out.jsonl", "--force", "--no-text", "--corrections", "corrections.jsonl"
    )

    [result] = results("out.jsonl")
    assert (result.text, result.facilities[0].investment) == (None, None)


def test_run_tells_of_every_correction_that_was_not_applied(extractor_, rejection):
    save(rejection.model_copy(update={"text_sha256": "0" * 64}))

    ran = extractor_("run", "press.txt", "-o", "-", "--corrections", "corrections.jsonl", "--quiet")

    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["facilities"][0]["investment"] is not None
    assert ran.stderr == (
        "extractor: correction not applied: press.txt: no result has the text that 1 of the corrections are "
        "about\n"
    )


def test_a_file_that_holds_no_corrections_ends_the_run_before_any_work(extractor_, rejection):
    save(rejection.model_copy(update={"slot": "owner"}))

    ran = extractor_("run", "press.txt", "-o", "new.jsonl", "--corrections", "corrections.jsonl")

    assert ran.exit_code == 2
    assert "corrections.jsonl:1: is not a correction" in ran.stderr


def test_results_made_with_other_corrections_are_not_continued(extractor_, rejection):
    save(rejection)
    asked = ("run", "press.txt", "-o", "out.jsonl", "--corrections", "corrections.jsonl")
    assert extractor_(*asked).exit_code == 2
    assert extractor_(*asked, "--force").exit_code == 0

    again = extractor_(*asked)

    assert again.exit_code == 0
    assert "correction not applied" not in again.stderr
    [result] = results("out.jsonl")
    assert result.facilities[0].investment is None


def test_export_applies_corrections(extractor_, rejection):
    save(rejection, rejection.model_copy(update={"text_sha256": "0" * 64}))

    ran = extractor_(
        "export", "out.jsonl", "--to", "csv", "-o", "tables", "--corrections", "corrections.jsonl"
    )

    assert ran.exit_code == 0
    with Path("tables/facilities.csv").open(encoding="utf-8") as table:
        [row] = csv.DictReader(table)
    assert (row["country"], row["investment"]) == ("HU", "")
    assert "correction not applied: press.txt: no result has the text" in ran.stderr
