"""Growths: two amounts with the growth between them, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval

if TYPE_CHECKING:
    from schemas import Quantity

CUT = Decimal("0.001")
"""Share of the multiple by which a percentage may be cut off instead of rounded."""
LOOSE = Decimal("0.1")
"""Share by which "doubled" and its like may miss."""


@dataclass(frozen=True, slots=True)
class Growth:
    """From one amount to another, with the growth stated; `years` is None where it is no yearly one."""

    base: Quantity
    reached: Quantity
    growth: Quantity
    years: int | None
    dated: int | None
    """Whole years between the times of the two amounts, where both are known."""

    def reaches(self, years: int) -> Interval:
        """The amount reached when the stated growth is compounded over so many years."""
        return Interval.of(self.base) * self.factor**years

    @property
    def factor(self) -> Interval:
        """The stated growth as a multiple."""
        stated_growth = Interval.of(self.growth)
        if self.growth.kind == "ratio" and self.growth.bound in {"exact", "about"}:
            return Interval.point(self.growth.value).widened(LOOSE)
        if self.growth.kind == "ratio":
            low = self.growth.value if self.growth.bound == "at_least" else stated_growth.low
            return replace(stated_growth, low=low)
        share = stated_growth * Interval.point(Decimal("0.01"))
        if self.growth.change == "down":
            share *= Interval.point(Decimal(-1))
        return Interval.point(Decimal(1)) + share

    def agreement(self, years: int = 1) -> Agreement:
        """Whether the amount reached is the base grown over so many years."""
        return Interval.of(self.reached).compare(self.reaches(years).widened(CUT))

    def agrees(self) -> bool:
        """Whether the amount reached is the base grown once."""
        return self.agreement() is Agreement.AGREE


@dataclass(frozen=True, slots=True)
class Step:
    """Two amounts of one unit: where something began and where it got."""

    base: Quantity
    reached: Quantity
    years: int | None
    """Whole years between their times, where both are known."""
