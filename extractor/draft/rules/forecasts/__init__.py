"""Forecasts: a metric word near a figure of a fitting kind, in a sentence about a market, place or company.

forecaster.py    who says so
metric.py        which word says what a figure measures
market.py        whether a sentence speaks of a market, a park or a whole company, and not of one plant
subject.py       what is measured
phrases.py       the words around a figure that may say so
owner.py         the company whose amount it is
members.py       which of several told side by side it is of
region.py        where
timing.py        when, and whether it is expected, aimed for or reported
continuation.py  figures without a metric word of their own
statement.py     what these modules know of a figure
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.amounts import SHARE_PRICES
from extractor.draft.rules.forecasts import continuation, market
from extractor.draft.rules.forecasts.forecaster import house, observers, source, titled
from extractor.draft.rules.forecasts.metric import Metric, metric
from extractor.draft.rules.forecasts.statement import Statement, Told
from extractor.draft.rules.forecasts.subject import subject_and_region
from extractor.draft.rules.forecasts.timing import times
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from extractor.draft.labels import Label
    from extractor.draft.model import ForecastDraft
    from extractor.draft.rules.scene import Scene
    from extractor.draft.rules.sites import Sites

__all__ = ["draft"]

_GUIDANCE = Pattern(r"{forecasts.forecasters.guidance}")
_DIFFERENCE = re.compile(r" (?:less|more|fewer|higher|lower|larger|smaller) than\b| (?:ahead|short) of\b")
_MEASURED = Pattern(r"{forecasts.forecasters.measured}")


def draft(scene: Scene, sites: Sites, taken: set[str]) -> list[ForecastDraft]:
    """The forecasts of a document, in text order; their figures are taken."""
    told: list[Told] = []
    park = market.park(sites)
    cited = titled(scene)
    author = cited or house(scene)
    nobodies = words("forecasts.forecasters.no_sources")
    companies = frozenset(scene.names.full(c) for c in scene.company_count if c not in nobodies)
    watching = observers(scene)
    section, carried = -1, None
    for line in scene.lines:
        if line.headline or SHARE_PRICES.search(line.text):
            continue
        if line.section != section:
            section, carried = line.section, None
        cites = source(scene, line)
        named = cites.name if cites else None
        if cites and cites.lasts and not cited:
            carried = named
        for figure in line.figures:
            if figure.figure in taken or figure.same_as is not None:
                continue
            who = named or carried
            statement = Statement(scene, sites, line, figure, who, park, author, companies, watching, told)
            label = scene.labels.get(figure.figure)
            made = _labelled(statement, label) if label else _forecast(statement)
            if made is None:
                continue
            made = made.model_copy(update={"forecaster": _source(statement, made, named)})
            told.append(Told(made, line, figure))
            taken.add(figure.figure)
    return [forecast.draft for forecast in told]


def _source(statement: Statement, made: ForecastDraft, named: str | None) -> str | None:
    """Who says an amount; what a company has or aims for is its own, and no house's unless that is named."""
    line, own = statement.line, made.subject in statement.companies
    if named is not None:
        return None if own and named == made.subject and not _GUIDANCE.search(line.text) else named
    if own and _GUIDANCE.search(line.text):
        return made.subject
    told = made.metric in words("forecasts.of_companies.told_by_itself") and not _MEASURED.search(line.text)
    if made.basis == "target" or (own and told):
        return None
    if made.forecaster is None and made.metric in words("forecasts.of_markets.metrics"):
        return statement.house
    return made.forecaster


def _labelled(statement: Statement, label: Label) -> ForecastDraft | None:
    """What a figure forecasts that is said to be of a metric, or of none."""
    if label.record != "forecasts":
        return None
    measured = metric(statement, label.slot)
    if measured is None:
        before = continuation.continued(statement)
        if before is not None and before.metric == label.slot:
            return before
        measured = Metric(label.slot, statement.figure.start, statement.figure.start)
    when, since = times(statement, label.slot)
    subject, region = subject_and_region(statement, measured)
    return statement.forecast(label.slot, subject, market.park_of(statement) or region, when, since)


def _forecast(statement: Statement) -> ForecastDraft | None:
    """What a figure forecasts, or None where it is no forecast."""
    if (past := continuation.lookback(statement)) is not None:
        return past
    if statement.figure.kind != "percent" and _DIFFERENCE.match(
        statement.line.after(statement.figure.end, 20)
    ):
        return None  # "2 GWh less than expected"
    measured = metric(statement)
    if measured is None:
        return continuation.target_of_place(statement) or continuation.continued(statement)
    park = market.park_of(statement)
    if park is None and not market.is_about_market(statement, measured):
        return None
    when, since = times(statement, measured.name)
    if measured.name == "other" and when is None:
        return None
    subject, region = subject_and_region(statement, measured)
    forecast = statement.forecast(measured.name, subject, park or region, when, since)
    own = subject in statement.companies and measured.name in words("forecasts.of_companies.aims")
    own = own and forecast.forecaster in {None, subject}
    if forecast.basis == "projection" and (park is not None or own):
        return forecast.model_copy(
            update={"basis": "target"}
        )  # what a park or company is to reach, it aims for
    return forecast
