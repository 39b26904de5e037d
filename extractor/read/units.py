"""Units and currencies: how they are spelled (data files) and what they convert to (pint)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

    from schemas.quantity import Kind, Period

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
_PERCENT = {"%": Decimal(1), "pp": Decimal(1), "bp": Decimal("0.01")}
_SIGNIFICANT = 12  # digits of a converted value; a conversion such as mu to m2 has no end


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as spelled somewhere: its standard symbol, its kind, and the period that the spelling carries."""

    symbol: str
    kind: Kind
    pint: str | None = None
    per: Period | None = None


def load(name: str) -> dict[str, Any]:
    """One of the reader's TOML data files."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    import pint  # noqa: PLC0415  a fifth of a second that only a text with units pays

    return pint.UnitRegistry(str(DATA / "units.txt"), non_int_type=Decimal, cache_folder=None)


@cache
def factor(expression: str, base: str) -> Decimal:
    """How many `base` one `expression` is, both in pint's words: factor("mu", "meter ** 2") is 666.66…"""
    registry = _registry()
    quantity = registry.Quantity(Decimal(1), registry.parse_units(expression)).to(registry.parse_units(base))
    return Decimal(quantity.magnitude)


def in_base(value: Decimal, unit: Unit) -> tuple[Decimal, str]:
    """`value` of a simple unit in the base unit of its kind, with that unit's symbol."""
    if unit.kind == "percent":
        return tidy(value * _PERCENT[unit.symbol]), "%"
    if unit.kind not in _BASES or unit.pint is None:
        return value, unit.symbol
    base, symbol = _BASES[unit.kind]
    return tidy(value * factor(unit.pint, base)), symbol


def compound_in_base(value: Decimal, numerator: Unit, denominator: Unit) -> tuple[Decimal, str]:
    """`value` of a compound unit with both of its parts in base units: 90 USD/kWh is 0.09 USD/Wh."""
    up, up_symbol = in_base(Decimal(1), numerator)
    down, down_symbol = in_base(Decimal(1), denominator)
    return tidy(value * up / down), f"{up_symbol}/{down_symbol}"


def tidy(value: Decimal) -> Decimal:
    """A Decimal without exponent or trailing zeros, to 12 significant digits where it is longer."""
    if len(value.as_tuple().digits) > _SIGNIFICANT:
        value = value.quantize(Decimal(1).scaleb(value.adjusted() - _SIGNIFICANT + 1))
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _alternatives(spellings: list[str]) -> str:
    """A regular expression for any of the spellings, the longest first."""
    return "|".join(
        re.escape(s).replace(r"\ ", r"[ \u00a0\u202f-]") for s in sorted(spellings, key=len, reverse=True)
    )


class UnitTable:
    """The spellings of units.toml, matched at a place in a text."""

    def __init__(self) -> None:
        self._symbols: dict[str, Unit] = {}
        self._words: dict[str, Unit] = {}
        for name, row in load("units.toml").items():
            unit = Unit(row.get("symbol", name), row["kind"], row.get("pint"), row.get("per"))
            for spelling in row.get("symbols", []):
                self._symbols[_key(spelling)] = unit
            for spelling in row.get("words", []):
                self._words[_key(spelling)] = unit
                if spelling[-1] not in "s.":
                    self._words[_key(spelling) + "s"] = unit
        self._pattern = re.compile(
            rf"(?:(?P<symbol>{_alternatives(list(self._symbols))})|(?i:(?P<word>{_alternatives(list(self._words))})))"
            r"(?![^\W\d_]|\d)"
        )

    def match(self, text: str, pos: int) -> tuple[Unit, int] | None:
        """The unit that starts at `pos`, and where it ends."""
        found = self._pattern.match(text, pos)
        if found is None:
            return None
        if found["symbol"] is not None:
            return self._symbols[_key(found["symbol"])], found.end()
        return self._words[_key(found["word"].lower())], found.end()


def _key(spelling: str) -> str:
    return re.sub(r"[ \u00a0\u202f-]", " ", spelling)


class CurrencyTable:
    """The spellings of currencies.toml, matched before and after a number."""

    def __init__(self) -> None:
        rows = load("currencies.toml")
        self._ambiguous: dict[str, Any] = rows.pop("ambiguous")
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        for code, row in rows.items():
            before |= dict.fromkeys([code, *row.get("before", [])], code)
            after |= dict.fromkeys([code.lower(), *(name.lower() for name in row.get("after", []))], code)
        for sign, row in self._ambiguous.items():
            before |= dict.fromkeys(row["before"], sign)
            after |= dict.fromkeys(row["after"], sign)
        self._before_codes, self._after_codes = before, after
        self._before = re.compile(rf"(?<![^\W\d_])(?:{_alternatives(list(before))})[ \u00a0\u202f]?$")
        self._after = re.compile(rf"(?i:{_alternatives(list(after))})(?![^\W\d_]|\d)")
        self._signs = {
            sign: {
                code: re.compile("|".join(re.escape(w) for w in words))
                for code, words in row["signs"].items()
            }
            for sign, row in self._ambiguous.items()
        }
        self.longest = max(map(len, before)) + 1

    def before(self, text: str, low: int, pos: int) -> tuple[str, int] | None:
        """The currency that ends at `pos`, and where it starts, not before `low`."""
        low = max(low, pos - self.longest)
        # one character of context, so that the sign in "abc$" is told from a sign that stands alone
        found = self._before.search(text[max(low - 1, 0) : pos])
        if found is None:
            return None
        start = max(low - 1, 0) + found.start()
        return (self._before_codes[found[0].rstrip(" \u00a0\u202f")], start) if start >= low else None

    def after(self, text: str, pos: int) -> tuple[str, int] | None:
        """The currency that starts at `pos`, and where it ends."""
        found = self._after.match(text, pos)
        return (self._after_codes[_key(found[0]).lower()], found.end()) if found else None

    def resolver(self, text: str) -> Resolver:
        """What the ambiguous signs mean in this text."""
        return Resolver(self._ambiguous, self._signs, text)


class Resolver:
    """Settles $ and ¥ once per document, on first need."""

    def __init__(self, rows: dict[str, Any], signs: dict[str, dict[str, re.Pattern[str]]], text: str) -> None:
        self._rows, self._signs, self._text = rows, signs, text
        self._settled: dict[str, tuple[str, bool]] = {}

    def __call__(self, code: str) -> tuple[str, bool]:
        """The ISO code, and whether it was assumed."""
        if code not in self._rows:
            return code, False
        if code not in self._settled:
            named = [c for c, pattern in self._signs[code].items() if pattern.search(self._text)]
            default = self._rows[code]["default"]
            self._settled[code] = (named[0], False) if len(named) == 1 else (default, True)
        return self._settled[code]


@cache
def unit_table() -> UnitTable:
    """The units, loaded once."""
    return UnitTable()


@cache
def currency_table() -> CurrencyTable:
    """The currencies, loaded once."""
    return CurrencyTable()
