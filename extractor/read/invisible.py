"""Invisible characters: what pages put where a line may break, and what else nobody sees.

A text is read without them, and what was found is given the places and words that it has in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from schemas import Dismissed, Quantity, When

Passage = TypeVar("Passage", "Dismissed", "Quantity", "When")

# soft hyphen, zero-width space, non-joiner and joiner, word joiner, byte order mark
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")


class Visible:
    """What is seen of a text."""

    __slots__ = ("_borders", "_hidden", "_whole", "text")

    def __init__(self, whole: str) -> None:
        self.text = self._whole = whole
        self._borders: list[int] = []
        """Where in what is seen something is hidden …"""
        self._hidden = [0]
        """… and how many characters up to there, before the first of them and from each one on."""
        if whole.isascii():
            return
        for run in _INVISIBLE.finditer(whole):
            self._borders.append(run.start() - self._hidden[-1])
            self._hidden.append(self._hidden[-1] + run.end() - run.start())
        if self._borders:
            self.text = _INVISIBLE.sub("", whole)

    def placed(self, found: list[Passage]) -> list[Passage]:
        """What was found in what is seen, as it stands in the whole text."""
        return [self._placed(passage) for passage in found] if self._borders else found

    def _placed(self, passage: Passage) -> Passage:
        start, end = self._at(passage.start), self._at(passage.end - 1) + 1
        return passage.model_copy(update={"start": start, "end": end, "text": self._whole[start:end]})

    def _at(self, place: int) -> int:
        return place + self._hidden[bisect_right(self._borders, place)]
