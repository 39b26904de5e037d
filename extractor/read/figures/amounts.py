"""Amounts: a number under its scale, and the unit behind it.

A single letter is a scale, a unit or a part of a name; "won", "second" and "x" are units or words. What
stands beside them says which.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.currencies import Resolver, currency_table
from extractor.read.figures.counts import counted, is_dimension
from extractor.read.figures.number_words import words
from extractor.read.figures.numbers import ONE, digits, initial, scaled
from extractor.read.figures.pounds import is_sterling
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE
from extractor.read.units import Unit, unit_table, units_below

if TYPE_CHECKING:
    from extractor.read.currencies import Sign
    from extractor.read.figures.numbers import Amount
    from extractor.read.tokens import Tokens

_WINS = re.compile(rf"[{SPACE}](?:the|a|an|its|two|three|by|over|in|on|contracts?|orders?|bids?)\b")
_NOT_AMPERES = re.compile(r"[ -]?(?:shares?|round|levels?|grade|rating|class|samples?|and B|[A-Z])")
_BARE_C = re.compile(r"C(?![\w-]| (?:rates?|charg|discharg))")
_COLD = re.compile(
    rf"(?:(?<![^\s(~])[-−]|\bminus[{SPACE}]|(?<![^\s(~])[-−]\d{{1,3}}[{SPACE}]?C?[{SPACE}](?:to|and)[{SPACE}]\+?)$"
)
_WARM = 20  # degrees from which "45 C" is no rate
_BESIDE = 12  # characters before degrees for the minus of the lower end
_NEAR = 4  # tokens before "1.1m" that say what there are millions of
_SENTENCE = 20  # tokens before "2 points" in which a share makes them percentage points
_WHOLE = 100  # percentage points that a share can move by at most
_MOST = Decimal("1e18")  # a longer numeral is a code
PER = re.compile(rf"[{SPACE}]?/[{SPACE}]?|[{SPACE}-]per[{SPACE}-]|[{SPACE}]an?[{SPACE}]")
"""What stands between an amount and what it is per."""
_INVERSE = re.compile(rf"[{SPACE}]([A-Za-z]+)[{SPACE}]?(?:[−–-]1|⁻¹)(?!\w)")
_HYPHENED = re.compile(r"-(m|bn)(?![^\W_])")
_PRICED = re.compile(r"([A-Za-z]+)(?![\w-])")
_PERIODS = frozenset({"h", "day", "month", "year"})
_FLOWING = frozenset({"power", "energy"})
_JOINTS = frozenset(f"{SPACE}-")
_TIMES = frozenset({"x", "×"})


class Measured(NamedTuple):
    """A unit behind a number, and where it ends."""

    unit: Unit
    end: int
    factor: Decimal = ONE
    """What one of the spelled unit is in `unit`: a cent is 0.01 USD."""
    assumed: bool = False


class Amounts:
    """Reads numbers and units in one text."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.text = tokens, tokens.text
        self._units, self._currencies = unit_table(), currency_table()
        self._resolve = Resolver(tokens.text)
        self._money: dict[str, Measured] = {}

    def number(self, index: int, floor: int) -> Amount | None:
        """The number that token `index` opens, in digits or words."""
        if not self.tokens.words[index].isdecimal():
            return words(self.tokens, index, floor)
        amount = digits(self.text, self.tokens.starts[index])
        return amount if amount is not None and amount.value < _MOST else None

    def money(self, code: str) -> Measured:
        """The currency of a code or an ambiguous sign."""
        measured = self._money.get(code)
        if measured is None:
            iso, assumed = self._resolve(code)
            measured = self._money[code] = Measured(Unit(iso, "money"), 0, assumed=assumed)
        return measured

    def sized(self, amount: Amount, *, money: bool) -> Amount:
        """The number under its scale words; a single letter is one only where its neighbours say so."""
        if amount.scale != 1:
            return amount
        amount = scaled(self.text, amount)
        if money and (hyphened := _HYPHENED.match(self.text, amount.end)) and amount.scale == 1:
            size = Decimal(1_000_000 if hyphened[1] == "m" else 1_000_000_000)
            return amount.times(size, hyphened.end())  # $882-m
        if amount.scale != 1 or (letter := initial(self.text, amount)) is None:
            return amount
        if money or self._is_measured(letter.end):
            return letter
        if self.text[letter.end - 1] == "m":
            sold = not vocabulary().counts.by_millions.isdisjoint(self.tokens.before(amount.start, _NEAR))
            return letter if sold or not is_dimension(self.text, letter.end) else amount
        has_decimals = not amount.plain and self.text[letter.end - 1] in "MB"
        return letter if has_decimals or counted(self.text, letter.end, worded=False) else amount

    def _is_measured(self, end: int) -> bool:
        """Whether a unit or currency follows: "5m tonnes", "20 M€", not "6 m x 2 m"; unspaced only a sign."""
        at = self.skip(end)
        money = self._currencies.after(self.text, at) is not None
        if at == end:
            return money and not self.text[end].isalnum()
        unit = self._units.match(self.text, at)
        return money or (unit is not None and unit[0].kind != "ratio")

    def skip(self, pos: int) -> int:
        """Over one space or hyphen."""
        return pos + (pos < len(self.text) and self.text[pos] in _JOINTS)

    def behind(self, amount: Amount, end: int) -> Measured | None:
        """The unit behind a number, money or other."""
        at = self.skip(end)
        money, unit = self._currencies.after(self.text, at), self._units.match(self.text, at)
        if money and (unit is None or money[1] >= unit[1]) and not self._is_victory(amount, at, money[1]):
            return self.money(money[0].code)._replace(end=money[1], factor=money[0].factor)
        if unit is None and _BARE_C.match(self.text, at) and self._is_warmth(amount, at):
            return Measured(Unit("°C", "temperature"), at + 1)
        if unit is None or self._is_word(amount, unit[0], at, unit[1]):
            return None
        if unit[0].symbol == "lb" and self.text[at] in "pP":
            sterling, assumed = is_sterling(self.tokens, amount, unit[1])
            if sterling:
                return Measured(Unit("GBP", "money"), unit[1], assumed=assumed)
        if self.text[at : at + 2].lower() == "mt" and unit[0].per and amount.value >= _WHOLE:
            return Measured(unit[0]._replace(symbol="t", pint="tonne"), unit[1])  # 25,000 mtpa
        return Measured(*unit)

    def _is_warmth(self, amount: Amount, at: int) -> bool:
        """Whether a bare C is of Celsius: below zero, or "45 C" above any rate of charging."""
        warm = at > amount.end and amount.plain and amount.value >= _WARM
        return warm or _COLD.search(self.text, max(amount.start - _BESIDE, 0), amount.start) is not None

    def _is_victory(self, amount: Amount, start: int, end: int) -> bool:
        """Whether "won" behind a small number wins something: "in 2024 won the bid", "the 3 won a prize"."""
        small = amount.scale == 1 and "," not in self.text[amount.start : amount.end]
        return self.text[start:end] == "won" and small and _WINS.match(self.text, end) is not None

    def _is_word(self, amount: Amount, unit: Unit, at: int, end: int) -> bool:
        """Whether a spelled unit is an ordinary word: "one day", "two second-life packs", "5 A shares"."""
        spelled, hyphened = self.text[at:end], self.text[at - 1] == "-"
        if unit.kind == "duration" and not hyphened:
            whole = amount.value == int(amount.value)
            return (amount.worded and amount.value == 1) or (
                spelled in {"second", "minute"} and amount.value != 1 and whole
            )
        if spelled in _TIMES:
            return at > amount.end or self.tokens.word(self.tokens.at(end)).isdecimal()
        if unit.symbol == "pp" and spelled.lower().startswith("point"):
            shares = vocabulary().changes.shares.intersection(self.tokens.before(amount.start, _SENTENCE))
            return not shares or amount.value >= _WHOLE
        if spelled == "A":
            return amount.scale != 1 or _NOT_AMPERES.match(self.text, end) is not None
        return False

    def priced_before(self, index: int, floor: int) -> tuple[Sign, Unit] | None:
        """The currency, with what it is per, that stands before token `index`: "CNY/t 65,000"."""
        tokens = self.tokens
        if tokens.word(index - 2) != "/" or not (tokens.joined(index - 1) and tokens.joined(index - 2)):
            return None
        sign = self._currencies.before(tokens, index - 2, floor)
        unit = self._units.match(self.text, tokens.starts[index - 1]) if sign else None
        if sign is None or unit is None or unit[1] != tokens.ends[index - 1]:
            return None
        return (sign, unit[0]) if self.text[unit[1] : tokens.starts[index]] in _JOINTS else None

    def denominator(self, unit: Unit, end: int) -> tuple[Unit, int] | None:
        """What an amount in that unit is per, and where it ends: "yuan/Wh", "$9,450 a tonne"; no period."""
        separator = PER.match(self.text, end)
        if separator is None:
            return self._inverse(end)
        money, sign, at = unit.kind == "money", separator[0].strip(SPACE + "-"), separator.end()
        if sign in {"a", "an"} and not money:
            return None
        found = self._units.match(self.text, at) or units_below().match(self.text, at)
        if found is not None and found[0].kind == "duration" and self._is_time(found[1]):
            return None
        if found is not None and found[0].symbol not in _PERIODS:
            # 200MW/800MWh is a pair of figures
            is_pair = sign == "/" and unit.kind in _FLOWING and found[0].kind in _FLOWING
            return None if is_pair else found
        noun = _PRICED.match(self.text, at) if money else None
        if noun is None or noun[1].lower() not in vocabulary().counts.priced:
            return None
        return Unit(noun[1].lower(), "count"), noun.end()

    def _inverse(self, end: int) -> tuple[Unit, int] | None:
        """What a unit to the power of minus one says that an amount is per: "150 Wh kg−1"."""
        inverse = _INVERSE.match(self.text, end)
        below = self._units.match(self.text, inverse.start(1)) if inverse else None
        return (below[0], inverse.end()) if inverse and below and below[1] == inverse.end(1) else None

    def _is_time(self, end: int) -> bool:
        """Whether a span that ends there is counted from some day: "114p a week before"."""
        return self.tokens.word(self.tokens.at(end)) in vocabulary().periods.not_before

    def restated_currency(self, figure_end: int, code: str, *, assumed: bool) -> tuple[str, int] | None:
        """A second name of the same money behind the number: "$5 million USD", "¥3 billion yuan"."""
        named = self._currencies.after(self.text, self.skip(figure_end))
        if named is None or self.text[figure_end : figure_end + 1] == "-":
            return None
        iso, unsure = self._resolve(named[0].code)
        return (iso, named[1]) if iso == code or (assumed and not unsure) else None
