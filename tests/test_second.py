"""A second opinion: where two drafts use one figure differently."""

import pytest
from readings import reading

from extractor import Extractor
from extractor.draft import (
    CapacityDraft,
    DealDraft,
    Draft,
    Drafted,
    FacilityDraft,
    MetricDraft,
    PartyDraft,
    VolumeDraft,
)
from extractor.draft.second import disagreements

PLANTS = reading(
    "Alpha is building two plants. The Silkeborg plant costs 400 million euros and will make 8 GWh of cells "
    "a year. The Odense plant costs 250 million euros and will make 5 GWh of packs a year.",
    figures=[
        ("400 million euros", "money"),
        ("8 GWh", "energy"),
        ("250 million euros", "money"),
        ("5 GWh", "energy"),
    ],
)
SILKEBORG = FacilityDraft(name="Silkeborg plant", investment="f1", capacities=[CapacityDraft(figure="f2")])
ODENSE = FacilityDraft(name="Odense plant", investment="f3", capacities=[CapacityDraft(figure="f4")])
BOTH = Draft(facilities=[SILKEBORG, ODENSE])


def told(draft, other):
    return [
        (problem.figures, problem.message)
        for problem in disagreements(draft, other, PLANTS, names=("the model", "the rules"))
    ]


def test_the_same_draft_twice_is_no_disagreement():
    assert told(BOTH, BOTH) == []


def test_the_order_of_records_is_none():
    assert told(BOTH, Draft(facilities=[ODENSE, SILKEBORG])) == []


def test_a_figure_that_only_one_uses_is_none():
    assert told(BOTH, Draft(facilities=[SILKEBORG])) == []


def test_another_slot_is_one():
    other = SILKEBORG.model_copy(
        update={"capacities": [], "metrics": [MetricDraft(name="output", figure="f2")]}
    )

    assert told(BOTH, Draft(facilities=[other, ODENSE])) == [
        (
            ["f2"],
            'f2 "8 GWh" is a capacity of a facility for the model, but a metric of a facility for the rules.',
        )
    ]


def test_another_type_of_record_is_one():
    deal = DealDraft(kind="supply", parties=[PartyDraft(name="Alpha")], volumes=[VolumeDraft(figure="f4")])
    other = Draft(facilities=[SILKEBORG], deals=[deal])

    assert told(BOTH, other) == [
        (
            ["f4"],
            'f4 "5 GWh" is a capacity of a facility for the model, but a volume of a deal for the rules.',
        )
    ]


def test_so_is_another_plant():
    swapped = [
        SILKEBORG.model_copy(update={"capacities": [CapacityDraft(figure="f4")]}),
        ODENSE.model_copy(update={"capacities": [CapacityDraft(figure="f2")]}),
    ]

    found = told(BOTH, Draft(facilities=swapped))

    assert [figures for figures, _ in found] == [["f1"], ["f2"], ["f3"], ["f4"]]
    assert found[1][1] == (
        'f2 "8 GWh" is a capacity of a facility for the model and the rules, but not of the same one.'
    )


class Model:
    """A drafter that takes every figure for a number of jobs."""

    name = "model"

    def draft(self, reading):
        metrics = [MetricDraft(name="jobs", figure=figure.figure) for figure in reading.ledger.figures]
        return Drafted(draft=Draft(facilities=[FacilityDraft(name="Silkeborg plant", metrics=metrics)]))


@pytest.mark.parametrize(("verify", "rules"), [(None, []), (Extractor().drafter, ["second_opinion"])])
def test_an_extractor_reports_it_where_it_is_asked_to(verify, rules):
    extractor = Extractor(Model(), verify=verify)

    result = extractor.extract("Alpha will invest 400 million euros in the Silkeborg plant.")

    assert [problem.rule for problem in result.problems if problem.rule == "second_opinion"] == rules
    assert ("verify" in extractor.settings) == bool(rules)
