"""Sentences of a text, headings included, each with the figures and times that stand in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.layout import Section
    from schemas import Quantity, When


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence or heading of the text: `text` is the slice from `start` to `end`."""

    start: int
    end: int
    paragraph: int
    """Number of the paragraph; a heading has a negative one of its own."""
    text: str
    figures: tuple[Quantity, ...]
    times: tuple[When, ...]

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.paragraph < 0

    @cached_property
    def bare(self) -> str:
        """The sentence without its figures and times, whose words ("second half", "May") say nothing else."""
        spans = sorted((item.start, item.end) for items in (self.figures, self.times) for item in items)
        kept, at = [], self.start
        for start, end in spans:
            kept.append(self.text[max(0, at - self.start) : max(0, start - self.start)])
            at = max(at, end)
        return " ".join([*kept, self.text[max(0, at - self.start) :]])


def sentences(
    text: str, sections: Sequence[Section], figures: Sequence[Quantity], times: Sequence[When]
) -> Iterator[Sentence]:
    """The sentences and headings of a text, in order. Figures and times come in text order too."""
    spans: list[tuple[int, int, int]] = []
    for number, section in enumerate(sections, 1):
        if section.heading:
            spans.append((*section.heading, -number))
        spans += [(sentence.start, sentence.end, sentence.paragraph) for sentence in section.sentences]
    figure_starts = [figure.start for figure in figures]
    time_starts = [time.start for time in times]
    for start, end, paragraph in sorted(spans):
        yield Sentence(
            start,
            end,
            paragraph,
            text[start:end],
            tuple(figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]),
            tuple(times[bisect_left(time_starts, start) : bisect_left(time_starts, end)]),
        )
