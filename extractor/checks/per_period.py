"""One flow over two periods: monthly × 12, daily × 330 to 366, hourly × 20 to 24.

Two amounts of one unit over different periods, alone with that unit in a sentence or in two neighbours of
which the second speaks of the first, are one flow; so are those that one record holds for one product. The
period may stand in words near the amount or at the head of its sentence ("On an annual basis"). A plant that
rests on some days makes fewer; between 250 and 330 days a year the question is open.

Agrees: "40 tonnes a day, or about 14,000 tonnes annually".

Disagrees: "1,000 tonnes a month, equivalent to 18,000 tonnes a year".

Left open: a year of 250 to 330 days. A flow and a capacity, goods made and goods needed, two goods or two
times are only reported where they agree.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.statements import continues, products
from extractor.checks.vocabulary import Phrases, pattern, phrases, words
from extractor.checks.windows import PARTED
from extractor.checks.wording import computed, span, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.checks.case import Case
    from extractor.checks.windows import Window
    from schemas import Facility, Problem, Quantity

RULE = "per_period"
TIMES = {
    ("month", "year"): Interval.point(Decimal(12)),
    ("quarter", "year"): Interval.point(Decimal(4)),
    ("month", "quarter"): Interval.point(Decimal(3)),
    ("day", "year"): Interval(Decimal(330), Decimal(366)),
    ("day", "month"): Interval(Decimal(27), Decimal(31)),
    ("hour", "day"): Interval(Decimal(20), Decimal(24)),
    ("hour", "year"): Interval(Decimal(7500), Decimal(8784)),
}
"""How many times the shorter period goes into the longer one, for a plant that runs all the time."""
RESTING = {
    ("day", "year"): Interval(Decimal(250), Decimal(366)),
    ("day", "month"): Interval(Decimal(20), Decimal(31)),
    ("hour", "day"): Interval(Decimal(8), Decimal(24)),
    ("hour", "year"): Interval(Decimal(2000), Decimal(8784)),
}
"""The same for one that rests on Sundays or at night."""

_BOUNDED = re.compile(
    r"\b(?:year|months) (?:that (?:began|ended|followed)|to|from|in|ended|ending|before|until|after)\b"
)
_PERIODS = ("hour", "day", "month", "quarter", "year")
_AGAINST = re.compile(r"(?<!\w)(?:but|while|whereas|whilst|instead)(?!\w)")
_CLAUSE = re.compile(r"[,;–]|(?<!\w)(?:and|so|or)(?!\w)")
_SHARED = re.compile(
    r"\b(?:together|combined|altogether|each of|both|all (?:the|two|three|four|lines|plants))\b"
)
_FLOWING = frozenset({"mass", "energy", "count", "area", "volume"})
_HEAD = 40  # characters at the head of a sentence for the period of its amount
_NEAR = 45  # characters before and behind an amount for its period
_MANY = 8  # capacities of one facility that are compared with each other


def check(case: Case) -> Iterator[Problem]:
    """Multiply the flow over the shorter period."""
    for window in (*case.windows, *case.neighbours):
        flows = [_flow(case, window, figure) for figure in _comparable(window.figures)]
        for one, other in combinations([flow for flow in flows if flow.per][:_MANY], 2):
            if len(window.sentences) == 1 or (one.start < window.sentences[-1].start <= other.start):
                alike = [f for f in flows if f.base_unit == one.base_unit and (f.per or f.kind != "count")]
                alone = len(alike) == 2  # noqa: PLR2004  the pair
                yield from _compare(case, one, other, tied=alone and _is_tied(window, one, other))
    for facility in case.facilities:
        yield from _capacities(case, facility)


def _comparable(figures: Sequence[Quantity]) -> list[Quantity]:
    """The figures that can be flows and are not alone with their unit."""
    flowing = [figure for figure in figures if figure.kind in _FLOWING]
    units = [figure.base_unit for figure in flowing]
    return [figure for figure in flowing if units.count(figure.base_unit) > 1]


def _is_tied(window: Window, one: Quantity, other: Quantity) -> bool:
    """Whether nothing says that two flows are of two goods or times, or that one is only possible."""
    between = window.between(one, other)
    goods = [products(window.after(figure, _NEAR)) for figure in (one, other)]
    if pattern("period.takes").search(between) or (all(goods) and not goods[0] & goods[1]):
        return False
    clauses = (
        window.before(one) + _CLAUSE.split(window.after(one))[0],
        window.before(other) + window.after(other),
    )
    shared = [_SHARED.search(clause) is not None for clause in clauses]
    possible = [pattern("period.possible").search(clause) is not None for clause in clauses]
    apart = PARTED.search(between) is not None and possible[0] != possible[1]
    if apart or shared[0] != shared[1] or _BOUNDED.search(window.text) or _AGAINST.search(between):
        return False
    if len(window.sentences) == 1:
        return True
    said = pattern("period.pace").search(window.sentences[1].text)
    return said is not None and continues(*window.sentences)


def _flow(case: Case, window: Window, figure: Quantity) -> Quantity:
    """A figure with the period that words near it give, or, alone with its unit, its sentence's head."""
    if figure.per or figure.change:
        return figure
    sentence = next(s for s in window.sentences if s.start <= figure.start < s.end)
    alone = sum(other.base_unit == figure.base_unit for other in sentence.figures[:_MANY]) == 1
    head = sentence.text[: max(0, sentence.figures[0].start - sentence.start)][:_HEAD] if alone else ""
    day = case.following(figure)
    behind = _CLAUSE.split(window.after(figure, _NEAR))[0] + (
        day.text if day and day.text == "24 hours" else ""
    )
    near = f"{head} … {_CLAUSE.split(window.before(figure, _NEAR))[-1]} … {behind}"
    if not _any_period().may_be_in(near):
        return figure
    told = [period for period in _PERIODS if pattern(f"period.{period}").search(near)]
    return figure.model_copy(update={"per": told[0]}) if len(told) == 1 else figure


@cache
def _any_period() -> Phrases:
    return words(tuple(phrase for period in _PERIODS for phrase in phrases(f"period.{period}")))


def _capacities(case: Case, facility: Facility) -> Iterator[Problem]:
    """Capacities of one facility for one product and stage."""
    for one, other in combinations(facility.capacities[:_MANY], 2):
        if (one.product, one.stage) == (other.product, other.stage):
            yield from _compare(case, one.quantity, other.quantity, tied=False)


def _compare(case: Case, one: Quantity, other: Quantity, *, tied: bool) -> Iterator[Problem]:
    for short, long in ((one, other), (other, one)):
        periods = (short.per or "", long.per or "")
        if periods in TIMES and short.base_unit == long.base_unit and min(short.value, long.value) > 0:
            yield from _judge(case, short, long, periods, tied=tied)


def _judge(
    case: Case, short: Quantity, long: Quantity, periods: tuple[str, str], *, tied: bool
) -> Iterator[Problem]:
    times, found = TIMES[periods], Interval.of(long)
    product = Interval.of(short) * times
    resting = Interval.of(short) * RESTING.get(periods, times)
    size = long.base_value / long.value
    low, high = (computed(short.base_value * end / size) for end in (times.low, times.high))
    sums = (
        f"{stated(short)} × {span(times.low, times.high, '')} = {span(low, high, long.unit)} per {long.per}"
    )
    figures, numbers = (short, long), (computed((low + high) / 2), long.value)
    agreement = found.compare(product)
    if tied or agreement is Agreement.AGREE:
        rests = found.compare(resting) is Agreement.AGREE
        doubt = "agrees if it rests on some days or at night" if rests else ""
        yield case.judged(RULE, sums, agreement, figures, numbers, doubt=doubt)
