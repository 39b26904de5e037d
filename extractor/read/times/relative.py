"""Relative times: next year, last week, on Monday, today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.times import days
from extractor.read.times.days import Days, unresolved
from extractor.read.times.words import time_words

if TYPE_CHECKING:
    import re

    from extractor.read.times.moment import Context
    from extractor.read.tokens import Tokens
    from schemas.when import Precision

_WEEK = 7
_PRECISIONS: dict[str, tuple[days.Unit, Precision]] = {
    "year": ("year", "year"),
    "month": ("month", "month"),
    "quarter": ("quarter", "quarter"),
    "week": ("week", "range"),
}
_TELLING: dict[str, frozenset[str]] = {
    "year": frozenset({"year", "half", "quarter", "month", "range"}),
    "quarter": frozenset({"quarter", "month"}),
    "month": frozenset({"month"}),
    "week": frozenset(),
}
"""The times of which "the previous" one of a unit is told."""
_BEHIND_A_DAY = frozenset({"st", "nd", "rd", "th", ".", "/", "-", "of"})


def relative(match: re.Match[str], context: Context) -> Days:
    """Next year, this quarter, the previous month, last week."""
    unit, precision = _PRECISIONS[match["unit"].lower()]
    told = context.latest is not None and context.latest.precision in _TELLING[unit] | {"day"}
    base = context.base(match["rel"]) if told else context.published
    if base is None:
        return unresolved(precision)
    other = days.shifted(base, time_words().relatives[match["rel"].lower()], unit)
    if match["rel"].lower().endswith("past"):
        return Days(other, base, "range")  # over the past year
    return days.whole(other, unit)


def previous(match: re.Match[str], context: Context) -> Days:
    """The previous quarter: the one before the quarter that was told last, else before the publication's."""
    unit, precision = _PRECISIONS[match["unit"].lower()]
    latest = context.latest
    told = latest is not None and latest.precision in _TELLING[unit]
    start = latest.first if told and latest else context.published
    return unresolved(precision) if start is None else days.whole(days.shifted(start, -1, unit), unit)


def to_date(_: re.Match[str], context: Context) -> Days:
    """Year to date: from its first day on."""
    published = context.published
    return (
        unresolved("range")
        if published is None
        else Days(days.year(published.year).first, published, "range")
    )


def one_ago(match: re.Match[str], context: Context) -> Days:
    """A week ago, one month ago: the whole of it."""
    unit, precision = _PRECISIONS[match["unit"].lower()]
    if context.published is None:
        return unresolved(precision)
    return days.whole(days.shifted(context.published, -1, unit), unit)


def part_of_this(match: re.Match[str], context: Context) -> Days:
    """By the end of the month, later in the quarter: all of it; "the" may be the one that was told last."""
    told = context.latest
    is_told = told is not None and told.first is not None and told.precision == match["unit"].lower()
    return told if told and is_told and match["rel"].lower() == "the" else relative(match, context)


def year_before(match: re.Match[str], context: Context) -> Days:
    """The same month last year, a year earlier, the same period of 2022: the time before, in that year."""
    published, latest = context.published, context.latest
    stated = int(match["y"]) if match["y"] else None
    unit = _PRECISIONS.get(match["unit"] or match["noun"] or "")
    if latest is None or latest.first is None or latest.last is None:
        of_era = stated or (None if published is None else published.year - 1)
        return unresolved("year") if of_era is None else days.year(of_era)
    back = -1 if stated is None else stated - latest.first.year
    first, last = (days.shifted(day, back, "year") for day in (latest.first, latest.last + days.ONE_DAY))
    if unit is None or latest.precision != "day":
        return Days(first, last - days.ONE_DAY, latest.precision)
    return days.whole(first, unit[0])


def weekday(match: re.Match[str], context: Context) -> Days | None:
    """The latest day of that name, as in the news: on Monday; none where its date follows or it recurs."""
    recurs = context.before() in {"every", "each"}
    if not match["weekday"][0].isupper() or recurs or _is_dated(context.tokens, match.end()):
        return None
    if context.published is None:
        return unresolved("day")
    back = (context.published.weekday() - time_words().weekdays[match["weekday"].lower()]) % _WEEK
    if (match["rel"] or "").lower() == "next":
        back -= _WEEK
    return days.whole(context.published - days.ONE_DAY * back, "day")


def _is_dated(tokens: Tokens, end: int) -> bool:
    """Whether the date of a day follows: "Tuesday, March 4", "Friday 14 November"."""
    ahead = [word for word in tokens.after(end, 4) if word not in {",", "(", "the"}] + ["", ""]
    months = time_words().months
    if ahead[0].isdecimal():
        return ahead[1] in months or ahead[1] in _BEHIND_A_DAY
    return ahead[0] in months and ahead[1].isdecimal()


def near_day(match: re.Match[str], context: Context) -> Days:
    """Yesterday, today, tomorrow."""
    if context.published is None:
        return unresolved("day")
    offset = time_words().near_days[match["near"].lower()]
    return days.whole(context.published + days.ONE_DAY * offset, "day")
