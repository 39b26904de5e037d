"""Two amounts for one thing at one time in one document.

Forecasts are compared where metric, subject, place and time are the same; "negative electrode" and "anode"
are one thing. Amounts of one sentence are never held against each other, since a sentence that gives two
amounts speaks of two things; nor are reported and expected amounts, those of two forecasters, or those of
which one is a phase, an order, or another market.

Two amounts that words of one meaning ("will cover a site of", "the site measures") give for "the factory" of
neighbouring sentences are compared too.

Agrees: "13.5 GWh by 2028" in one place and "about 13,000 MWh by 2028" in another.

Disagrees: "the production scale of lithium-ion battery anode materials … this year … 220,000 tons", and
later "this year, the annual production of lithium battery negative electrode material … 300,000 tons".

Left open: two amounts of which one is to come ("will cost"). Amounts of which it is not clear that they mean
the same are passed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.checks import statements, told_amounts
from extractor.checks.interval import Agreement, Interval
from extractor.checks.wording import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Problem, Quantity

RULE = "same_quantity_differs"
APART = Interval(Decimal("0.2"), Decimal(5))
"""Ratios within which two amounts can state one thing; beyond, they are two things or a slip."""


def check(case: Case) -> Iterator[Problem]:
    """Compare the amounts that are stated for one thing."""
    compared: set[frozenset[str]] = set()
    for one, other in statements.pairs(case):
        a, b = one.quantity, other.quantity
        words = (
            f"{stated(a)} ({one.subject or one.metric}) and {stated(b)} ({other.subject or other.metric}) "
            f"for {statements.period(one)}"
        )
        yield from _compare(case, a, b, words)
        compared.add(frozenset({a.figure, b.figure}))
    for told, again, sure in told_amounts.pairs(case):
        a, b = told.quantity, again.quantity
        if frozenset({a.figure, b.figure}) not in compared:
            words = f"{stated(a)} and {stated(b)} as {told.aspect}"
            yield from _compare(case, a, b, words, sure=sure)


def _digits(figure: Quantity) -> str:
    return "".join(re.findall(r"[\d.]", figure.text)).strip(".")


def _compare(
    case: Case, a: Quantity, b: Quantity, words: str, *, sure: bool | None = True
) -> Iterator[Problem]:
    numbers = (a.base_value, b.base_value)
    ratio = Interval.point(b.base_value) / Interval.point(a.base_value)
    match Interval.of(a).compare(Interval.of(b)):
        case Agreement.AGREE if (a.value, a.unit) != (b.value, b.unit) or _digits(a) != _digits(b):
            yield case.problem(RULE, "consistent", f"{words}: the same amount", (a, b), numbers=numbers)
        case Agreement.DIFFER if ratio.compare(APART) is Agreement.AGREE:
            if sure is None:
                return
            if not sure:
                message = f"{words}: two amounts for what may be one thing"
                yield case.problem(RULE, "underdetermined", message, (a, b), numbers=numbers)
                return
            message = f"{words}: two amounts for one thing"
            yield case.problem(RULE, "conflict", message, (a, b), numbers=numbers)
