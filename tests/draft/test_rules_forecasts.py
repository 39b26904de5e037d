"""Forecasts by rules: what a figure measures, of what, where, when, who says so and how sure it is."""

import pytest

from extractor import Extractor


def forecasts(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).forecasts


def forecast(text, published="2025-03-20"):
    [only] = forecasts(text, published)
    return only


def table(text, *fields):
    """Each forecast of a text as (figure, field, …)."""
    return [(f.quantity.text, *(getattr(f, field) for field in fields)) for f in forecasts(text)]


def year(when):
    return when and when.end_date.year


# ── what is measured ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "metric", "subject"),
    [
        (
            "Global demand for lithium-ion batteries will reach 2,800 GWh in 2030.",
            "demand",
            "lithium-ion batteries",
        ),
        ("Separator shipments came to 20 billion square meters in 2024.", "shipments", "Separator"),
        ("China exported 25,000 tons of graphite in March 2024.", "shipments", "graphite"),
        (
            "The penetration rate of solid-state batteries will be 4% by 2030.",
            "penetration",
            "solid-state batteries",
        ),
        ("The average price of battery packs was $115/kWh in 2024.", "price", "battery packs"),
        ("LFP storage cells changed hands at RMB 0.33/Wh in December 2024.", "price", "LFP storage cells"),
        ("Electric vehicles took 74 percent of battery demand in 2024.", "market_share", "Electric vehicles"),
        ("Revenue of Norrfell Batteries reached 3 billion euros in 2024.", "other", "Norrfell Batteries"),
        ("Battery demand grew by 20 percent in 2024.", "growth_rate", "Battery"),
    ],
)
def test_the_metric_is_the_nearest_word_that_fits_the_dimension(text, metric, subject):
    found = forecast(text)

    assert (found.metric, found.subject) == (metric, subject)


def test_two_figures_of_two_dimensions_have_each_its_own_metric():
    text = "Shipments of power batteries rose 12 percent to 320 GWh in 2024."

    assert table(text, "metric", "subject") == [
        ("12 percent", "growth_rate", "power batteries"),
        ("320 GWh", "shipments", "power batteries"),
    ]


def test_a_share_in_brackets_is_of_the_name_before_it():
    text = "CATL (37.9%) and BYD (17.1%) led the global market in 2024."

    assert table(text, "metric", "subject") == [
        ("37.9%", "market_share", "CATL"),
        ("17.1%", "market_share", "BYD"),
    ]


def test_respectively_gives_each_figure_its_member():
    text = "Growth in EVs, ESS, and consumer electronics is expected at 11%, 27%, and 10%, respectively."

    assert table(text, "metric", "subject") == [
        ("11%", "growth_rate", "EVs"),
        ("27%", "growth_rate", "ESS"),
        ("10%", "growth_rate", "consumer electronics"),
    ]


def test_the_company_s_capacity_is_of_the_company_named_last():
    found = forecast("Norrfell Batteries runs three plants. Its total capacity will be 60 GWh by 2026.")

    assert (found.metric, found.subject) == ("capacity", "Norrfell Batteries")


@pytest.mark.parametrize(
    "text",
    [
        "The Emden plant will have an annual output of 12 GWh in 2027.",
        "Norrfell Batteries holds a stake of 51 percent in the venture.",
        "The efficiency of the cells reached 92 percent.",
        "Shares of Norrfell Batteries rose 4 percent on Monday.",
        "The cells store 280 Wh/kg and cost little.",
        "Norrfell Batteries has 1,200 employees in 2025.",
    ],
)
def test_a_figure_of_a_plant_a_stake_or_a_share_price_is_no_forecast(text):
    assert forecasts(text) == []


# ── where ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Global battery demand will reach 2,800 GWh in 2030.", "Global"),
        ("Battery demand in Europe will reach 900 GWh in 2030.", "Europe"),
        ("China's battery demand will reach 1,900 GWh in 2030.", "China"),
        ("Battery demand will reach 1,900 GWh in 2030.", None),
    ],
)
def test_the_region_is_the_market_that_the_sentence_names(text, region):
    assert forecast(text).region == region


def test_a_dollar_of_the_united_states_is_no_region():
    assert forecast("The average price of battery packs was US$115/kWh in 2024.").region is None


def test_the_targets_of_a_park_are_forecasts_with_the_park_as_region():
    text = (
        "The Wannian battery town aims for an annual output of 220,000 tons of anode materials in 2026. "
        "Its annual output value is to reach 30 billion yuan by 2027."
    )

    assert table(text, "metric", "region", "basis") == [
        ("220,000 tons", "output", "Wannian battery town", "target"),
        ("30 billion yuan", "output_value", "Wannian battery town", "target"),
    ]


def test_a_place_has_targets_of_its_own():
    found = forecast("Gansu plans to have 6 GW of new energy storage in service by 2026.")

    assert (found.metric, found.region, found.basis) == ("capacity", "Gansu", "target")


# ── when, and how sure ───────────────────────────────────────────────────────


def test_each_figure_has_the_time_of_its_clause():
    found = forecasts("Battery demand reached 1,200 GWh in 2024, and will be 2,800 GWh in 2030.")

    assert [(f.quantity.text, year(f.when)) for f in found] == [("1,200 GWh", 2024), ("2,800 GWh", 2030)]


def test_a_sentence_without_a_metric_goes_on_with_the_one_before():
    found = forecasts("Battery demand reached 1,200 GWh in 2024. It should climb to 1,500 GWh this year.")

    assert [(f.metric, f.quantity.text, f.basis) for f in found] == [
        ("demand", "1,200 GWh", "reported"),
        ("demand", "1,500 GWh", "projection"),
    ]


def test_a_figure_of_another_dimension_does_not_go_on():
    found = forecasts("Battery demand reached 1,200 GWh in 2024. Some 40 people came.")

    assert [f.quantity.text for f in found] == ["1,200 GWh"]


def test_looking_back_is_reported_at_its_own_time():
    now, before = forecasts("The penetration rate will be 4% by 2030, up from 0.1% in 2024.")

    assert (now.quantity.text, year(now.when), now.basis) == ("4%", 2030, "projection")
    assert (before.quantity.text, year(before.when), before.basis) == ("0.1%", 2024, "reported")


def test_a_compound_growth_has_both_its_ends():
    found = forecast("Demand for separators grew from 2020 to 2024 at a CAGR of 18 percent.")

    assert (year(found.since), year(found.when)) in {(2020, 2024), (2024, 2024)}
    assert found.since.start_date.year == 2020


def test_growth_between_two_amounts_has_both_their_years():
    *amounts, growth = forecasts(
        "Demand for lithium will grow from 1.2 million tons in 2024 to 2.7 million tons by 2030, "
        "a CAGR of 14 percent."
    )

    assert [f.quantity.text for f in amounts] == ["1.2 million tons", "2.7 million tons"]
    assert (growth.metric, growth.since.start_date.year, year(growth.when)) == ("growth_rate", 2024, 2030)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Battery demand will reach 1,500 GWh in 2026.", "projection"),
        ("Battery demand is 1,500 GWh in 2026.", "projection"),
        ("Battery demand was 900 GWh in 2023.", "reported"),
        ("The ministry aims to raise installed battery storage capacity to 50 GW by 2030.", "target"),
    ],
)
def test_the_basis_is_a_matter_of_the_time_and_of_who_aims(text, basis):
    assert forecast(text).basis == basis


def test_the_day_of_the_statement_is_not_the_time_of_the_amount():
    found = forecast("On March 3, 2025, Norrfell Batteries said its total capacity will reach 60 GWh.")

    assert found.when is None


# ── who says so ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "SNE Research expects battery demand to reach 2,800 GWh in 2030.",
        "Battery demand will reach 2,800 GWh in 2030, according to SNE Research.",
        "SNE Research is in Seoul. Battery demand will reach 2,800 GWh in 2030.",
    ],
)
def test_the_forecaster_is_who_is_said_to_expect_it_or_whose_note_it_is(text):
    assert forecast(text).forecaster == "SNE Research"


def test_of_two_research_houses_neither_is_the_author():
    found = forecast("SNE Research and Tideline Insight met. Battery demand will reach 2,800 GWh in 2030.")

    assert found.forecaster is None


def test_the_second_currency_of_a_price_is_no_second_forecast():
    found = forecasts("In China, LFP cells cost RMB 0.33/Wh (US$0.045/Wh) in December 2024.")

    assert [f.quantity.text for f in found] == ["RMB 0.33/Wh"]
