"""Two drafters' results of one text: where they differ becomes a problem."""

from pathlib import Path

import pytest
from reviewer import drafted
from typer.testing import CliRunner

from extractor.cli import app
from extractor.review import compared

TEXT = "The Debrecen plant costs 183 million euros and has an output of 12,000 tons and 300 jobs."
PLANT = {
    "name": "Debrecen plant",
    "investment": "183 million euros",
    "capacities": [{"figure": "12,000 tons"}],
}


@pytest.fixture
def rules():
    return drafted(TEXT, facilities=[PLANT])


@pytest.fixture
def model():
    capacity = {"name": "output", "figure": "12,000 tons"}
    result = drafted(TEXT, facilities=[{**PLANT, "capacities": [], "metrics": [capacity]}])
    return result.model_copy(update={"drafter": "qwen"})


def differences(result):
    """What the comparison adds to what the checks of each draft find."""
    return [problem for problem in result.problems if problem.rule != "unexplained_figures"]


def test_a_figure_in_another_slot_is_told_with_what_each_drafter_says(rules, model):
    [result] = compared([rules], [model])

    [problem] = differences(result)
    assert (
        problem.message == '"12,000 tons" is capacity of a facility for script, metric of a facility for qwen'
    )
    assert (problem.rule, problem.verdict, problem.severity) == ("drafters", "underdetermined", "warning")
    assert [figure.text for figure in result.figures if figure.figure in problem.figures] == ["12,000 tons"]
    assert problem.records == ["facility-1"]


def test_a_figure_that_only_one_drafter_takes_is_told(rules):
    other = drafted(TEXT, facilities=[{**PLANT, "investment": None}])

    [result] = compared([rules], [other])

    assert [problem.message for problem in differences(result)] == [
        '"183 million euros" is investment of a facility for script, in no record for script'
    ]


def test_drafters_that_agree_are_not_told_of(rules):
    assert list(compared([rules], [rules])) == [rules]


def test_another_text_is_nothing_to_compare_with(rules, model):
    other = model.model_copy(update={"text": f"{TEXT} More."})
    bare = rules.model_copy(update={"text": None})

    assert list(compared([rules], [other])) == [rules]
    assert list(compared([bare], [model])) == [bare]


def test_review_puts_the_difference_on_the_page(rules, model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(rules.to_json())
    Path("b.jsonl").write_text(model.to_json())

    ran = CliRunner().invoke(app, ["review", "a.jsonl", "--against", "b.jsonl", "-o", "review.html"])

    assert ran.exit_code == 0
    assert "slot on which drafters disagree" in Path("review.html").read_text()
