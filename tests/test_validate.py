"""Validate: faults of a draft, what they tell a model, and the draft without them."""

import pytest
from readings import reading

from extractor.draft import (
    CapacityDraft,
    DealDraft,
    Draft,
    FacilityDraft,
    ForecastDraft,
    MilestoneDraft,
    PartyDraft,
)
from extractor.draft.validate import faults, valid_part

TEXT = (
    "Alpha Cells puts 5.2 billion yuan into its Herning plant of 30 GWh, which opens in 2026. "
    "Beta Foil spends 1.6 billion yuan on the Changzhou plant."
)


@pytest.fixture
def read():
    return reading(
        TEXT,
        figures=[("5.2 billion yuan", "money"), ("30 GWh", "energy"), ("1.6 billion yuan", "money")],
        times=["2026"],
    )


def messages(draft, read):
    return [fault.message for fault in faults(draft, read)]


class TestFaults:
    def test_a_good_draft_has_none(self, read):
        draft = Draft(
            facilities=[
                FacilityDraft(
                    name="Herning plant",
                    operator="Alpha Cells",
                    investment="f1",
                    capacities=[CapacityDraft(figure="f2")],
                    milestones=[MilestoneDraft(event="production_start", time="t1")],
                ),
                FacilityDraft(name="Changzhou plant", investment="f3"),
            ],
            forecasts=[ForecastDraft(metric="capacity", figure="f2")],
        )

        assert faults(draft, read) == []

    def test_a_figure_that_is_not_there(self, read):
        draft = Draft(facilities=[FacilityDraft(investment="f9")])

        assert messages(draft, read) == [
            (
                'facilities[0].investment: there is no figure "f9": '
                'use one of f1 "5.2 billion yuan", f3 "1.6 billion yuan", or leave it out.'
            )
        ]

    def test_a_figure_of_another_dimension(self, read):
        draft = Draft(facilities=[FacilityDraft(investment="f2")])

        assert messages(draft, read) == [
            (
                'facilities[0].investment: f2 "30 GWh" is energy, but this slot takes money: '
                'use one of f1 "5.2 billion yuan", f3 "1.6 billion yuan", or leave it out.'
            )
        ]

    def test_a_slot_that_nothing_fits(self, read):
        draft = Draft(facilities=[FacilityDraft(land_area="f1")])

        assert messages(draft, read) == [
            (
                'facilities[0].land_area: f1 "5.2 billion yuan" is money, but this slot takes area: '
                "the text has nothing that fits, leave it out."
            )
        ]

    def test_a_time_that_is_not_there(self, read):
        draft = Draft(facilities=[FacilityDraft(milestones=[MilestoneDraft(event="completion", time="f1")])])

        assert messages(draft, read) == [
            'facilities[0].milestones[0].time: there is no time "f1": use one of t1 "2026", or leave it out.'
        ]

    def test_words_that_the_text_does_not_have(self, read):
        draft = Draft(deals=[DealDraft(kind="supply", parties=[PartyDraft(name="Gamma Ltd")])])

        assert messages(draft, read) == [
            (
                'deals[0].parties[0].name: "Gamma Ltd" does not stand in the text: '
                "copy the words exactly as the text has them, or leave it out."
            )
        ]

    def test_every_word_of_a_list_is_looked_up(self, read):
        draft = Draft(facilities=[FacilityDraft(products=["Foil", "steel", "Cells"])])

        assert [fault.path for fault in faults(draft, read)] == [("facilities", 0, "products", 1)]

    def test_what_is_said_twice(self, read):
        opening = MilestoneDraft(event="production_start", time="t1")
        plant = FacilityDraft(name="Herning plant", milestones=[opening, opening])

        assert messages(Draft(facilities=[plant, plant]), read) == [
            "facilities[0].milestones[1]: repeats facilities[0].milestones[0]: remove it.",
            "facilities[1]: repeats facilities[0]: remove it.",
        ]

    def test_one_figure_in_two_facilities_belongs_to_the_one_named_last_before_it(self, read):
        draft = Draft(
            facilities=[
                FacilityDraft(name="Herning plant", investment="f3"),
                FacilityDraft(name="Beta Foil", investment="f3"),
            ]
        )

        assert messages(draft, read) == [
            (
                'facilities[0].investment: f3 "1.6 billion yuan" stands in facilities[1] too: '
                "a figure belongs to one of them, remove it from the other."
            )
        ]

    def test_one_figure_in_two_facilities_not_named_before_it_stays_with_the_first(self, read):
        draft = Draft(facilities=[FacilityDraft(investment="f1"), FacilityDraft(investment="f1")])

        assert [fault.path[:2] for fault in faults(draft, read)] == [("facilities", 1)]

    def test_one_figure_in_two_record_types_is_no_fault(self, read):
        draft = Draft(
            facilities=[FacilityDraft(investment="f1")],
            deals=[DealDraft(kind="other", value="f1")],
        )

        assert faults(draft, read) == []

    def test_a_fault_is_a_problem_of_the_result(self, read):
        draft = Draft(facilities=[FacilityDraft(investment="f2")])
        (fault,) = faults(draft, read)

        assert fault.problem.verdict == "underdetermined"
        assert fault.problem.figures == ["f2"]
        assert fault.problem.message == (
            'facilities[0].investment: f2 "30 GWh" is energy, but this slot takes money; left out.'
        )


class TestValidPart:
    def test_only_the_slot_goes(self, read):
        draft = Draft(facilities=[FacilityDraft(name="Herning plant", place="Mars", investment="f2")])

        assert valid_part(draft, faults(draft, read)) == Draft(
            facilities=[FacilityDraft(name="Herning plant")]
        )

    def test_an_element_goes_that_is_nothing_without_the_slot(self, read):
        draft = Draft(
            facilities=[
                FacilityDraft(
                    name="Herning plant",
                    capacities=[CapacityDraft(figure="f1"), CapacityDraft(figure="f2", product="Cells")],
                )
            ],
            forecasts=[ForecastDraft(metric="demand", figure="f7")],
        )

        assert valid_part(draft, faults(draft, read)) == Draft(
            facilities=[
                FacilityDraft(name="Herning plant", capacities=[CapacityDraft(figure="f2", product="Cells")])
            ]
        )

    def test_nothing_goes_without_faults(self):
        draft = Draft(facilities=[FacilityDraft(name="Herning plant")])

        assert valid_part(draft, []) == draft

    def test_what_is_left_has_no_faults(self, read):
        draft = Draft(
            facilities=[
                FacilityDraft(name="Herning plant", investment="f3", products=["steel"], land_area="f1"),
                FacilityDraft(name="Changzhou plant", investment="f3", operator="Nobody"),
            ],
            deals=[DealDraft(kind="supply", parties=[PartyDraft(name="Nobody")], signed="t9")],
        )

        assert faults(valid_part(draft, faults(draft, read)), read) == []
