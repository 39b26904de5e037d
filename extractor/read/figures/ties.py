"""Ties: the words between two figures that make the second one of what the first one is of.

gapped   := measure … "," name number: "Spain took 12 GWh, Italy 9 and France 4"
parallel := measure preposition … ("and" | ",") number preposition: "500 people in Lyon and 300 in Paris"
compared := measure ("up from" | "compared with") number: "12 MWh, up from 8"
part     := measure ("including" | "of which") number preposition: "2,000 jobs, including 500 in research"
reached  := measure "to" number: "rose 1.5 yuan to 25.3", "from 40 GWh to 60"
some_of  := number "of the" … measure: "3.2 of the planned 10 GWh"
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.read.tokens import SPACE

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure

_COMPARED = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,40}})??,?[{SPACE}](?:\(?(?:up|down)[{SPACE}]from|compared[{SPACE}](?:with|to)|against|versus"
    rf"|vs\.?|rather[{SPACE}]than|instead[{SPACE}]of)[{SPACE}]"
    rf"(?:about[{SPACE}]|around[{SPACE}]|the[{SPACE}]previous[{SPACE}]|just[{SPACE}]|only[{SPACE}])?"
)
_FROM = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,40}})??,?[{SPACE}](?:(?:up|down)[{SPACE}])?"
    rf"(?:from|against|versus|vs\.?|compared[{SPACE}](?:with|to))[{SPACE}](?:(?:about|around|some)[{SPACE}])?"
)
_PART_OF = re.compile(
    rf"(?:[{SPACE}][^.,;:!?\n]{{1,60}})??,?[{SPACE}](?:including|of[{SPACE}]which|among[{SPACE}]them)[{SPACE}]"
    rf"(?:about[{SPACE}]|around[{SPACE}]|some[{SPACE}]|over[{SPACE}]|nearly[{SPACE}]|more[{SPACE}]than[{SPACE}])?"
)
_REACHED = re.compile(
    rf"(?:[{SPACE}]in[{SPACE}](?:(?:late|early|mid)[{SPACE}-])?\d{{4}})?,?[{SPACE}]to[{SPACE}]"
    rf"(?:(?:close|settle|end|finish|stand|trade)[{SPACE}]at[{SPACE}]|reach[{SPACE}])?"
    rf"(?:(?:about|around|just|only|nearly|almost|some|over|below|under|above)[{SPACE}])?"
)
_SAID_AGAIN = re.compile(rf",?[{SPACE}](?:or[{SPACE}]|\()(?:about[{SPACE}]|around[{SPACE}])?")
_OUT_OF = re.compile(
    rf"\b[Ff]rom[{SPACE}](?:(?:about|around|just|only|some|nearly|the|a)[{SPACE}]|current[{SPACE}]){{0,2}}$"
)
_SOME_OF = re.compile(
    rf"[{SPACE}]of[{SPACE}](?:(?:the|its|their|a|an|those|these)[{SPACE}](?:[a-z-]{{2,20}}(?:['’]s)?[{SPACE}]){{0,2}})?"
)
_PARALLEL = re.compile(
    rf"[{SPACE}]([a-z]+)[{SPACE}][^.;:!?\n]{{1,60}}?(?:,|,?[{SPACE}](?:and|while|versus|against|but|to))[{SPACE}]"
    rf"(?:another[{SPACE}]|a[{SPACE}]further[{SPACE}]|by[{SPACE}])?"
)
_GAPPED = re.compile(
    rf"[^\d.;:!?\n]{{0,60}}?(?:,|,?[{SPACE}](?:and|while|but))[{SPACE}](?:and[{SPACE}])?"
    rf"(?:(?:(?:closely[{SPACE}])?followed[{SPACE}]by|ahead[{SPACE}]of|then)[{SPACE}])?"
    rf"(?:the[{SPACE}](?:other|others|second|third|fourth|latter|rest)[{SPACE}]"
    rf"|(?:[A-Z][\w.-]{{0,20}}[{SPACE}]){{1,3}}(?:(?:with|at|on)[{SPACE}])?)"
)
_CLOSED = re.compile(rf"[,.;)\n]|[{SPACE}]and[{SPACE}]|$")
_PREPOSITION = re.compile(rf"[{SPACE}]([a-z]+)(?=[{SPACE}])")
_PREPOSITIONS = frozenset(
    {"in", "at", "for", "from", "by", "to", "with", "of", "on", "near", "under", "during"}
)
_CARRIED_ON = re.compile(rf"[^.;:\n]*(?:\band|,|/)[{SPACE}]?(?:\w{{1,30}}[{SPACE}]){{0,3}}")
_DATED = re.compile(r"\bin (?:19|20)\d\d")
_ENDS_AMOUNT = re.compile(
    rf"[.,;:)\n]|$|[{SPACE}](?:it|they|he|she|we|that|which|has|have|had|is|are|was|were|will|would"
    r"|by|in|at|of|for|and|to|on|so|as|sought|available|\w{3,20}ed)\b"
)
"""Behind an amount that no noun follows: not "two of the 10 MW turbines"."""
_WORDS = 30  # characters before an amount for its "from"
_ALIKE = 10  # times that one of two compared amounts may be larger than the other
_FAR, _FARTHER = 90, 120  # characters between two members
SCALED = 1000
"""Scale from which on a number may leave it out: "5.2 billion, up from 4.8"."""
_ONE = Decimal(1)


def is_told_on(text: str, before: Figure, figure: Figure) -> bool:
    """Whether words between say that a bare number is of what the figure before it is of."""
    if before.denominator is None and is_parallel(text, before, figure):
        return True
    return (
        is_gapped(text, before, figure)
        or _is_compared(text, before, figure)
        or _is_part_or_level(text, before, figure)
    )


def _is_compared(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number is what the amount before it is compared with: "12.5 GWh, up from 8.4"."""
    from_it = is_from(text, before, figure)
    if not from_it and _COMPARED.fullmatch(text, before.end, figure.start) is None:
        return False
    if figure.plain and not from_it:
        return True
    scale = before.scale if figure.scale == 1 and figure.value < SCALED <= before.scale else _ONE
    return is_alike(before, figure, scale)


def is_from(text: str, before: Figure, figure: Figure) -> bool:
    """Whether an amount is the earlier one of two: "fell to 60 billion won from 57.9"."""
    return _FROM.fullmatch(text, before.end, figure.start) is not None


def is_reached(text: str, before: Figure, figure: Figure) -> bool:
    """Whether only "to" stands between two amounts."""
    return _REACHED.fullmatch(text, before.end, figure.start) is not None


def is_alike(before: Figure, figure: Figure, scale: Decimal = _ONE) -> bool:
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
    if not is_reached(text, before, figure) or before.bound == "range":
        return False
    if _OUT_OF.search(text, max(before.start - _WORDS, 0), before.start):
        return True
    level = before.unit.kind != "percent" and figure.value > before.value
    return level and _CLOSED.match(text, figure.end) is not None


def is_level(text: str, change: Figure, share: Figure, figure: Figure) -> bool:
    """Whether a bare number is what a change, also in percent, led to: "fell 16 points, or 2%, to 742"."""
    if share.unit.kind != "percent" or change.bound == "range" or figure.value <= change.value:
        return False
    opened = _SAID_AGAIN.fullmatch(text, change.end, share.start)
    closed = share.end + (text[share.end : share.end + 1] == ")")
    return (
        opened is not None
        and _REACHED.fullmatch(text, closed, figure.start) is not None
        and _CLOSED.match(text, figure.end) is not None
    )


def is_some_of(text: str, figure: Figure, whole: Figure) -> bool:
    """Whether a bare number is so much of the amount behind it: "280 million of the 1.5 billion yuan".

    One in words is so many of what is counted: "five of the six lines", but "two of the 10 MW turbines".
    """
    return (
        (not figure.worded or (whole.unit.kind == "count" and figure.value >= 1))
        and figure.value <= whole.value
        and _SOME_OF.fullmatch(text, figure.end, whole.start) is not None
        and (whole.unit.kind == "count" or _ENDS_AMOUNT.match(text, whole.end) is not None)
    )


def is_gapped(text: str, before: Figure, figure: Figure) -> bool:
    """Whether a bare number leaves out the verb and the unit: "Spain took 12 GWh, Italy 9 and France 4"."""
    closed = (
        before.unit.kind == "money" and figure.scale != 1
    )  # Hungary 7.2 billion euros and Poland 3.9 billion
    if figure.start - before.end > _FAR or not (closed or _CLOSED.match(text, figure.end)):
        return False
    return _GAPPED.fullmatch(text, before.end, figure.start) is not None


def is_parallel(text: str, before: Figure, figure: Figure, end: int | None = None) -> bool:
    """Whether both have the same preposition behind them; the second behind `end`, where it goes on."""
    gap = _PARALLEL.fullmatch(text, before.end, figure.start)
    ahead = _PREPOSITION.match(text, figure.end if end is None else end)
    return gap is not None and ahead is not None and gap[1] in _PREPOSITIONS and ahead[1] == gap[1]


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
