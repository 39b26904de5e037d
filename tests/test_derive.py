"""Amounts of money in dollars and euros."""

from datetime import date
from decimal import Decimal

import pytest

from extractor import Extractor
from extractor.derive import RULE, derive
from schemas import Derived

PLANT = "The Turku plant will have a total investment of 80 million euros."


def extract(text, published="2023-06-20"):
    return Extractor().extract(text, published=published)


def told(result):
    return [problem for problem in result.problems if problem.rule == RULE]


def test_money_has_its_value_in_dollars_and_euros_with_rate_and_day():
    (figure,) = extract("It spent 1.33 billion yuan.").figures

    assert figure.derived == Derived(
        usd_value=185_324_000,
        eur_value=169_508_000,
        usd_rate=Decimal("0.139341"),
        eur_rate=Decimal("0.12745"),
        rate_date=date(2023, 6, 20),
        source="European Central Bank, euro foreign exchange reference rates",
    )


def test_what_is_stated_stays_as_it_is():
    (figure,) = extract(PLANT).figures

    assert (figure.value, figure.unit, figure.base_value) == (80_000_000, "EUR", 80_000_000)
    assert (figure.derived.eur_value, figure.derived.eur_rate) == (80_000_000, 1)


def test_a_figure_of_a_record_is_that_of_the_ledger():
    result = extract(PLANT)

    assert result.facilities[0].investment == result.figures[0]
    assert result.facilities[0].investment.derived is not None


def test_a_weekend_has_the_rates_of_friday():
    (figure,) = extract("It spent 5 million euros.", "2024-03-17").figures

    assert figure.derived.rate_date == date(2024, 3, 15)


@pytest.mark.parametrize("text", ["a 200MW/800MWh project", "a price of 0.55 yuan/Wh", "a share of 12%"])
def test_what_is_no_amount_of_money_has_none(text):
    assert {figure.derived for figure in extract(text).figures} == {None}


def test_without_a_day_of_publication_there_is_none():
    result = extract(PLANT, published=None)

    assert [figure.derived for figure in result.figures] == [None]
    assert told(result) == []


def test_a_currency_without_a_rate_is_told_once():
    result = extract("It spent NT$5 billion in 2023, NT$7 billion in 2024 and 5 million euros in 2025.")

    (problem,) = told(result)
    assert (problem.verdict, problem.severity) == ("underdetermined", "info")
    assert problem.message == "TWD has no value in USD or EUR: the ECB series has no rate for 2023-06-20"
    assert problem.figures == ["f1", "f2"]
    assert [figure.derived is None for figure in result.figures] == [True, True, False]


def test_a_currency_that_left_the_series_long_ago_has_none():
    result = extract("It spent 5 billion rubles.", "2024-05-06")

    assert result.figures[0].derived is None
    assert len(told(result)) == 1


def test_a_result_without_money_is_left_alone():
    result = extract("a 200MW/800MWh project")

    assert derive(result) == result
