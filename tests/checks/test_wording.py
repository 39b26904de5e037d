"""Amounts as a reader of problems sees them."""

from decimal import Decimal

import pytest

from extractor.checks.wording import amount, computed, ends, span, stated


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("440000000", "CNY", "440 million CNY"),
        ("1.33E+9", "CNY", "1.33 billion CNY"),
        ("1720000000000", "KRW", "1.72 trillion KRW"),
        ("12000", "t", "12,000 t"),
        ("0.55", "CNY/Wh", "0.55 CNY/Wh"),
        ("51", "%", "51%"),
        ("7", "count", "7"),
        ("1E+999999", "t", "1.000E+999999 t"),
    ],
)
def test_large_amounts_take_a_scale_word(value, unit, words):
    assert amount(Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("text", "value", "fields", "words"),
    [
        ("over 30 GWh", 30, {"bound": "at_least"}, "over 30 GWh"),
        ("nearly 700 GWh", 700, {"bound": "at_most"}, "up to 700 GWh"),
        ("about 10 GWh a year", 10, {"bound": "about", "per": "year"}, "about 10 GWh per year"),
        ("180-220 GWh", 200, {"bound": "range", "low": 180, "high": 220}, "180–220 GWh"),
    ],
)
def test_a_stated_figure_keeps_its_bound_and_period(press, text, value, fields, words):
    assert stated(press(text).figure(text, value, "GWh", **fields)) == words


def test_a_range_says_its_scale_word_once(press):
    text = "20 to 30 billion yen"
    figure = press(text).figure(text, 25e9, "JPY", bound="range", low=20e9, high=30e9)

    assert stated(figure) == "20–30 billion JPY"


def test_a_computed_amount_has_four_digits():
    assert computed(Decimal("185.326")) == Decimal("185.3")
    assert computed(Decimal("600000000.0000")) == Decimal(600000000)


def test_two_ends_share_their_unit_and_scale_word():
    assert span(Decimal(9), Decimal(11), "kt") == "9–11 kt"
    assert span(Decimal(9_000_000), Decimal(11_000_000), "CNY") == "9–11 million CNY"
    assert span(Decimal(9), Decimal(9), "kt") == "9 kt"


def test_the_ends_of_a_range_are_in_base_units(press):
    document = press("9-11 GWh and 5 GWh")

    assert ends(document.figure("9-11 GWh", 10, "GWh", bound="range", low=9, high=11)) == (9e9, 11e9)
    assert ends(document.figure("5 GWh", 5, "GWh")) == (5e9, 5e9)
