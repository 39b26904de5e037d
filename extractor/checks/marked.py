"""Marked sentences: figures as ⟨0⟩, ⟨1⟩ … and times as ⟦0⟧ …, for patterns that say what ties figures.

>>> rise = template("from <base>~40 to <reached>")
>>> rise.search("grew from ⟨0⟩ in ⟦0⟧ to ⟨1⟩")["reached"]
'1'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.sentences import Sentence
    from schemas import Quantity, When

_EMPTY = re.compile(r"\s?[(（]\s*(?:or|about|around|approximately|equivalent to|equal to|i\.e\.,?)?\s*[)）]")
_PARTS = re.compile(r"<(\w+)>|\{([a-z_]+\.[a-z_]+)\}|(~{1,2})(\d+)")
_TIME = re.compile(r"⟦(\d+)⟧")


@cache
def template(words: str) -> re.Pattern[str]:
    """A pattern over marked sentences, in any case.

    `<a>` is a figure by the name of a, `{growth.up}` one of the words of that list, `~40` up to 40 characters
    that hold no figure and no semicolon, `~~40` the same without a word that begins another statement ("and",
    "while"); the rest is a regular expression.
    """

    def part(found: re.Match[str]) -> str:
        if found[1]:
            return rf"⟨(?P<{found[1]}>\d+)⟩"
        if found[2]:
            return pattern(found[2]).pattern
        barred = r"(?!(?<!\w)(?:and|but|while|whereas|whilst)(?!\w))" if len(found[3]) > 1 else ""
        return rf"(?:{barred}[^⟨⟩;]){{0,{found[4]}}}?"

    return re.compile(_PARTS.sub(part, words), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and its text with marks in the place of figures and times; restated amounts are left out."""

    sentence: Sentence
    text: str

    @classmethod
    def of(cls, sentence: Sentence) -> Marked:
        """The marked form of a sentence."""
        marks = [(f.start, f.end, "" if f.same_as else f"⟨{n}⟩") for n, f in enumerate(sentence.figures)]
        marks += [(t.start, t.end, f"⟦{n}⟧") for n, t in enumerate(sentence.times)]
        pieces, at = [], sentence.start
        for start, end, mark in sorted(marks):
            if start >= at:
                pieces += [sentence.text[at - sentence.start : start - sentence.start], mark]
                at = end
        text = "".join([*pieces, sentence.text[at - sentence.start :]])
        return cls(sentence, " ".join(_EMPTY.sub("", text).split()))

    def find(self, words: str, begin: int = 0) -> Iterator[tuple[re.Match[str], dict[str, Quantity]]]:
        """Matches of a template from an offset of the marked text on, with their figures by name."""
        for found in template(words).finditer(self.text, begin):
            yield (
                found,
                {
                    name: self.sentence.figures[int(number)]
                    for name, number in found.groupdict().items()
                    if number is not None
                },
            )

    def time_after(self, found: re.Match[str], name: str, reach: int = 30) -> When | None:
        """The time that follows a figure of a match with no other figure in between."""
        return self._time(self.text[found.end(name) + 1 : found.end(name) + 1 + reach].partition("⟨")[0], 0)

    def time_before(self, found: re.Match[str], name: str, reach: int = 30) -> When | None:
        """The last time before a figure of a match with no other figure in between."""
        before = self.text[max(0, found.start(name) - 1 - reach) : found.start(name) - 1]
        return self._time(before.rpartition("⟩")[2], -1)

    def _time(self, words: str, which: int) -> When | None:
        marks = _TIME.findall(words)
        return self.sentence.times[int(marks[which])] if marks else None
