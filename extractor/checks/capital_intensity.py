"""Investment ÷ capacity of a facility against what is usual in its segment, in US dollars.

The ranges, with their sources, are in data/capital_intensity.toml. A facility is compared that has one
investment and one capacity of the kind that its segment is measured by, or one that is the sum of the others.

Agrees: 7.34 billion euros for a cell plant of 100 GWh a year: 75 million USD per GWh.

Disagrees: 7.34 million euros for the same plant.

Left open: up to ten times beyond the range, which scope and price levels may explain; an investment in more
than the plant (solar, wind, mines, a whole park). Passed over: a currency or a day without an exchange rate.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.checks.interval import Agreement, Interval, power_of_ten
from extractor.checks.sums import whole_of
from extractor.checks.vocabulary import pattern, table
from extractor.checks.wording import amount, computed, span, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.checks.case import Case
    from schemas import Problem, Quantity

RULE = "capital_intensity"
FAR = Decimal(10)
"""How many times beyond the range an intensity is a conflict."""

_SIZES = {
    "GWh": ("Wh", Decimal(10**9)),
    "kWh": ("Wh", Decimal(1000)),
    "m2": ("m2", Decimal(1)),
    "t": ("kg", Decimal(1000)),
}
_APART = 2  # sentences between an investment and its capacity
_SCALES = frozenset({3, 4, 6})  # powers of ten between two scale words


def check(case: Case) -> Iterator[Problem]:
    """Divide every facility's investment by its capacity."""
    rows = {row["segment"]: row for row in table("capital_intensity")["intensity"]}
    for facility in case.facilities:
        row = rows.get(facility.segment or "")
        named = facility.name or facility.place or facility.operator
        if row and named and facility.investment and facility.investment.value > 0:
            sizes = [c.quantity for c in facility.capacities if c.quantity.value > 0]
            capacity = whole_of([size for size in sizes if size.base_unit == _SIZES[row["unit"]][0]])
            if capacity and case.together(facility.investment, capacity, _APART):
                yield from _compare(case, facility.investment, capacity, row)


def _compare(case: Case, investment: Quantity, capacity: Quantity, row: dict[str, Any]) -> Iterator[Problem]:
    figures, unit = (investment, capacity), f"USD/{row['unit']}"
    if investment.derived is None:
        return
    size = _SIZES[row["unit"]][1]
    rate = Interval.point(investment.derived.usd_rate * size)
    usual = Interval(Decimal(row["usual"][0]), Decimal(row["usual"][1]))
    intensity = Interval.of(investment) * rate / Interval.of(capacity)
    gives = computed(investment.derived.usd_value / capacity.base_value * size)
    sums = f"{stated(investment)} ÷ {stated(capacity)} = {amount(gives, unit)}"
    range_ = f"{span(usual.low, usual.high, unit)} usual in {row['segment'].replace('_', ' ')}"
    far = Interval(usual.low / FAR, usual.high * FAR)
    numbers = (computed((usual.low + usual.high) / 2), gives)
    if intensity.compare(usual) is Agreement.AGREE:
        yield case.problem(RULE, "consistent", f"{sums}: within the {range_}", figures, numbers=numbers)
    elif not _mixed(case, figures) and intensity.compare(far) is Agreement.DIFFER:
        message = f"{sums}: far from the {range_}{_slip(investment, intensity, usual)}"
        yield case.problem(RULE, "conflict", message, figures, numbers=numbers)
    else:
        message = f"{sums}: outside the {range_}"
        yield case.problem(RULE, "underdetermined", message, figures, numbers=numbers)


def _mixed(case: Case, figures: Iterable[Quantity]) -> bool:
    """Whether the sentences speak of more than the plant."""
    sentences = [case.sentence(figure) for figure in figures]
    return any(sentence and pattern("intensity.mixed").search(sentence.text) for sentence in sentences)


def _slip(investment: Quantity, intensity: Interval, usual: Interval) -> str:
    """The investment that would fit, where a scale word alone may be wrong."""
    shift = power_of_ten(intensity, usual)
    if shift is None:
        return ""
    return (
        f"; {amount(investment.value.scaleb(-shift), investment.unit)} would fit"
        if abs(shift) in _SCALES
        else ""
    )
