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

from extractor.checks.cues import MARKS, Cues, needed
from extractor.checks.vocabulary import pattern, phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.checks.sentences import Sentence
    from schemas import Quantity, When

_EMPTY = re.compile(r"\s?[(（]\s*(?:or|about|around|approximately|equivalent to|equal to|i\.e\.,?)?\s*[)）]")
_PARTS = re.compile(r"<(\w+)>|\{([a-z_]+\.[a-z_]+)\}|(~{1,2})(\d+)|@(\w+)")
# of a template: a group that is a choice of lists, any other group, a list or such a choice, a word
_CHOICE = re.compile(r"\(\?:(\{[a-z_.]+\}(?:\|\{[a-z_.]+\})*)\)(?![?*{])")
_GROUP = re.compile(r"(?<!\\)\((?:[^()\\]|\\.)*(?<!\\)\)[?*]?|\[[^\]]*\]")
_LISTS = re.compile(r"\{([a-z_]+\.[a-z_.|]+)\}(?!\?)")
_LITERAL = re.compile(r"\\b([a-z]+) (?!\?)")
_FIGURE = re.compile(r"⟨(\d+)⟩")
_TIME = re.compile(r"⟦(\d+)⟧")


@cache
def template(words: str) -> Cues:
    """A pattern over marked sentences, in any case.

    `<a>` is a figure and `@a` a time by the name of a, `{growth.up}` a word of that list. `~40` stands for up
    to 40 characters that hold no figure and no semicolon, `~~40` the same without a word that begins another
    statement ("and", "while"); the rest is a regular expression.
    """

    def part(found: re.Match[str]) -> str:
        if found[1]:
            return rf"⟨(?P<{found[1]}>\d+)⟩"
        if found[5]:
            return rf"⟦(?P<{found[5]}>\d+)⟧"
        if found[2]:
            return pattern(found[2]).pattern
        barred = r"(?!(?<!\w)(?:and|but|while|whereas|whilst)(?!\w))" if len(found[3]) > 1 else ""
        return rf"(?:{barred}[^⟨⟩;]){{0,{found[4]}}}?"

    return Cues(re.compile(_PARTS.sub(part, words), re.IGNORECASE), _needs(words))


def _needs(words: str) -> Iterator[set[str]]:
    """What a marked sentence must have for a template: so many figures and times, and words of its lists."""
    always = _CHOICE.sub(lambda choice: choice[1].replace("}|{", "|"), words)
    while always != (always := _GROUP.sub("", always)):
        pass
    if "|" in _LISTS.sub("", always):
        return
    for mark, slot in zip(MARKS, (r"<\w+>", r"@\w+"), strict=True):
        if slots := re.findall(slot, always):
            yield {mark * len(slots)}
    for lists in _LISTS.finditer(always):
        yield {word for key in lists[1].split("|") for word in needed(phrases(key))}
    yield from ({found[1]} for found in _LITERAL.finditer(always))


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and its text with marks in the place of figures and times; restated amounts are left out."""

    sentence: Sentence
    text: str

    @classmethod
    def of(cls, sentence: Sentence) -> Marked:
        """The marked form of a sentence."""
        kinds = {figure.figure: figure.kind for figure in sentence.figures}
        marks = [
            (f.start, f.end, "" if kinds.get(f.same_as or "") == f.kind else f"⟨{n}⟩")
            for n, f in enumerate(sentence.figures)
        ]
        marks += [(t.start, t.end, f"⟦{n}⟧") for n, t in enumerate(sentence.times)]
        pieces, at = [], sentence.start
        for start, end, mark in sorted(marks):
            if start >= at:
                pieces += [sentence.text[at - sentence.start : start - sentence.start], mark]
                at = end
        text = "".join([*pieces, sentence.text[at - sentence.start :]])
        return cls(sentence, " ".join(_EMPTY.sub("", text).split()))

    def find(self, words: str, begin: int = 0) -> Iterator[tuple[re.Match[str], dict[str, Quantity]]]:
        """Matches of a template from an offset on, with their figures by name; they may overlap."""
        cues = template(words)
        if not cues.may_match(self.text):
            return iter(())
        return ((found, self._figures(found)) for found in cues.overlapping(self.text, begin))

    def _figures(self, found: re.Match[str]) -> dict[str, Quantity]:
        return {
            name: self.sentence.figures[int(number)]
            for name, number in found.groupdict().items()
            if number is not None and self.text[found.start(name) - 1] == "⟨"
        }

    def time(self, found: re.Match[str], name: str) -> When:
        """A time of a match."""
        return self.sentence.times[int(found[name])]

    def only(self, keep: Callable[[Quantity], bool]) -> Marked:
        """The same with no marks but those of the figures to keep."""
        figures = self.sentence.figures
        return Marked(
            self.sentence,
            _FIGURE.sub(lambda mark: mark[0] if keep(figures[int(mark[1])]) else "…", self.text),
        )

    def times_after(self, found: re.Match[str], name: str, reach: int = 30) -> list[When]:
        """The times that follow a figure of a match, before another figure or a comma."""
        begin = found.end(name) + 1
        return self._times(re.split("[⟨,]", self.text[begin : begin + reach], maxsplit=1)[0])

    def times_before(self, found: re.Match[str], name: str, reach: int = 30) -> list[When]:
        """The times before a figure of a match, behind any other figure."""
        end = found.start(name) - 1
        return self._times(self.text[max(0, end - reach) : end].rpartition("⟩")[2])

    def _times(self, words: str) -> list[When]:
        return [self.sentence.times[int(number)] for number in _TIME.findall(words)]
