"""Counts: the nouns that a number counts, the times that something happens, and metres that are millions.

count := number noun-phrase, whose head is the first plural: "16 wet separator coating assembly lines"
       | number "-" singular: "a 50-person team"
       | number "of the" noun-phrase: "2 of the base film lines"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.figures.numbers import number_words
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE

if TYPE_CHECKING:
    from extractor.read.tokens import Tokens

_WORD = re.compile(
    rf"[{SPACE}]([^\W\d_][^\W_]*(?:(?:['’.–-]|(?<!s)/(?=[A-Z]|(?!(?:day|week|month|quarter|year|hour|unit)\b)[a-z]{{3,}}[{SPACE}][a-z]))"
    r"[^\W\d_][^\W_]*)*)"
)
_OF_THE = re.compile(
    rf"[{SPACE}]of(?:[{SPACE}](?:the|its|their|these|those|our)(?=[{SPACE}])|(?=[{SPACE}][^\W\d_]+['’]s[{SPACE}]))"
)
_SHORT_FORM = re.compile(rf"[{SPACE}]\([A-Z][A-Za-z]{{1,6}}\)(?=[{SPACE}][a-z])")
_HYPHENED = re.compile(r"-([a-z]+)(?![\w-])")
_ABBREVIATED = re.compile(r"[A-Z]{2,6}s")  # EVs, OEMs
_LONGEST = 12  # words from a number in digits to its noun
_LONGEST_WORDED = 5  # after a number in words
_SHORTEST = 4  # letters of a plural
_JOINTS = frozenset({"to", "-", "–"})
_EARLIEST, _LATEST = 1900, 2100  # years that a number before "to 2000 hires" may be
# behind an adverb that opens no clause of its own: "30 newly built stations"
_PARTICIPLE = re.compile(rf"(?<=ly)[{SPACE}](?:[a-z]{{2,}}(?:ed|able|ive|al|wn)|idle)(?=[{SPACE}])")
_NO_PLURALS = ("ss", "us", "is", "'s", "’s")


class Counted(NamedTuple):
    """What is counted, and where the noun phrase ends."""

    of: str
    end: int


def counted(text: str, end: int, *, worded: bool) -> Counted | None:
    """The noun phrase that starts behind a number; None where nothing is counted."""
    if hyphened := _HYPHENED.match(text, end):
        return _hyphened(text, hyphened)
    of_the = _OF_THE.match(text, end)
    pos = of_the.end() if of_the else end
    names: list[str] = []
    numbers = number_words().numbers
    while len(names) < (_LONGEST_WORDED if worded else _LONGEST) and (step := _WORD.match(text, pos)):
        word = step[1].lower()
        noun = word in vocabulary().counts.also_nouns and vocabulary().counts.plain.issuperset(names)
        if not noun and _ends_phrase(word) and not _PARTICIPLE.match(text, step.end()):
            return None
        if word in numbers or (word == "and" and not names):
            return None
        pos = step.end()
        names.append(step[1])
        if noun or is_plural(word) or _ABBREVIATED.fullmatch(step[1]):
            return Counted(" ".join(names[-2:]), pos)
        if len(names) == 1 and of_the is None and word == "of":
            return None
        if text.startswith("(", pos + 1) and (short := _SHORT_FORM.match(text, pos)) is not None:
            pos = short.end()  # two electric vehicle (EV) battery plants
    return None


def _hyphened(text: str, found: re.Match[str]) -> Counted | None:
    """A 50-person team; a 500-strong team counts what follows."""
    word, end = found[1], found.end()
    if word == "strong" and (group := _WORD.match(text, end)) is not None:
        return counted(text, end, worded=True) or Counted(group[1], group.end())
    return Counted(word, end) if word in vocabulary().counts.hyphened else None


def _ends_phrase(word: str) -> bool:
    v = vocabulary().counts
    adverb = word.endswith("ly") and word.rpartition("-")[2] not in v.ly_nouns
    return word in v.stop or word in v.verbs or adverb


def is_plural(word: str) -> bool:
    """Whether a word in lower case is a noun in the plural, as far as its form shows."""
    v = vocabulary().counts
    tail = word.rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    if tail in v.people or (tail.endswith("men") and tail not in v.singular):
        return True
    if not tail.endswith("s") or len(tail) < _SHORTEST or tail.endswith(_NO_PLURALS):
        return False
    return tail not in v.singular and tail not in v.verbs and not tail.endswith(("'s", "’s"))


def counts_after(tokens: Tokens, index: int) -> bool:
    """Whether four bare digits at token `index` count something: "hosted 2025 guests", not "2025 results"."""
    known, before, ahead = vocabulary().counts, tokens.word(index - 1), tokens.written(index + 1)
    if not ahead.islower() or tokens.joined(index + 1):
        return False
    counting = before in known.before_a_count or before.endswith("ed") or ends_span(tokens, index)
    return ahead in known.visitors or (counting and is_plural(ahead) and ahead not in known.of_a_year)


def ends_span(tokens: Tokens, index: int) -> bool:
    """Whether a number that is no year leads up to this one: "from 1000 to 2000 hires"."""
    first = tokens.word(index - 2)
    return tokens.word(index - 1) in _JOINTS and first.isdecimal() and not _EARLIEST <= int(first) <= _LATEST


def is_dimension(text: str, end: int) -> bool:
    """Whether what follows an "m" makes it a metre: "1.5m wide", "50m.", not "1.5m electric scooters"."""
    if _OF_THE.match(text, end) and counted(text, end, worded=False):
        return False  # 35m of its devices
    step = _WORD.match(text, end)
    return (
        step is None
        or step[1].lower() in vocabulary().counts.dimensions
        or counted(text, end, worded=False) is None
    )
