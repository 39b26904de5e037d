"""Regions by rules: of which of a sentence's markets and countries an amount is."""

import pytest

from extractor import Extractor


def by_figure(text, field, published="2025-03-20"):
    """Figure → a field of its forecast; of a time its words."""
    found = Extractor().extract(text, published=published).forecasts
    values = {f.quantity.text: getattr(f, field) for f in found}
    return {figure: getattr(value, "text", value) for figure, value in values.items()}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        (
            "Ireland installed 300 MW of storage in 2024, followed by Germany's 220 MW and France's 210 MW.",
            {"300 MW": "Ireland", "220 MW": "Germany", "210 MW": "France"},
        ),
        (
            "European EV sales grew by 4% in September 2024, helped by a 24% jump in the UK.",
            {"4%": "European", "24%": "UK"},
        ),
        (
            "EV sales in China rose 8% in May 2024, while sales in North America fell 4%.",
            {"8%": "China", "4%": "North America"},
        ),
        (
            "Spain and Italy each added more than 2 GWh of storage in 2024, while Poland added 1 GWh.",
            {"more than 2 GWh": "Spain and Italy", "1 GWh": "Poland"},
        ),
        (
            "Battery demand in Spain and Italy grew by 3% and 5% in 2024.",
            {"3%": "Spain", "5%": "Italy"},
        ),
        (
            "EV sales in the rest of the world rose 37% in May 2024.",
            {"37%": "rest of the world"},
        ),
    ],
)
def test_an_amount_is_of_the_region_in_its_own_stretch(text, regions):
    assert by_figure(text, "region") == regions


@pytest.mark.parametrize(
    ("text", "figure", "region"),
    [
        (
            "India may be the world's third-largest market, with installations of 9 GW in 2030.",
            "9 GW",
            "India",
        ),
        (
            "North America, including the U.S. and Canada, saw EV sales of 0.15 million vehicles in 2024.",
            "0.15 million vehicles",
            "North America",
        ),
        ("Storage capacity in the European Union grew by 70% in 2024.", "70%", "European Union"),
        ("Battery demand in Northern Italy grew by 7% in 2024.", "7%", "Northern Italy"),
        ("In 2024 India's EV demand for batteries was 3 GWh.", "3 GWh", "India"),
    ],
)
def test_ranks_and_parts_are_no_region_but_unions_and_halves_are(text, figure, region):
    assert by_figure(text, "region")[figure] == region


@pytest.mark.parametrize(
    "text",
    [
        "China led the market in 2024, with its share of global storage additions rising to 55%.",
        "China accounted for 55% of global storage additions in 2024.",
    ],
)
def test_a_share_is_of_the_country_that_the_sentence_opens_with(text):
    assert by_figure(text, "region") == {"55%": "China"}


def test_the_title_s_market_is_at_hand_where_the_text_names_others_too():
    text = (
        "Storage Boom in Europe\n\nHome batteries are popular in Spain, as they are in Italy.\n\n"
        "Installed storage capacity reached 44 GW in 2024.\n"
    )

    assert by_figure(text, "region") == {"44 GW": "Europe"}


def test_a_title_with_two_markets_gives_none():
    text = "Spain Overtakes Italy\n\nInstalled storage capacity reached 44 GW in 2024.\n"

    assert by_figure(text, "region") == {"44 GW": None}
