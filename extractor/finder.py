"""Finder: a regular expression that is tried only where a match can be.

To look for pieces of text is far quicker than to try a long pattern at every character, and most texts have
none of its words. What its matches can begin with, or else pieces of which every match holds one, is worked
out from the pattern.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from re import _constants as op  # type: ignore[attr-defined]  # the parts of a parsed pattern have no other names
from re import _parser  # type: ignore[attr-defined]  # and nothing else parses one
from typing import TYPE_CHECKING, Any

from extractor.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WIDTHLESS = (op.AT, op.ASSERT, op.ASSERT_NOT)
_TELLING = 2  # letters that a match has to begin with, for its beginning to be looked for


class Finder:
    """A regular expression that finds what `re.Pattern` finds, sooner where there is nothing to find."""

    def __init__(self, source: str) -> None:
        self._given = source

    @cached_property
    def source(self) -> str:
        """The regular expression."""
        return self._given

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        """What a match can begin with, in lower case; nothing where that is too little to go by."""
        found = _beginning(_parser.parse(self.source)) or frozenset()
        if min(map(len, found), default=0) < _TELLING:
            return ()
        return tuple(b for b in sorted(found) if not any(map(b.startswith, found - {b})))

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        """Pieces, in lower case, of which every match holds one; nothing where there are none."""
        found = _needed(_parser.parse(self.source)) or frozenset()
        least = [piece for piece in found if not any(other in piece for other in found - {piece})]
        return tuple(sorted(least, key=lambda piece: (len(piece), piece)))

    def may_be_in(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether a match may lie in a part of a text; sure where it says no."""
        plain = folded(text)
        if plain is None or not self._needles:
            return True
        return any(map(plain[start:end].__contains__, self._needles))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        plain = folded(text) if self._beginnings else None
        if plain is None:
            return self._regex.search(text, start, end) if self.may_be_in(text, start, end) else None
        for at in self._places(plain, start, end):
            if found := self._regex.match(text, at, end):
                return found
        return None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        plain = folded(text) if self._beginnings else None
        if plain is None:
            yield from self._regex.finditer(text, start, end) if self.may_be_in(text, start, end) else ()
            return
        done = start
        for at in self._places(plain, start, end):
            if at >= done and (found := self._regex.match(text, at, end)):
                yield found
                done = found.end()

    def _places(self, plain: str, start: int, end: int) -> list[int]:
        """Where a match can begin in a text in lower case, in order."""
        places: list[int] = []
        part = plain[start:end]
        for beginning in [each for each in self._beginnings if each in part]:
            at = part.find(beginning)
            while at >= 0:
                places.append(at + start)
                at = part.find(beginning, at + 1)
        return sorted(places)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._regex.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self._regex.fullmatch(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        """As `re.Pattern.sub`."""
        return self._regex.sub(replacement, text) if self.may_be_in(text) else text


def _beginning(parsed: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """What the matches of a parsed pattern begin with, in lower case; None where that may be anything."""
    run = ""
    for at, (kind, value) in enumerate(parsed):
        letter = _letter(kind, value)
        if letter:
            run += letter
            continue
        if run:
            break
        if kind in _WIDTHLESS:
            continue
        if kind in _REPEATS:
            skipped = [parsed[at + 1 :]] if value[0] == 0 else []
            return _any_of(map(_beginning, [value[2], *skipped]))
        if kind is op.BRANCH:
            return _any_of(map(_beginning, value[1]))
        return _beginning(value[-1]) if kind is op.SUBPATTERN else None
    return frozenset({run}) if run else None


def _needed(parsed: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """Pieces, in lower case, of which each match of a parsed pattern holds one; None where there are none."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in [*parsed, (None, None)]:
        letter = _letter(kind, value)
        if letter:
            run += letter
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        inner: frozenset[str] | None = None
        if kind is op.SUBPATTERN:
            inner = _needed(value[-1])
        elif kind in _REPEATS and value[0] > 0:
            inner = _needed(value[2])
        elif kind is op.BRANCH:
            inner = _any_of(map(_needed, value[1]))
        if inner:
            found.append(inner)
    return max(found, key=lambda pieces: (min(map(len, pieces)), -len(pieces)), default=None)


def _any_of(each: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The pieces of all branches of a pattern; None where one of them has none."""
    found: set[str] = set()
    for pieces in each:
        if pieces is None:
            return None
        found |= pieces
    return frozenset(found)


def _letter(kind: Any, value: Any) -> str:  # noqa: ANN401  as the parser has them
    """The one character, in lower case, that a part of a pattern stands for; empty where it has more."""
    codes = [value] if kind is op.LITERAL else []
    if kind is op.IN and all(each is op.LITERAL for each, _ in value):
        codes = [code for _, code in value]
    letters = {chr(code).lower() for code in codes}
    letter = letters.pop() if len(letters) == 1 else ""
    # in any case, a letter beyond ASCII may match others than its own two
    return letter if letter.isascii() or letter == letter.upper() else ""
