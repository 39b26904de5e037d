"""Exchange rates of the European Central Bank."""

from datetime import date

import pytest

from extractor.checks import rates


def test_a_rate_is_that_of_the_day():
    rate = rates.on(date(2023, 6, 20), "EUR", "USD")

    assert rate is not None
    assert (str(rate.value), rate.day) == ("1.0933", date(2023, 6, 20))


def test_a_weekend_has_the_rate_of_friday():
    rate = rates.on(date(2024, 3, 17), "CNY", "USD")

    assert rate is not None
    assert rate.day == date(2024, 3, 15)


def test_a_currency_that_has_left_the_series_keeps_its_last_rate():
    rate = rates.on(date(2024, 3, 17), "HRK", "EUR")

    assert rate is not None
    assert rate.day == date(2022, 12, 30)


@pytest.mark.parametrize(
    ("day", "currency"), [(date(1998, 12, 31), "USD"), (date.min, "USD"), (date(2023, 6, 20), "TWD")]
)
def test_outside_the_series_there_is_no_rate(day, currency):
    assert rates.on(day, currency, "EUR") is None
    assert rates.between(day, day, currency, "EUR") is None


def test_a_time_has_its_lowest_and_highest_rate():
    rate = rates.between(date(2022, 1, 1), date(2022, 12, 31), "EUR", "USD")

    assert rate is not None
    assert (str(rate.low), str(rate.high)) == ("0.9565", "1.1464")
