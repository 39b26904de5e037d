"""Dates: what the forms of days and months resolve to."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractor.read.times import days
from extractor.read.times.days import Days, unresolved
from extractor.read.times.words import time_words

if TYPE_CHECKING:
    from extractor.read.times.moment import Context, Moment

_DIGITS = re.compile(r"\d+")
_SLASHED = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/\d{4}(?!\d)")
_OWNS = re.compile(r"['’]s\b")  # May's registrations
_MONTHS = 12
_WEEK = 7
_TENSE = 10  # tokens before "on the 23rd" that say whether it is still to come
_JOINTS = frozenset({"to", "-", "–", "and", "or", "/", "&", "through"})


def month_number(name: str) -> int:
    """The number of a month by its name or abbreviation."""
    return time_words().months[name.rstrip(".").lower()]


def number(written: str) -> int:
    """The digits of "14th" and "Q3"."""
    found = _DIGITS.search(written)
    return int(found[0]) if found else 0


def in_digits(match: re.Match[str], _: Context) -> Days | None:
    """2025-11-14, 2025/11/14, 14.11.2025, 14-11-2025."""
    month = match["m"] or match.groupdict()["m2"]
    return days.day(int(match["y"]), int(month), int(match["d"]))


def slashed(match: re.Match[str], context: Context) -> Days | None:
    """14/11/2025 and 11/14/2025; where both readings are possible, as the text writes its other dates.

    One that can be the day of publication is. Where nothing tells, the day comes first, as outside the US.
    """
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    day_first, month_first = days.day(year, b, a), days.day(year, a, b)
    if day_first is None or month_first is None:
        return day_first or month_first
    published = context.published
    if published is not None and published in (day_first.first, month_first.first):
        return days.whole(published, "day")
    return month_first if _has_month_first(context.tokens.text) else day_first


@lru_cache(maxsize=8)
def _has_month_first(text: str) -> bool:
    """Whether a text mostly writes the month before the day, in digits or else in words."""
    written = [(int(found["a"]), int(found["b"])) for found in _SLASHED.finditer(text)]
    votes = sum((b > _MONTHS) - (a > _MONTHS) for a, b in written)
    return (votes or len(_month_day().findall(text)) - len(_day_month().findall(text))) > 0


@cache
def _month_day() -> re.Pattern[str]:
    return re.compile(rf"\b{_names()}\.? \d{{1,2}},? \d{{4}}\b")


@cache
def _day_month() -> re.Pattern[str]:
    return re.compile(rf"\b\d{{1,2}} {_names()}\.?,? \d{{4}}\b")


def _names() -> str:
    return f"(?i:{'|'.join(sorted(time_words().months, key=len, reverse=True))})"


def chinese(match: re.Match[str], _: Context) -> Days | None:
    """2025年11月14日, 2025年11月, 2025年."""
    year = int(match["y"])
    if match["m"] is None:
        return days.year(year)
    if match["d"] is None:
        return days.month(year, int(match["m"]))
    return days.day(year, int(match["m"]), int(match["d"]))


def day(match: re.Match[str], context: Context) -> Days | Moment | None:
    """14 November 2025, the 18th of April, November 14th; small letters make no month."""
    if not match["m"][0].isupper():
        return None
    month, of_month = month_number(match["m"]), number(match["d"])
    if match["y"]:
        return days.day(int(match["y"]), month, of_month)
    if match["rel"]:
        year = context.relative_year(match["rel"])
        return unresolved("day") if year is None else days.day(year, month, of_month)
    return context.yearless(match, month, lambda year: days.day(year, month, of_month))


def day_alone(match: re.Match[str], context: Context) -> Days | None:
    """On the 23rd: of the publication's month, or of the one before where it is told as past."""
    tokens, published, of_month = context.tokens, context.published, int(match["d"])
    if [tokens.word(context.at - 2), context.before()] != ["on", "the"]:
        return None
    if published is None:
        return unresolved("day")
    months = time_words().relatives[match["rel"].lower()] if match["rel"] else 0
    if not match["rel"] and of_month > published.day:
        ahead = time_words().future.intersection(tokens.before(match.start(), _TENSE))
        months = 0 if ahead else -1
    first = days.shifted(published.replace(day=1), months, "month")
    return days.day(first.year, first.month, of_month)


def days_of_month(match: re.Match[str], context: Context) -> Days | Moment | None:
    """June 11-13, 2025 and 11 to 13 June."""
    first, last = number(match["a"]), number(match["b"])
    if not match["m"][0].isupper() or first >= last:
        return None
    month = month_number(match["m"])

    def in_year(year: int) -> Days | None:
        a, b = days.day(year, month, first), days.day(year, month, last)
        return Days(a.first, b.last, "range") if a and b else None

    return in_year(int(match["y"])) if match["y"] else context.yearless(match, month, in_year)


def week_of_month(match: re.Match[str], context: Context) -> Days | Moment | None:
    """The second week of May 2025: its days 8 to 14; the last one ends with the month."""
    if not match["m"][0].isupper():
        return None
    month, word = month_number(match["m"]), match["o"].lower()

    def in_year(year: int) -> Days | None:
        whole = days.month(year, month)
        if whole is None or whole.first is None or whole.last is None:
            return None
        start = whole.last.day - _WEEK if word == "last" else _WEEK * (time_words().ordinals[word] - 1)
        return Days(whole.first.replace(day=start + 1), whole.first.replace(day=start + _WEEK), "range")

    return in_year(int(match["y"])) if match["y"] else context.yearless(match, month, in_year)


def month_of_year(match: re.Match[str], _: Context) -> Days | None:
    """March 2025, Sept. 2023, Nov '25."""
    if not match["m"][0].isupper():
        return None
    return days.month(int(match["y"] or 2000 + int(match["short"])), month_number(match["m"]))


def bare_month(match: re.Match[str], context: Context) -> Moment | None:
    """A month without a year; capitalised, and behind a preposition where it is a word too (May, March)."""
    name, known = match["m"], time_words()
    if not name[0].isupper():
        return None
    is_word = name.rstrip(".").lower() in known.homographs and not _OWNS.match(
        context.tokens.text, match.end()
    )
    if is_word and context.before() not in known.prepositions and not _month_follows(match, context):
        return None
    month = month_number(name)
    return context.yearless(match, month, lambda year: days.month(year, month))


def _month_follows(match: re.Match[str], context: Context) -> bool:
    """Whether another month follows: "March to June", "Jan-Sep"."""
    joint, name = [*context.tokens.after(match.end(), 2), "", ""][:2]
    return joint in _JOINTS and name in time_words().months


def part_of_month(match: re.Match[str], context: Context) -> Days | Moment | None:
    """Early March 2025, the end of May: the month."""
    if not match["m"][0].isupper():
        return None
    month = month_number(match["m"])
    if match["y"]:
        return days.month(int(match["y"]), month)
    if match["rel"]:
        return month_of_relative_year(match, context)
    return context.yearless(match, month, lambda year: days.month(year, month))


def month_of_relative_year(match: re.Match[str], context: Context) -> Days | None:
    """October last year, last year's October."""
    if not match["m"][0].isupper():
        return None
    year = context.relative_year(match["rel"])
    return unresolved("month") if year is None else days.month(year, month_number(match["m"]))


def relative_month(match: re.Match[str], context: Context) -> Days | None:
    """Next July, last October: the nearest one on that side."""
    if not match["m"][0].isupper():
        return None
    if context.published is None:
        return unresolved("month")
    month, year, relative = month_number(match["m"]), context.published.year, match["rel"].lower()
    if relative == "next":
        year += month <= context.published.month
    elif relative == "last":
        year -= month >= context.published.month
    return days.month(year, month)
