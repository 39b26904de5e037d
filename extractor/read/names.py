"""Names: numerals that are no figures but parts of codes, names, addresses and lists (dismissals.toml).

A numeral is looked at from its place: the word before it, what it opens, the letters that it is glued to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.currencies import currency_table
from extractor.read.figures.counts import counted
from extractor.read.figures.numbers import number_words
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.units import load, unit_table

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure
    from extractor.read.tokens import Tokens

_SIGNS_BETWEEN = frozenset("-.:#)+：–")
_FEW = 20  # numbers that a name may hold before a noun
_FAR = 3  # signs between a word and its numeral: "No. (5"
_LONGEST = 200  # characters of a name or a line that are looked through
_RATIO_UNITS = frozenset({"x", "×", "h", "s"})
_LINE_START = re.compile(r"[ \t\u00a0●•▪◦·*(（-]{0,8}")
_GLUED = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])|[\w]{0,60}(?:[.-]\d[\w]{0,20}){0,3})")
# what a hyphen may join to a number that stays one: "sub-5 nm", "pre-2030"
_PREFIXES = frozenset(
    {
        "near",
        "nearly",
        "almost",
        "minus",
        "sub",
        "pre",
        "post",
        "non",
        "ex",
        "to",
        "over",
        "under",
        "up",
        "mid",
        "and",
        "or",
    }
    | {"approx", "ca", "c"}
)


_LETTERS = re.compile(r"[^\W\d_]+")
_CLOSES = frozenset({",", ".", ";", ")", "and", "\n"})
_QUOTES = frozenset({'"', "“", "•", ":"})
_CODE_LENGTH = 7  # bare digits without a unit from which they are a code
_MODEL = 4  # letters of an abbreviation that counts nothing: "EQS 450 sedans"
# letters glued behind a number: 51job, 811-HV, 3-phase; "2x50MW" is two numbers
_TAIL = re.compile(r"(?![x×]\d)[^\W_][\w-]{0,60}|-[A-Z][\w-]{1,60}|-[a-z][a-z-]{1,40}(?=[^\w])")


class Name(NamedTuple):
    """A passage with a numeral that is no figure."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    form: re.Pattern[str]
    measured: bool
    comma: bool = False
    """Whether a comma may stand between the word and the numeral."""
    line: bool = False


class _Rules:
    """dismissals.toml, by the word before and by what the numeral opens."""

    def __init__(self) -> None:
        data = load("dismissals.toml")
        self.exact: dict[str, list[_Rule]] = {}
        self.any_case: dict[str, list[_Rule]] = {}
        self.abbreviations: set[str] = set()
        self.verbs, self.quantifiers, self.no_products = (
            frozenset(data["product"][name]) for name in ("verbs", "quantifiers", "no_products")
        )
        for row in data["before"]:
            measured, comma = row.get("measured", False), row.get("comma", False)
            rule = _Rule(row["reason"], re.compile(row["form"]), measured, comma)
            table = self.any_case if row.get("any_case") else self.exact
            plurals = [f"{word}s" for word in row["words"]] if row.get("worded") else []
            for word in [*row["words"], *plurals]:
                if word.endswith("."):
                    self.abbreviations.add(word.lower().rstrip("."))
                table.setdefault(word.rstrip(".- ").split()[-1] if word.strip(". ") else word, []).append(
                    rule
                )
        self.opened = [
            _Rule(
                row["reason"],
                re.compile(row["pattern"], re.MULTILINE),
                row.get("measured", False),
                line=row.get("where") == "line",
            )
            for row in data["at"]
        ]
        # one look for all of them first: nearly every numeral opens no name
        self.any_opened = re.compile("|".join(f"(?:{row['pattern']})" for row in data["at"]), re.MULTILINE)
        self.after = frozenset(word.lower().rpartition("/")[2] for word in [*self.exact, *self.any_case])
        """The last tokens of the words before a name."""
        self.near = self.after | _SIGNS_BETWEEN | {","}
        """What may stand right before its numeral."""
        worded = [word for row in data["before"] if row.get("worded") for word in row["words"]]
        self.worded = frozenset([*worded, *(f"{word}s" for word in worded)])


@cache
def _rules() -> _Rules:
    return _Rules()


def after_word(tokens: Tokens, index: int, floor: int) -> Name | None:
    """The name whose first word says what the numeral behind it is: "Phase 2", "ISO 14001"."""
    rules, at = _rules(), index - 1
    if at < 0 or tokens.words[at] not in rules.near:
        return None
    comma = tokens.words[at] == ","
    at -= comma
    while at >= 0 and index - at <= _FAR and tokens.words[at] in _SIGNS_BETWEEN:
        at -= 1
    if at < 0 or tokens.words[at] not in rules.after or tokens.starts[at] < floor:
        return None
    start, pos = tokens.starts[at], tokens.starts[index]
    if pos - tokens.ends[index - 1] > 1:
        return None
    written = tokens.written(at)
    if tokens.word(at + 1) == "." and written.lower() not in rules.abbreviations:
        return None  # a sentence ends before the numeral
    if _is_slashed(tokens, at) and tokens.starts[at - 2] >= floor:
        at -= 2
        start, written = tokens.starts[at], f"{tokens.written(at)}/{written}"  # GB/T
    candidates = rules.exact.get(written, []) + rules.any_case.get(written.lower(), [])
    return _first(tokens, [rule for rule in candidates if rule.comma or not comma], pos, start)


def _is_slashed(tokens: Tokens, index: int) -> bool:
    """Whether a slash joins the token to the one before: GB/T."""
    return tokens.word(index - 1) == "/" and tokens.joined(index) and tokens.joined(index - 1)


def opened(tokens: Tokens, index: int, floor: int) -> Name | None:
    """The name that a numeral opens, or the web address that holds it: "24/7", "18650", "5th", "(2)"."""
    pos, rules = tokens.starts[index], _rules()
    if (address := tokens.address(pos)) is not None and address[0] >= floor:
        return Name(*address, "address on the web")
    if rules.any_opened.match(tokens.text, pos) is None:
        return None
    if tokens.joined(index) and tokens.words[index - 1][0].isalpha():
        return None
    plus = pos > floor and tokens.text[pos - 1] == "+"  # of a phone number
    return _first(tokens, rules.opened, pos, pos - plus)


def _first(tokens: Tokens, rules: list[_Rule], pos: int, start: int) -> Name | None:
    text = tokens.text
    for rule in rules:
        found = rule.form.match(text, pos)
        if found is None or found.end() == pos or (rule.line and not _opens_line(text, pos)):
            continue
        if rule.measured or not (_is_measured(text, found.end()) or _counts(text, start, pos, found.end())):
            return Name(start, found.end(), rule.reason)
    return None


def _counts(text: str, start: int, pos: int, end: int) -> bool:
    """Whether a larger numeral counts what follows: "at the plant 600 jobs", but not "Unit 3 workers"."""
    if not text[start].islower() or not text[pos:end].isdecimal() or int(text[pos:end]) < _FEW:
        return False
    return counted(text, end, worded=True) is not None


def _opens_line(text: str, pos: int) -> bool:
    start = text.rfind("\n", max(pos - _LONGEST, 0), pos) + 1
    return bool(_LINE_START.fullmatch(text, start, pos)) if start or pos <= _LONGEST else False


def _is_measured(text: str, end: int) -> bool:
    """Whether a unit, a scale or a currency follows, so that the numeral is an amount: "line 3 km"."""
    at = end + (text[end : end + 1] in {" ", "-", "\u00a0"} and end < len(text))
    unit = unit_table().match(text, at)
    if unit is not None and not (
        unit[0].symbol in _RATIO_UNITS or (at > end and unit[1] == at + 1 and text[at].isalpha())
    ):
        return True
    if currency_table().after(text, at) is not None and text[at : at + 3] != "won":
        return True
    following = _LETTERS.match(text, at)
    known = number_words()
    return following is not None and (following[0].lower() in known.scales or following[0] in known.letters)


def glued(tokens: Tokens, index: int, floor: int) -> Name | None:
    """The name whose letters stand right before a numeral: NCM811, LiFePO4, MC-1, No.5, PM2.5."""
    if not tokens.joined(index) or tokens.starts[index - 1] < floor:
        return None
    text, pos, before = tokens.text, tokens.starts[index], tokens.words[index - 1]
    if before in {"-", "–", "_", "."}:
        letters = index > 1 and tokens.joined(index - 1) and tokens.words[index - 2]
        if (
            not letters
            or not letters[0].isalpha()
            or letters in _PREFIXES
            or tokens.starts[index - 2] < floor
        ):
            return None
        if before == "." and tokens.ends[index - 1] < pos:
            return None
    elif not before[0].isalpha() or (
        before in {"x", "×"} and index > 1 and tokens.words[index - 2].isdecimal()
    ):
        return None
    start = index - 1
    while start > 0 and tokens.joined(start) and pos - tokens.starts[start - 1] < _LONGEST // 4:
        word = tokens.words[start - 1]
        if tokens.starts[start - 1] < floor or not (word[0].isalnum() or word in "-_"):
            break
        start -= 1
    tail = _GLUED.match(text, pos)
    return Name(tokens.starts[start], tail.end() if tail else tokens.ends[index], "name")


def is_worded_name(tokens: Tokens, index: int) -> bool:
    """Whether a number in words is no number: "Phase two", "China Three Gorges"."""
    before = tokens.word(index - 1)
    return before in _rules().worded or _is_proper(tokens, index)


def _is_proper(tokens: Tokens, index: int) -> bool:
    """Whether a number in words is part of a proper name: China Three Gorges, the Five-Year Plan."""
    if not tokens.written(index)[0].isupper() or tokens.titled(tokens.starts[index]):
        return False
    ahead = index + 1 + (tokens.word(index + 1) == "-")
    if not tokens.written(ahead)[:1].isupper() or tokens.words[ahead] in number_words().scales:
        return False
    if index and tokens.words[index - 1] != ":" and not tokens.ends_sentence(index - 1):
        return True
    if unit_table().match(tokens.text, tokens.starts[ahead]):
        return False
    noun = counted(tokens.text, tokens.ends[index], worded=True)
    # "Three Gorges", but not "Three South Korean companies"
    return noun is None or noun.of.split()[-1][0].isupper()


def turned_out(tokens: Tokens, index: int, figure: Figure, floor: int) -> Name | None:
    """The name that a bare number turns out to be: letters are glued to it, or a product stands before it."""
    if figure.unit.kind not in {"number", "count"}:
        return None
    if figure.unit.kind == "number" and figure.start == figure.first:
        if (tail := _TAIL.match(tokens.text, figure.end)) is not None:
            return Name(figure.start, tail.end(), "name")
        if figure.plain and len(tokens.words[index]) >= _CODE_LENGTH:
            return Name(figure.start, figure.end, "code")
    version = tokens.text[figure.first : figure.end].endswith(".0")
    if figure.bound != "exact" or not (figure.plain or version) or not _is_product(tokens, index, floor):
        return None
    before = tokens.written(index - 1)
    if figure.unit.kind == "count" and (
        not before.isupper() or before in _rules().no_products or not 1 < len(before) <= _MODEL
    ):
        return None
    end = figure.end if figure.unit.kind == "number" else tokens.ends[index]  # SC 6.0
    return Name(tokens.starts[index - 1], end, "name")


def _is_product(tokens: Tokens, index: int, floor: int) -> bool:
    """Whether the word before bare digits makes a product of them: "EQS 450", "PowerTitan 2.0"."""
    if index == 0 or tokens.starts[index - 1] < floor or tokens.starts[index] - tokens.ends[index - 1] != 1:
        return False
    if not tokens.written(index - 1)[:1].isupper() or tokens.titled(tokens.starts[index]):
        return False
    if index > 1 and not tokens.ends_sentence(index - 2) and tokens.words[index - 2] not in _QUOTES:
        return True
    # capitals at the start of a sentence show nothing; a verb behind a bare number does
    known, rules, word = vocabulary(), _rules(), tokens.words[index - 1]
    common = word in known.counts.stop or word in known.bounds.last_words or word in rules.quantifiers
    return tokens.word(index + 1) in rules.verbs and not common


def is_gapped(tokens: Tokens, index: int) -> bool:
    """Whether a name before a bare number is a subject without its verb: "Spain took 12 GWh, Italy 9"."""
    at = index - 1
    while at > 0 and tokens.written(at)[:1].isupper() and index - at <= _FAR:
        at -= 1
    listed = tokens.word(at) in {",", "and", "while", "but"}
    return listed and (tokens.word(index + 1) in _CLOSES or index + 1 == len(tokens.words))
