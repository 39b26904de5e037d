"""Days: what a time covers, first and last day, and the arithmetic of years, quarters and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from schemas.when import Precision

Unit = Literal["day", "week", "month", "quarter", "year"]

ONE_DAY = timedelta(days=1)
_MONTHS = 12
_IN_MONTHS = {"month": 1, "quarter": 3, "year": _MONTHS}


class Days(NamedTuple):
    """First and last day, both inclusive; None while unresolved."""

    first: date | None
    last: date | None
    precision: Precision


def unresolved(precision: Precision) -> Days:
    """A relative time that has nothing to stand on."""
    return Days(None, None, precision)


def year(number: int) -> Days:
    """A whole year."""
    return Days(date(number, 1, 1), date(number, _MONTHS, 31), "year")


def months(number: int, first: int, last: int, precision: Precision) -> Days:
    """From the first day of one month to the last day of another, of one year."""
    return Days(date(number, first, 1), date(number, last, monthrange(number, last)[1]), precision)


def month(number: int, of_year: int) -> Days | None:
    """One month of a year; None where the calendar has no such month."""
    return months(number, of_year, of_year, "month") if 1 <= of_year <= _MONTHS else None


def day(number: int, of_year: int, of_month: int) -> Days | None:
    """One day of a month of a year; None where the calendar has no such day."""
    if not (1 <= of_year <= _MONTHS and 1 <= of_month <= monthrange(number, of_year)[1]):
        return None
    only = date(number, of_year, of_month)
    return Days(only, only, "day")


def shifted(first: date, count: int, unit: Unit) -> date:
    """The day so many units away; the last of its month where the month has no such day."""
    if unit in {"day", "week"}:
        return first + ONE_DAY * (count * 7 if unit == "week" else count)
    index = first.year * _MONTHS + first.month - 1 + count * _IN_MONTHS[unit]
    number, of_year = index // _MONTHS, index % _MONTHS + 1
    return date(number, of_year, min(first.day, monthrange(number, of_year)[1]))


def whole(any_day: date, unit: Unit) -> Days:
    """The week, month, quarter or year that holds a day; the day itself for a day."""
    if unit == "day":
        return Days(any_day, any_day, "day")
    if unit == "week":
        monday = any_day - ONE_DAY * any_day.weekday()
        return Days(monday, monday + ONE_DAY * 6, "range")
    if unit == "month":
        return months(any_day.year, any_day.month, any_day.month, "month")
    if unit == "quarter":
        first = (any_day.month - 1) // 3 * 3 + 1
        return months(any_day.year, first, first + 2, "quarter")
    return year(any_day.year)


def decade(any_year: int) -> Days:
    """The decade that holds a year: 2030 to 2039."""
    first = any_year // 10 * 10
    return Days(date(first, 1, 1), date(first + 9, _MONTHS, 31), "decade")
