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
        return comma == "," and ahead in known.after and _is_person(tokens, figure.start)
    if before[:1] and before[0] in _JOINTS and before[1:2] and before[1].isdecimal():
        before = before[2:]  # aged 60 to 75
    words = (word for word in before if word not in known.between)
    return next(words, "") in known.before


def _is_person(tokens: Tokens, pos: int) -> bool:
    """Whether two capitalised words and a comma stand right before a place."""
    index = tokens.at(pos)
    return index > 2 and all(tokens.written(index - back)[:1].isupper() for back in (2, 3))  # noqa: PLR2004
