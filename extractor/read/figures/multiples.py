"""Multiples: "doubled", "threefold", "twice the size", and "three times" as how much or as how often.

multiple := "doubled" | "halved" | "tenfold" | ("to" | "will") "double" | "twice" ("the" | "as")
          | number "times" | "a factor of" number
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.read.figures.figure import COUNT, MULTIPLE, Figure
from extractor.read.figures.vocabulary import vocabulary

if TYPE_CHECKING:
    from extractor.read.tokens import Tokens

_TWICE = Decimal(2)
_NEAR = 4  # tokens before "three times" in which a verb says how much
_DIGITS = frozenset({"digit", "digits", "down"})  # double-digit growth, doubling down


def multiple(tokens: Tokens, index: int) -> Figure | None:
    """The multiple that is one word, token `index`; None where the word says something else."""
    known, word = vocabulary().multiples, tokens.words[index]
    start, end = tokens.starts[index], tokens.ends[index]
    if tokens.word(index + 1) == "-" and tokens.joined(index + 1):
        return None  # double-sided
    if word == "twice" and _is_periodic(tokens.word(index + 1), tokens.word(index + 2)):
        return Figure(start, end, _TWICE, COUNT, start, worded=True, of="times")
    if word not in known.words and not (word in known.bare and _is_meant(tokens, index)):
        return None
    value, change = known.words.get(word) or known.bare[word]
    return Figure(start, end, value, MULTIPLE, start, change=change, worded=True)


def _is_meant(tokens: Tokens, index: int) -> bool:
    """Whether "double" is a verb or stands before what it is double of; in "a double blow" it is neither."""
    known, after = vocabulary().multiples, tokens.word(index + 1)
    if after in known.determiners:
        return True
    verb = tokens.words[index] != "twice" and tokens.word(index - 1) in known.verb_signs
    return verb and after not in _DIGITS


def _is_periodic(article: str, unit: str) -> bool:
    """Whether two words say per which period: "a year", "every week"."""
    known = vocabulary().periods
    return article in known.articles and (unit in known.units or unit == "week")


def is_factor(tokens: Tokens, figure: Figure) -> bool:
    """Whether a bare number is a multiple: "by a factor of ten"."""
    return figure.unit.kind == "number" and tokens.before(figure.start, 2) == ["of", "factor"]


def is_frequency(tokens: Tokens, figure: Figure) -> bool:
    """Whether "three times" says how often: "three times a day", not "1.5 times the plan"."""
    if figure.unit.symbol != MULTIPLE.symbol or figure.value != int(figure.value):
        return False
    if not tokens.text.startswith("times", figure.end - len("times")):
        return False
    ahead, beyond = [*tokens.after(figure.end, 2), "", ""][:2]
    if _is_periodic(ahead, beyond):
        return True
    closed = figure.worded and not ahead[:1].isalpha()
    before = {*tokens.before(figure.start, _NEAR)}
    if before & vocabulary().multiples.counted_before:
        return True  # charged 10,000 times
    changes = "by" in before or bool(before & vocabulary().changes.directions.keys())
    return not changes and (closed or ahead in vocabulary().multiples.counted_after)
