"""Owner: the company whose amount a figure is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from extractor.draft.rules.companies import is_observer
from extractor.draft.rules.forecasts.region import region
from extractor.draft.rules.forecasts.timing import is_aimed
from extractor.draft.rules.nouns import noun_phrase
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import known

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line

_OF_PRODUCTS = frozenset({"price", "penetration"})
"""Metrics of products and markets, whoever's they are said to be."""
_OF_ALL_SITES = frozenset({"capacity", "output"})
_HAS = re.compile(r"['’]s? ")
_WORDS = 6
"""Words between a company's possessive and the metric word."""
_OF = re.compile(r" (?:of|by|at) (?:the )?$")
_APART = (
    r"(?: \([^()]*\))?(?:, (?!and |but |while |which )[^,;]{3,60},)?"
    r"(?:,? (?:{forecasts.forecasters.adverbs}|[a-z]+ly)){0,2}"
)
_DOES = Pattern(rf"{_APART} {{forecasts.subjects.deeds}}|['’]s (?:[a-z-]+ ){{0,2}}$")
_MOVES = Pattern(rf"{_APART} $")
_OTHER_CLAUSE = re.compile(r"[;:]|, (?:while|but|and|which)\b|\d")
_OWN = Pattern(r"{forecasts.subjects.own}")
_OPENER = r"(?:(?:[A-Z][a-z]+ly|However|Meanwhile|In addition|In [^,]{3,30}),? )?"
_CALLED = Pattern(rf"{_OPENER}(?i:the|this|our) (?:[\w-]+ ){{0,4}}?{{forecasts.of_companies.called}}")
_PRONOUN = Pattern(rf"{_OPENER}{{forecasts.of_companies.pronouns}}")
_GUIDANCE = Pattern(r"{forecasts.forecasters.guidance}")
_OF_COMPANY = Pattern(r"{forecasts.subjects.of_companies}")


def owner(statement: Statement, metric: Metric) -> str | None:
    """The company that a sentence says has, makes, sells or is to reach an amount; its full name."""
    if metric.name in _OF_PRODUCTS:
        return None
    named = _possessor(statement, metric)
    if named is not None or metric.name == "demand":
        return named  # "X has demand growing" says what X thinks
    if (named := _actor(statement, metric)) is not None:
        return named
    line, figure = statement.line, statement.figure
    if metric.name in _OF_ALL_SITES and _OWN.search(line.between(line.start, figure.start)):
        return None if _opens_with_place(line) else company_at_hand(statement)
    if figure.kind in {"money", "percent"} and _is_money(statement, metric):
        return company_at_hand(statement, of_market=False)
    if _GUIDANCE.search(line.text):
        return _main_company(statement)
    if _CALLED.match(line.text):
        return company_at_hand(statement, line.start)
    return _told_of_last(statement) if _PRONOUN.match(line.text) else None


def company_at_hand(statement: Statement, before: int | None = None, *, of_market: bool = True) -> str | None:
    """The company that was named last up to the sentence's end or `before`; of its sentence the first.

    An amount that may be `of_market` is none of a company that only tells it.
    """
    scene, line = statement.scene, statement.line
    plants = {site.name for site in statement.sites.all}
    stop = bisect_left(scene.companies, line.end if before is None else before, key=lambda name: name.start)
    for company in reversed(scene.companies[:stop]):
        full = scene.names.full(company.text)
        if company.text in plants or not _may_own(statement, company.text, of_market=of_market):
            continue
        there = scene.lines[bisect_right(scene.lines, company.start, key=lambda other: other.start) - 1]
        first = there.companies[0]
        opens = (
            there is not line
            and first.start == there.start
            and _may_own(statement, first.text, of_market=of_market)
        )
        return scene.names.full(first.text) if opens else full
    [*only] = statement.companies
    return only[0] if len(only) == 1 and _may_own(statement, only[0], of_market=of_market) else None


def _may_own(statement: Statement, company: str, *, of_market: bool = True) -> bool:
    """Whether a company is none that only tells of the market: "we expect US capacity to grow"."""
    if is_observer(company):
        return False
    if not of_market:
        return True
    tells = statement.scene.names.full(company) in {statement.forecaster, statement.house}
    return not tells or is_aimed(statement.line) or region(statement.line, statement.figure.start) is None


def _is_money(statement: Statement, metric: Metric) -> bool:
    """Whether the metric is a company's money or how it grew: "revenue rose"; sales of a place may not."""
    word = statement.scene.text[metric.start : metric.end]
    of_cars = statement.figure.kind == "percent" and word.lower() == "sales"
    unplaced = not of_cars or region(statement.line, metric.start) is None
    return unplaced and _OF_COMPANY.fullmatch(word) is not None


def _main_company(statement: Statement) -> str | None:
    """The company that the document names most, which guides for itself."""
    full = statement.scene.names.full
    named: Counter[str] = Counter()
    for company, count in statement.scene.company_count.items():
        if not is_observer(company):
            named[full(company)] += count
    return max(named, key=lambda company: named[company], default=None)


def _possessor(statement: Statement, metric: Metric) -> str | None:
    """The company of "X's battery installations" and "installations by X"."""
    line, text = statement.line, statement.scene.text
    for company in line.companies:
        has = _HAS.match(text, company.end, metric.start)
        if has and noun_phrase(text, metric.start, metric.start, company.end, _WORDS)[0] <= has.end():
            return _full(statement, company)
        if company.start >= metric.end and _OF.fullmatch(line.between(metric.end, company.start)):
            return _full(statement, company)
    return None


def _actor(statement: Statement, metric: Metric) -> str | None:
    """The company right before the verb of the figure's clause: "BYD installed 9.6 GWh"."""
    line, figure = statement.line, statement.figure
    for company in reversed([c for c in line.companies if c.end <= figure.start]):
        between = line.between(company.end, figure.start)
        full = statement.scene.names.full(company.text)
        tells = is_observer(company.text) or full in {statement.forecaster, statement.house}
        if tells or _OTHER_CLAUSE.search(between):
            return None
        moves = company.end <= metric.start and _MOVES.match(line.between(company.end, metric.start))
        if _DOES.match(between) or (moves and metric.name == "growth_rate"):
            return _full(statement, company)
    return None


def _full(statement: Statement, company: Name) -> str | None:
    """The full name of a company that can have an amount."""
    return statement.scene.names.full(company.text) if _may_own(statement, company.text) else None


def _told_of_last(statement: Statement) -> str | None:
    """The company that the forecast just before is of, or that was named last where none was of anything."""
    last = statement.told[-1] if statement.told else None
    before = statement.scene.previous(statement.line)
    if last is not None and statement.follows(last.line):
        if last.draft.subject in statement.companies:
            return last.draft.subject
        if last.line is before:
            return None
    return company_at_hand(statement, statement.line.start)


def _opens_with_place(line: Line) -> bool:
    """Whether "its" is a country's: "China has a target to take its storage capacity to 30 GW"."""
    opener = next(iter(line.names), None)
    if opener is None:
        return False
    words = line.between(line.start, opener.end).lstrip('“"')
    return known(words) is not None or (opener.sort == "place" and words == opener.text)
