"""Abbreviations: what "LGES" in "LG Energy Solution (LGES)" is short for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.runs import without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETED = re.compile(r"(?<=[\w.]) \([“\"]?(?:the )?[“\"]?([A-Z][A-Za-z&]{1,9})[”\"]?\)")
_WORD = re.compile(r"[^\W_]+")
_REACH = 90
"""Characters before the bracket in which the long form stands."""
_PARTICLES = frozenset({"of", "and", "for", "the", "in", "on", "to"})


class Abbreviation(NamedTuple):
    """A short form in brackets behind its long one."""

    start: int
    """Where the long form starts."""
    end: int
    """Where it ends."""
    short: str
    proper: bool
    """Whether the long form is a name: all its words but particles have capitals, or a legal form ends it."""


def abbreviations(text: str) -> Iterator[Abbreviation]:
    """The abbreviations that a text introduces, in order.

    >>> [(a.short, a.proper) for a in abbreviations("the European Investment Bank (EIB)")]
    [('EIB', True)]
    >>> [(a.short, a.proper) for a in abbreviations("a battery energy storage system (BESS) in Perth (ASX)")]
    [('BESS', False)]
    """
    for hit in _BRACKETED.finditer(text):
        short, end = hit[1], hit.start()
        if sum(c.isupper() for c in short) < 2:
            continue
        floor = max(0, end - _REACH, text.rfind("\n", 0, end) + 1)
        start = _long_form(text, floor, end, short)
        if start is not None:
            words = [word[0] for word in _WORD.finditer(text, start, end)]
            proper = all(word[0].isupper() or word in _PARTICLES for word in words)
            if not proper and words[0][0].isupper():
                proper = without_legal_form(text[start:end]) != text[start:end]
            yield Abbreviation(start, end, short, proper)


def _long_form(text: str, floor: int, end: int, short: str) -> int | None:
    """Where the long form starts: the letters of the short one occur in it in order, the first opens a word.

    The algorithm is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
    in biomedical text" (2003), with every letter at the start of a word or inside one with a letter found.
    """
    at = end
    letters = [c.lower() for c in short if c.isalpha()]
    for index in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= floor and not (
            text[at].lower() == letters[index] and (index > 0 or at == 0 or not text[at - 1].isalnum())
        ):
            at -= 1
        if at < floor:
            return None
    return at if len(_WORD.findall(text[at:end])) <= min(len(short) + 5, 2 * len(short)) else None
