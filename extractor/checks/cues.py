"""Cues: patterns of words that are only searched for where a text has the words.

Most sentences hold none of the words that a check goes by, and to look through a set is far quicker than to
try a long pattern at every character.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.folding import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MARKS = "⟨⟦"
"""What opens a mark in the place of a figure, of a time; so many of them count as a word of the text."""

_WORD = re.compile(r"\w+")


class Cues:
    """A pattern, and for each of its necessary parts the words of which a text must have one to match it."""

    def __init__(self, regex: re.Pattern[str], needs: Iterable[Collection[str]]) -> None:
        self.pattern = regex.pattern
        self._regex = regex
        self._needs = tuple(map(frozenset, needs))

    @classmethod
    def of(cls, phrases: Collection[str]) -> Cues:
        """Any of the phrases as whole words, in any case."""
        longest_first = sorted(phrases, key=len, reverse=True)
        regex = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
        return cls(regex, [needed(phrases)])

    def may_match(self, text: str) -> bool:
        """Whether a text has the words; where it has not, there is no match in it."""
        words = _words(text)
        if words is not None:
            for need in self._needs:
                if need.isdisjoint(words):
                    return False
        return True

    def search(self, text: str, begin: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between two offsets."""
        if not self.may_match(text[begin:end]):
            return None
        return self._regex.search(text, begin, len(text) if end is None else end)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of a text."""
        return self._regex.match(text)

    def finditer(self, text: str, begin: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All matches between two offsets."""
        if not self.may_match(text[begin:end]):
            return iter(())
        return self._regex.finditer(text, begin, len(text) if end is None else end)

    def overlapping(self, text: str, begin: int = 0) -> Iterator[re.Match[str]]:
        """A match from each offset on at which one begins."""
        found = self._regex.search(text, begin)
        while found:
            yield found
            found = self._regex.search(text, found.start() + 1)


def needed(phrases: Iterable[str]) -> set[str]:
    """Of each phrase the longest word: a text with the phrase as whole words has it."""
    return {max(_WORD.findall(phrase.lower()), key=len) for phrase in phrases}


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str] | None:
    """The words of a text in lower case, and as many marks as it has; None where case is no help."""
    plain = folded(text)
    if plain is None:
        return None
    words = _WORD.findall(plain)
    if not text.isascii():
        words += [mark * number for mark in MARKS for number in range(1, text.count(mark) + 1)]
    return frozenset(words)
