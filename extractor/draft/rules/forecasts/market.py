"""Market: whether a sentence speaks of a market, a park or a whole company, and not of one plant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.forecasts.region import region
from extractor.draft.rules.mentions import PARKS
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import country, is_country

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity

_GOOD_FOR = Pattern(r"{facilities.roles.equivalents}[^.;:]{0,60}$")
_GROWTH = Pattern(r"{forecasts.of_markets.growing}")
_WORLDWIDE = Pattern(r"{forecasts.of_markets.worldwide}")
_SHARED = Pattern(r"{forecasts.of_markets.share_of}")
_STAKES = Pattern(r"{forecasts.of_markets.stakes}")
_OF_COST = Pattern(r" of (?:[\w’'-]+ ){0,4}?{forecasts.of_markets.costs}")
_MONEY = Pattern(r"{forecasts.of_markets.money}")
_PARK_OUTPUT = Pattern(r"{forecasts.of_parks.words}")
_SEVERAL_PLANTS = (
    r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|all|\d+) (?:\w+ )?{forecasts.of_companies.plants}"
)
_WHOLE = Pattern(r"{forecasts.of_companies.whole}|" + _SEVERAL_PLANTS)
_COMPANY = Pattern(
    r"{forecasts.of_companies.words}|{forecasts.of_companies.owners}['’]s (?:[\w-]+ ){0,4}(?i:capacity)\b|"
    r"(?:\b(?i:its|their)|['’]s) {forecasts.of_companies.totals} (?:[\w-]+ ){0,5}(?i:capacity|output)\b"
)
_ITS_CAPACITY = Pattern(
    r"{facilities.verbs.lift} (?i:its|their) (?:[\w-]+ ){0,5}?(?i:capacity|output)\b[^.;]*? to $"
)
_OWN_CAPACITY = Pattern(
    r"{facilities.verbs.lift} (?:[\w’'-]+ ){0,5}?[\w-]+(?P<of>[’']s?) (?:[\w-]+ ){0,5}?(?i:capacity|output)\b"
    r"[^.;]*? to $"
)
_GOES_ON = re.compile(r"[^.;,]{0,20},? and (?:to )?")
_IN_COUNTRY = re.compile(r"[^.;]{0,60}? in (?:the )?([A-Z][\w.]+(?: [A-Z][\w.]+)?)")
_SIZED = re.compile(r"[a-z]s (?:with|having) an? (?:[a-z]+ )?capacity of $")
_SERIES = 6
"""Forecasts back to which a market's text goes on."""
_IN_PLACE = re.compile(r"(?i)\bin\b|['’]s")


def park(sites: Sites) -> str | None:
    """The town or park that a document is about; its yearly targets are forecasts with the park as region."""
    parks = (site.name for site in sites.all if PARKS.search(site.head) and PARKS.search(site.name or ""))
    return next(parks, None)


def park_of(statement: Statement) -> str | None:
    """The park whose target a sentence states, where the document has one and the sentence names no plant."""
    line = statement.line
    for mentioned in statement.sites.in_line(line):
        if not PARKS.search(mentioned.site.name or mentioned.site.head):
            return None
    told = PARKS.search(line.text) or _PARK_OUTPUT.search(line.text)
    return statement.park if told else None


def is_about_market(statement: Statement, metric: Metric) -> bool:
    """Whether a figure is of a market, a place or a whole company."""
    line, figure = statement.line, statement.figure
    mentioned = bool(statement.sites.in_line(line))
    site = statement.sites.of(line, figure.start, figure.end)
    clause = line.between(metric.start - 80, figure.end + 80)
    match metric.name:
        case "growth_rate":
            words = line.between(figure.start - 200, figure.end + 60)
            behind = metric.start >= figure.end  # "a 58% increase"
            told = behind or figure.change is not None or _GROWTH.search(words) is not None
            return told and (not mentioned or "demand" in words)
        case "shipments":
            return not mentioned or site is None or _WORLDWIDE.search(line.text) is not None
        case "demand" | "penetration" | "price":
            return True
        case "market_share":
            of_cost = _OF_COST.match(line.after(figure.end, 60))
            of_market = _SHARED.search(clause) or metric.start >= figure.end  # "36% of total production"
            goes_on = any(told.draft.metric == "market_share" for told in statement.told)
            return bool(of_market or goes_on) and not _STAKES.search(line.text) and not of_cost
        case "capacity" | "output" if is_size(line, figure) or _GOOD_FOR.search(
            line.between(line.start, figure.start)
        ):
            return False  # "enough for the batteries of 900,000 cars"
        case "capacity" | "output":
            return _is_of_company(statement, metric, clause) or (
                not mentioned and _is_of_place(statement, metric, clause)
            )
        case _:
            is_park = site is not None and PARKS.search(site.head)
            return not mentioned and (site is None or bool(is_park or _MONEY.search(clause)))


def is_size(line: Line, figure: Quantity) -> bool:
    """Whether an amount only says how large things are: "projects with a capacity of over 10 MWh"."""
    bound = figure.bound in {"at_least", "at_most"}
    return bound and _SIZED.search(line.before(figure.start, 48)) is not None


def _is_of_company(statement: Statement, metric: Metric, clause: str) -> bool:
    """Whether a capacity is said to be a whole company's: "the group's capacity".

    It is where a company opens a sentence without a facility: "Siltora aims to raise its capacity to 5 GWh".
    """
    line, figure = statement.line, statement.figure
    others = [f for f in line.figures if metric.start < f.start < figure.start and f.kind == figure.kind]
    if others:  # "to 5 GWh in 2030 and 8 GWh in 2035"
        so_far = {told.figure.figure for told in statement.said_in(line) if told.draft.metric == metric.name}
        return others[-1].figure in so_far and _GOES_ON.fullmatch(line.gap_before(figure)) is not None
    by_itself = (
        not statement.sites.in_line(line)
        and bool(line.companies)
        and line.companies[0].start == line.start
        and _ITS_CAPACITY.search(line.between(line.start, figure.start))
    )
    owned = _OWN_CAPACITY.search(line.between(line.start, figure.start))
    if owned and any(name.end == line.start + owned.start("of") for name in line.companies):
        return True  # "the plant will raise Siltora's capacity to 5 GWh"
    return bool(by_itself) or _COMPANY.search(clause) is not None


def _is_of_place(statement: Statement, metric: Metric, clause: str) -> bool:
    """Whether a capacity in a sentence without a plant is a country's, a market's or all plants' together."""
    line, figure = statement.line, statement.figure
    if _WHOLE.search(clause) or (statement.forecaster and region(line, metric.start)):
        return True
    behind = _IN_COUNTRY.match(line.after(figure.end, 90))
    if behind and is_country(behind[1]) and line.times:
        return True  # "50 GWh of cell capacity in India by 2030", whatever plant is at hand
    if statement.sites.of(line, figure.start, figure.end) is not None:
        return False
    if any(
        told.line.section == line.section and told.draft.metric == metric.name
        for told in statement.told[-_SERIES:]
    ):
        return True  # a market's text goes on
    return bool(line.times) or bool(country(clause) and _IN_PLACE.search(clause))
