"""Spans: durations that state a time together with the words beside them.

span := ("within" | "next" | "last") duration | "first" duration "of" moment | duration ("later" | "ago")
      | duration ("from" | "ended") moment
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, get_args

from extractor.read.times import days
from extractor.read.times.days import Days, unresolved
from extractor.read.times.moments import moment
from extractor.read.times.ranges import Time
from extractor.read.times.words import time_words

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure
    from extractor.read.tokens import Tokens
    from schemas.when import Precision

_UNITS: dict[str, days.Unit] = {unit: unit for unit in get_args(days.Unit) if unit != "quarter"}
_MOST = 100  # units that a span may reach
_SEVERAL = 2
_YEAR = 12
_HENCE = re.compile(r"[ ](?:from now|hence)\b|['’][ ]time\b")


class _Span(NamedTuple):
    """A duration, what stands beside it, and the days that it can be counted from."""

    tokens: Tokens
    start: int
    """Where the duration starts."""
    end: int
    units: int
    """How many."""
    unit: days.Unit
    opening: str
    """The word before the duration, and where it starts."""
    opened: int
    published: date | None
    latest: Days | None
    """The last time before it."""

    def ahead(self) -> str:
        """The word behind the duration."""
        return "".join(self.tokens.after(self.end, 1))

    def through(self) -> int:
        """Where the word behind the duration ends."""
        return self.tokens.ends[self.tokens.at(self.end)]


def span(
    tokens: Tokens, figure: Figure, floor: int, published: date | None, latest: Days | None
) -> Time | None:
    """The time that a duration states together with the words beside it; None where it is only a duration.

    `latest` is the last time before it, which "five years later" counts from.
    """
    unit = _UNITS.get(figure.unit.symbol)
    count = figure.value if figure.high is None else figure.high
    if unit is None or figure.scale != 1 or count != int(count) or not 0 < count < _MOST:
        return None
    index = tokens.at(figure.start)
    # "within" is a bound word and then a part of the figure already
    index -= tokens.words[index] not in time_words().spans["within"]
    inside = index >= 0 and tokens.starts[index] >= floor
    found = _Span(
        tokens,
        figure.start,
        figure.end,
        int(count),
        unit,
        tokens.words[index] if inside else "",
        tokens.starts[index] if inside else figure.start,
        published,
        latest,
    )
    if figure.bound in {"at_least", "at_most"} and found.opening not in time_words().spans["within"]:
        return None
    return _hence(found) or _from_behind(found) or _from_before(found)


def _hence(found: _Span) -> Time | None:
    """Two years from now, in two years' time: the whole year."""
    behind = _HENCE.match(found.tokens.text, found.end)
    if behind is None:
        return None
    start = found.opened if found.opening == "in" else found.start
    return Time(start, behind.end(), _whole_at(found, found.units))


def _from_behind(found: _Span) -> Time | None:
    """Two years ago, five years later, five years from July 2025, three months ended June 30."""
    known, word = time_words().spans, found.ahead()
    if word in known["ago"]:
        return Time(found.start, found.through(), _ago(found))
    if word in known["later"] or word in known["earlier"]:
        if found.tokens.word(found.tokens.at(found.end) + 1) == "than":
            return None  # two years later than planned
        return _counted_on(found, found.units if word in known["later"] else -found.units)
    if word == "from":
        return _starting(found)
    if word in known["ended"]:
        return _ended(found)
    return None


def _from_before(found: _Span) -> Time | None:
    """Within two to three years, the next five years, the first nine months of 2024."""
    known, word = time_words().spans, found.ahead()
    if found.opening in known["opening"] | known["closing"] and word == "of":
        return _piece(found)
    if found.opening in known["opening"] and found.unit == "month":
        return Time(found.opened, found.end, _first_months(found))
    before = found.tokens.word(found.tokens.at(found.opened) - 1)
    lasts = found.opening == "last" and before in time_words().future  # it will last 18 months
    if found.unit == "day" or lasts or word in known["anchored_elsewhere"]:
        return None
    if found.opening in known["within"] | known["ahead"]:
        return Time(found.opened, found.end, _reaching(found.published, found.units, found.unit))
    if found.opening in known["behind"]:
        return Time(found.opened, found.end, _reaching(found.published, -found.units, found.unit))
    return None


def _reaching(published: date | None, count: int, unit: days.Unit) -> Days:
    """From the publication so far ahead, or from so far back to it."""
    if published is None:
        return unresolved("range")
    other = days.shifted(published, count, unit)
    return Days(min(published, other), max(published, other), "range")


def _ago(found: _Span) -> Days:
    """Two years ago: the whole year; three weeks ago: the whole week."""
    return _whole_at(found, -found.units)


def _whole_at(found: _Span, count: int) -> Days:
    """The whole year, month or week so far from the publication."""
    precision: Precision = "range" if found.unit == "week" else found.unit
    if found.published is None:
        return unresolved(precision)
    return days.whole(days.shifted(found.published, count, found.unit), found.unit)


def _counted_on(found: _Span, count: int) -> Time | None:
    """Five years later than 2015 is 2020, as finely as the named date is stated."""
    latest = found.latest
    if latest is None or latest.first is None or latest.last is None or found.units < _SEVERAL:
        return None
    first = days.shifted(latest.first, count, found.unit)
    if latest.precision in {"month", "quarter", "year"} and found.unit != "week":
        unit: days.Unit = "month" if found.unit == "month" else latest.precision
        return Time(found.start, found.through(), days.whole(first, unit))
    last = days.shifted(latest.last, count, found.unit)
    return Time(found.start, found.through(), Days(first, last, latest.precision))


def _piece(found: _Span) -> Time | None:
    """First nine months of 2024, last two months of the year."""
    tokens, index = found.tokens, found.tokens.at(found.end) + 1
    if [tokens.word(index), tokens.word(index + 1)] == ["the", "year"]:
        end, covered = tokens.ends[index + 1], _this_year(found.published)
    else:
        index += tokens.word(index) == "the"
        whole = moment(tokens, index, found.published)
        if whole is None:
            return None
        end, covered = whole.end, whole.days
    if covered.first is None or covered.last is None:
        return Time(found.opened, end, unresolved("range"))
    if found.opening in time_words().spans["opening"]:
        last = days.shifted(covered.first, found.units, found.unit) - days.ONE_DAY
        return Time(found.opened, end, Days(covered.first, min(last, covered.last), "range"))
    first = days.shifted(covered.last + days.ONE_DAY, -found.units, found.unit)
    return Time(found.opened, end, Days(max(first, covered.first), covered.last, "range"))


def _this_year(published: date | None) -> Days:
    return unresolved("year") if published is None else days.year(published.year)


def _first_months(found: _Span) -> Days:
    """The first ten months: of this year where they are over, else of the last."""
    if found.published is None:
        return unresolved("range")
    over = found.published.month > found.units
    first = date(found.published.year - (not over), 1, 1)
    return Days(first, days.shifted(first, min(found.units, _YEAR), "month") - days.ONE_DAY, "range")


def _ended(found: _Span) -> Time | None:
    """Three months ended September 30: so long up to that day or the end of that month."""
    index = found.tokens.at(found.end) + 1
    index += found.tokens.word(index) == "on"
    last = moment(found.tokens, index, found.published)
    if last is None or last.days.precision not in {"day", "month"} or found.unit not in {"month", "year"}:
        return None
    if last.days.last is None:
        return Time(found.start, last.end, unresolved("range"))
    first = days.shifted(last.days.last + days.ONE_DAY, -found.units, found.unit)
    return Time(found.start, last.end, Days(first, last.days.last, "range"))


def _starting(found: _Span) -> Time | None:
    """Five years from July 2025: so long from its first day on."""
    index = found.tokens.at(found.end) + 1
    index += found.tokens.word(index) == "the"
    begin = moment(found.tokens, index, found.published)
    if begin is None or begin.days.first is None:
        return None
    last = days.shifted(begin.days.first, found.units, found.unit) - days.ONE_DAY
    return Time(found.start, begin.end, Days(begin.days.first, last, "range"))
