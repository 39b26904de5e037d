"""Timing: when an amount is, and whether it is expected, aimed for or reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.draft.rules.scene import Line

_PROJECTION = Pattern(r"{forecasts.basis.projection}")
_TARGET = Pattern(r"{forecasts.basis.target}")
_COMPARED = Pattern(r"{forecasts.basis.compared}[^,;]{0,20}$")
_REACHED = Pattern(r"{forecasts.basis.reached}")
_SAID = Pattern(r"{forecasts.basis.said}")
_COMPOUND = Pattern(r"{forecasts.basis.compound}")
_GOES_ON = re.compile(r"(?i)(?:the|its|by then|annual|this)\b")


def is_ahead(line: Line) -> bool:
    """Whether a sentence looks forward: "will", "expected", "aims"."""
    return bool(_PROJECTION.search(line.text) or _TARGET.search(line.text))


def is_projected(line: Line) -> bool:
    """Whether a sentence says what is expected."""
    return _PROJECTION.search(line.text) is not None


def times(statement: Statement, metric: str) -> tuple[str | None, str | None]:
    """The time of a figure and, for growth over a range of years, the first year."""
    if metric == "growth_rate" and (ends := _ends_of_growth(statement)):
        return ends
    line = statement.line
    time = line.time_of(statement.figure)
    if time is not None and time.precision == "day" and metric != "price" and _SAID.search(line.text):
        time = None  # the day of the statement, not of the amount
    return (time.time if time else _time_before(statement, metric)), None


def basis(statement: Statement, when: str | None) -> str:
    """Target where somebody aims, projection where something is expected, reported where the time is past."""
    line, figure, published = statement.line, statement.figure, statement.scene.published
    time = statement.scene.ledger.time.get(when or "")
    last = time.end_date if time and published else None
    if published and last and last < published:
        return "reported"
    if (time is None or published is None) and _COMPARED.search(line.before(figure.start, 24)):
        return "reported"
    clause = line.between(figure.start - 120, figure.end + 40)
    begun = published and time and time.start_date and time.start_date < published
    if begun and not is_ahead(line) and _REACHED.search(clause):
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
    """The time of the sentence before, where one without goes on: past with past, future with future."""
    line = statement.line
    before = statement.scene.previous(line)
    if before is None:
        return _time_of_series(statement, metric)
    ahead = is_ahead(line)
    for told in statement.said_in(before):
        if told.draft.when and (told.draft.basis != "reported") == ahead:
            return told.draft.when
    years = (time.time for time in before.times if time.precision in {"year", "half", "quarter"})
    return next(years, None) if _GOES_ON.match(line.text) else None


def _time_of_series(statement: Statement, metric: str) -> str | None:
    """The time of the paragraph before, where it reports of the same metric: a month's data go on."""
    last = statement.told[-1] if statement.told else None
    if last is None or last.line.section != statement.line.section or is_ahead(statement.line):
        return None
    goes_on = last.draft.basis == "reported" and metric in {last.draft.metric, "growth_rate", "market_share"}
    return last.draft.when if goes_on and statement.line.paragraph - last.line.paragraph <= 1 else None
