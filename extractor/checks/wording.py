"""Amounts as a reader of problems sees them: "440 million CNY", "over 50 million m2", "180–220 g/m2"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas import Quantity
    from schemas.quantity import Bound

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
SCALE_WORDS = tuple(word for _, word in _SCALES)
"""The words that a large amount is written with."""

_BOUNDS = {"about": "about ", "at_least": "over ", "at_most": "up to ", "exact": "", "range": ""}
_DIGITS = 4  # of a computed amount
_PLAIN = 12  # beyond so many places an amount is written with an exponent


def stated(quantity: Quantity) -> str:
    """A figure as stated, in its own unit: "over 50 million m2", "12,000 t per year"."""
    if quantity.bound == "range" and quantity.low is not None and quantity.high is not None:
        words = span(quantity.low, quantity.high, quantity.unit)
    else:
        words = amount(quantity.value, quantity.unit, quantity.bound)
    return f"{words} per {quantity.per}" if quantity.per else words


def ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The two ends of a range and twice the value of any other figure, in the base unit."""
    if quantity.bound != "range" or quantity.low is None or quantity.high is None or not quantity.value:
        return quantity.base_value, quantity.base_value
    size = quantity.base_value / quantity.value
    return quantity.low * size, quantity.high * size


def span(low: Decimal, high: Decimal, unit: str) -> str:
    """Two ends with their unit: "180–220 g/m2", "9–11 million CNY"; one amount where they are the same."""
    if low == high:
        return amount(high, unit)
    first, last = amount(low, ""), amount(high, unit)
    scale = last.removesuffix(unit).rstrip().rpartition(" ")[2]
    return f"{first.removesuffix(scale).rstrip() if scale in SCALE_WORDS else first}–{last}"


def amount(value: Decimal, unit: str, bound: Bound = "exact") -> str:
    """A number with its unit, from a million on with a scale word: "440 million CNY"."""
    for exponent, word in _SCALES:
        scaled = value.scaleb(-exponent)
        if 1 <= abs(scaled) < 1000:  # noqa: PLR2004  between two scale words
            return f"{_BOUNDS[bound]}{_number(scaled)} {word} {unit}".rstrip()
    joined = f"{_number(value)}{'' if unit == '%' else ' '}{'' if unit == 'count' else unit}"
    return f"{_BOUNDS[bound]}{joined}".rstrip()


def computed(value: Decimal) -> Decimal:
    """A computed amount without the digits that nothing stands behind."""
    if not value:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - _DIGITS + 1)).normalize()


def _number(value: Decimal) -> str:
    """Digits with separators: "1,250.5"; an exponent where there would be no end of zeros."""
    if value and not -_PLAIN < value.adjusted() < _PLAIN:
        return f"{value:.3E}"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
