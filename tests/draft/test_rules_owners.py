"""Owners by rules: whose an amount is, which of several things told together it is of, and whose word."""

import pytest

from extractor import Extractor


def forecasts(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).forecasts


def by_figure(text, field, published="2025-03-20"):
    """Figure → a field of its forecast; of a time its words."""
    values = {f.quantity.text: getattr(f, field) for f in forecasts(text, published)}
    return {figure: getattr(value, "text", value) for figure, value in values.items()}


# ── whose ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sentence",
    [
        "Norrfell Batteries' cell shipments came to 31 GWh in 2024, up 12% from 2023.",
        "Norrfell Batteries, a maker of pouch cells, shipped 31 GWh in 2024, up 12% from 2023.",
        "Cell shipments by Norrfell Batteries came to 31 GWh in 2024, up 12% from 2023.",
    ],
)
def test_an_amount_that_a_company_has_is_the_company_s_and_so_is_its_growth(sentence):
    assert by_figure(f"Global demand rose. {sentence}", "subject") == {
        "31 GWh": "Norrfell Batteries",
        "12%": "Norrfell Batteries",
    }


def test_a_company_is_known_by_what_it_is_called():
    text = (
        "Norrfell Batteries shipped 31 GWh in 2024.\n\n"
        "The Swedish battery maker ranked third in the world with a 9 percent share.\n\n"
        "It had an output of 36 GWh in 2024.\n"
    )

    assert set(by_figure(text, "subject").values()) == {"Norrfell Batteries"}


def test_it_is_no_company_where_the_sentence_before_tells_of_a_market():
    text = (
        "Norrfell Batteries is Swedish. Battery demand in Spain was 3 GWh in 2024. It will be 9 GWh in 2030."
    )

    assert by_figure(text, "subject") == {"3 GWh": "Battery", "9 GWh": "Battery"}


def test_a_country_s_own_target_is_not_the_company_s():
    text = "Norrfell Batteries welcomed it.\n\nSpain wants to raise its storage capacity to 22 GW by 2030.\n"

    assert by_figure(text, "subject")["22 GW"] != "Norrfell Batteries"


def test_money_that_a_company_made_is_its_own_wherever_its_buyers_are():
    text = (
        "Norrfell Batteries told of its third quarter of 2024.\n\n"
        "Without subsidies in Spain, operating profit was 90 million euros in 2024.\n"
    )

    assert by_figure(text, "subject") == {"90 million euros": "Norrfell Batteries"}


def test_guidance_is_the_document_s_company_s_and_its_word():
    text = (
        "Karrabin Lithium Ltd told of its year. Karrabin sells to Norrfell Batteries.\n\n"
        "Production guidance for 2026 is unchanged at 310,000 tonnes.\n"
    )

    [found] = forecasts(text)
    assert (found.subject, found.forecaster) == ("Karrabin Lithium Ltd", "Karrabin Lithium Ltd")


# ── which of several ─────────────────────────────────────────────────────────


def test_clauses_that_go_on_have_subjects_of_their_own():
    text = (
        "Shipments of LFP cathode material were 1.2 million tons in 2024, ternary material reached "
        "480,000 tons, and lithium cobalt oxide reached 60,000 tons, with growth rates of 64%, 6% and 2% "
        "respectively."
    )

    assert by_figure(text, "subject") == {
        "1.2 million tons": "LFP cathode material",
        "480,000 tons": "ternary material",
        "60,000 tons": "lithium cobalt oxide",
        "64%": "LFP cathode material",
        "6%": "ternary material",
        "2%": "lithium cobalt oxide",
    }


def test_amounts_of_two_dimensions_stand_in_one_row():
    text = (
        "In 2024, production of anodes, separators and electrolyte reached 9,000 t, 3 million m2 and 700 t "
        "respectively."
    )

    assert by_figure(text, "subject") == {
        "9,000 t": "anodes",
        "3 million m2": "separators",
        "700 t": "electrolyte",
    }


def test_names_in_a_row_have_their_shares_in_a_row():
    text = (
        "In 2024 Norrfell Batteries, SX Cell and Zelvo Power held the first three places in the global "
        "market, with market shares of 26.5%, 10.5% and 9.9% respectively."
    )

    assert by_figure(text, "subject") == {
        "26.5%": "Norrfell Batteries",
        "10.5%": "SX Cell",
        "9.9%": "Zelvo Power",
    }


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        (
            "Retail sales of plug-in cars in Spain were 9,000 units in May 2024.",
            "9,000 units",
            "plug-in cars",
        ),
        (
            "Sales of electric and plug-in hybrid cars rose 24 percent in May 2024.",
            "24 percent",
            "electric and plug-in hybrid cars",
        ),
        ("In May 2024, 40,000 electric buses were sold, a 9% increase.", "9%", "electric buses"),
        ("Electric vehicle (EV) battery demand was 9 GWh in 2024.", "9 GWh", "Electric vehicle (EV) battery"),
        ("Storage shipments were 9 GWh in 2024. This was a rise of 5% on 2023.", "5%", "Storage"),
        ("Demand for cells was 9 GWh in 2024. This demand will reach 30 GWh by 2030.", "30 GWh", "cells"),
        ("The home storage market will have 9 GWh of capacity in 2030.", "9 GWh", "home storage"),
        ("Cell demand for January 2025 was 9 GWh.", "9 GWh", "Cell"),
    ],
)
def test_the_subject_is_what_the_words_before_or_around_name(text, figure, subject):
    assert by_figure(text, "subject")[figure] == subject


# ── where ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Storage demand in Spain was 9 GWh in 2024, a paper in the Global Storage Outlook finds.", "Spain"),
        ("Storage capacity in GRIDNET stood at 11 GW in 2024.", "GRIDNET"),
        ("Storage capacity in Europe will be 114 GW in 2030, led by Italy and Spain.", "Europe"),
        ("The Americas will install 9 GWh of storage in 2030.", "Americas"),
        ("Europe-wide cell capacity will be 450 GWh in 2030.", "Europe"),
    ],
)
def test_places_in_names_and_asides_are_no_markets(text, region):
    assert forecasts(text)[0].region == region


def test_a_share_of_shipments_is_of_those_told_before():
    text = (
        "Growth\n\nGlobal shipments of batteries were 900 GWh in 2024.\n\n"
        "Uses\n\nStationary storage took 20% of shipments in 2024.\n"
    )

    assert by_figure(text, "region") == {"900 GWh": "Global", "20%": "Global"}


# ── whose word ───────────────────────────────────────────────────────────────

ENDS_WITH_ITS_SOURCE = """Storage to triple by 2030: Gridpeak

Storage demand will be 90 GWh in 2030, says a note by Gridpeak. Zelvo Wire finds that it was 30 GWh in 2024.

Capacity in Spain will be 9 GW in 2030.
"""


@pytest.mark.parametrize(
    ("text", "forecaster"),
    [
        (
            "Storage capacity in Italy was 7 GW in 2024, according to new figures from the association, Ve.",
            "Ve",
        ),
        (
            "Cell output was 9 GWh in 2024, says the Ministry of Industry and Information Technology.",
            "Ministry of Industry and Information Technology",
        ),
        (ENDS_WITH_ITS_SOURCE, "Gridpeak"),
    ],
)
def test_the_source_is_a_body_by_its_full_name(text, forecaster):
    assert forecasts(text)[-1].forecaster == forecaster


def test_an_abbreviation_is_spelled_out():
    text = (
        "Demand in Spain was 9 GWh in 2023, according to the Iberian Storage Association (ISA).\n\n"
        "Demand in Portugal was 2 GWh in 2023, according to ISA.\n"
    )

    assert set(by_figure(text, "forecaster").values()) == {"Iberian Storage Association"}


def test_a_place_s_target_is_no_source_s_that_was_named_for_another_amount():
    text = (
        "According to Gridpeak Analytica, battery demand in Spain was 9 GWh in 2024.\n\n"
        "Spain aims for 22 GW of storage capacity by 2030.\n"
    )

    assert by_figure(text, "forecaster") == {"9 GWh": "Gridpeak Analytica", "22 GW": None}


def test_who_only_said_something_is_no_source_of_what_follows():
    text = (
        "Norrfell Batteries said that it shipped 9 GWh in 2024. "
        "Battery demand in Spain will be 30 GWh in 2030."
    )

    assert by_figure(text, "forecaster")["30 GWh"] is None


# ── what ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("Utilisation of cell plants in Spain was 57% in 2024.", "57%", "other"),
        ("Black mass payables slipped to 68% in February 2025.", "68%", "price"),
        ("The winning bid for two-hour systems was 0.49 yuan/Wh in 2024.", "0.49 yuan/Wh", "price"),
        ("Sales of plug-in cars in Spain reached 1.2 million in 2024.", "1.2 million", "shipments"),
        ("Spain's battery fleet reached 3 GW by the end of 2024.", "3 GW", "capacity"),
        (
            "Plug-in cars made up 23% of new car sales in 2024, and we expect 29% in 2026.",
            "29%",
            "penetration",
        ),
    ],
)
def test_the_metric_follows_from_the_words_around(text, figure, metric):
    assert by_figure(text, "metric")[figure] == metric


def test_numbers_of_cars_go_on_by_place():
    text = "In May 2024 plug-in car sales in China were 5.5 million units, followed by Europe with 2 million."

    assert by_figure(text, "region") == {"5.5 million units": "China", "2 million": "Europe"}


def test_a_number_without_goods_is_no_forecast():
    assert forecasts("The study reached 1.2 million in 2024.") == []


def test_a_part_of_revenue_is_no_growth():
    text = "Norrfell Batteries' revenue was 9 billion euros in 2024, up 12%, or 72% of the group's."

    assert "72%" not in by_figure(text, "metric")


def test_a_company_s_expected_capacity_is_its_target():
    text = "Norrfell Batteries runs two plants. The company's total capacity will be 60 GWh by 2028."

    assert by_figure(text, "basis") == {"60 GWh": "target"}


def test_growths_of_a_company_s_several_things_do_not_contradict_each_other():
    text = (
        "Norrfell Batteries' revenue was 9 billion euros in 2024, up 152% year-on-year.\n\n"
        "Norrfell Batteries' cell output was 30 GWh in 2024, up 100% year-on-year.\n\n"
        "Norrfell Batteries' cell capacity was 39 GWh in 2024, up 129% year-on-year.\n"
    )

    assert not [
        p for p in Extractor().extract(text, published="2025-03-20").problems if p.verdict == "conflict"
    ]
