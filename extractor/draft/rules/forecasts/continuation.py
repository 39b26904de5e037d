"""Continuation: figures without a metric word of their own, which go on with what was said before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.amounts import is_price
from extractor.draft.rules.forecasts.market import is_size
from extractor.draft.rules.forecasts.region import region, region_before
from extractor.draft.rules.forecasts.timing import basis, is_ahead, is_projected
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.model import ForecastDraft
    from extractor.draft.rules.forecasts.statement import Statement, Told
    from extractor.draft.rules.scene import Line
    from schemas import Quantity

_FROM = Pattern(r"{forecasts.basis.from}(?: from)? (?:just |only |an? |(?:[\w-]+ ){0,2}\w+['’]s )?$")
_PLACE = Pattern(r"The {forecasts.of_markets.places}")
_THINGS = re.compile(r"[a-z]s (?:of )?$")
_TIME_BEHIND = 12
"""Characters between the figure of a comparison and its time: "1% in 2023"."""


def lookback(statement: Statement) -> ForecastDraft | None:
    """What "up from 1% in 2023" states of the past: the metric of the figure before it in the sentence."""
    line, figure = statement.line, statement.figure
    back = _FROM.search(line.before(figure.start, 24))
    if back is None or (figure.change is not None and "from" not in back[0]):
        return None  # "up 12%" is a growth
    for told in statement.said_in(line):
        if told.figure.kind == figure.kind and told.draft.metric != "growth_rate":
            behind = (time.time for time in line.times if 0 <= time.start - figure.end < _TIME_BEHIND)
            return told.draft.model_copy(
                update={"figure": figure.figure, "when": next(behind, None), "basis": "reported"}
            )
    return None


def target_of_place(statement: Statement) -> ForecastDraft | None:
    """A place's own target: "Gansu plans to have 6 GW of storage in service"."""
    line, figure = statement.line, statement.figure
    if figure.kind not in {"power", "energy"} or statement.sites.in_line(line) or not is_ahead(line):
        return None
    opener = next((name for name in line.names if name.start == line.start and name.sort == "place"), None)
    if opener is None and not _PLACE.match(line.text):
        return None
    time = line.time_of(figure)
    subject = product(statement.scene.text, figure.end, line.end)
    return statement.forecast(
        "capacity", subject, opener.text if opener else None, time.time if time else None
    )


def continued(statement: Statement) -> ForecastDraft | None:
    """A figure that goes on with the forecast of its kind just before: "and 4,100 GWh in 2030"."""
    line, figure = statement.line, statement.figure
    if statement.sites.in_line(line):
        return None
    time = line.time_of(figure)
    told_of = region_before(line, figure) or (time is not None and time.start > figure.end)
    if figure.kind == "number" and not told_of:
        return None  # "… 5.5 million units, followed by Europe with 2 million"
    when = time.time if time else None
    for told in reversed(statement.told):
        if told.line.section != line.section or line.paragraph - told.line.paragraph > 1:
            break
        if not _goes_on(statement, told):
            continue
        beside = told.line in {line, statement.scene.previous(line)} and told.draft.basis == "reported"
        if when is None and not is_projected(line) and (not beside or _is_size(line, figure)):
            return None
        return told.draft.model_copy(
            update={
                "figure": figure.figure,
                "subject": _subject(line, figure, told) or told.draft.subject,
                "region": region_before(line, figure) or told.draft.region,
                "when": when or (told.draft.when if beside and not is_ahead(line) else None),
                "since": None,
                "forecaster": statement.forecaster or told.draft.forecaster,
                "basis": basis(statement, when),
                "evidence": [Span(start=line.start, end=line.end)],
            }
        )
    return _bare_price(statement, when)


def _goes_on(statement: Statement, told: Told) -> bool:
    """Whether a figure can be of what an earlier one is of."""
    figure, metric = statement.figure, told.draft.metric
    if figure.kind == "number":
        return told.line is statement.line and told.figure.kind in {"count", "number"}
    unit, told_unit = ((f.kind, f.base_unit) for f in (figure, told.figure))
    if unit != told_unit or figure.per not in {None, told.figure.per} or metric == "growth_rate":
        return False
    if metric == "other" and figure.kind == "percent":
        return False
    return metric != "market_share" or told.line is statement.line or "share" in statement.line.text


def _subject(line: Line, figure: Quantity, told: Told) -> str | None:
    """The product between a figure and the one before it, or before it in a sentence that goes on."""
    gap = line.gap_before(figure)
    opens = line.between(line.start, figure.start) if told.line is not line else ""
    return product(gap) or product(opens)


def _is_size(line: Line, figure: Quantity) -> bool:
    """Whether an amount only says how large the things are that are counted: "batteries over 10 MWh"."""
    bound = figure.bound in {"at_least", "at_most"}
    return is_size(line, figure) or (bound and _THINGS.search(line.before(figure.start, 24)) is not None)


def _bare_price(statement: Statement, when: str | None) -> ForecastDraft | None:
    """Money for one unit beside a product and a time is a price without being called one."""
    line, figure = statement.line, statement.figure
    last = statement.told[-1] if statement.told else None
    listed = last is not None and last.draft.metric == "price" and statement.follows(last.line)
    subject = product(line.text) if is_price(figure) and (line.times or listed) else None
    return statement.forecast("price", subject, region(line, figure.start), when) if subject else None
