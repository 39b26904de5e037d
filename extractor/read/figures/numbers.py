"""Numbers in digits, with separators, fractions and scale words.

number := digits scale*
digits := "1,234.5" | "1,20,000" | "12 000" | "1.234,5" | "1,5" | "1234.5" | ".5" | "10^6" | "1/4" | "2½"
        | "2 and a half"
scale  := "hundred" | "thousand" | "million" | "bn" | "crore" | "万" …
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.tokens import SPACE
from extractor.read.units import load, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE = Decimal(1)
STATED = 10
"""Digits that are kept of a fraction without an end."""

_DIGITS = re.compile(
    rf"""
      (?P<power>(?:(?P<times>\d+(?:\.\d+)?)[{SPACE}]?[×x*][{SPACE}]?)?
               10(?:\^(?P<up>[-−]?\d{{1,2}})|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})|(?(times)(?P<down>−\d{{1,2}})(?!\d)|(?!))))
    | (?P<grouped>\d{{1,3}}(?:,\d{{3}}){{1,9}}(?:\.\d+)?(?!\d))                        # 1,234.5
    | (?P<indian>\d{{1,2}}(?:,\d{{2}}){{1,9}},\d{{3}}(?:\.\d+)?(?!\d))                 # 1,20,000
    | (?P<spaced>\d{{1,3}}(?:[{SPACE}]\d{{3}}){{1,9}}(?:[.,]\d+)?(?![,.]?\d|Ah))    # 12 000; 48 280Ah are two
    | (?P<swiss>\d{{1,3}}(?:['’]\d{{3}}){{1,9}}(?:\.\d+)?(?!\d))                       # 12'000
    | (?P<european>\d{{1,3}}(?:\.\d{{3}}){{1,9}},\d+(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,9}}(?!\d))   # 1.234,5
    | (?P<mixed>(?:(?P<whole>\d{{1,3}})(?:[{SPACE}-]|(?=[½¼¾⅓⅔⅕⅛⅜⅝⅞])))?
               (?:(?P<over>\d{{1,2}})[/⁄](?P<under>\d{{1,3}})(?![/.,]?\d)|(?P<sign>[½¼¾⅓⅔⅕⅛⅜⅝⅞])))
    | (?P<comma>\d+,\d{{1,2}}(?![\d,]))                                          # 1,5
    | (?P<plain>\d+(?:\.\d+)?)                                                   # 1234.5
    """,
    re.VERBOSE,
)
# the commonest form by far: digits with a unit, a word or a stop behind them, but no "x" and no "and a half"
_BARE = re.compile(rf"(?P<plain>\d+(?:\.\d+)?)(?=[{SPACE}]?[%b-wyzA-Z]|[.,;:)](?!\d))")
_POINT_BEFORE = re.compile(r"(?:^|[\s(])\.$")
_WHOLE = re.compile(r"\d+")
_SEPARATORS = re.compile(rf"[,'’{SPACE}]")
_SIGNS = {
    "½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_SPLIT = re.compile(rf"\.[{SPACE}](\d{{1,4}})(?=[/%])")
_AND_A_HALF = re.compile(rf"[{SPACE}-]and[{SPACE}-](?:a|one)[{SPACE}-](half|third|quarter)(?![^\W_])")
_CHINESE = "万亿"
_MOST = Decimal("1e18")  # scale that scale words may add up to
_LARGEST = 10  # denominator that any fraction may have
_USUAL = frozenset({12, 16, 20, 32, 50, 64, 100, 1000})  # and what one may stand over


class Amount(NamedTuple):
    """A number as written: its value with scale words folded in, and where it stands."""

    value: Decimal
    start: int
    end: int
    plain: bool = False
    """Whether it is bare digits, without scale, sign or separator, as a year is."""
    scale: Decimal = ONE
    about: bool = False
    """Whether the words make it vague: "several hundred"."""
    worded: bool = False
    """Whether it begins with a word."""
    fraction: bool = False
    """Whether it is a part of a whole: "two-thirds"."""

    def times(self, scale: Decimal, end: int) -> Amount:
        """The same number under a scale word that ends at `end`."""
        return self._replace(value=self.value * scale, end=end, plain=False, scale=self.scale * scale)


class NumberWords:
    """The number words of words.toml."""

    def __init__(self) -> None:
        data = load("words.toml")
        self.scales = _sizes(data["scale"])
        self.letters = _sizes(data["scale_letters"])
        self.initials = _sizes(data["scale_initials"])
        spelled, letters = "|".join(self.scales), "|".join(self.letters)
        self.scale = re.compile(
            rf"[{SPACE}-]?(?=[{_firsts(self.scales)}{_firsts(self.letters)}])"
            rf"((?i:{spelled})(?![^\W\d_])|(?:{letters})(?![^\W_])|[{_CHINESE}])"
        )
        """A scale word behind a number; the look at its first letter saves going through them all."""
        initials = sorted(self.initials, key=len, reverse=True)
        self.initial = re.compile(rf"[{SPACE}]?({'|'.join(initials)})(?![^\W_])")
        self.numbers = _sizes(data["number_words"])
        self.dozens = _sizes(data["dozens"])
        self.vague = _sizes(data["vague"])
        self.denominators: dict[str, int] = data["denominators"]
        self.before_part, self.before_half, self.after_half, self.no_part_after = (
            frozenset(data["parts"][name]) for name in ("before", "before_half", "after_half", "not_after")
        )
        words = {*self.numbers, *self.scales, *self.dozens, *self.vague, *self.denominators}
        self.openers = words - {*_CHINESE, "wan", "yi"}
        """Every word that a number can open with, but for its article."""


def _firsts(words: Iterable[str]) -> str:
    """The letters that words in any case begin with."""
    return "".join(sorted({first for word in words for first in (word[0].lower(), word[0].upper())}))


def _sizes(rows: dict[str, str]) -> dict[str, Decimal]:
    return {word: Decimal(size) for word, size in rows.items()}


@cache
def number_words() -> NumberWords:
    """The number words, loaded once."""
    return NumberWords()


def digits(text: str, pos: int) -> Amount | None:
    """The number in digits at `pos`, without its scale words; None where none stands there."""
    found = _BARE.match(text, pos) or _DIGITS.match(text, pos)
    if found is None:
        return None
    if found[0] == "0" and (split := _SPLIT.match(text, found.end())):
        return Amount(Decimal(f"0.{split[1]}"), pos, split.end())  # 0. 473/Wh
    plain = found.lastgroup == "plain" and "." not in found[0]
    if plain and pos and text[pos - 1] == "." and _POINT_BEFORE.search(text, max(pos - 2, 0), pos):
        return Amount(Decimal(f"0.{found[0]}"), pos - 1, found.end())  # ".5 percent"
    value = _value(found)
    if value is None:  # "24/25" is no fraction: its first number stands alone
        whole = _WHOLE.match(text, pos)
        return Amount(Decimal(whole[0]), pos, whole.end(), plain=True) if whole else None
    if half := _AND_A_HALF.match(text, found.end()):
        part = tidy(ONE / number_words().denominators[half[1]], STATED)
        return Amount(value + part, pos, half.end())
    fraction = found.lastgroup == "mixed" and found["whole"] is None
    return Amount(value, pos, found.end(), plain, fraction=fraction)


def _value(found: re.Match[str]) -> Decimal | None:
    """What the digits say; None for two numbers with a slash that are no fraction."""
    raw, form = found[0], found.lastgroup
    if form == "plain":
        return Decimal(raw)
    if form == "european":
        return Decimal(raw.replace(".", "").replace(",", "."))
    if form == "comma":
        return Decimal(raw.replace(",", "."))
    if form == "spaced":
        return Decimal(re.sub(rf"[{SPACE}]", "", raw).replace(",", "."))
    if form == "power":
        exponent = int((found["up"] or found["raised"] or found["down"]).translate(_RAISED))
        return Decimal(found["times"] or 1).scaleb(exponent)
    return _mixed(found) if form == "mixed" else Decimal(_SEPARATORS.sub("", raw))


def _mixed(found: re.Match[str]) -> Decimal | None:
    """1/4, ½, 2 1/2 and 2½; None for two numbers that are no fraction in lowest terms."""
    over, under = _SIGNS[found["sign"]] if found["sign"] else (int(found["over"]), int(found["under"]))
    usual = under <= _LARGEST or (over == 1 and under in _USUAL)
    if not (0 < over < under and gcd(over, under) == 1 and usual):
        return None
    return int(found["whole"] or 0) + tidy(Decimal(over) / under, STATED)


def scaled(text: str, amount: Amount) -> Amount:
    """The number under the scale words behind it: "5.2 billion", "1.97 lakh crore", "3.5亿"."""
    known = number_words()
    while found := known.scale.match(text, amount.end):
        word = found[1]
        size = known.letters.get(word)
        if size is not None and text[found.start()] == "-":  # "5bn" but not "5-bn"
            break
        size = known.scales.get(word.lower()) if size is None else size
        if size is None or amount.scale * size > _MOST:
            break
        amount = amount.times(size, found.end())
    return amount


def initial(text: str, amount: Amount) -> Amount | None:
    """The number under a single letter that may be a scale, as in "5m"; whether it is, its neighbours say."""
    known = number_words()
    found = known.initial.match(text, amount.end)
    return amount.times(known.initials[found[1]], found.end()) if found else None
