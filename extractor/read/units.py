"""Units: how they are spelled (units.toml) and what they convert to (units.txt, read by pint)."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    import pint

    from schemas.quantity import Kind, Period

T = TypeVar("T")

DATA = files("extractor.read") / "data"

# What each kind is compared in: pint's name and the symbol that a record carries.
_BASES: dict[str, tuple[str, str]] = {
    "energy": ("watt_hour", "Wh"),
    "power": ("watt", "W"),
    "mass": ("kilogram", "kg"),
    "area": ("meter ** 2", "m2"),
    "length": ("meter", "m"),
    "volume": ("meter ** 3", "m3"),
    "voltage": ("volt", "V"),
    "charge": ("ampere_hour", "Ah"),
    "duration": ("hour", "h"),
    "speed": ("kilometer / hour", "km/h"),
}
# Shares are compared in percent.
_PERCENT = {"%": Decimal(1), "pp": Decimal(1), "bp": Decimal("0.01"), "‰": Decimal("0.1")}
_SIGNIFICANT = 12  # digits of a converted value; a conversion such as mu to m2 has no end
_SHORT = 10**_SIGNIFICANT  # whole numbers below it have no digits to spare
_SPACES = str.maketrans("\u00a0\u202f-", "   ")  # what may stand for a space in a spelling


class Unit(NamedTuple):
    """A unit: its standard symbol, its kind, pint's expression, and what else a spelling carries."""

    symbol: str
    kind: Kind
    pint: str | None = None
    per: Period | None = None
    of: str | None = None
    """What it is a unit of: the CO2e of tCO2e."""


def load(name: str) -> dict[str, Any]:
    """One of the reader's TOML data files."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    import pint  # noqa: PLC0415  a fifth of a second that only a text with units pays

    return pint.UnitRegistry(str(DATA / "units.txt"), non_int_type=Decimal, cache_folder=None)


@cache
def factor(expression: str, base: str) -> Decimal:
    """How many of the one unit the other is, both in pint's words.

    >>> factor("hectare", "meter ** 2")
    Decimal('10000')
    """
    registry = _registry()
    quantity = registry.Quantity(Decimal(1), registry.parse_units(expression)).to(registry.parse_units(base))
    return tidy(Decimal(quantity.magnitude))


def in_base(value: Decimal, unit: Unit) -> tuple[Decimal, str]:
    """`value` of a simple unit in the base unit of its kind, with that unit's symbol."""
    size, symbol = _size(unit)
    return tidy(value * size), symbol


def compound_in_base(value: Decimal, numerator: Unit, denominator: Unit) -> tuple[Decimal, str]:
    """`value` of a compound unit with both of its parts in base units: 90 USD/kWh is 0.09 USD/Wh."""
    (up, up_symbol), (down, down_symbol) = _size(numerator), _size(denominator)
    return tidy(value * up / down), f"{up_symbol}/{down_symbol}"


@cache
def _size(unit: Unit) -> tuple[Decimal, str]:
    """One of a unit in the base unit of its kind, and that unit's symbol."""
    if unit.kind == "percent":
        return _PERCENT[unit.symbol], "%"
    if unit.kind not in _BASES or unit.pint is None:
        return Decimal(1), unit.symbol
    base, symbol = _BASES[unit.kind]
    return factor(unit.pint, base), symbol


def tidy(value: Decimal, significant: int = _SIGNIFICANT) -> Decimal:
    """A Decimal without exponent or trailing zeros, to so many significant digits where it is longer."""
    if (whole := int(value)) == value and 0 < abs(whole) < _SHORT:
        return Decimal(whole)
    if len(value.as_tuple().digits) > significant:
        value = value.quantize(Decimal(1).scaleb(value.adjusted() - significant + 1))
    value = value.normalize()
    return value.quantize(Decimal(1)) if value.as_tuple().exponent > 0 else value  # type: ignore[operator]


class Spellings(Generic[T]):
    """Spellings that are matched at a place in a text, the longest first; a space may be a hyphen there.

    `exact` are matched as written, `words` in any case. A spelling ends where no letter or digit follows.
    """

    def __init__(self, exact: dict[str, T], words: dict[str, T] | None = None) -> None:
        self._exact = {_key(spelling): meaning for spelling, meaning in exact.items()}
        self._words = {_key(spelling).lower(): meaning for spelling, meaning in (words or {}).items()}
        by_first: dict[str, list[tuple[int, str]]] = {}
        for spelling in self._exact:
            by_first.setdefault(spelling[0], []).append((len(spelling), _pattern(spelling)))
        for spelling in self._words:
            for first in {spelling[0], spelling[0].upper()}:
                by_first.setdefault(first, []).append((len(spelling), f"(?i:{_pattern(spelling)})"))
        # one pattern for each first letter: an alternation over all spellings would try every one of them
        self._patterns = {
            first: re.compile(f"(?:{'|'.join(p for _, p in sorted(rows, reverse=True))})(?![^\\W_])")
            for first, rows in by_first.items()
        }

    def match(self, text: str, pos: int) -> tuple[T, int] | None:
        """What the spelling at `pos` means, and where it ends."""
        pattern = self._patterns.get(text[pos : pos + 1])
        if pattern is None or (found := pattern.match(text, pos)) is None:
            return None
        key = found[0] if found[0] in self._exact else _key(found[0])
        meaning = self._exact.get(key)
        if meaning is None:
            meaning = self._words.get(key.lower())  # "metreſ" is one to a pattern only
        return None if meaning is None else (meaning, found.end())


def _key(spelling: str) -> str:
    return spelling.translate(_SPACES)


def _pattern(spelling: str) -> str:
    return re.escape(spelling).replace(r"\ ", r"[ \u00a0\u202f-]")


@cache
def unit_table() -> Spellings[Unit]:
    """The units of units.toml, loaded once; a plural s is added to words."""
    return _spellings(below=False)


@cache
def units_below() -> Spellings[Unit]:
    """Those that stand below a line only: the 100 km of "15.2 kWh/100 km"."""
    return _spellings(below=True)


def _spellings(*, below: bool) -> Spellings[Unit]:
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    for name, row in load("units.toml").items():
        if row.get("below", False) != below:
            continue
        unit = Unit(row.get("symbol", name), row["kind"], row.get("pint"), row.get("per"), row.get("of"))
        symbols |= dict.fromkeys(row.get("symbols", []), unit)
        for word in row.get("words", []):
            words[word] = unit
            if word[-1] not in "s.":
                words[f"{word}s"] = unit
    return Spellings(symbols, words)
