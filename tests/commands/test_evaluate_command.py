"""The command `extractor evaluate`, as a user types it."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app

README = Path(__file__).parents[2] / "README.md"
MONEY = {"text": "5 EUR", "kind": "money", "value": 5, "unit": "EUR"}
GOLD = {"doc_id": "a", "facilities": [{"name": "Debrecen", "investment": MONEY, "country": "HU"}]}
OUT = {"doc_id": "a", "facilities": [{"name": "Debrecen", "investment": MONEY}], "text": "Debrecen: 5 EUR"}
HOSTILE = '<script>alert("x")</script>&'


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def evaluate(tmp_path, monkeypatch):
    """The command in a directory with gold and results."""
    monkeypatch.chdir(tmp_path)
    for name, told in {"gold": GOLD, "out": OUT, "better": {**GOLD, "text": "Debrecen: 5 EUR"}}.items():
        Path(f"{name}.jsonl").write_text(json.dumps(told))
    return lambda *arguments: CliRunner().invoke(app, ["evaluate", "gold.jsonl", "out.jsonl", *arguments])


def test_the_terminal_tells_scores_grounding_and_confusion(evaluate):
    Path("out.jsonl").write_text(
        json.dumps({**OUT, "facilities": [{"name": "Debrecen", "land_area": MONEY}]})
    )

    ran = evaluate()

    assert ran.exit_code == 0
    assert "facilities.investment → facilities.land_area" in ran.stdout
    assert "Grounding: 1 of 1 figures and 1 of 1 names stand in the text" in ran.stdout


def test_results_of_other_documents_are_told(evaluate):
    Path("out.jsonl").write_text(json.dumps({**OUT, "doc_id": "b"}))

    ran = evaluate()

    assert ran.exit_code == 2
    assert ran.stderr == (
        "extractor: out.jsonl: has no result for any document of gold.jsonl; name the results of these\n"
    )


def test_json_holds_everything(evaluate):
    told = json.loads(evaluate("--json").stdout)

    assert told["scores"]["all"]["slots"]["f1"] == 0.8
    assert told["differences"]["a"] == {"missed": ["facilities.country: HU"], "wrong": []}
    assert told["grounding"]["figures"] == {"all": 1, "grounded": 1}
    assert told["confusion"] == []


def test_two_runs_stand_side_by_side(evaluate):
    ran = evaluate("--compare", "better.jsonl")
    told = json.loads(evaluate("--compare", "better.jsonl", "--json").stdout)

    assert "slots.f1" in ran.stdout
    assert "+0.200" in ran.stdout
    assert "a: F1 0.80 → 1.00\n  + facilities.country: HU" in ran.stdout
    assert told["changed_documents"][0]["gained"] == ["facilities.country: HU"]
    assert told["compared"]["scores"]["all"]["slots"]["f1"] == 1.0


def test_equal_runs_are_told_so(evaluate):
    assert "The two runs have the same scores." in evaluate("--compare", "out.jsonl").stdout


def test_requirements_decide_the_exit_status(evaluate):
    met = evaluate("--require", "figures.f1>=0.9", "--require", "records.f1>=1")
    unmet = evaluate("--require", "figures.f1>=0.9", "--require", "slots.f1>=0.9")

    assert (met.exit_code, unmet.exit_code) == (0, 1)
    assert unmet.stderr == "extractor: slots.f1>=0.9 is required, but slots.f1 is 0.8000\n"


def test_an_unknown_metric_is_wrong_usage(evaluate):
    ran = evaluate("--require", "figures.f2>=0.9")

    assert ran.exit_code == 2
    assert ran.stderr.startswith(
        'extractor: requirement "figures.f2>=0.9": asks for a metric that there is not'
    )


def test_two_ways_of_printing_exclude_each_other(evaluate):
    ran = evaluate("--json", "--markdown")

    assert ran.exit_code == 2
    assert "--json and --markdown exclude each other" in " ".join(ran.stderr.split())


def test_markdown_is_the_table_of_the_readme(evaluate):
    lines = evaluate("--markdown").stdout.splitlines()
    readme = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    start = readme.index(lines[0])

    assert lines[2] == "| all: records | 1.00 | 1.00 | 1.00 | 1 |"
    assert [line.split("|")[1] for line in readme[start : start + len(lines)]] == [
        line.split("|")[1] for line in lines
    ]


def test_the_page_needs_nothing_else(evaluate):
    evaluate("--html", "page.html", "--compare", "better.jsonl")

    page = Page(Path("page.html").read_text(encoding="utf-8"))

    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"} == set()
    assert [attributes for _, attributes in page.tags if {"src", "href"} & set(attributes)] == []
    assert "Documents, the worst first" in page.text
    assert "+ facilities.country: HU" in page.text


def test_nothing_of_a_document_is_markup_of_the_page(evaluate):
    told = {"doc_id": HOSTILE, "text": "", "facilities": [{"name": HOSTILE}], "problems": []}
    problem = {"rule": "timeline", "verdict": "conflict", "message": HOSTILE}
    Path("gold.jsonl").write_text(json.dumps({**told, "facilities": []}))
    Path("out.jsonl").write_text(json.dumps({**told, "problems": [problem]}))

    evaluate("--html", "page.html")

    markup = Path("page.html").read_text(encoding="utf-8")
    assert "<script" not in markup
    assert Page(markup).text.count(HOSTILE) >= 4


def test_a_page_is_replaced_with_force_alone(evaluate):
    first, second, third = (evaluate("--html", "page.html", *more) for more in ((), (), ("--force",)))

    assert (first.exit_code, second.exit_code, third.exit_code) == (0, 2, 0)
    assert second.stderr.startswith("extractor: page.html exists already")
