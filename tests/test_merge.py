"""Merge: what becomes of records that two drafts of one text have."""

import pytest
from readings import reading

from extractor.draft import (
    CapacityDraft,
    DealDraft,
    Draft,
    FacilityDraft,
    ForecastDraft,
    MetricDraft,
    MilestoneDraft,
    PartyDraft,
    VolumeDraft,
)
from extractor.draft.merge import merged
from schemas import Span

PRESS = reading(
    "Nordlys Cells Co., Ltd. is building the Aldhavn cell plant in Aldhavn, Vestland. It costs 400 million "
    "euros, will make 8 GWh of cells a year from 2027 and gets 12 lines. The Silkeborg plant of Nordlys "
    "costs 250 million euros and makes 5 GWh of packs. A separator plant in Aldhavn and a pilot line are "
    "older. Ambolt Metal signed with Nordlys on 3 March 2025 and again on 4 May 2025 for 30 million dollars, "
    "or 9 million euros, of copper foil, 3,000 tons of it. Vind sees the demand in Europe at 20 GWh.",
    figures=[
        ("400 million euros", "money"),
        ("8 GWh", "energy"),
        ("12 lines", "count"),
        ("250 million euros", "money"),
        ("5 GWh", "energy"),
        ("30 million dollars", "money"),
        ("9 million euros", "money"),
        ("3,000 tons", "mass"),
        ("20 GWh", "energy"),
    ],
    times=["2027", "3 March 2025", "4 May 2025"],
)
ALDHAVN = FacilityDraft(
    name="Aldhavn cell plant", investment="f1", capacities=[CapacityDraft(figure="f2", product="cells")]
)


def facilities(*drafts):
    """The facilities of drafts with one facility each, or with a list of them."""
    lists = [draft if isinstance(draft, list) else [draft] for draft in drafts]
    return merged([Draft(facilities=each) for each in lists], PRESS).facilities


def deals(*drafts):
    return merged([Draft(deals=[draft]) for draft in drafts], PRESS).deals


def forecasts(*drafts):
    return merged([Draft(forecasts=[draft]) for draft in drafts], PRESS).forecasts


def test_of_one_draft_all_stays():
    draft = Draft(facilities=[ALDHAVN, FacilityDraft(name="Silkeborg plant", investment="f4")])

    assert merged([draft], PRESS) == draft
    assert merged([draft, Draft()], PRESS) == merged([Draft(), draft], PRESS) == draft


def test_the_same_draft_twice_is_that_draft():
    draft = Draft(
        facilities=[ALDHAVN],
        deals=[DealDraft(kind="supply", parties=[PartyDraft(name="Ambolt Metal")], value="f6")],
        forecasts=[ForecastDraft(metric="demand", figure="f9")],
    )

    assert merged([draft, draft], PRESS) == draft


def test_nothing_comes_of_nothing():
    assert merged([], PRESS) == Draft()


def test_drafts_are_not_changed():
    one, other = (
        Draft(facilities=[ALDHAVN]),
        Draft(facilities=[FacilityDraft(investment="f1", place="Aldhavn")]),
    )

    merged([one, other], PRESS)

    assert one.facilities == [ALDHAVN]


class TestOneRecord:
    def test_has_what_either_says(self):
        later = FacilityDraft(
            name="Aldhavn cell plant",
            operator="Nordlys Cells",
            products=["cells"],
            status="under_construction",
            milestones=[MilestoneDraft(event="production_start", time="t1")],
            metrics=[MetricDraft(name="lines", figure="f3")],
        )

        [plant] = facilities(ALDHAVN, later)

        assert plant == later.model_copy(
            update={"investment": ALDHAVN.investment, "capacities": ALDHAVN.capacities}
        )

    def test_keeps_what_the_first_says_where_they_contradict_each_other(self):
        [plant] = facilities(
            ALDHAVN.model_copy(update={"segment": "cell", "status": "planned"}),
            ALDHAVN.model_copy(update={"segment": "pack", "status": "operational"}),
        )

        assert (plant.segment, plant.status) == ("cell", "planned")

    def test_says_nothing_twice(self):
        start = MilestoneDraft(event="production_start", time="t1")
        one = FacilityDraft(name="Aldhavn cell plant", products=["cells"], milestones=[start])
        other = FacilityDraft(name="Aldhavn cell plant", products=["Cells", "packs"], milestones=[start])

        [plant] = facilities(one, other)

        assert (plant.products, plant.milestones) == (["cells", "packs"], [start])

    def test_fills_what_is_empty_in_an_element_of_a_list(self):
        one = FacilityDraft(capacities=[CapacityDraft(figure="f2", stage="planned")])
        other = FacilityDraft(capacities=[CapacityDraft(figure="f2", product="cells", stage="operating")])

        [plant] = facilities(one, other)

        assert plant.capacities == [CapacityDraft(figure="f2", product="cells", stage="planned")]

    def test_learns_who_somebody_is(self):
        one = DealDraft(kind="supply", parties=[PartyDraft(name="Ambolt Metal")], value="f6")
        other = DealDraft(kind="supply", parties=[PartyDraft(name="Ambolt", role="seller")], value="f6")

        [deal] = deals(one, other)

        assert deal.parties == [PartyDraft(name="Ambolt Metal", role="seller")]

    def test_has_the_passages_of_both_or_those_of_all_its_figures(self):
        one, other = (ALDHAVN.model_copy(update={"evidence": [Span(start=n, end=n + 9)]}) for n in (0, 50))

        assert [span.start for span in facilities(one, other)[0].evidence] == [0, 50]
        assert facilities(one, ALDHAVN)[0].evidence == []

    def test_comes_of_three_drafts_too(self):
        [plant] = facilities(
            FacilityDraft(name="Aldhavn cell plant"), FacilityDraft(investment="f1"), ALDHAVN
        )[:1]

        assert plant.name == "Aldhavn cell plant"


class TestFigures:
    def test_two_that_share_one_are_one_whatever_they_are_called(self):
        [plant] = facilities(ALDHAVN, FacilityDraft(name="pilot line", investment="f1", place="Aldhavn"))

        assert (plant.name, plant.place) == ("Aldhavn cell plant", "Aldhavn")

    def test_a_figure_stays_in_the_slot_of_the_first(self):
        [plant] = facilities(
            FacilityDraft(metrics=[MetricDraft(name="phase 1", figure="f1")]), FacilityDraft(investment="f1")
        )

        assert (plant.investment, plant.metrics) == (None, [MetricDraft(name="phase 1", figure="f1")])

    def test_a_figure_stays_in_the_record_of_the_first(self):
        silkeborg = FacilityDraft(
            name="Silkeborg plant", investment="f4", capacities=[CapacityDraft(figure="f5")]
        )
        wrong = silkeborg.model_copy(update={"metrics": [MetricDraft(name="output", figure="f2")]})

        assert facilities([ALDHAVN, silkeborg], wrong) == [ALDHAVN, silkeborg]

    def test_one_of_another_name_that_shares_the_lesser_part_is_another_one(self):
        wrong = FacilityDraft(
            name="Silkeborg plant",
            investment="f4",
            capacities=[CapacityDraft(figure=f) for f in ("f2", "f5")],
        )

        first, second = facilities(ALDHAVN, wrong)

        assert first == ALDHAVN
        assert (second.investment, second.capacities) == ("f4", [CapacityDraft(figure="f5")])

    def test_one_without_a_figure_left_is_none(self):
        silkeborg = FacilityDraft(name="Silkeborg plant", investment="f4")
        both = FacilityDraft(
            name="pilot line", metrics=[MetricDraft(name="x", figure=f) for f in ("f1", "f4")]
        )

        assert facilities([ALDHAVN, silkeborg], both) == [ALDHAVN, silkeborg]

    def test_one_that_says_nothing_is_none(self):
        assert facilities(ALDHAVN, FacilityDraft()) == [ALDHAVN]

    def test_one_that_never_had_a_figure_is_one(self):
        assert facilities(ALDHAVN, FacilityDraft(name="pilot line")) == [
            ALDHAVN,
            FacilityDraft(name="pilot line"),
        ]

    def test_a_figure_that_restates_another_is_that_one(self):
        restating = [
            figure.model_copy(update={"same_as": "f6"}) if figure.figure == "f7" else figure
            for figure in PRESS.ledger.figures
        ]
        ledger = type(PRESS.ledger)(tuple(restating), PRESS.ledger.times)
        one = Draft(deals=[DealDraft(kind="supply", value="f6")])
        other = Draft(deals=[DealDraft(kind="supply", metrics=[MetricDraft(name="in euros", figure="f7")])])

        assert merged([one, other], type(PRESS)(PRESS.document, ledger)) == one

    def test_records_of_different_types_may_share_one(self):
        one = Draft(facilities=[ALDHAVN])
        other = Draft(forecasts=[ForecastDraft(metric="capacity", figure="f2")])

        assert merged([one, other], PRESS) == Draft(facilities=one.facilities, forecasts=other.forecasts)

    def test_what_is_wrong_with_a_draft_does_not_come_in(self):
        wrong = FacilityDraft(name="Aldhavn cell plant", investment="f2", land_area="f99", place="Mars")

        [plant] = facilities(wrong, ALDHAVN)

        assert plant == ALDHAVN


class TestFacilities:
    @pytest.mark.parametrize(
        ("operators", "places", "records"),
        [
            (("Nordlys Cells Co., Ltd.", "Nordlys"), (None, None), 1),
            (("Nordlys", "Ambolt Metal"), (None, None), 2),
            ((None, None), ("Aldhavn", "Aldhavn, Vestland"), 1),
            ((None, None), ("Aldhavn", "Silkeborg"), 2),
        ],
    )
    def test_of_one_name_are_two_where_operator_or_place_says_so(self, operators, places, records):
        drafts = [
            FacilityDraft(name="separator plant", operator=operator, place=place)
            for operator, place in zip(operators, places, strict=True)
        ]

        assert len(facilities(*drafts)) == records

    @pytest.mark.parametrize("name", [None, "plant"])
    def test_one_without_a_name_goes_by_operator_and_place(self, name):
        known = FacilityDraft(
            name="Aldhavn cell plant", operator="Nordlys Cells", place="Aldhavn", investment="f1"
        )
        nameless = FacilityDraft(name=name, operator="Nordlys", place="Aldhavn", status="planned")

        assert [plant.status for plant in facilities(known, nameless)] == ["planned"]
        assert len(facilities(known, nameless.model_copy(update={"place": None}))) == 2

    def test_the_name_of_a_company_is_not_that_of_its_plants(self):
        one = FacilityDraft(name="Nordlys plant", operator="Nordlys")
        text = reading("the Nordlys plant, the Nordlys cell plant")
        other = one.model_copy(update={"name": "Nordlys cell plant"})

        assert len(merged([Draft(facilities=[each]) for each in (one, other)], text).facilities) == 2

    def test_a_name_that_two_have_tells_neither(self):
        two = [
            FacilityDraft(name="separator plant", place="Aldhavn"),
            FacilityDraft(name="separator plant", place="Silkeborg"),
        ]

        assert len(facilities(two, FacilityDraft(name="separator plant", status="planned"))) == 3

    def test_two_of_one_draft_stay_two(self):
        twins = [FacilityDraft(name="pilot line", status="planned"), FacilityDraft(name="pilot line")]

        assert len(facilities(ALDHAVN, twins)) == 3


class TestDeals:
    AMBOLT, NORDLYS, VIND = (PartyDraft(name=name) for name in ("Ambolt Metal", "Nordlys", "Vind"))
    FIRST = DealDraft(kind="supply", parties=[AMBOLT, NORDLYS], value="f6")

    @pytest.mark.parametrize(
        ("later", "records"),
        [
            (DealDraft(kind="supply", parties=[NORDLYS, AMBOLT], volumes=[VolumeDraft(figure="f8")]), 1),
            (DealDraft(kind="supply", parties=[AMBOLT, NORDLYS, VIND]), 1),
            (DealDraft(kind="licence", parties=[AMBOLT, NORDLYS]), 2),
            (DealDraft(kind="supply", parties=[AMBOLT, VIND]), 2),
            (DealDraft(kind="supply", parties=[AMBOLT]), 2),
            (DealDraft(kind="supply", parties=[AMBOLT, NORDLYS], value="f7"), 2),
            (DealDraft(kind="supply"), 2),
        ],
        ids=["the same", "a third one", "another kind", "others", "one of them", "another sum", "nobody"],
    )
    def test_are_one_by_kind_and_parties(self, later, records):
        assert len(deals(self.FIRST, later)) == records

    def test_of_two_days_are_two(self):
        one, other = (self.FIRST.model_copy(update={"value": None, "signed": day}) for day in ("t2", "t3"))

        assert len(deals(one, other)) == 2


class TestForecasts:
    FIRST = ForecastDraft(metric="demand", figure="f9", subject="demand")

    def test_that_contradict_nothing_are_one(self):
        later = self.FIRST.model_copy(update={"subject": None, "region": "Europe", "forecaster": "Vind"})

        assert forecasts(self.FIRST, later) == [
            self.FIRST.model_copy(update={"region": "Europe", "forecaster": "Vind"})
        ]

    def test_of_one_figure_the_first_stays_as_it_is_where_they_contradict_each_other(self):
        later = self.FIRST.model_copy(update={"metric": "capacity", "region": "Europe"})

        assert forecasts(self.FIRST, later) == [self.FIRST]

    def test_of_two_figures_are_two(self):
        assert len(forecasts(self.FIRST, self.FIRST.model_copy(update={"figure": "f2"}))) == 2
