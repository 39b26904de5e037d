"""Two amounts for one thing at one time in one document.

Forecasts are compared where metric, subject, place and time are the same; "negative electrode" and "anode"
are one thing. Amounts of one sentence are never held against each other, since a sentence that gives two
amounts speaks of two things; nor are reported and expected amounts, those of two forecasters, or those of
which one is a phase, an order, or another market.

Agrees: "13.5 GWh by 2028" in one place and "about 13,000 MWh by 2028" in another.

Disagrees: "the production scale of lithium-ion battery anode materials … this year … 220,000 tons", and
later "this year, the annual production of lithium battery negative electrode material … 300,000 tons".

Left open: nothing; amounts of which it is not clear that they mean the same are passed over.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.checks import statements
from extractor.checks.interval import Agreement, Interval
from extractor.checks.wording import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Forecast, Problem

RULE = "same_quantity_differs"
APART = Interval(Decimal("0.2"), Decimal(5))
"""Ratios within which two amounts can state one thing; beyond, they are two things or a slip."""


def check(case: Case) -> Iterator[Problem]:
    """Compare the amounts that are stated for one thing."""
    for one, other in statements.pairs(case):
        yield from _compare(case, one, other)


def _compare(case: Case, one: Forecast, other: Forecast) -> Iterator[Problem]:
    a, b = one.quantity, other.quantity
    words = (
        f"{stated(a)} ({one.subject or one.metric}) and {stated(b)} ({other.subject or other.metric}) "
        f"for {statements.period(one)}"
    )
    numbers = (a.base_value, b.base_value)
    ratio = Interval.point(b.base_value) / Interval.point(a.base_value)
    match Interval.of(a).compare(Interval.of(b)):
        case Agreement.AGREE if (a.value, a.unit) != (b.value, b.unit):
            yield case.problem(RULE, "consistent", f"{words}: the same amount", (a, b), numbers=numbers)
        case Agreement.DIFFER if ratio.compare(APART) is Agreement.AGREE:
            message = f"{words}: two amounts for one thing"
            yield case.problem(RULE, "conflict", message, (a, b), numbers=numbers)
