"""Metric: which word of a sentence says what a figure measures."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.amounts import is_price
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.finder import Finder

_FARTHEST = 220
"""Distance, in characters and penalties, from which on a word says nothing of a figure."""
_WINDOW = 10 * _FARTHEST
"""Characters on either side of a figure that are looked at; what lies between may not count wholly."""
_NEW_CLAUSE = 60
"""Penalty where another clause starts between word and figure."""
_BEHIND = 20
"""Penalty where the word stands behind the figure, where few do."""
_BEHIND_REACH = 60
_RANK = 2
"""Penalty for each metric that the data file has before this one."""
_CLAUSE = re.compile(r";|, (?:while|but)\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_STOP = re.compile(r"[;,.](?!\d)")
_RISEN = re.compile(
    r"^(?:,?(?: [\w-]+){0,4} to|[^,;.]{0,30}, (?:reaching|achieving|recording|hitting|totall?ing)) $"
)
_TO = re.compile(r"\b(?:to|reaching|hitting|(?:landing|standing|settling|ending) at) $")
_FROM = re.compile(r"\bfrom (?:its |their |the |a |(?:[\w-]+ ){0,2}\w+['’]s )?$")
_SHARE_OF = Pattern(
    r" of (?:(?:the|all|its) )?(?:[\w-]+ ){0,5}?"
    r"(?:({forecasts.of_markets.shared}|{forecasts.of_markets.new_cars})|"
    r"{forecasts.of_markets.worldwide} (?:[\w-]+ ){0,4}?{forecasts.of_markets.shared_whole})"
)
_NEW_CARS = Pattern(r"{forecasts.of_markets.new_cars}")
_BRACKETED = re.compile(r"[A-Z][\w-]+ \($")
_SOLD = Pattern(
    r"{forecasts.of_markets.sold}(?!.*\d)[^;]{0,90}? "
    r"(?:{forecasts.subjects.verbs}|of|at)(?: (?:to|at|a record|a total of|by))? $"
)
# "the largest number of home batteries, at 2.1 million"
_NUMBER_OF = Pattern(
    r"(number) of (?:[\w-]+ ){0,4}?{forecasts.of_markets.counted}[^,;.\d]{0,60},?"
    r" (?:at|with|{forecasts.subjects.verbs})(?: (?:to|at|by))? $"
)
_SOLD_WORD = Pattern(r"{forecasts.of_markets.sold}")
_LEAST_SOLD = 1000
"""From which on a number that only its sentence says is of cars or batteries can be."""
_OF = re.compile(r" of (?:the|its|their|all|total)\b")
_MARKET = Pattern(r"{forecasts.of_markets.ranking}")
_SHARES = frozenset({"market_share", "penetration"})
_COUNTED = Pattern(r"{forecasts.of_markets.counted}")


class Metric(NamedTuple):
    """What a figure measures, and where the word that says so stands."""

    name: str
    start: int
    end: int


def metric(statement: Statement, name: str | None = None) -> Metric | None:
    """The metric of a figure: the nearest fitting word before it, or right behind it; of one name only."""
    text, line, figure = statement.scene.text, statement.line, statement.figure
    before = line.between(line.start, figure.start)
    if name is not None:
        return _nearest(statement, name)
    if figure.kind == "percent" and (share := _SHARE_OF.match(text, figure.end, line.end)):
        of_new_cars = _NEW_CARS.search(text, share.start(), min(share.end() + 16, line.end))
        return Metric("penetration" if of_new_cars else "market_share", *share.span(1 if share[1] else 0))
    if figure.kind == "percent" and _BRACKETED.search(before) and _MARKET.search(line.text):
        return Metric("market_share", figure.start, figure.end)  # "CATL (37.9%) led the market"
    if figure.kind == "rate" and not is_price(figure):
        return None
    if figure.kind == "number":
        sold = figure.value >= _LEAST_SOLD and _SOLD.search(before)
        if sold:
            return Metric("shipments", line.start + sold.start(), line.start + sold.start() + 5)
        number = _NUMBER_OF.search(before)
        if number:
            return Metric("capacity", line.start + number.start(1), line.start + number.end(1))
        return _level(statement)
    if figure.kind == "count" and not _COUNTED.search(figure.of or ""):
        return None
    nearest = _nearest(statement) or _level(statement)
    if nearest is not None and nearest.name == "market_share":
        # "made up 23% of new car sales, and we expect 29% in 2026": the share of new cars goes on
        said = next((told for told in statement.said_in(line) if told.figure.kind == "percent"), None)
        if said is not None and said.draft.metric == "penetration" and nearest.end <= said.figure.start:
            return nearest._replace(name="penetration")
    return nearest


def _level(statement: Statement) -> Metric | None:
    """What a level without a word of its own is, to which something moved: "fell 19% to US$125/kWh"."""
    line, figure = statement.line, statement.figure
    before = line.between(line.start, figure.start)
    if is_price(figure):
        by_percent = _RISEN.search(line.gap_before(figure))
        moved = _growth().search(before) and (by_percent or not statement.sites.in_line(line))
        return Metric("price", figure.start, figure.start) if moved else None
    if not _RISEN.search(line.gap_before(figure)):
        return None
    counts = figure.kind in {"count", "number"}
    kinds = {"count", "number"} if counts else {figure.kind}
    same = (t.draft.metric for t in reversed(statement.told) if t.figure.kind in kinds)
    grown = next(statement.said_in(line), None)
    usual = {"energy": "capacity", "power": "capacity"}.get(figure.kind)
    if counts and figure.value >= _LEAST_SOLD and _SOLD_WORD.search(before):
        usual = "shipments"
    if usual is None and (grown is None or grown.draft.metric != "growth_rate"):
        return None
    name = next(same, usual)
    return Metric(name, figure.start, figure.start) if name else None


@cache
def _growth() -> Finder:
    return next(row.pattern for row in rows("forecasts.metric") if row.name == "growth_rate")


def _nearest(statement: Statement, name: str | None = None) -> Metric | None:
    """The metric whose word is nearest; of one name only, where there is one."""
    text, line, figure = statement.scene.text, statement.line, statement.figure
    before = line.between(line.start, figure.start)
    start, end = max(line.start, figure.start - _WINDOW), min(line.end, figure.end + _WINDOW)
    best: tuple[int, Metric] | None = None
    for rank, row in enumerate(rows("forecasts.metric")):
        if figure.kind not in row.data["kinds"] or name not in {None, row.name}:
            continue
        if row.name == "growth_rate" and (_TO.search(before) or _OF.match(text, figure.end, line.end)):
            continue  # "may rise to 5%" is a level, and "up 152%, or 72% of the revenue" a share
        if row.name in _SHARES and figure.change is not None and not _FROM.search(before):
            continue  # "a 34% share, up 5%" is a growth, but "up from its 29% share" is none
        for hit in row.pattern.finditer(text, start, end):
            if row.name == "growth_rate" and _FROM.fullmatch(line.between(hit.end() + 1, figure.start)):
                continue  # "increasing from 20% to 55%" tells levels
            distance = _distance(statement, hit)
            if distance is not None:
                score = (distance + _RANK * rank, Metric(row.name, *hit.span()))
                best = min(best, score) if best else score
    return best[1] if best and best[0] <= _FARTHEST else None


def _distance(statement: Statement, hit: re.Match[str]) -> int | None:
    """How far a word is from the figure; None where it cannot be of it."""
    line, figure = statement.line, statement.figure
    if figure.start <= hit.start() < figure.end:
        return 0
    if hit.end() <= figure.start:
        between = line.between(hit.end(), figure.start)
        return len(between) + _NEW_CLAUSE * len(_CLAUSE.findall(between))
    between = _BRACKETS.sub("", line.between(figure.end, hit.start()))
    if _STOP.search(between) or len(between) > _BEHIND_REACH:
        return None
    return _BEHIND + 3 * len(between)
