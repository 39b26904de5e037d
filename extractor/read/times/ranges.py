"""Ranges of time, and a time where it stands in a text.

range := ("from" | "between")? moment ("to" | "and" | "–") moment | year "-" two digits
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.figures.counts import counted
from extractor.read.figures.numbers import digits
from extractor.read.times.days import Days
from extractor.read.times.moments import moment
from extractor.read.times.words import time_words
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from extractor.read.times.moment import Moment
    from extractor.read.tokens import Tokens

_TO = re.compile(
    r"-(?:to|through)-|[ ]?[-–—~][ ]?|[ ](?:to|through|until|till)[ ](?:the[ ])?|[ ]and[ ](?:the[ ])?",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?[ ](?:and|or)[ ](?:the[ ])?|[ ]?[&/][ ]?")
_SHORT_END = re.compile(r"[-–/](\d\d)(?![\d%]|[.,:/-]?\d)")
_OPENINGS = frozenset({"from", "between"})
_ARTICLES = frozenset({"a", "one", "the"})
_HYPHENS = frozenset({"-", "–", "_", "/", "'", "’", "."})
_DASHES = frozenset({"-", "–", "—", "~"})
_LOOKING_BACK = frozenset({"year_before", "previous", "one_ago"})
_MARKED = frozenset({"half", "quarter"})
_MONEY = frozenset("$€£¥₹,")
_LONGEST_SHORT = 30  # years that 2025-26 may span
_CLAUSE = 10  # tokens before a range in which a verb says that its ends are two times
_A_YEAR = 366


class Time(NamedTuple):
    """A time and where it stands."""

    start: int
    end: int
    days: Days
    looks_back: bool = False
    """Whether it is the time before it in another year: "a year earlier"."""


def time_at(
    tokens: Tokens, index: int, floor: int, published: date | None, latest: Days | None = None
) -> Time | None:
    """The time that token `index` opens; None where it opens none. `latest` is what it may look back from."""
    first = moment(tokens, index, published, latest)
    if first is None or _is_glued(tokens, index):
        return None
    start = tokens.starts[index]
    opening = tokens.word(index - 1) if index and tokens.starts[index - 1] >= floor else ""
    if first.form in _LOOKING_BACK:
        start = tokens.starts[index - 1] if opening in _ARTICLES else start
        return Time(start, first.end, first.days, looks_back=True)
    second = _end_of_range(tokens, start, first, opening, published)
    if second is not None:
        start = tokens.starts[index - 1] if opening in _OPENINGS else start
        return Time(start, second.end, second.days)
    if first.form == "year" and _opens_amounts(tokens, first, opening):
        return None
    return Time(start, first.end, _with_year_of_next(tokens, first, published))


def _is_glued(tokens: Tokens, index: int) -> bool:
    """Whether the token is a piece of something else: "$2025", "1.2025", "ESS-2025", "a4-May"."""
    if not tokens.joined(index):
        return False
    before = tokens.words[index - 1]
    if before in _HYPHENS:
        return tokens.joined(index - 1) and before not in {"'", "’"}
    return before[0].isalnum() or before in _MONEY


def _end_of_range(
    tokens: Tokens, start: int, first: Moment, opening: str, published: date | None
) -> Moment | None:
    """The whole range that a moment opens; None where it opens none."""
    if (short := _short_end(tokens.text, first)) is not None:
        return short
    separator = _TO.match(tokens.text, first.end)
    if separator is None or ("and" in separator[0].lower() and opening != "between"):
        return None
    if opening == "from" and time_words().postponed.intersection(tokens.before(start, _CLAUSE)):
        return None
    second = moment(tokens, tokens.at(separator.end()), published)
    if second is None:
        return None
    begin, finish = _in_one_year(first, second)
    if begin.first and finish.last:
        dated = (begin.precision == "day") == (finish.precision == "day")
        if begin.first > finish.last or not dated:
            return None
    return second._replace(days=Days(begin.first, finish.last, "range"))


def _short_end(text: str, first: Moment) -> Moment | None:
    """2025-26 and 2024/25: from the first day of the one year to the last of the other."""
    short = _SHORT_END.match(text, first.end)
    if short is None or first.form not in {"year", "year_end"} or first.days.first is None:
        return None
    last = first.days.first.year // 100 * 100 + int(short[1])
    if not 0 < last - first.days.first.year < _LONGEST_SHORT:
        return None
    return first._replace(days=Days(first.days.first, date(last, 12, 31), "range"), end=short.end())


def _in_one_year(first: Moment, second: Moment) -> tuple[Days, Days]:
    """Both ends of a range; one without a year takes the other's: "between May and July 2024"."""
    begin, finish = first.days, second.days
    if first.in_year and finish.last is not None:
        begin = _not_after(first, finish.last) or begin
    elif second.in_year and begin.first is not None:
        finish = second.in_year(begin.first.year) or finish
        if finish.last and finish.last < begin.first:
            finish = second.in_year(begin.first.year + 1) or finish
    return begin, finish


def _not_after(first: Moment, last: date) -> Days | None:
    """The moment in the year of a later day, or in the year before where it would lie behind that day."""
    if first.in_year is None:
        return None
    begin = first.in_year(last.year)
    return first.in_year(last.year - 1) if begin and begin.first and begin.first > last else begin


def _opens_amounts(tokens: Tokens, first: Moment, opening: str) -> bool:
    """Whether four digits are the first of two amounts: "from 2000 to 2500 tonnes"."""
    text, separator = tokens.text, _TO.match(tokens.text, first.end)
    dashed = separator is not None and separator[0].strip() in _DASHES
    if separator is None or not (
        opening in _OPENINGS or (dashed and opening not in time_words().prepositions)
    ):
        return False
    second = digits(text, separator.end())
    if second is None or first.days.first is None or second.value <= first.days.first.year:
        return False
    at = second.end + (text[second.end : second.end + 1] == " ")
    return unit_table().match(text, at) is not None or counted(text, second.end, worded=False) is not None


def _with_year_of_next(tokens: Tokens, first: Moment, published: date | None) -> Days:
    """A time without a year takes that of the next in its list: "in March and April 2025"."""
    separator = _ALSO.match(tokens.text, first.end) if first.in_year else None
    second = moment(tokens, tokens.at(separator.end()), published) if separator else None
    if first.in_year is None or second is None or second.in_year or second.days.first is None:
        return first.days
    shared = first.in_year(second.days.first.year)
    listed = second.days.precision == first.days.precision or {first.form, second.form} <= _MARKED
    return shared if listed and shared and shared.first and shared.first <= second.days.first else first.days
