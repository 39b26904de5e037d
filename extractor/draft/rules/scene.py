"""Scene: a reading laid out for the rules: sentences with their figures, times and names, each found once."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.draft.rules.names import Name, Names

if TYPE_CHECKING:
    from extractor.layout import Section
    from extractor.ledger import Reading
    from schemas import Quantity, When

_LABELLED = re.compile(r"[^:.]{2,40}:\s{2,}\S|[^:.]{2,40}:\s.*\d")
_DATELINE = re.compile(
    r"^(?:(?i:updated|published|released?(?: time| date)?|posted|date|source|author|editor|views?)\b.{0,6}[:|•\d]|By [A-Z][\w.]+(?: [A-Z][\w.]+){0,3}\b.{0,4}[,|•])"
)


@dataclass(slots=True, eq=False)
class Line:
    """A sentence with what stands in it."""

    start: int
    end: int
    text: str
    section: int
    paragraph: int
    headline: bool
    figures: list[Quantity] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    @property
    def companies(self) -> list[Name]:
        """The companies named, in order."""
        return [name for name in self.names if name.sort == "company"]


class Scene:
    """The text, its names, and its lines: headings first in their section, then its sentences."""

    def __init__(self, reading: Reading) -> None:
        self.text = text = reading.document.text
        self.ledger = reading.ledger
        self.published = reading.document.published
        self.lines: list[Line] = []
        self.headings: list[Line | None] = []
        for number, section in enumerate(reading.sections):
            self._section(number, section)
        headlines = [(line.start, line.end) for line in self.lines if line.headline]
        skipped = [(f.start, f.end) for f in self.ledger.figures] + [
            (t.start, t.end) for t in self.ledger.times
        ]
        skipped += [(d.start, d.end) for d in self.ledger.dismissed if d.reason not in {"name", "date"}]
        skipped += [(line.start, line.end) for line in reading.furniture]
        self.names = Names(text, headlines, skipped)
        figures, times = list(self.ledger.figures), list(self.ledger.times)
        figure_starts, time_starts = [f.start for f in figures], [t.start for t in times]
        for line in self.lines:
            line.figures = figures[
                bisect_left(figure_starts, line.start) : bisect_left(figure_starts, line.end)
            ]
            line.times = times[bisect_left(time_starts, line.start) : bisect_left(time_starts, line.end)]
            line.names = self.names.within(line.start, line.end)

    def _section(self, number: int, section: Section) -> None:
        heading = None
        if section.heading is not None:
            start, end = section.heading
            heading = Line(start, end, self.text[start:end], number, -1, headline=True)
            self.lines.append(heading)
        self.headings.append(heading)
        for sentence in section.sentences:
            words = self.text[sentence.start : sentence.end]
            if _DATELINE.match(words) and len(words) < 120:
                continue
            self.lines.append(
                Line(
                    sentence.start,
                    sentence.end,
                    words,
                    number,
                    sentence.paragraph,
                    headline=_is_headline(words),
                )
            )

    def gap_before(self, figure: Quantity, line: Line) -> str:
        """The words between the figure before it, or the start of the sentence, and a figure."""
        index = line.figures.index(figure)
        return self.text[line.figures[index - 1].end if index else line.start : figure.start]

    def gap_after(self, figure: Quantity, line: Line) -> str:
        """The words between a figure and the next one, or the end of the sentence."""
        index = line.figures.index(figure)
        rest = [f for f in line.figures[index + 1 :] if f.same_as != figure.figure]
        return self.text[figure.end : rest[0].start if rest else line.end]

    def time_of(self, figure: Quantity, line: Line) -> When | None:
        """The time that a figure of a sentence is of: the first behind it in its clause, else the last before it."""
        index = line.figures.index(figure)
        follower = line.figures[index + 1] if index + 1 < len(line.figures) else None
        behind = [
            t for t in line.times if t.start >= figure.end and (follower is None or t.start < follower.start)
        ]
        if behind:
            between = self.text[figure.end : behind[0].start]
            if len(between) < 90 and not re.search(
                r"[;:]|, (?:while|and|but|with)\b|\bfrom\b.*\bin\b", between
            ):
                return behind[0]
        before = [t for t in line.times if t.end <= figure.start]
        if before:
            return before[-1]
        rest = [t for t in line.times if t.start >= figure.end]
        return rest[0] if rest else None


def _is_headline(words: str) -> bool:
    """Whether a line is a title: no full stop, most words capitalised."""
    tokens = [t for t in words.split() if t[0].isalpha()]
    if not tokens or _LABELLED.match(words) or words[-1] in '.!?。”"' or len(words) > 220:
        return False
    return sum(t[0].isupper() for t in tokens) / len(tokens) > 0.5 or len(tokens) < 16
