"""Windows: the parts of a text that is too long to be asked about at once, cut where it parts by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from extractor.draft.mark import escape, mark, within
from extractor.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.layout import Section
    from extractor.ledger import Reading

SMALLEST = 1_000
"""Characters of a marked text that is not halved: where a model fails at it, its length is not the reason."""
DEEPEST = 3
"""How often a window is halved; a model that goes on for ever does so about each part of a text too."""

_SPACES = re.compile(r"\s+")
_LONGEST_SUBJECT = 300
"""Characters of a heading or first sentence that are carried over."""
# how far from its aim a cut may be, in parts of the way to the nearer end: of section, paragraph, sentence
_FOR_WINDOWS = (0.5, 1.0, 1.0)
_FOR_HALVES = (0.5, 0.75, 0.75)


@dataclass(frozen=True, slots=True)
class Window:
    """The text from `start` to `end`, which cut no figure or time in two."""

    start: int
    end: int
    depth: int = 0
    """How often it was halved."""


def windows(reading: Reading, size: int) -> list[Window]:
    """Cut a text into windows that are, once marked, at most `size` characters long; one where it fits.

    They follow one another without a gap. A cut is at the beginning of a section or paragraph; within one
    that is longer, at that of a sentence; within a sentence that is longer, at a space, or anywhere where it
    has none. Only a figure or time is never cut, whatever its length.
    """
    borders = _Borders(reading)
    found: list[Window] = []
    open_ = [Window(0, len(reading.document.text))]
    while open_:
        window = open_.pop()
        parts = ceil(len(mark(reading, window.start, window.end).text) / size)
        aim = window.start + (window.end - window.start) * (parts // 2) // max(parts, 1)
        at = borders.nearest(window, aim, _FOR_WINDOWS) if parts > 1 else None
        if at is None:
            found.append(window)
        else:
            open_ += [Window(at, window.end), Window(window.start, at)]
    return found


def is_divisible(reading: Reading, window: Window) -> bool:
    """Whether a window is one to be halved where it is too much for a model."""
    return window.depth < DEEPEST and len(mark(reading, window.start, window.end).text) >= SMALLEST


def halves(reading: Reading, window: Window) -> list[Window]:
    """The two windows that one becomes which is too much for a model; none where it is to stay whole."""
    if not is_divisible(reading, window):
        return []
    at = _Borders(reading).nearest(window, (window.start + window.end) // 2, _FOR_HALVES)
    if at is None:
        return []
    return [Window(*ends, window.depth + 1) for ends in pairwise((window.start, at, window.end))]


def part(reading: Reading, window: Window) -> Reading:
    """A reading whose figures and times are those of a window, under the ids that they have in the document.

    Its text is the whole one: a name may stand anywhere in it.
    """
    if (window.start, window.end) == (0, len(reading.document.text)):
        return reading
    ledger, ends = reading.ledger, (window.start, window.end)
    inside = Ledger(figures=tuple(within(ledger.figures, *ends)), times=tuple(within(ledger.times, *ends)))
    return replace(reading, ledger=inside)


def subject(reading: Reading, window: Window) -> str:
    """What a window is about, as far as it is said before it, without marks; empty for the first one.

    The opening of the document, and where the window starts within a section, its heading and first sentence.
    """
    if not window.start or not reading.sections:
        return ""
    text, told = reading.document.text, reading.sections
    at = bisect_right(told, window.start, key=lambda section: _start(text, section)) - 1
    passages = [_opening(told[0])]
    if at >= 0 and _start(text, section := told[at]) < window.start:
        first = [(sentence.start, sentence.end) for sentence in section.sentences[:1]]
        passages += [*([section.heading] if section.heading else []), *first]
    before = dict.fromkeys(passage for passage in passages if passage[1] <= window.start)
    return "\n".join(escape(_shortened(text[start:end])) for start, end in before)


class _Borders:
    """Where a text may be cut: places by how good they are, and passages in which no place is."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._reading = reading

    def nearest(self, window: Window, aim: int, reach: Sequence[float]) -> int | None:
        """The best place to cut a window, near where it is aimed at; None where it can be nowhere."""
        way = min(aim - window.start, window.end - aim)
        for places, part_of_way in zip(self._places, reach, strict=True):
            inside = places[bisect_right(places, window.start) : bisect_left(places, window.end)]
            inside = [place for place in inside if self._is_open(place)]
            place = min(inside, key=lambda place: abs(place - aim), default=None)
            if place is not None and (part_of_way == 1 or abs(place - aim) <= part_of_way * way):
                return place
        spaces = (found.end() for found in _SPACES.finditer(self._text, window.start, window.end))
        fitting = (place for place in spaces if window.start < place < window.end and self._is_open(place))
        place = min(fitting, key=lambda place: abs(place - aim), default=None)
        return self._anywhere(window, aim) if place is None else place

    def _anywhere(self, window: Window, aim: int) -> int | None:
        start, end = self._closed_around(aim) or (aim, aim)
        return next((place for place in (start, end) if window.start < place < window.end), None)

    def _is_open(self, place: int) -> bool:
        return self._closed_around(place) is None

    def _closed_around(self, place: int) -> tuple[int, int] | None:
        """The figures and times, one over the other, inside which a place is."""
        at = bisect_left(self._closed, place, key=lambda ends: ends[0]) - 1
        return self._closed[at] if at >= 0 and place < self._closed[at][1] else None

    @cached_property
    def _closed(self) -> list[tuple[int, int]]:
        """Passages that may not be cut; those that overlap are one."""
        ledger = self._reading.ledger
        spans = sorted(
            (item.start, item.end)
            for items in (ledger.figures, ledger.times, self._reading.furniture)
            for item in items
        )
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    @cached_property
    def _places(self) -> tuple[list[int], list[int], list[int]]:
        """Where sections, paragraphs and sentences begin; nothing is parted from the heading above it."""
        sections = self._reading.sections
        headed = [below for above, below in pairwise(sections) if above.sentences]
        paragraphs, sentences = [], []
        for section in sections:
            for before, sentence in pairwise(section.sentences):
                if sentence.paragraph == before.paragraph:
                    sentences.append(sentence.start)
                else:
                    paragraphs.append(_line(self._text, sentence.start))
        starts = [_start(self._text, section) for section in headed]
        return starts, sorted({*starts, *paragraphs}), sentences


def _start(text: str, section: Section) -> int:
    return _line(text, _opening(section)[0])


def _opening(section: Section) -> tuple[int, int]:
    """The heading, or else the first sentence; a section has one of them."""
    return section.heading or (section.sentences[0].start, section.sentences[0].end)


def _line(text: str, position: int) -> int:
    """Where the line of a position begins."""
    return text.rfind("\n", 0, position) + 1


def _shortened(words: str) -> str:
    """Words on one line, as far as a model needs them to know what a text is about."""
    told = " ".join(words.split())
    if len(told) <= _LONGEST_SUBJECT:
        return told
    return told[:_LONGEST_SUBJECT].rpartition(" ")[0] or told[:_LONGEST_SUBJECT]
