"""Ids become quantities with spans, and every numeral is accounted for."""

from extractor import Extractor
from extractor.draft import CapacityDraft, Draft, Drafted, FacilityDraft, ForecastDraft

TEXT = (
    "Borealis Cells AB (301877.SZ) is building a plant in Skellefteå. "
    "It costs 2.1 billion euros ($2.3 billion), makes 16 GWh a year and opens in 2026. "
    "A rival showed 42 posters."
)


class Saying:
    """A drafter that says what it is told to."""

    name = "told"

    def __init__(self, **records):
        self._draft = Draft(**records)

    def draft(self, _reading):
        return Drafted(draft=self._draft)


def extract(text=TEXT, published="2024-05-01", **records):
    return Extractor(drafter=Saying(**records)).extract(text, published=published)


def test_an_id_becomes_the_quantity_with_its_slice_of_the_text():
    result = extract(facilities=[FacilityDraft(name="plant", investment="f1")])
    investment = result.facilities[0].investment

    assert (investment.value, investment.unit) == (2_100_000_000, "EUR")
    assert TEXT[investment.start : investment.end] == investment.text == "2.1 billion euros"


def test_the_country_comes_from_the_place():
    result = extract(facilities=[FacilityDraft(name="plant", place="Skellefteå", investment="f1")])

    assert result.facilities[0].country == "SE"


def test_a_record_without_evidence_gets_the_sentences_of_its_figures():
    result = extract(facilities=[FacilityDraft(name="plant", investment="f1")])
    (passage,) = result.facilities[0].evidence

    assert TEXT[passage.start : passage.end].startswith("It costs 2.1 billion euros")


def test_a_wrong_id_costs_its_slot_and_is_told():
    result = extract(facilities=[FacilityDraft(name="plant", investment="f1", land_area="f99")])

    assert result.facilities[0].investment is not None
    assert result.facilities[0].land_area is None
    assert any("f99" in problem.message for problem in result.problems)


def test_money_cannot_be_a_capacity():
    result = extract(facilities=[FacilityDraft(name="plant", capacities=[CapacityDraft(figure="f1")])])

    assert all(not facility.capacities for facility in result.facilities)
    assert any("f1" in problem.figures for problem in result.problems)


def test_every_numeral_is_used_dismissed_or_unexplained():
    coverage = extract(facilities=[FacilityDraft(name="plant", investment="f1")]).coverage
    dismissed = {item.text: item.reason for item in coverage.figures_dismissed}

    assert dismissed == {"301877.SZ": "stock code", "2026": "date"}
    assert len(coverage.figures_unexplained) == 2  # the capacity and the posters
    assert coverage.figures_read == coverage.figures_used + len(dismissed) + 2


def test_a_bracketed_second_currency_is_used_with_the_first():
    result = extract(facilities=[FacilityDraft(name="plant", investment="f1")])
    dollars = next(figure for figure in result.figures if figure.unit == "USD")

    assert dollars.same_as == "f1"
    assert dollars.figure not in result.coverage.figures_unexplained


def test_an_amount_repeated_in_other_words_is_not_covered():
    text = (
        "Net revenues came to 2.4 billion euros. The backlog of orders stood at 2.4 billion euros. "
        "With revenues of 2.4 billion euros the year was good."
    )
    result = extract(text, forecasts=[ForecastDraft(metric="other", figure="f1")])

    assert result.coverage.figures_unexplained == ["f2"]


def test_a_range_of_years_gives_growth_both_of_its_ends():
    text = "Demand grows by 27% a year from 2024 to 2030."
    result = extract(
        text, forecasts=[ForecastDraft(metric="growth_rate", figure="f1", when="t1", since="t1")]
    )
    (forecast,) = result.forecasts

    assert (str(forecast.since.start_date), str(forecast.when.end_date)) == ("2024-01-01", "2030-12-31")
    assert text[forecast.when.start : forecast.when.end] == forecast.when.text == "2030"


def test_without_a_publication_day_a_relative_time_stays_open_and_is_told():
    result = extract("The plant opens next year.", published=None)

    assert result.times[0].start_date is None
    assert [problem.rule for problem in result.problems] == ["unresolved_time"]
