"""Restated amounts: a second currency or unit behind the amount that it says again.

restated := measure "(" measure ")" | measure ", or" measure: "353 mu (23.5 ha)"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure

_BRACKET = re.compile(
    rf"[{SPACE},]*(?:[(（\[]|,?[{SPACE}](?:or|equivalent to|equal to|worth))[{SPACE}]?"
    rf"(?:or|equivalent to|equal to|equivalent of|i\.e\.,?|that is,?)?[{SPACE}]?"
)
_MORE_IN_BRACKET = re.compile(rf"[,;/]?[{SPACE}](?:or[{SPACE}])?|/")
_PER_BEHIND = re.compile(rf"[)）\]](?:[{SPACE}](?:per|a|for[{SPACE}]each)[{SPACE}]|/)")
_RESTATED = frozenset(
    {"money", "energy", "power", "mass", "area", "length", "volume", "temperature", "speed"}
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
