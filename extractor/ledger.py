"""Ledger: every figure and time that the reader found, and Reading: the ledger with its document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extractor.document import Document
from schemas import Dismissed, Quantity, Span, When


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


@dataclass(frozen=True)
class Reading:
    """A document as read: what a drafter sees."""

    document: Document
    ledger: Ledger
    furniture: tuple[Span, ...] = ()
    """Passages that are no press text: cookie banners, menus, contact footers."""
