"""Timing: when an amount is, and whether it is expected, aimed for or reported."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from extractor.draft.rules.compared import is_other_period
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.model import ForecastDraft
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.draft.rules.scene import Line
    from schemas import When

_PROJECTION = Pattern(r"{forecasts.basis.projection}")
_TARGET = Pattern(r"{forecasts.basis.target}")
_COMPARED = Pattern(r"{forecasts.basis.compared}[^,;]{0,20}$")
_REACHED = Pattern(r"{forecasts.basis.reached}")
_SAID = Pattern(r"{forecasts.basis.said}")
_SAID_AT = Pattern(r"{forecasts.basis.said} (?:(?:on|in|earlier|late|back) )?$")
_COMPOUND = Pattern(r"{forecasts.basis.compound}")
BESIDE_ANY = frozenset({"growth_rate", "market_share"})
"""Metrics that are told beside an amount of any other."""
_PERIODS = frozenset({"year", "half", "quarter", "month"})
_SHORT = frozenset({"month", "day"})
"""Precisions of times of which a part is enough: "CNY 62,000 this month" has been."""
# a time that was told before, as in "its capacity grew over the period"
_SAME_PERIOD = re.compile(
    r"\b(?:over|during|in|for|within) (?:the|that|this|the same) period\b(?! (?:last|a|of|in)\b)"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_GOES_ON = re.compile(r"(?i)(?:the|its|by then|annual|this)\b")


def is_ahead(line: Line) -> bool:
    """Whether a sentence looks forward: "will", "expected", "aims"."""
    return bool(_PROJECTION.search(line.text)) or is_aimed(line)


def is_aimed(line: Line) -> bool:
    """Whether a sentence says what somebody aims for."""
    return _TARGET.search(line.text) is not None


def is_projected(line: Line) -> bool:
    """Whether a sentence says what is expected."""
    return _PROJECTION.search(line.text) is not None


def times(statement: Statement, metric: str) -> tuple[str | None, str | None]:
    """The time of a figure and, for growth over a range of years, the first year."""
    if metric == "growth_rate" and (ends := _ends_of_growth(statement)):
        return ends
    line = _without_days_of_saying(statement.line, metric)
    time = line.own_time_of(statement.figure)
    if time is None and (before := _time_before(statement, metric)):
        return before, None
    time = time or line.time_of(statement.figure)
    return (time.time if time else None), None


def _without_days_of_saying(line: Line, metric: str) -> Line:
    """A sentence without the days on which somebody said it; the day of a price is that of the price."""
    told = metric != "price" and _SAID.search(line.text)
    amounts = [
        time
        for time in line.times
        if not (told and time.precision == "day") and not _SAID_AT.search(line.before(time.start, 30))
    ]
    return line if len(amounts) == len(line.times) else replace(line, times=amounts)


def basis(statement: Statement, when: str | None) -> str:
    """Target where somebody aims, projection where something is expected, reported where the time is past."""
    line, figure, published = statement.line, statement.figure, statement.scene.published
    time = statement.scene.ledger.time.get(when or "")
    last = time.end_date if time and published else None
    if published and last and last <= published:
        return "reported"
    begun = published and time and time.start_date and time.start_date < published
    if (begun or time is None or published is None) and _COMPARED.search(line.before(figure.start, 24)):
        return "reported"
    clause = _BRACKETS.sub("", line.between(figure.start - 120, figure.end + 40))
    carried = time is not None and not line.start <= time.start < line.end
    told = time is not None and (carried or time.precision in _SHORT or _REACHED.search(clause))
    if begun and told and not is_ahead(line):
        return "reported"
    if _TARGET.search(clause):
        return "target"
    return "projection" if last or _PROJECTION.search(clause) else "reported"


def _ends_of_growth(statement: Statement) -> tuple[str, str] | None:
    """The last and the first year of a growth period; a range stands for both."""
    line, figure = statement.line, statement.figure
    for time in line.times:
        start, end = time.start_date, time.end_date
        if time.precision == "range" and start and end and start.year < end.year:
            return time.time, time.time
    years = [time for time in line.times if time.end <= figure.start and time.precision == "year"]
    if len(years) < 2 or not _COMPOUND.search(line.text):
        return None
    first, last = sorted(years[-2:], key=lambda time: (time.start_date is None, time.start_date))
    return last.time, first.time


def _time_before(statement: Statement, metric: str) -> str | None:
    """The time of what was told just before, where a sentence without one goes on with it."""
    line = statement.line
    before = statement.scene.previous(line)
    ahead = is_ahead(line)
    if before is not None:
        told = [t.draft for t in statement.said_in(before) if (t.draft.basis != "reported") == ahead]
        if when := _latest(statement, told) if not ahead else next((t.when for t in told if t.when), None):
            return when
        periods = [
            time.time
            for time in before.times
            if time.precision in _PERIODS
            and not is_other_period(time)
            and not (ahead and _is_over(statement, time))
        ]
        if periods and (_GOES_ON.match(line.text) or (not ahead and len(periods) == 1)):
            return periods[0]
    if _SAME_PERIOD.search(line.text):
        return next((told.draft.when for told in reversed(statement.told) if told.draft.when), None)
    return None if ahead else _time_of_series(statement, metric)


def _is_over(statement: Statement, time: When) -> bool:
    published, last = statement.scene.published, time.end_date
    return published is not None and last is not None and last <= published


def _time_of_series(statement: Statement, metric: str) -> str | None:
    """The time of what was last reported of the same metric: a month's data go on."""
    for told in reversed(statement.told):
        if told.line is not statement.line and not statement.follows(told.line):
            return None
        level = told.draft.metric not in BESIDE_ANY and metric in {told.draft.metric, *BESIDE_ANY}
        revenue = metric == "other" and statement.figure.kind == "money"
        if level or (revenue and told.draft.metric == "growth_rate"):
            said = [other.draft for other in statement.said_in(told.line)]
            return _latest(statement, [draft for draft in said if draft.basis == "reported"])
    return None


def _latest(statement: Statement, drafts: list[ForecastDraft]) -> str | None:
    """The last time of what a sentence reports; an earlier one is only compared with it."""
    whens = [draft.when for draft in drafts if draft.when]
    ends = statement.scene.ledger.time
    return max(whens, key=lambda when: ends[when].end_date or date.min, default=None)
