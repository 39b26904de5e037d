"""Neighbours: the unit, scale and noun that a figure has from the one before or behind it.

list       := number ("," number)* ("," | "and" | "or" | "/")+ measure: "10, 20 and 30 GWh"
described  := number adjective "and" number noun-phrase: "3,000 direct and 5,000 indirect jobs"
sides      := number "x" measure of length: "1,200 x 800 mm"
sized      := number measure noun: "16 5MWh containers"
            | whatever ties.py ties to the figure before it
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.read.figures import ties
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
_OF_THEM = re.compile(rf"[{SPACE}]of[{SPACE}](?:them|these|those|which)\b")
_DESCRIBED = re.compile(
    rf"[{SPACE}]([a-z][a-z-]{{2,20}})[{SPACE}](?:and|or)[{SPACE}](?:(?:another|some|about|up[{SPACE}]to)[{SPACE}])?"
)
_NAMED = re.compile(rf"(?:,|,?[{SPACE}]and)[{SPACE}]((?:[^\W\d][\w-]*[{SPACE}]){{1,3}})")
_SIZES = frozenset({"energy", "power", "mass", "area", "length", "volume", "speed", "charge", "voltage"})
_UNITLESS = frozenset({"number", "count"})
_FAR = 90  # characters between two members
_COMPARABLE = 4  # times that an amount of a list may be larger than the next
_ONE, _MILLION = Decimal(1), Decimal(1_000_000)


def share(text: str, found: list[Figure]) -> list[Figure]:
    """Give every bare number of a list the unit, scale and noun that another member states.

    A small number in words is a figure only with one; the list comes back without those that got none.
    """
    is_listed = False  # the one behind got its unit from the next
    for at in range(len(found) - 2, -1, -1):
        figure, after = found[at], found[at + 1]
        near = after.start - figure.end < _FAR and (is_listed or not _is_pair_by_comma(text, found, at))
        is_listed = near and (_count_described(text, figure, after) or _share_back(text, figure, after))
        if figure.unit.kind == "number" and near:
            _share_of_whole(text, figure, after)
    for at, (before, figure) in enumerate(pairwise(found), 1):
        if figure.start - before.end < _FAR:
            _share_on(text, before, figure)
        _count_measured(text, before, found[at : at + 2])
    for change, percent, figure in zip(found, found[1:], found[2:], strict=False):
        if figure.unit.kind == "number" != change.unit.kind and ties.is_level(text, change, percent, figure):
            figure.take_unit(change)
    return [figure for figure in found if not figure.needs_unit or figure.unit.kind != "number"]


def _count_measured(text: str, figure: Figure, sizes: list[Figure]) -> None:
    """16 5MWh containers, two 50 MW/100 MWh units: a bare number right before sizes counts what has them."""
    size = sizes[0]
    if figure.unit.kind != "number" or size.unit.kind not in _SIZES or size.start - figure.end != 1:
        return
    last = sizes[-1] if text[size.end : sizes[-1].start].strip() == "/" else size
    noun = counted(text, last.end, worded=True) if text[figure.end] in SPACE else None
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
    if after.unit.kind == "money" and _share_money(text, figure, after, listed=listed):
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
    in_millions = figure.scale == after.scale != 1
    if after.unit.kind == "count" and not in_millions and not (_is_whole(figure) and _is_whole(after)):
        return False
    size = after.scale if figure.scale == 1 else _ONE
    figure.take_unit(after)
    figure.per, figure.scale = after.per, after.scale
    figure.multiply(size)
    return True


def _share_of_whole(text: str, figure: Figure, whole: Figure) -> None:
    """3.2 of the planned 10 GWh: the unit stands behind the whole."""
    if whole.unit.kind in {"number", "percent", "ratio", "duration"} or whole.denominator is not None:
        return
    # 3.2 of the 10 million tonnes are millions too, 450 of the 3 million workers are not
    fits = figure.scale == 1 <= figure.value and figure.value * whole.scale <= whole.value
    size = whole.scale if fits else _ONE
    countable = whole.unit != COUNT or size != 1 or _is_whole(figure)
    if countable and ties.is_some_of(text, figure, whole):
        figure.take_unit(whole)
        figure.multiply(size)


def _share_money(text: str, figure: Figure, after: Figure, *, listed: bool) -> bool:
    """$5 and $7 million, A$5.2 or US$3.4 billion, $11 and $19 per kg; whether the figure got anything."""
    if listed and figure.scale == 1 < after.scale and _is_small(figure, after):
        size = _scale_of(figure, after)
        figure.take_unit(after)
    elif listed and _is_other_money(text, figure, after):
        size = after.scale
    elif (
        (listed or _is_named_next(text, figure, after))
        and after.denominator is not None
        and figure.unit == after.unit
        and _is_comparable(figure, after)
    ):
        figure.denominator = after.denominator
        return True
    else:
        return False
    figure.multiply(size)
    figure.scale = size
    return True


def _count_described(text: str, figure: Figure, after: Figure) -> bool:
    """3,000 direct and 5,000 indirect jobs: the noun stands behind the second; whether the figure got it."""
    of = (after.of or "").split()
    if figure.unit.kind != "number" or after.unit != COUNT or len(of) == 1 or not _is_whole(figure):
        return False
    described = _DESCRIBED.fullmatch(text, figure.end, after.start)
    if described is None or described[1] in vocabulary().counts.stop:
        return False
    figure.unit, figure.of = COUNT, f"{described[1]} {of[-1]}"
    return True


def _is_whole(figure: Figure) -> bool:
    """Whether a number can count: it has no decimals and no scale."""
    return figure.scale == 1 and figure.value == int(figure.value)


def _is_named_next(text: str, figure: Figure, after: Figure) -> bool:
    """Whether only a name stands before the next: "nickel at $15,500, cobalt $24,000 a tonne"."""
    name = _NAMED.fullmatch(text, figure.end, after.start)
    return name is not None and vocabulary().counts.stop.isdisjoint(name[1].lower().split())


def _is_small(figure: Figure, after: Figure) -> bool:
    """Whether money can stand under the scale word of the next: "$5 and $7 million", "5m and 6m euros"."""
    if figure.unit.symbol == "m":
        return True
    if figure.unit != after.unit or figure.denominator is not None or after.denominator is not None:
        return False
    return figure.value < ties.SCALED and figure.value <= _COMPARABLE * after.value / after.scale


def _is_other_money(text: str, figure: Figure, after: Figure) -> bool:
    """Whether a sum in one currency is said again in another, with the scale behind the second only."""
    other = {figure.unit.kind, after.unit.kind} == {"money"} and figure.unit != after.unit
    bare = figure.scale == 1 < after.scale and figure.value < ties.SCALED
    return other and bare and text[figure.end : after.start].strip() == "or"


def _is_comparable(figure: Figure, after: Figure) -> bool:
    """Whether two prices can be of one list: "$11 and $19 per kg", but not "$5 million and $19 per kg"."""
    if figure.denominator is not None or figure.unit.kind != "money":
        return False
    return figure.value <= _COMPARABLE * after.value <= _COMPARABLE**2 * figure.value


def _scale_of(figure: Figure, after: Figure) -> Decimal:
    return _MILLION if figure.unit.symbol == "m" else after.scale


def _share_on(text: str, before: Figure, figure: Figure) -> None:
    """500 people in Lyon and 300 in Paris: the unit stands behind the first."""
    listed = _LIST.fullmatch(text, before.end, figure.start) is not None
    if listed and before.unit.kind == "money" and before.scale != 1 and figure.unit.symbol == "m":
        figure.take_unit(before)
        figure.multiply(_MILLION)
    elif _is_before_in_bracket(text, before, figure):
        size = _size_beside(before, figure)
        figure.take_unit(before)
        figure.multiply(size)
    elif _is_scaled_before(text, before, figure):
        figure.multiply(before.scale)  # to ₹32.5 billion from ₹29.6
    elif before.denominator is not None and figure.denominator is None and figure.unit == before.unit:
        if ties.is_reached(text, before, figure):
            figure.denominator = before.denominator  # from $30,000 per ton to $52,000
        elif ties.is_from(text, before, figure) and ties.is_alike(before, figure):
            figure.denominator = before.denominator  # to $139/kWh, from $780
    elif figure.unit.kind != "number" or before.unit.kind == "number":
        return
    elif before.unit == COUNT and figure.value >= 1 and _OF_THEM.match(text, figure.end):
        figure.take_unit(before)  # 37 patents, 12 of them new
    elif not figure.worded:
        _carry_on(text, before, figure, listed=listed)


def _is_before_in_bracket(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number in brackets is the amount of a year before: "103,000 MWh (50,000)"."""
    opened = text[before.end : figure.start] == " (" and text[figure.end : figure.end + 1] == ")"
    bare = figure.unit.kind == "number" or (figure.unit.symbol == "m" and before.unit.kind == "money")
    if not (opened and bare) or before.unit.kind in {"number", "duration"} or before.denominator is not None:
        return False
    alike = ties.is_alike(before, figure, _size_beside(before, figure))
    return before.unit.kind == "percent" or not figure.plain or alike


def _size_beside(before: Figure, figure: Figure) -> Decimal:
    """The scale of a number in brackets behind a sum: "SEK 3,480m (3,215)", "SEK 7.4m (2.1m)"."""
    if figure.unit.symbol == "m":
        return _MILLION
    return before.scale if figure.scale == 1 else _ONE


def _is_scaled_before(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a sum that is compared leaves out the scale of the one before it."""
    sums = before.unit.kind == "money" and figure.unit == before.unit and figure.denominator is None
    if not sums or not figure.scale == 1 < before.scale or before.denominator is not None:
        return False
    told = ties.is_from(text, before, figure)
    return told and figure.value < ties.SCALED and ties.is_alike(before, figure, before.scale)


def _carry_on(text: str, before: Figure, figure: Figure, *, listed: bool) -> None:
    """Give a bare number in digits the unit of the figure before it, where the words tie the two."""
    if before.denominator is not None and text.startswith("/", figure.end):
        per = unit_table().match(text, figure.end + 1)  # CNY 0.50/Wh, 0.43/Wh
        if per is not None and per[0] == before.denominator:
            if listed or ties.is_parallel(text, before, figure, per[1]):
                figure.take_unit(before)
                figure.end = per[1]
            return
    if listed and before.unit.kind == "money" and before.denominator is None and figure.scale != 1:
        if before.scale == 1 and before.value < ties.SCALED:
            before.multiply(figure.scale)  # EUR 3.2 and 4.1 billion
        figure.take_unit(before)
    elif before.unit.kind not in {"ratio", "duration"} and ties.is_told_on(text, before, figure):
        under = (
            figure.scale == 1 and before.scale >= ties.SCALED > figure.value and figure.value < before.value
        )
        figure.take_unit(before)
        figure.multiply(before.scale if under else _ONE)


def _share_around(text: str, before: Figure, figure: Figure) -> None:
    """Grew by roughly 11%, 27% and 10%: vagueness, direction and period stand before the first."""
    if before.unit != figure.unit or before.unit.kind in _UNITLESS:
        return
    listed = _LIST.fullmatch(text, before.end, figure.start) is not None
    if listed and before.bound == "about" and figure.bound == "exact":
        figure.bound = "about"
    if listed or ties.is_parallel(text, before, figure):
        figure.change = figure.change or before.change
        before.change = before.change or (figure.change if listed else None)  # 44% and 56% higher
        if before.unit.kind != "money":
            figure.per = figure.per or before.per
