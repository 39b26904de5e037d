"""Markets by rules: months' data, shares, prices and who says so."""

import pytest

from extractor import Extractor


def forecasts(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).forecasts


def forecast(text, published="2025-03-20"):
    [only] = forecasts(text, published)
    return only


def test_the_time_of_a_comparison_is_not_that_of_the_amount():
    output, year_on_year, on_month = forecasts(
        "China's power battery output in August 2024 was 12.6 GWh, up 144.9 percent year-on-year and 11.2 "
        "percent from July 2024."
    )

    assert {f.when.text for f in (output, year_on_year, on_month)} == {"August 2024"}
    assert (year_on_year.metric, on_month.metric) == ("growth_rate", "growth_rate")


def test_a_months_data_go_on_in_the_next_paragraph():
    found = forecasts(
        "In June 2024, China's battery output reached 129.2 GWh.\n\n"
        "The output of LFP batteries was 80.1 GWh.\n"
    )

    assert [(f.quantity.text, f.when.text) for f in found] == [
        ("129.2 GWh", "June 2024"),
        ("80.1 GWh", "June 2024"),
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Norrfell Batteries shipped 9.6 GWh in December 2024.", "Norrfell Batteries"),
        ("Norrfell Batteries had sales of 74 million euros in 2024.", "Norrfell Batteries"),
        ("Nameplate cell capacity in China hit 2.9 TWh in 2024.", "cell"),
    ],
)
def test_the_subject_is_whose_amount_it_is(text, subject):
    assert forecast(text).subject == subject


def test_a_share_of_new_cars_is_a_penetration():
    found = forecast("Plug-in models made up 23% of new car sales in Europe in 2024.")

    assert (found.metric, found.subject, found.region) == ("penetration", "Plug-in models", "Europe")


@pytest.mark.parametrize(
    ("text", "forecaster"),
    [
        (
            "Battery demand came to 1,540 GWh in 2024, according to the latest Outlook from Grid Research.",
            "Grid Research",
        ),
        (
            "According to the county's energy bureau, battery demand came to 4 GWh in 2024.",
            "county's energy bureau",
        ),
        ("Battery demand will reach 9 GWh in 2030, says the dealers' federation CDF.", "CDF"),
        ("Grid Research tips battery demand to reach 9 GWh in 2030.", "Grid Research"),
    ],
)
def test_the_forecaster_is_a_body_and_no_publication(text, forecaster):
    assert forecast(text).forecaster == forecaster


def test_what_has_been_reached_this_year_is_reported():
    assert forecast("Battery output of 8 GWh was reached in China this year.").basis == "reported"


def test_a_surplus_is_an_amount_of_its_own():
    found = forecast("Grid Research forecasts a lithium surplus of 95,000 tons in 2026.")

    assert found.metric == "other"


def test_a_share_of_costs_is_no_market_share():
    assert forecasts("Cathodes account for 40 percent of a cell's production cost.") == []


def test_a_company_that_raises_its_capacity_speaks_of_all_its_plants():
    first, second = forecasts(
        "Ostravia Chemical opened a cathode plant in Emden.\n\n"
        "Ostravia Chemical aims to increase its cathode capacity to 340,000 tons in 2027 and 610,000 tons in "
        "2030."
    )

    assert [(f.metric, f.subject, f.when.text) for f in (first, second)] == [
        ("capacity", "Ostravia Chemical", "2027"),
        ("capacity", "Ostravia Chemical", "2030"),
    ]


def test_a_plant_may_raise_a_companys_total():
    total = forecast(
        "The Emden plant, with 46,000 tons of cathodes a year, would raise Ostravia Chemical's cathode "
        "capacity to 106,000 tons annually by 2027."
    )

    assert total.quantity.text == "106,000 tons annually"


def test_what_a_capacity_is_enough_for_is_no_forecast():
    total = forecast(
        "Together, the three cathode plants will have a combined capacity of 160,000 tons, enough to power "
        "1.8 million electric vehicles."
    )

    assert total.quantity.text == "160,000 tons"
