"""Neighbours: what the members of a list share, and amounts that restate the amount before them.

list       := number ("," number)* ("," | "and" | "or" | "/")+ measure: "10, 20 and 30 GWh"
gapped     := measure … "," name number: "Spain took 12 GWh, Italy 9 and France 4"
parallel   := measure preposition … ("and" | ",") number preposition: "500 people in Lyon and 300 in Paris"
part       := measure ("including" | "of which") number preposition: "2,000 jobs, including 500 in research"
reached    := measure "to" number: "rose 1.5 yuan to 25.3"
compared   := measure ("up from" | "compared with") number: "12 MWh, up from 8"
sides      := number "x" measure of length: "1,200 x 800 mm"
sized      := number measure noun: "16 5MWh containers"
restated   := measure "(" measure ")" | measure ", or" measure: "353 mu (23.5 ha)"
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.read.figures.counts import counted
from extractor.read.figures.figure import COUNT
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure

_LIST = re.compile(
    rf"-?(?:[{SPACE}](?:(?:year|quarter|month|week)[ -](?:on|over)[ -](?:year|quarter|month|week)"
    rf"|[YQMW]o[YQMW]|yoy|qoq|mom)(?:[{SPACE}]\([A-Za-z]{{3}}\))?)?"
    rf"(?:,?[{SPACE}](?:and|or|to|plus|versus|vs|against|then)[{SPACE}]|,[{SPACE}]|[{SPACE}]?[/&+][{SPACE}]?)"
)
_SIDES = re.compile(rf"[{SPACE}]?[x×*][{SPACE}]?|[{SPACE}]by[{SPACE}]")
_COMPARED = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,40}})??,?[{SPACE}](?:\(?(?:up|down)[{SPACE}]from|compared[{SPACE}](?:with|to)|against|versus"
    rf"|vs\.?|rather[{SPACE}]than|instead[{SPACE}]of)[{SPACE}]"
    rf"(?:about[{SPACE}]|around[{SPACE}]|the[{SPACE}]previous[{SPACE}]|just[{SPACE}]|only[{SPACE}])?"
)
_FROM = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,40}})??,?[{SPACE}](?:(?:up|down)[{SPACE}])?(?:from|against|versus|vs\.?)[{SPACE}]"
)
_OF_THEM = re.compile(rf"[{SPACE}]of[{SPACE}](?:them|these|those|which)\b")
_PART_OF = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,60}})??,?[{SPACE}](?:including|of[{SPACE}]which|among[{SPACE}]them)[{SPACE}]"
    rf"(?:about[{SPACE}]|around[{SPACE}]|some[{SPACE}]|over[{SPACE}]|nearly[{SPACE}]|more[{SPACE}]than[{SPACE}])?"
)
_REACHED = re.compile(rf"[{SPACE}]to[{SPACE}](?:about[{SPACE}]|around[{SPACE}]|just[{SPACE}])?")
_BRACKET = re.compile(
    rf"[{SPACE},]*(?:[(（\[]|,?[{SPACE}](?:or|equivalent to|equal to|worth))[{SPACE}]?"
    rf"(?:or|equivalent to|equal to|equivalent of|i\.e\.,?|that is,?)?[{SPACE}]?"
)
_MORE_IN_BRACKET = re.compile(rf"[,;/]?[{SPACE}](?:or[{SPACE}])?|/")
_PARALLEL = re.compile(
    rf"[{SPACE}]([a-z]+)[{SPACE}][^.;:!?\n]{{1,60}}?(?:,|,?[{SPACE}](?:and|while|versus|against|but|to))[{SPACE}]"
    rf"(?:another[{SPACE}]|a[{SPACE}]further[{SPACE}]|by[{SPACE}])?"
)
_GAPPED = re.compile(
    rf"[^\d.;:!?\n]{{0,60}}?(?:,|,?[{SPACE}](?:and|while|but))[{SPACE}](?:and[{SPACE}])?"
    rf"(?:the[{SPACE}](?:other|others|second|third|fourth|latter|rest)[{SPACE}]|(?:[A-Z][\w.-]{{0,20}}[{SPACE}]){{1,3}})"
)
_CLOSED = re.compile(rf"[,.;)\n]|[{SPACE}]and[{SPACE}]|$")
_PREPOSITION = re.compile(rf"[{SPACE}]([a-z]+)(?=[{SPACE}])")
_PREPOSITIONS = frozenset(
    {"in", "at", "for", "from", "by", "to", "with", "of", "on", "near", "under", "during"}
)
_RESTATED = frozenset(
    {"money", "energy", "power", "mass", "area", "length", "volume", "temperature", "speed"}
)
_SIZES = _RESTATED - {"money", "temperature"} | {"charge", "voltage"}
_PER_BEHIND = re.compile(rf"[)）\]](?:[{SPACE}](?:per|a|for[{SPACE}]each)[{SPACE}]|/)")
_CARRIED_ON = re.compile(rf"[^.;:\n]*(?:\band|,|/)[{SPACE}]?(?:\w{{1,30}}[{SPACE}]){{0,3}}")
_DATED = re.compile(r"\bin (?:19|20)\d\d")
_UNITLESS = frozenset({"number", "count"})
_FAR, _FARTHER = 90, 120  # characters between two members
_SCALED = 1000
_COMPARABLE = 4  # times that an amount of a list may be larger than the next
_ALIKE = 10  # times that one of two compared amounts may be larger than the other
_ONE = Decimal(1)


def share(text: str, found: list[Figure]) -> list[Figure]:
    """Give every bare number of a list the unit, scale and noun that another member states.

    A small number in words is a figure only with one; the list comes back without those that got none.
    """
    is_listed = False  # the one behind got its unit from the next
    for at in range(len(found) - 2, -1, -1):
        figure, after = found[at], found[at + 1]
        near = after.start - figure.end < _FAR and (is_listed or not _is_pair_by_comma(text, found, at))
        is_listed = near and _share_back(text, figure, after)
    for before, figure in pairwise(found):
        if figure.start - before.end < _FAR:
            _share_on(text, before, figure)
        _count_measured(text, before, figure)
    return [figure for figure in found if not figure.needs_unit or figure.unit.kind != "number"]


def _count_measured(text: str, figure: Figure, size: Figure) -> None:
    """16 5MWh containers: a bare number right before a size counts what has that size."""
    if figure.unit.kind != "number" or size.unit.kind not in _SIZES or size.start - figure.end != 1:
        return
    noun = counted(text, size.end, worded=True) if text[figure.end] in SPACE else None
    if noun is not None:
        figure.unit, figure.of = COUNT, noun.of


def _is_pair_by_comma(text: str, found: list[Figure], at: int) -> bool:
    """Whether a number and the next have but a comma between them, and are no list: "of 2.09, 300 MWh"."""
    if text[found[at].end : found[at + 1].start].strip() != ",":
        return False
    return not at or not _LIST.fullmatch(text, found[at - 1].end, found[at].start)


def share_around(text: str, found: list[Figure]) -> None:
    """Give every member of a list the vagueness, direction and period that stand before the first."""
    for before, figure in pairwise(found):
        if figure.start - before.end < _FAR:
            _share_around(text, before, figure)


def _share_back(text: str, figure: Figure, after: Figure) -> bool:
    """10, 20 and 30 GWh: the unit stands behind the last; whether the figure got it."""
    listed = _LIST.fullmatch(text, figure.end, after.start) is not None
    if after.unit.kind == "money" and listed and figure.scale == 1 < after.scale and _is_small(figure, after):
        size = _scale_of(figure, after)
        figure.take_unit(after)
        figure.multiply(size)
        figure.scale = size
        return True
    if (
        listed
        and after.denominator is not None
        and figure.unit == after.unit
        and _is_comparable(figure, after)
    ):
        figure.denominator = after.denominator  # $11, $14 and $19 per kg
        return True
    if (
        figure.unit.kind != "number"
        or (figure.worded and not figure.needs_unit)
        or after.unit.kind == "number"
    ):
        return False
    sides = after.unit.kind == "length" and _SIDES.fullmatch(text, figure.end, after.start) is not None
    if not (listed or sides) or (figure.scale != 1 and after.unit.kind != "money" and after.scale == 1):
        return False
    if after.unit.kind == "count" and not (
        (figure.plain or figure.needs_unit) and (after.plain or after.worded)
    ):
        return False
    size = after.scale if figure.scale == 1 else _ONE
    figure.take_unit(after)
    figure.per, figure.scale = after.per, after.scale
    figure.multiply(size)
    return True


def _is_small(figure: Figure, after: Figure) -> bool:
    """Whether money can stand under the scale word of the next: "$5 and $7 million", "5m and 6m euros"."""
    if figure.unit.symbol == "m":
        return True
    if figure.unit != after.unit or figure.denominator is not None or after.denominator is not None:
        return False
    return figure.value < _SCALED and figure.value <= _COMPARABLE * after.value / after.scale


def _is_comparable(figure: Figure, after: Figure) -> bool:
    """Whether two prices can be of one list: "$11 and $19 per kg", but not "$5 million and $19 per kg"."""
    if figure.denominator is not None or figure.unit.kind != "money":
        return False
    return figure.value <= _COMPARABLE * after.value <= _COMPARABLE**2 * figure.value


def _scale_of(figure: Figure, after: Figure) -> Decimal:
    return Decimal(1_000_000) if figure.unit.symbol == "m" else after.scale


def _share_on(text: str, before: Figure, figure: Figure) -> None:
    """500 people in Lyon and 300 in Paris: the unit stands behind the first."""
    listed = _LIST.fullmatch(text, before.end, figure.start) is not None
    if listed and before.unit.kind == "money" and before.scale != 1 and figure.unit.symbol == "m":
        figure.take_unit(before)
        figure.multiply(Decimal(1_000_000))
    elif before.denominator is not None and figure.denominator is None and figure.unit == before.unit:
        if _FROM.fullmatch(text, before.end, figure.start) and _is_alike(before, figure, _ONE):
            figure.denominator = before.denominator  # to $139/kWh, from $780
    elif figure.unit.kind != "number" or before.unit.kind == "number":
        return
    elif before.unit == COUNT and figure.value >= 1 and _OF_THEM.match(text, figure.end):
        figure.take_unit(before)  # 37 patents, 12 of them new
    elif not figure.worded:
        _carry_on(text, before, figure, listed=listed)


def _carry_on(text: str, before: Figure, figure: Figure, *, listed: bool) -> None:
    """Give a bare number in digits the unit of the figure before it, where the words tie the two."""
    if before.denominator is not None and text.startswith("/", figure.end):
        per = unit_table().match(text, figure.end + 1)  # CNY 0.50/Wh, 0.43/Wh
        if per is not None and per[0] == before.denominator:
            if listed or _is_parallel(text, before, figure, per[1]):
                figure.take_unit(before)
                figure.end = per[1]
            return
    if listed and before.unit.kind == "money" and before.denominator is None and figure.scale != 1:
        if before.scale == 1 and before.value < _SCALED:
            before.multiply(figure.scale)  # EUR 3.2 and 4.1 billion
        figure.take_unit(before)
    elif before.unit.kind not in {"ratio", "duration"} and _is_told_on(text, before, figure):
        under = figure.scale == 1 and before.scale >= _SCALED > figure.value and figure.value < before.value
        figure.take_unit(before)
        figure.multiply(before.scale if under else _ONE)


def _is_told_on(text: str, before: Figure, figure: Figure) -> bool:
    """Whether words between say that a bare number is of what the figure before it is of."""
    if before.denominator is None and _is_parallel(text, before, figure):
        return True
    return (
        is_gapped(text, before, figure)
        or _is_compared(text, before, figure)
        or _is_part_or_level(text, before, figure)
    )


def _is_compared(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number is what the amount before it is compared with: "12.5 GWh, up from 8.4"."""
    if _COMPARED.fullmatch(text, before.end, figure.start) is None:
        return False
    if figure.plain:
        return True
    scale = before.scale if figure.scale == 1 and figure.value < _SCALED <= before.scale else _ONE
    return _is_alike(before, figure, scale)


def _is_alike(before: Figure, figure: Figure, scale: Decimal) -> bool:
    """Whether two amounts are near enough to be compared."""
    larger, smaller = sorted((abs(before.value), abs(figure.value * scale)), reverse=True)
    return larger <= _ALIKE * smaller


def _is_part_or_level(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number is a part of the amount before it, or what a change by it led to.

    "2,000 jobs, including 500 in research"; "rose 1.5 yuan to 25.3".
    """
    if _PART_OF.fullmatch(text, before.end, figure.start):
        part = figure.value < before.value or before.scale > figure.scale == 1
        return part and _PREPOSITION.match(text, figure.end) is not None
    reached = _REACHED.fullmatch(text, before.end, figure.start) is not None
    level = before.unit.kind != "percent" and before.bound != "range" and figure.value > before.value
    return reached and level and _CLOSED.match(text, figure.end) is not None


def is_gapped(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number leaves out the verb and the unit: "Spain took 12 GWh, Italy 9 and France 4"."""
    closed = (
        before.unit.kind == "money" and figure.scale != 1
    )  # Hungary 7.2 billion euros and Poland 3.9 billion
    if figure.start - before.end > _FAR or not (closed or _CLOSED.match(text, figure.end)):
        return False
    return _GAPPED.fullmatch(text, before.end, figure.start) is not None


def _is_parallel(text: str, before: Figure, figure: Figure, end: int | None = None) -> bool:
    """Whether both have the same preposition behind them; the second behind `end`, where it goes on."""
    gap = _PARALLEL.fullmatch(text, before.end, figure.start)
    ahead = _PREPOSITION.match(text, figure.end if end is None else end)
    return gap is not None and ahead is not None and gap[1] in _PREPOSITIONS and ahead[1] == gap[1]


def _share_around(text: str, before: Figure, figure: Figure) -> None:
    """Grew by roughly 11%, 27% and 10%: vagueness, direction and period stand before the first."""
    if before.unit != figure.unit or before.unit.kind in _UNITLESS:
        return
    listed = _LIST.fullmatch(text, before.end, figure.start) is not None
    if listed and before.bound == "about" and figure.bound == "exact":
        figure.bound = "about"
    if listed or _is_parallel(text, before, figure):
        figure.change = figure.change or before.change
        before.change = before.change or (figure.change if listed else None)  # 44% and 56% higher
        if before.unit.kind != "money":
            figure.per = figure.per or before.per


def carries_on(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a figure carries on the statement of the one before: "2 kt of nickel and 3 kt of cobalt"."""
    if (
        before.unit != figure.unit
        or before.unit.kind in {"money", "percent"}
        or figure.start - before.end > _FARTHER
    ):
        return False
    if before.unit.kind == "count" and (before.of or "").split()[-1:] != (figure.of or "").split()[-1:]:
        return False
    return bool(_CARRIED_ON.fullmatch(text, before.end, figure.start)) and not _DATED.search(
        text, before.end, figure.start
    )


def link(text: str, found: list[Figure]) -> None:
    """Link a bracketed second currency or unit to the amount that it restates."""
    for at in range(1, len(found)):
        figure, before = found[at], found[at - 1]
        if figure.unit.kind != before.unit.kind or figure.unit.kind not in _RESTATED:
            continue
        if figure.unit.symbol == before.unit.symbol or (
            figure.denominator is not None and before.denominator is None
        ):
            continue
        if figure.unit.kind != "money" and (figure.denominator is None) != (before.denominator is None):
            continue  # 150 g/m², equivalent to 30,000 t
        if figure.denominator and before.denominator and figure.denominator.kind != before.denominator.kind:
            continue
        restates = _BRACKET.fullmatch(text, before.end, figure.start) or (
            before.same_as is not None and _MORE_IN_BRACKET.fullmatch(text, before.end, figure.start)
        )
        if restates:
            figure.same_as = at - 1 if before.same_as is None else before.same_as
            figure.per = figure.per or before.per
            if figure.unit.kind != "money":
                continue
            if before.denominator is None:
                _share_denominator(text, before, figure)
            elif figure.denominator is None:
                figure.denominator = before.denominator  # CNY 0.7863/Wh ($0.109)


def _share_denominator(text: str, before: Figure, figure: Figure) -> None:
    """70,000 yuan ($10,270) per tonne, /MW/month: what both prices are per stands behind the bracket."""
    per = _PER_BEHIND.match(text, figure.end)
    unit = unit_table().match(text, per.end()) if per else None
    if unit is not None and unit[0].kind != "duration":
        before.denominator = figure.denominator = unit[0]
        period = vocabulary().periods.behind.match(text, unit[1] + (text[unit[1] : unit[1] + 1] in SPACE))
        if period is not None:
            before.per = figure.per = period[0]
