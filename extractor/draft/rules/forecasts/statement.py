"""Statement: a figure in its sentence, with what the document has forecast before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.model import ForecastDraft
from extractor.draft.rules.forecasts.timing import basis
from schemas import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity

_SERIES = 2
"""Paragraphs from one amount of a series to the next; between them may be one without amounts."""
_SENTENCES = 4
"""The same in sentences, each of which may be a paragraph."""


class Told(NamedTuple):
    """A forecast that the document has made."""

    draft: ForecastDraft
    line: Line
    figure: Quantity


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in its sentence, and what is known when it is read."""

    scene: Scene
    sites: Sites
    line: Line
    figure: Quantity
    forecaster: str | None
    """Who was last said to forecast in this section."""
    park: str | None
    """The town or park that the document is about."""
    house: str | None
    """Who tells what the document tells of a market."""
    companies: frozenset[str]
    """The full names of the companies of the document."""
    observers: frozenset[str]
    """Those of them that only report what others build and sell."""
    told: Sequence[Told]
    """The forecasts so far, in text order."""

    def said_in(self, line: Line) -> Iterator[Told]:
        """The forecasts of this sentence or one before it, the last first."""
        later = takewhile(lambda told: told.line.start >= line.start, reversed(self.told))
        return (told for told in later if told.line is line)

    def follows(self, line: Line) -> bool:
        """Whether the sentence goes on with an earlier one: in its section, in its paragraph or the next."""
        near = self.line.paragraph - line.paragraph <= _SERIES or self.line.index - line.index <= _SENTENCES
        return near and line.section == self.line.section

    def forecast(
        self, metric: str, subject: str | None, region: str | None, when: str | None, since: str | None = None
    ) -> ForecastDraft:
        """The forecast that this figure is."""
        return ForecastDraft(
            metric=metric,
            subject=subject,
            region=region,
            figure=self.figure.figure,
            when=when,
            since=since,
            forecaster=self.forecaster,
            basis=basis(self, when),
            evidence=[Span(start=self.line.start, end=self.line.end)],
        )
