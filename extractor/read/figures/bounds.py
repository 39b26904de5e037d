"""Bounds: the words that limit a figure, before it and behind it.

bound       := ("over" | "up to" | "approximately" | "≥" …){1,2} figure
bound-after := figure ("or more" | "at most" | "or so" | "+")
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure
    from extractor.read.tokens import Tokens
    from schemas.quantity import Bound

# "scaled up to 5 GWh" is no limit
_UP = re.compile(r"(?:scal|ramp|step|speed|add|mov|go|gear|mount)(?:\w*)$|^(?:buil[dt]|rose|went)$")
_SPACES = frozenset(SPACE)
_SIGNS = frozenset("=~～≈∼≃≥>＞⩾≧≤<＜⩽≦")
_FOLLOWED = re.compile(rf"[{SPACE}]?\d|[{SPACE}](?:and|of)[{SPACE}]?\d")
_GLUES = frozenset("+-")
_LAYERS = 2  # "up to about 5 GWh"


def bound_after(text: str, figure: Figure) -> None:
    """Take in "or more" behind a figure."""
    if figure.bound not in {"exact", "about"} or bound_glued(text, figure):
        return
    after, at = vocabulary().bounds.after, figure.end
    found = after.match(text, at)
    if found is None and text[at : at + 1] in _SPACES:
        found = after.match(text, at + 1)
    if found is None or _counts_on(text, found[1]):
        return
    figure.limit(found[0])
    figure.end = found[1]


def bound_glued(text: str, figure: Figure) -> bool:
    """Take in a "+" or "-plus" glued behind a figure; whether there is one."""
    at = figure.end
    if text[at : at + 1] not in _GLUES:
        return False
    for sign, bound in vocabulary().bounds.glued.items():
        end = at + len(sign)
        goes_on = str.isalnum if sign[-1].isalpha() else str.isdigit
        if text.startswith(sign, at) and not goes_on(text[end : end + 1]):
            figure.end = end
            figure.limit(bound)
            return True
    return False


def _counts_on(text: str, end: int) -> bool:
    """Whether a number or a unit follows, so that the words bind that one: "5 GWh at most 3 MW"."""
    return _FOLLOWED.match(text, end) is not None


def bound_before(tokens: Tokens, figure: Figure, floor: int) -> None:
    """Take in the bound words before a figure, two layers at most."""
    for _ in range(_LAYERS):
        found = _words_before(tokens, figure, floor)
        if found is None:
            return
        bound, figure.start = found
        if figure.bound == "exact" or (figure.bound == "about" and bound != "about"):
            figure.limit(bound)


def _words_before(tokens: Tokens, figure: Figure, floor: int) -> tuple[Bound, int] | None:
    v = vocabulary().bounds
    index = tokens.at(figure.start)
    last = tokens.words[index - 1] if index else ""
    longest = v.last_words.get(last)
    if longest is None or tokens.starts[index - 1] < floor:
        return None
    if tokens.ends[index - 1] == figure.start and last not in _SIGNS and last != ".":
        return None  # a bound word stands apart from its number
    text, end = tokens.text, tokens.ends[index - 1]
    for at in range(max(index - longest, 0), index):
        start = tokens.starts[at]
        if start < floor or (tokens.joined(at) and text[start - 1] in "-'’"):
            continue
        phrase = text[start:end].lower()
        if not phrase.isascii():
            phrase = phrase.replace("\u00a0", " ")
        bound = v.before.get(phrase)
        if bound is not None and _binds(tokens, figure, phrase, at):
            return bound, start
    return None


def _binds(tokens: Tokens, figure: Figure, phrase: str, at: int) -> bool:
    """Whether the words limit the figure; "over three years" and "spread over 30 mu" say when and where."""
    v, before = vocabulary().bounds, tokens.word(at - 1)
    if phrase == "up to":
        return not _UP.search(before)
    if phrase == "over" and figure.unit.kind == "duration":
        return before in v.over_a_span
    if phrase == "under" and figure.unit.kind in {"duration", "number"}:
        return "-" not in tokens.text[figure.first : figure.end + 1]  # under 10-year contracts
    if phrase in {"over", "under", "within", "around", "about"}:
        return before not in v.spread
    return True
