"""Interval: what a stated figure leaves open, and the arithmetic of such amounts.

"About 10 kt" is anything from 9 to 11 kt, "over 50" begins at 50, and "0.55" was rounded from 0.545 to
0.555. A check turns figures into intervals, computes with them and compares; no check compares numbers
itself.

>>> from decimal import Decimal >>> Interval(Decimal(18), Decimal(22)) + Interval(Decimal(30), Decimal(33))
Interval(low=Decimal('48'), high=Decimal('55'), open_low=False, open_high=False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas import Quantity

ABOUT = Decimal("0.1")
"""Share by which an "about" may miss on either side."""
REACH = Decimal("0.25")
"""Share by which "over" and "up to" usually stay away from their number; beyond it nothing is claimed."""
WHOLE = Decimal("0.025")
"""Largest share by which a whole number is taken to be rounded: "20 million" is not 15 million."""

_NUMERAL = re.compile(r"\d(?:[\d.,'\u00a0\u202f\u2009 ]*\d)?")
_DECIMALS = re.compile(r"[.,]\d{1,2}$|^0[.,]\d+$")
_COUNTED_KINDS = frozenset({"count", "number"})
_ROUNDED_KINDS = frozenset({"percent", "rate", "ratio"})


class Agreement(Enum):
    """How two intervals stand to one another."""

    AGREE = "agree"
    """They overlap."""
    OPEN = "open"
    """They are apart, but an open end ("over", "up to") may bridge the gap."""
    DIFFER = "differ"
    """Nothing that the words allow brings them together."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The amounts from `low` to `high`, all in one unit; an open end may reach further than its number."""

    low: Decimal
    high: Decimal
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def of(cls, quantity: Quantity) -> Interval:
        """What a figure may stand for, in its base unit."""
        factor = quantity.base_value / quantity.value if quantity.value else Decimal(1)
        value = abs(quantity.value)
        slack = _rounding(quantity, value)
        match quantity.bound:
            case "about":
                ends = cls(value - value * ABOUT, value + value * ABOUT)
            case "at_least":
                ends = cls(value - slack, value + value * REACH, open_high=True)
            case "at_most":
                ends = cls(value - value * REACH, value + slack, open_low=True)
            case "range":
                low, high = quantity.low, quantity.high
                ends = cls(value if low is None else low, value if high is None else high)
            case _:
                ends = cls(value - slack, value + slack)
        if quantity.value < 0 and quantity.bound != "range":
            ends = cls(-ends.high, -ends.low, ends.open_high, ends.open_low)
        return ends * cls.point(factor)

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """One exact amount."""
        return cls(value, value)

    @classmethod
    def total(cls, parts: Iterable[Interval]) -> Interval:
        """The sum of all parts."""
        return sum(parts, start=cls.point(Decimal(0)))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __mul__(self, other: Interval) -> Interval:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(corners),
            max(corners),
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; the divisor must not reach zero."""
        inverse = Interval(1 / other.high, 1 / other.low, other.open_high, other.open_low)
        return self * inverse

    def __pow__(self, exponent: int) -> Interval:
        """The interval multiplied by itself; its ends must not be negative."""
        return Interval(self.low**exponent, self.high**exponent, self.open_low, self.open_high)

    def widened(self, share: Decimal) -> Interval:
        """The interval with `share` of its own ends added on either side."""
        return Interval(
            self.low - abs(self.low) * share,
            self.high + abs(self.high) * share,
            self.open_low,
            self.open_high,
        )

    def exceeds(self, other: Interval) -> bool:
        """Whether even the lower end lies above all of the other, whatever its open end may reach."""
        return self.low > other.high and self.compare(other) is Agreement.DIFFER

    def compare(self, other: Interval) -> Agreement:
        """Whether the two overlap, may do so, or cannot; open too where one is no number (0 ÷ 0)."""
        if any(end.is_nan() for end in (self.low, self.high, other.low, other.high)):
            return Agreement.OPEN
        if self.low <= other.high and other.low <= self.high:
            return Agreement.AGREE
        if self.low > other.high:
            return Agreement.OPEN if self.open_low or other.open_high else Agreement.DIFFER
        return Agreement.OPEN if other.open_low or self.open_high else Agreement.DIFFER


def power_of_ten(found: Interval, expected: Interval) -> int | None:
    """The power of ten by which `found` is too large, where that alone parts the two.

    None where they agree as they are, or where no shift from 10⁻⁹ to 10⁹ does it.
    """
    shifts = sorted(range(-9, 10), key=abs)
    fitting = (
        n for n in shifts if found.compare(expected * Interval.point(Decimal(10) ** n)) is Agreement.AGREE
    )
    return next(fitting, None) or None


def by_power_of_ten(found: Quantity, expected: Interval) -> str:
    """That a power of ten parts a figure from what is expected, where it does: ": off by a factor of 10"."""
    shift = power_of_ten(Interval.of(found), expected)
    return f": off by a factor of {10 ** abs(shift):,}" if shift else ""


def _rounding(quantity: Quantity, value: Decimal) -> Decimal:
    """Half a unit of the last stated digit: 0.005 for "0.55 yuan/Wh", 5 million for "1.33 billion yuan".

    A whole number ("20 million") is usually meant as it stands, so there the half unit is capped. Counts
    are exact.
    """
    if quantity.kind in _COUNTED_KINDS:
        return Decimal(0)
    numeral = _NUMERAL.search(quantity.text)
    digits = Decimal(re.sub(r"\D", "", numeral[0])) if numeral else Decimal(0)
    unit = value / digits if digits else Decimal(0)
    if unit.normalize().as_tuple().digits != (1,):
        unit = Decimal((0, (1,), int(value.normalize().as_tuple().exponent))) if value else Decimal(0)
        numeral = None
    has_decimals = numeral is not None and _DECIMALS.search(numeral[0]) is not None
    if has_decimals or quantity.kind in _ROUNDED_KINDS:
        return unit / 2
    return min(unit / 2, value * WHOLE)
