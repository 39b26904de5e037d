"""Ages: bare numbers that are years of somebody's life.

age := ("aged" | "age of" …) number (("to" | "and" | "-") number)? | name "," number "," ("who" | "was" …)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.figures.vocabulary import vocabulary
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure
    from extractor.read.tokens import Tokens
    from extractor.read.units import Unit

_OLDEST = 120  # years
_GROWN = 16  # years from which a name between commas is a person's: "Germany, 12, has most"
_NEAR = 4  # tokens before the number: "the age of around 65"
_JOINTS = frozenset({"to", "and", "-", "–"})


def age(tokens: Tokens, figure: Figure) -> Unit | None:
    """Years, where a bare number is an age: "aged 52", "the age of 65", "Jane Smith, 45, was appointed"."""
    if figure.unit.kind != "number" or figure.scale != 1 or not 0 < figure.value <= _OLDEST:
        return None
    if not _is_age(tokens, figure):
        return None
    years = unit_table().match("years", 0)
    return years[0] if years else None


def _is_age(tokens: Tokens, figure: Figure) -> bool:
    known = vocabulary().ages
    before = tokens.before(figure.start, _NEAR)
    if before[:1] == [","]:
        comma, ahead = [*tokens.after(figure.end, 2), "", ""][:2]
        stated = figure.value >= _GROWN and comma == "," and ahead in known.after
        return stated and _is_person(tokens, figure.start)
    if before[:1] and before[0] in _JOINTS and before[1:2] and before[1].isdecimal():
        before = before[2:]  # aged 60 to 75
    words = (word for word in before if word not in known.between)
    return next(words, "") in known.before


def _is_person(tokens: Tokens, pos: int) -> bool:
    """Whether a name and a comma stand right before a place: two capitals, or one that opens a sentence."""
    last = tokens.at(pos) - 2
    if not tokens.written(last)[:1].isupper():
        return False
    return last == 0 or tokens.written(last - 1)[:1].isupper() or tokens.ends_sentence(last - 1)
