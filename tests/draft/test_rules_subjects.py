"""Subjects by rules: what an amount is of where its own words do not say so, and whose it is."""

import pytest

from extractor import Extractor


def by_figure(text, field, published="2025-03-20"):
    """Figure → a field of its forecast; of a time its words."""
    found = Extractor().extract(text, published=published).forecasts
    values = {f.quantity.text: getattr(f, field) for f in found}
    return {figure: getattr(value, "text", value) for figure, value in values.items()}


# ── what ─────────────────────────────────────────────────────────────────────


def test_a_series_keeps_its_subject_where_nothing_else_is_named():
    text = (
        "Global EV sales reached 1.7 million units in September 2024.\n\n"
        "European sales grew by 4%, reaching 0.3 million units.\n"
    )

    assert set(by_figure(text, "subject").values()) == {"EV"}


def test_a_series_ends_where_a_sentence_opens_with_others():
    text = "EV sales reached 1.7 million units in 2024. The top five makers had sales of 0.9 million units."

    assert by_figure(text, "subject")["0.9 million units"] != "EV"


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        (
            "Pumped storage has the largest share of existing capacity in Spain, at 6 GW.",
            "6 GW",
            "Pumped storage",
        ),
        (
            "The residential segment of the market led in 2024, adding 510 MW to total Q2 installations.",
            "510 MW",
            "residential segment",
        ),
        (
            "Iron phosphate cells accounted for 72% of China's battery capacity in 2024.",
            "72%",
            "Iron phosphate cells",
        ),
        (
            "Battery demand will be 70 GWh in 2030, with automotive applications accounting for 90%.",
            "90%",
            "automotive applications",
        ),
        (
            "Demand in the car sector will grow 48% a year to 2030, followed by stationary storage at 14%.",
            "14%",
            "stationary storage",
        ),
        (
            "China produced 100,000 units of new energy vehicles in July 2024.",
            "100,000 units",
            "new energy vehicles",
        ),
        (
            "Gridpeak Analytica anticipates home battery capacity to increase 25% in 2026.",
            "25%",
            "home battery",
        ),
    ],
)
def test_what_is_measured_is_the_first_phrase_that_names_something(text, figure, subject):
    assert by_figure(text, "subject")[figure] == subject


def test_a_word_that_names_nothing_is_no_subject():
    text = "China and Spain saw a modest rise of 4% in demand in 2024."

    assert by_figure(text, "subject") == {"4%": None}


def test_a_row_behind_a_row_told_respectively_is_of_the_same_members():
    text = (
        "Shipments of cells, packs, and anodes were 80 GWh, 35 GWh, and 5 GWh respectively in 2024, "
        "with growth rates of 23%, 64%, and 14%."
    )

    subjects = by_figure(text, "subject")
    assert [subjects[figure] for figure in ("23%", "64%", "14%")] == ["cells", "packs", "anodes"]


# ── whose ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sentence",
    [
        "This gave Norrfell Batteries 37.4 percent of the global market.",
        "This gave it 37.4 percent of the global market.",
        "Norrfell Batteries, the second in the ranking, suffered a fall in market share to 37.4 percent.",
    ],
)
def test_a_share_is_of_the_company_that_has_it(sentence):
    text = f"Norrfell Batteries' cell installations reached 233 GWh in 2024. {sentence}"

    assert by_figure(text, "subject")["37.4 percent"] == "Norrfell Batteries"


def test_its_share_is_that_of_the_company_that_the_sentence_opens_with():
    text = (
        "Norrfell Batteries' market share fell from 12.5% to 11.5% in 2024.\n\n"
        "Zelvo Power shipped 13 GWh in 2024, and its market share rose to 10.1%.\n"
    )

    assert by_figure(text, "subject")["10.1%"] == "Zelvo Power"


def test_who_did_something_is_a_company():
    text = "SQ Ons recorded a growth of 36% in 2024, reaching 39 GWh."

    assert by_figure(text, "subject") == {"36%": "SQ Ons", "39 GWh": "SQ Ons"}


def test_who_is_called_an_observer_once_owns_nothing():
    text = (
        "About 2 GW of batteries was deployed in Spain in 2024, according to the consultancy Lennox Quay.\n\n"
        "The company said installations of storage systems in Spain totalled 1.9 GW in 2023.\n"
    )

    assert "Lennox Quay" not in by_figure(text, "subject").values()


# ── which metric ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        (
            "Its market share rose from 12% to 14% in 2024.",
            {"12%": "market_share", "14%": "market_share"},
        ),
        (
            "Its share of battery demand rose from 20% in 2019 to 55% in 2023.",
            {"20%": "market_share", "55%": "market_share"},
        ),
        (
            "Battery demand in Spain was 9 GWh in 2024, a 58% increase.",
            {"9 GWh": "demand", "58%": "growth_rate"},
        ),
        (
            "Installations of 3,806 MW and 9,931 MWh of storage were reported in Spain in 2024.",
            {"3,806 MW": "capacity", "9,931 MWh": "capacity"},
        ),
        (
            "EV sales in Spain grew 41% in 2024 to 100,370.",
            {"41%": "growth_rate", "100,370": "shipments"},
        ),
        (
            "Germany has the largest number of batteries, at 2.1 million, before Italy with 780,000 in 2024.",
            {"2.1 million": "capacity", "780,000": "capacity"},
        ),
    ],
)
def test_levels_and_growths_are_told_apart(text, metrics):
    assert by_figure(text, "metric") == metrics


@pytest.mark.parametrize(
    ("behind", "metrics"),
    [
        ("2 GWh less than in the outlook before", {"9 GWh": "demand"}),
        ("up from 7 GWh in the year before", {"9 GWh": "demand", "7 GWh": "demand"}),
    ],
)
def test_a_difference_is_no_amount(behind, metrics):
    assert by_figure(f"Battery demand in Spain was 9 GWh in 2024, {behind}.", "metric") == metrics


def test_the_size_of_things_is_no_amount_of_a_market():
    text = "Most of Spain's storage capacity in 2024 was in projects with a capacity of more than 0.1 GW."

    assert by_figure(text, "metric") == {}


def test_what_somebody_has_is_an_amount_though_the_verb_ends_like_a_plural():
    text = "Norrfell Batteries has more than 100 MW of battery storage in operation in Spain."

    assert by_figure(text, "subject") == {"more than 100 MW": "Norrfell Batteries"}


# ── when ─────────────────────────────────────────────────────────────────────


def test_the_day_of_a_report_is_not_the_time_of_what_it_tells():
    text = (
        "Norrfell Batteries' cell installations rose 48 percent from January to November 2024 to reach "
        "233 GWh, according to a report released yesterday by Gridpeak Research."
    )

    assert by_figure(text, "when") == {
        "48 percent": "from January to November 2024",
        "233 GWh": "from January to November 2024",
    }


def test_the_period_is_the_one_told_before_however_far():
    text = (
        "Norrfell Batteries' cell installations were 233 GWh in 2024.\n\nIt is Swedish.\n\n"
        "Its cells are blue.\n\nThey are light.\n\nThey sell well.\n\n"
        "Zelvo Power shipped 98 GWh over the period.\n"
    )

    assert by_figure(text, "when")["98 GWh"] == "2024"


# ── who says so ──────────────────────────────────────────────────────────────


def test_a_source_named_once_behind_a_verb_is_known_where_it_opens_a_sentence():
    text = (
        "Pricewatch assessed the lithium carbonate price at $11 per kg in May 2024. "
        "“Demand is weak,” a trader told Pricewatch."
    )

    assert by_figure(text, "forecaster") == {"$11 per kg": "Pricewatch"}


def test_an_abbreviation_before_a_kind_of_place_is_a_name():
    text = "Battery demand in Spain will reach 9 GWh in 2030, according to the consultancy LQP Delta."

    assert by_figure(text, "forecaster") == {"9 GWh": "LQP Delta"}


def test_who_is_cited_for_nearly_all_is_the_author():
    text = (
        "Gridpeak Analytica expects battery demand of 9 GWh in 2030. Gridpeak Analytica puts supply at 7 GWh "
        "in 2030. Gridpeak Analytica sees exports of 2 GWh in 2030. Lennox Research tips output of 8 GWh in "
        "2030.\n\nBattery imports will reach 3 GWh in 2030.\n"
    )

    assert by_figure(text, "forecaster")["2 GWh"] == "Gridpeak Analytica"
    assert by_figure(text, "forecaster")["8 GWh"] == "Lennox Research"
