"""Ledger: every figure and time that the reader found, and Reading: the ledger with its document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from extractor.layout import Section, Sentence, sections

if TYPE_CHECKING:
    from extractor.document import Document
    from schemas import Dismissed, Quantity, When


@dataclass(frozen=True)
class Ledger:
    """Figures, times and dismissed numerals of one text, each in text order."""

    figures: tuple[Quantity, ...] = ()
    times: tuple[When, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()

    @cached_property
    def figure(self) -> dict[str, Quantity]:
        """Figures by id."""
        return {figure.figure: figure for figure in self.figures}

    @cached_property
    def time(self) -> dict[str, When]:
        """Times by id."""
        return {time.time: time for time in self.times}


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line of the page that is no press text: a cookie notice, a menu, a contact line."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Reading:
    """A document as read: what a drafter sees."""

    document: Document
    ledger: Ledger
    furniture: tuple[Furniture, ...] = ()
    """Lines that are no press text, in order."""

    @cached_property
    def judged(self) -> dict[int, tuple[object, list[Any]]]:
        """What was found wrong with drafts of it, by their identity; `validate.faults` keeps it here."""
        return {}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The text as sections of sentences, without its furniture."""
        return sections(self.document.text, tuple((line.start, line.end) for line in self.furniture))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of all sections, in text order."""
        return [sentence for section in self.sections for sentence in section.sentences]
