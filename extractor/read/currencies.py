"""Currencies: how they are spelled beside a number (currencies.toml), and what $ and ¥ mean in a document."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from extractor.read.tokens import SPACE, Tokens
from extractor.read.units import Spellings, load

_LONGEST = 5  # tokens of the longest spelling before a number: "U.S. $"
_NO_FACTOR = Decimal(1)
_PER = re.compile(rf"[{SPACE}]?/|[{SPACE}]per[{SPACE}]")
_PRICE = re.compile(r"(?<!\d)(?!(?:480|720|1080|1440|2160)$)\d[\d,.]*$")  # but not the lines of a picture
_PRICE_DIGITS = 8
_LOSS = re.compile(r"\(\d[\d.,]*\)")
_MILLION, _CRORE = Decimal(1_000_000), Decimal(10_000_000)
_MINUS = frozenset({"-", "–", "−", "－"})


class Money(NamedTuple):
    """A currency as spelled behind a number."""

    code: str
    """ISO code, or an ambiguous sign."""
    factor: Decimal = _NO_FACTOR
    """What one of the spelled unit is in it: a cent is 0.01."""


class Sign(NamedTuple):
    """A currency that stands before a number."""

    code: str
    """ISO code, or an ambiguous sign."""
    start: int
    needs_scale: bool = False
    """Whether it is one only before a scale word or a grouped number: "R1.9 billion"."""
    negative: bool = False
    """Whether a minus stands behind it: "EUR −50"."""
    size: Decimal = _NO_FACTOR
    """What it counts in: MSEK millions."""
    bracketed: bool = False
    """Whether brackets are that minus: "$(12.4) million"."""


class CurrencyTable:
    """The spellings of currencies.toml."""

    def __init__(self) -> None:
        rows = load("currencies.toml")
        listed = rows.pop("codes")
        codes: list[str] = listed["active"]
        self.ambiguous: dict[str, dict[str, Any]] = rows.pop("ambiguous")
        self._before = dict(zip(codes, codes, strict=True))
        self._scaled: dict[str, str] = {code: code for code in listed["homographs"]}
        self._scaled |= {
            prefix: code for code, row in rows.items() for prefix in row.get("before_scaled", [])
        }
        glued_before = {sign: code for code, row in rows.items() for sign in row.get("before_glued", [])}
        self._scaled |= glued_before
        self._glued_before = frozenset(glued_before)
        exact = {code: Money(code) for code in codes}
        words: dict[str, Money] = {}
        glued: dict[str, Money] = {}
        per: dict[str, Money] = {}
        for code, row in [*rows.items(), *self.ambiguous.items()]:
            self._before |= dict.fromkeys(row.get("before", []), code)
            words |= dict.fromkeys(row.get("after", []), Money(code))
            words |= dict.fromkeys(row.get("hundredth", []), Money(code, Decimal("0.01")))
            words |= dict.fromkeys(row.get("tenth", []), Money(code, Decimal("0.1")))
            glued |= dict.fromkeys(row.get("glued_whole", []), Money(code))
            glued |= dict.fromkeys(row.get("glued_hundredth", []), Money(code, Decimal("0.01")))
            per |= dict.fromkeys(row.get("per", []), Money(code, Decimal("0.01")))
            per |= dict.fromkeys(row.get("per_whole", []), Money(code))
        millions = {f"M{code}": code for code in listed["in_millions"]}
        exact |= {name: Money(code, _MILLION) for name, code in millions.items()}
        self._sizes = dict.fromkeys(millions, _MILLION)
        """What the spellings before a number count in: MEUR, as reports head their columns, and Rs crore."""
        self._before |= millions
        for name, crores in listed["in_crores"].items():
            self._before |= dict.fromkeys(crores, name)
            self._sizes |= dict.fromkeys(crores, _CRORE)
        self._after, self._glued, self._per = Spellings(exact, words), Spellings(glued), Spellings(per)
        self._short = frozenset(spelling[0] for spelling in (*glued, *per))
        self._last = {Tokens(spelling).words[-1] for spelling in [*self._before, *self._scaled]}
        """The last tokens of what stands before a number, in lower case."""

    def before(self, tokens: Tokens, index: int, floor: int) -> Sign | None:
        """The currency that stands before token `index` and not before `floor`; a minus may be between."""
        if index > 1 and tokens.words[index - 1] in _MINUS and tokens.joined(index):
            sign = self.before(tokens, index - 1, floor)
            apart = sign is not None and not (tokens.joined(index - 1) and tokens.word(index - 2).isalpha())
            return sign._replace(negative=True) if sign is not None and apart else None
        if index > 1 and tokens.joined(index - 1) and _LOSS.match(tokens.text, tokens.starts[index - 1]):
            sign = self.before(tokens, index - 1, floor)
            return sign._replace(negative=True, bracketed=True) if sign else None
        if index == 0 or tokens.words[index - 1] not in self._last:
            return None
        text, end = tokens.text, tokens.starts[index]
        if end - tokens.ends[index - 1] > 1:
            return None
        found = None
        for at in range(index - 1, max(index - 1 - _LONGEST, -1), -1):
            start = tokens.starts[at]
            if start < floor:
                break
            spelling = text[start:end].rstrip(SPACE).replace("\u00a0", " ")
            if (code := self._before.get(spelling)) is not None:
                found = Sign(code, start, size=self._sizes.get(spelling, _NO_FACTOR))
            elif found is None and spelling in self._scaled and not tokens.joined(at):
                if spelling in self._glued_before and not tokens.joined(index):
                    continue
                found = Sign(self._scaled[spelling], start, needs_scale=True)
        return found

    def after(self, text: str, pos: int) -> tuple[Money, int] | None:
        """The currency that starts at `pos`, and where it ends; a letter is one beside digits or "/"."""
        if (found := self._after.match(text, pos)) is not None:
            return found
        if text[pos : pos + 1] not in self._short:
            return None
        if (found := self._per.match(text, pos)) is not None and _PER.match(text, found[1]):
            return found
        return self._glued.match(text, pos) if _PRICE.search(text, max(pos - _PRICE_DIGITS, 0), pos) else None


class Resolver:
    """Settles $ and ¥ once per document, on first need."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._settled: dict[str, tuple[str, bool]] = {}

    def __call__(self, code: str) -> tuple[str, bool]:
        """The ISO code, and whether it was assumed."""
        row = currency_table().ambiguous.get(code)
        if row is None:
            return code, False
        if code not in self._settled:
            own = row.get("own", {})
            named = [
                iso
                for iso, words in row["signs"].items()
                if self._has(words) and not self._has(own.get(iso, []))
            ]
            self._settled[code] = (named[0], False) if len(named) == 1 else (row["default"], True)
        return self._settled[code]

    def _has(self, words: list[str]) -> bool:
        """Whether the document has one of the words or signs, not as the end of another."""
        present = tuple(word for word in words if word in self._text)
        return bool(present) and _any(present).search(self._text) is not None


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(re.escape(word) for word in words)})")


@cache
def currency_table() -> CurrencyTable:
    """The currencies, loaded once."""
    return CurrencyTable()
