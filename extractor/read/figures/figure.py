"""Figure: a figure while it is read, and what it is when finished."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.read.units import Unit, compound_in_base, in_base, tidy
from schemas import Quantity

if TYPE_CHECKING:
    from schemas.quantity import Bound, Change, Kind, Period

COUNT = Unit("count", "count")
NUMBER = Unit("", "number")
MULTIPLE = Unit("x", "ratio")
_EXACT = 28  # digits that a value may have; more than Decimal keeps are none that a text states


@dataclass(slots=True)
class Figure:
    """A figure while it is read; `quantity` makes it final."""

    start: int
    end: int
    value: Decimal
    unit: Unit
    first: int
    """Where the number itself starts, behind bound words, currency and sign."""
    scale: Decimal = Decimal(1)
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = "exact"
    per: Period | None = None
    change: Change | None = None
    of: str | None = None
    denominator: Unit | None = None
    assumed: list[str] = field(default_factory=list)
    same_as: int | None = None
    worded: bool = False
    """Whether the number is in words."""
    plain: bool = False
    """Whether the number is bare digits, as a year is."""

    needs_unit: bool = False
    """Whether it is a figure only if a neighbour gives it a unit: "two" in "two, four and six hours"."""

    def limit(self, bound: Bound) -> None:
        """Bound the figure on one side, or make it vague."""
        self.bound = bound
        self.low = self.value if bound == "at_least" else None
        self.high = self.value if bound == "at_most" else None

    def multiply(self, factor: Decimal) -> None:
        """Multiply the value and both ends."""
        self.value *= factor
        self.low = None if self.low is None else self.low * factor
        self.high = None if self.high is None else self.high * factor

    def take_unit(self, other: Figure) -> None:
        """Take over what another member of the same list is measured in."""
        self.unit, self.denominator, self.per = other.unit, other.denominator, self.per or other.per
        self.of, self.assumed = other.of, list(other.assumed)

    def quantity(self, text: str, number: int) -> Quantity:
        """The finished figure, as the `number`-th of the text."""
        kind: Kind
        if self.denominator is not None:
            symbol = f"{self.unit.symbol}/{self.denominator.symbol}"
            base, base_unit = compound_in_base(self.value, self.unit, self.denominator)
            kind = "rate"
        else:
            symbol, kind = self.unit.symbol, self.unit.kind
            base, base_unit = in_base(self.value, self.unit)
        return Quantity(
            figure=f"f{number}",
            text=text[self.start : self.end],
            start=self.start,
            end=self.end,
            kind=kind,
            value=tidy(self.value, _EXACT),
            unit=symbol,
            low=None if self.low is None else tidy(self.low, _EXACT),
            high=None if self.high is None else tidy(self.high, _EXACT),
            bound=self.bound,
            base_value=base,
            base_unit=base_unit,
            per=self.per,
            change=self.change,
            of=self.of,
            assumed=self.assumed,
            same_as=None if self.same_as is None else f"f{self.same_as + 1}",
        )
