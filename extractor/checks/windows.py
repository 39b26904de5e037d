"""Windows: the figures that one statement can tie together, with the words before, behind and between them.

A window is a sentence, or two neighbours. Its text has figures as ⟨0⟩, ⟨1⟩ … and times as ⟦0⟧ …, so that
words are not mistaken for parts of either; amounts that only restate another one are left out. Which figures
satisfy an identity, and which words say that they should, is for the checks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from extractor.checks.wording import computed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.checks.sentences import Sentence
    from schemas import Quantity, When

CROWD = 24
"""Figures of one sentence beyond which it is a table, whose figures no words tie together."""

PARTED = re.compile(
    r"(?<!\w)(?:and(?! (?:so|thus|therefore|hence|is|are|was|were|now|stood|reached)\b)"
    r"|but|while|whereas|whilst)(?!\w)|[;¶]"
)
"""What begins another statement."""
POINTING = re.compile(
    r"(?:that|this|it|which|these|those|they|an?"
    r"|the (?:rise|increase|growth|gain|jump|drop|decline|fall|rate))\b",
    re.IGNORECASE,
)
"""The first word of a sentence that speaks of what was said before."""

_EMPTY = re.compile(r"\s?[(（]\s*(?:or|about|around|approximately|equivalent to|equal to|i\.e\.,?)?\s*[)）]")
_FIGURE = re.compile(r"⟨(\d+)⟩")
_TIME = re.compile(r"⟦(\d+)⟧")
_EDGES = "⟨⟩¶"
_STOP = re.compile(r"[⟨¶,;]")


@dataclass(frozen=True)
class Window:
    """One sentence or two, with marks in the place of figures and times; "¶" stands between two."""

    sentences: tuple[Sentence, ...]
    text: str

    @classmethod
    @lru_cache(maxsize=128)  # several checks look at the same sentences, one check after the other
    def of(cls, *sentences: Sentence) -> Window:
        """The window of a sentence, or of two in text order."""
        numbers = [0, 0]
        texts = [_marked(sentence, numbers) for sentence in sentences]
        return cls(sentences, " ¶ ".join(" ".join(_without_empty(text).split()) for text in texts))

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures in text order, without restatements."""
        return tuple(figure for figure, _ in self._marked)

    @cached_property
    def _marked(self) -> Sequence[tuple[Quantity, tuple[int, int]]]:
        figures = [figure for sentence in self.sentences for figure in sentence.figures]
        return [(figures[int(mark[1])], mark.span()) for mark in _FIGURE.finditer(self.text)]

    @cached_property
    def _times(self) -> Sequence[When]:
        return [time for sentence in self.sentences for time in sentence.times]

    @cached_property
    def _marks(self) -> Mapping[str, tuple[int, int]]:
        return {figure.figure: span for figure, span in self._marked}

    @property
    def words(self) -> str:
        """The text as it stands, with its figures and times."""
        return " ".join(sentence.text for sentence in self.sentences)

    def before(self, figure: Quantity, reach: int = 80) -> str:
        """Words before a figure, back to the figure before it or the start of its sentence."""
        end = self._marks[figure.figure][0]
        begin = max(0, end - reach)
        return self.text[max([begin, *(self.text.rfind(edge, begin, end) + 1 for edge in _EDGES)]) : end]

    def after(self, figure: Quantity, reach: int = 80) -> str:
        """Words behind a figure, on to the next one or the end of its sentence."""
        begin = self._marks[figure.figure][1]
        words = self.text[begin : begin + reach]
        for edge in _EDGES:
            words = words.partition(edge)[0]
        return words

    def between(self, first: Quantity, second: Quantity) -> str:
        """All that stands between two figures, marks of others included."""
        (_, begin), (end, _) = self._marks[first.figure], self._marks[second.figure]
        return self.text[begin:end]

    def head(self, figure: Quantity) -> str:
        """All that stands before a figure, marks of others included."""
        return self.text[: self._marks[figure.figure][0]]

    def tail(self, figure: Quantity) -> str:
        """All that stands behind a figure, marks of others included."""
        return self.text[self._marks[figure.figure][1] :]

    def dated(self, figure: Quantity, reach: int = 30) -> When | None:
        """The time that an amount is of: the first behind it, before a comma, or else the last before it."""
        begin = self._marks[figure.figure][1]
        behind = _TIME.search(_STOP.split(self.text[begin : begin + reach], maxsplit=1)[0])
        before = _TIME.findall(self.before(figure, reach))
        number = behind[1] if behind else before[-1] if before else None
        return None if number is None else self._times[int(number)]

    def times(self, words: str) -> list[When]:
        """The times that stand in words of the window."""
        return [self._times[int(number)] for number in _TIME.findall(words)]


def as_percent(figure: Quantity) -> Quantity | None:
    """A percentage as it is, and a fraction in words ("a quarter") as about as many percent."""
    if figure.kind == "percent" and figure.unit == "%" and figure.value > 0:
        return figure
    if figure.kind != "number" or not 0 < figure.value < 1 or not figure.text[-1:].isalpha():
        return None
    value, bound = computed(figure.value * 100), "about" if figure.bound == "exact" else figure.bound
    percent = {"kind": "percent", "unit": "%", "value": value, "base_value": value, "bound": bound}
    return figure.model_copy(update=percent)


def _without_empty(text: str) -> str:
    """The text without brackets that hold nothing, now that a restatement has gone."""
    return _EMPTY.sub("", text) if "(" in text or "（" in text else text


def _marked(sentence: Sentence, numbers: list[int]) -> str:
    """The text of a sentence with its marks; `numbers` of figures and times go on from one to the next."""
    items: list[tuple[int, int, str]] = []
    kinds = {figure.figure: figure.kind for figure in sentence.figures}
    for figure in sentence.figures:
        restated = kinds.get(figure.same_as or "") == figure.kind
        items.append((figure.start, figure.end, "" if restated else f"⟨{numbers[0]}⟩"))
        numbers[0] += 1
    for time in sentence.times:
        items.append((time.start, time.end, f"⟦{numbers[1]}⟧"))
        numbers[1] += 1
    pieces, at = [], sentence.start
    for start, end, mark in sorted(items):
        if start >= at:
            pieces += [sentence.text[at - sentence.start : start - sentence.start], mark]
            at = end
    return "".join([*pieces, sentence.text[at - sentence.start :]])
