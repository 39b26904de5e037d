"""One flow over two periods: monthly × 12, daily × 330 to 366, hourly × 20 to 24.

The words tie two figures ("1,000 tonnes a month, or 12,000 tonnes a year"), or one record holds both for one
product. The period may stand in words near the amount or at the head of its sentence ("On an annual basis").
A plant that rests on some days makes fewer; between 250 and 330 days a year the question is open.

Agrees: "40 tonnes a day, or about 14,000 tonnes annually".

Disagrees: "1,000 tonnes a month, equivalent to 18,000 tonnes a year".

Left open: a year of 250 to 330 days. Flows that no words tie are only reported where they agree.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.statements import alike, products
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import computed, span, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Facility, Problem, Quantity

RULE = "per_period"
TIMES = {
    ("month", "year"): Interval.point(Decimal(12)),
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

_TIED = (
    r"<one>~~3(?:and|,|;|–|/|\() ?~~25<other>",
    r"<one>~~15{period.is_same} ~~40<other>",
    r"<one>~~40(?:,|;|–|\() ?~~6<other>(?! (?:in|at|from|for|of) )",
    r"<one>~50{period.follows} ~40<other>",
)
_BOUNDED = re.compile(
    r"\b(?:year|months) (?:that (?:began|ended|followed)|to|from|in|ended|ending|before|until|after)\b"
)
_PERIODS = ("hour", "day", "month", "year")
_FLOWING = frozenset({"mass", "energy", "count", "area", "volume"})
_HEAD = 40  # characters at the head of a sentence for the period of its amount
_NEAR = 30  # characters before and behind an amount for its period
_MANY = 8  # capacities of one facility that are compared with each other


def check(case: Case) -> Iterator[Problem]:
    """Multiply the flow over the shorter period."""
    for marked in case.marked:
        pairs = {
            (figures["one"].figure, figures["other"].figure): (
                _flow(case, marked.sentence, figures["one"]),
                _flow(case, marked.sentence, figures["other"]),
            )
            for words in _TIED
            for _, figures in marked.find(words)
        }
        for one, other in pairs.values():
            yield from _compare(case, one, other, tied=True)
    for sentence in case.sentences:
        yield from _in_next_sentence(case, sentence)
    for facility in case.facilities:
        yield from _capacities(case, facility)


def _in_next_sentence(case: Case, sentence: Sentence) -> Iterator[Problem]:
    """A flow and, in the sentence after it, the same over another period; surely so "at this pace"."""
    before = [s for s in case.around(sentence, 1) if s.start < sentence.start]
    if not before or not sentence.figures or not before[0].figures:
        return
    flows = [
        [flow for figure in s.figures[:_MANY] if (flow := _flow(case, s, figure)).per]
        for s in (*before, sentence)
    ]
    if [len(found) for found in flows] == [1, 1]:
        bounded = _BOUNDED.search(sentence.text) is not None
        pace = not bounded and pattern("period.pace").search(sentence.text) is not None
        basis = (
            not bounded
            and pattern("period.basis").search(sentence.text) is not None
            and alike(before[0], sentence)
        )
        yield from _compare(case, flows[0][0], flows[1][0], tied=pace or basis)


def _flow(case: Case, sentence: Sentence, figure: Quantity) -> Quantity:
    """A figure with the period that words near it give, or, alone with its unit, its sentence's head."""
    if figure.per or figure.change or figure.kind not in _FLOWING:
        return figure
    alone = sum(other.base_unit == figure.base_unit for other in sentence.figures[:_MANY]) == 1
    head = sentence.text[: max(0, sentence.figures[0].start - sentence.start)][:_HEAD] if alone else ""
    near = case.words_before(figure, _NEAR) + " … " + case.words_after(figure, _NEAR)
    told = [period for period in _PERIODS if pattern(f"period.{period}").search(f"{head} … {near}")]
    return figure.model_copy(update={"per": told[0]}) if len(told) == 1 else figure


def _capacities(case: Case, facility: Facility) -> Iterator[Problem]:
    """Capacities of one facility for one product and stage."""
    for one, other in combinations(facility.capacities[:_MANY], 2):
        if (one.product, one.stage) == (other.product, other.stage):
            yield from _compare(case, one.quantity, other.quantity, tied=False)


def _compare(case: Case, one: Quantity, other: Quantity, *, tied: bool) -> Iterator[Problem]:
    tied = tied and not _of_two_things(case, one, other)
    for short, long in ((one, other), (other, one)):
        periods = (short.per or "", long.per or "")
        if periods in TIMES and short.base_unit == long.base_unit and min(short.value, long.value) > 0:
            yield from _judge(case, short, long, periods, tied=tied)


def _of_two_things(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether one flow is made and the other taken in, or they are of different goods: foil, copper."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    goods = [products(case.words_after(figure, _NEAR)) for figure in (one, other)]
    taken = pattern("period.takes").search(case.text[first.end : second.start])
    return taken is not None or (all(goods) and not goods[0] & goods[1])


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
    if agreement is Agreement.AGREE:
        message = f"{sums}, stated as {stated(long)}: agrees"
        yield case.problem(RULE, "consistent", message, figures, numbers=numbers)
    elif not tied:
        return
    elif found.compare(resting) is Agreement.AGREE:
        message = f"{sums}, stated as {stated(long)}: agrees if it rests on some days or at night"
        yield case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
    elif agreement is Agreement.OPEN:
        message = f"{sums}, stated as {stated(long)}: too vague to compare"
        yield case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
    else:
        message = f"{sums}, but {stated(long)} is stated"
        yield case.problem(RULE, "conflict", message, figures, numbers=numbers)
