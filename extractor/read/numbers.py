"""Numbers: digits with separators, number words and scale words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractor.read.units import load

SPACE = " \u00a0\u202f\u2009"

_DIGITS = re.compile(
    r"""
      (?P<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d]))            # 1,234.5
    | (?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d))         # 1,20,000
    | (?P<spaced>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?(?![\d,.]*\d))  # 12 000
    | (?P<european>\d{1,3}(?:\.\d{3})+,\d+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d))  # 1.234,5 and 1.234.567
    | (?P<comma>\d+,\d{1,2}(?![\d,]))                                # 1,5
    | (?P<plain>\d+(?:\.\d+)?)                                      # 1234.5
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: its value with scale words folded in, and where it ends."""

    value: Decimal
    end: int
    plain: bool = True
    """Whether it is digits alone, without scale, sign or separator, as a year is."""
    scale: Decimal = Decimal(1)
    about: bool = False
    """Whether the words make it vague: "several hundred"."""

    def scaled(self, scale: Decimal, end: int) -> Amount:
        """The same number under a scale word that stands later in the text."""
        return Amount(self.value * scale, end, plain=False, scale=scale, about=self.about)


@cache
def _words() -> tuple[
    dict[str, Decimal], dict[str, Decimal], dict[str, Decimal], re.Pattern[str], re.Pattern[str]
]:
    data = load("words.toml")
    scales = {word: Decimal(value) for word, value in data["scale"].items()}
    letters = {word: Decimal(value) for word, value in data["scale_letters"].items()}
    numbers = {word: Decimal(value) for word, value in data["number_words"].items()}
    ordered = sorted([*scales], key=len, reverse=True)
    scale = re.compile(rf"[{SPACE}-]?(?i:({'|'.join(ordered)}))(?![^\W\d_])")
    ordered = sorted([*letters], key=len, reverse=True)
    letter = re.compile(rf"[{SPACE}]?({'|'.join(ordered)})(?![^\W_])")
    return scales, letters, numbers, scale, letter


def digits(text: str, pos: int) -> Amount | None:
    """digits := "1,234.5" | "1,20,000" | "12 000" | "1.234,5" | "1,5" | "1234.5"."""
    found = _DIGITS.match(text, pos)
    if found is None:
        return None
    raw = found[0]
    if found["european"]:
        raw = raw.replace(".", "").replace(",", ".")
    elif found["comma"]:
        raw = raw.replace(",", ".")
    elif found["spaced"]:
        raw = re.sub(rf"[{SPACE}]", "", raw).replace(",", ".")
    else:
        raw = raw.replace(",", "")
    return Amount(Decimal(raw), found.end(), plain=found["plain"] is not None and "." not in raw)


def scale(text: str, amount: Amount) -> Amount:
    """scale := ("hundred" | "thousand" | "million" | "crore" | "万" …)+, applied to the amount before it."""
    scales, _, _, pattern, _ = _words()
    while found := pattern.match(text, amount.end):
        size = scales[found[1].lower()]
        amount = Amount(
            amount.value * size, found.end(), plain=False, scale=amount.scale * size, about=amount.about
        )
    return amount


def scale_letter(text: str, amount: Amount) -> Amount | None:
    """letter := "bn" | "m" | "k" …; None where there is none. Whether it is a scale is for the caller to say."""
    found = _words()[4].match(text, amount.end)
    return amount.scaled(_words()[1][found[1]], found.end()) if found else None


@cache
def word_pattern() -> re.Pattern[str]:
    """Where a number in words can start."""
    numbers = sorted(_words()[2], key=len, reverse=True)
    return re.compile(
        rf"(?<![^\W_])(?<!-)(?i:(?P<vague>(?:several|(?:a[ ])?few|a[ ]couple[ ]of|tens[ ]of|dozens[ ]of|hundreds[ ]of|"
        rf"thousands[ ]of)(?=[ -](?:hundred|thousand|million|billion|trillion)))|"
        rf"(?P<a>an?)(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|half)\b)|(?P<number>{'|'.join(numbers)}))"
        rf"(?![^\W_])"
    )


_VAGUE = {"several": 3, "few": 3, "couple": 2, "tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000}
_NEXT = re.compile(rf"(?:[{SPACE}-]and[{SPACE}-]|[{SPACE}-]a[{SPACE}]|[{SPACE}-])(?i:([a-z]+))(?![^\W_])")
_POINT = re.compile(rf"[{SPACE}]point((?:[{SPACE}](?:zero|one|two|three|four|five|six|seven|eight|nine))+)\b")
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def words(text: str, found: re.Match[str]) -> Amount:
    """words := "two" | "twenty-five" | "a hundred and twenty" | "half a million" | "one and a half" | "several hundred"."""
    scales, _, numbers, pattern, _ = _words()
    if found["vague"]:
        value = Decimal(next(size for word, size in _VAGUE.items() if word in found[0].lower()))
        return scale(text, Amount(value, found.end(), plain=False, about=True))
    end = found.end()
    if found["a"]:
        total, current = Decimal(0), Decimal(1)
    else:
        total, current = Decimal(0), numbers[found["number"].lower()]
    if found["number"] and found["number"].lower() == "half":
        article = re.compile(rf"[{SPACE}]an?(?=[{SPACE}])").match(text, end)
        return scale(text, Amount(current, article.end() if article else end, plain=False))
    if point := _POINT.match(text, end):
        current += Decimal("0." + "".join(str(_UNITS.index(w)) for w in point[1].lower().split()))
        end = point.end()
    while step := _NEXT.match(text, end):
        word = step[1].lower()
        joined = text[end : step.start(1)].strip(SPACE)
        if word in scales and joined != "and":
            if scales[word] >= 1000:  # noqa: PLR2004  a thousand closes the group before it
                total, current = total + (current or 1) * scales[word], Decimal(0)
            else:
                current *= scales[word]
        elif word == "half" and "a" in joined.split():
            current += numbers[word]
        elif word == "dozen" and current == 1 and found["a"]:
            current = numbers[word]
        elif (
            word in numbers
            and word not in {"half", "dozen"}
            and _composes(current, total, numbers[word], joined)
        ):
            current += numbers[word]
        else:
            break
        end = step.end()
    return Amount(total + current, end, plain=False)


def _composes(current: Decimal, total: Decimal, part: Decimal, joined: str) -> bool:
    """Whether "twenty" + "five" or "hundred and" + "twenty" is one number; "two and three" is not."""
    tens = current % 100 >= 20 and current % 10 == 0 and part < 10 and joined in {"", "-"}  # noqa: PLR2004
    hundreds = current >= 100 and current % 100 == 0 and part < 100  # noqa: PLR2004
    return tens or hundreds or (current == 0 and total > 0)
