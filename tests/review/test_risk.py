"""Risk: points for what wants a look, with their reasons."""

import pytest
from reviewer import drafted

from extractor.review.risk import risk
from schemas import Problem

PLANT = {"name": "plant", "investment": "5 million euros"}
TEXT = "The plant costs 5 million euros."


def points(result):
    return [(reason.number, reason.label, reason.points) for reason in risk(result)]


def with_problem(**said):
    result = drafted(TEXT, facilities=[PLANT])
    return result.model_copy(update={"problems": [Problem(message="x", **{"rule": "timeline", **said})]})


def test_a_document_that_is_wholly_explained_has_no_risk():
    assert points(drafted(TEXT, facilities=[PLANT])) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"verdict": "conflict", "severity": "error"}, "serious conflict"),
        ({"verdict": "conflict", "severity": "warning"}, "conflict"),
        ({"verdict": "underdetermined", "rule": "draft"}, "slot of the draft left out"),
        ({"verdict": "underdetermined", "rule": "drafters"}, "slot on which drafters disagree"),
        ({"verdict": "underdetermined", "rule": "correction"}, "correction that no longer fits"),
        ({"verdict": "underdetermined", "severity": "warning"}, "open question"),
    ],
)
def test_a_problem_counts_for_what_it_is(said, reason):
    [found] = risk(with_problem(**said))

    assert (found.label, found.number) == (reason, 1)


@pytest.mark.parametrize("said", [{"verdict": "consistent"}, {"verdict": "underdetermined"}])
def test_what_agrees_or_is_only_told_has_no_risk(said):
    assert risk(with_problem(**said)) == []


def test_an_unexplained_amount_weighs_more_than_a_count():
    result = drafted(f"{TEXT} It makes 30 GWh. There are 12 teams.", facilities=[PLANT])

    assert points(result) == [(1, "unexplained amount", 2), (1, "unexplained count or share", 1)]


def test_many_unexplained_figures_do_not_outweigh_a_serious_conflict():
    many = " ".join(f"It makes {number} GWh." for number in range(100, 140))
    [conflict] = risk(with_problem(verdict="conflict", severity="error"))

    assert (
        sum(reason.points for reason in risk(drafted(f"{TEXT} {many}", facilities=[PLANT]))) < conflict.points
    )


def test_figures_without_any_record_are_told():
    assert (1, "figures and no record at all", 5) in points(drafted(TEXT))
