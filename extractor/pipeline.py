"""The line: read → draft → assemble → derive → check. Nothing reaches back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from extractor.assemble import assemble
from extractor.checks import check
from extractor.derive import derive
from extractor.document import Document
from extractor.draft.rules import RulesDrafter
from extractor.errors import InputError
from extractor.input import parse_day, publication_date
from extractor.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from extractor.draft import Drafter
    from schemas import Result


class Extractor:
    """Turns press text into typed, reconciled records.

    Without a drafter it works by rules: offline, no key, deterministic. `after` are functions that each
    checked result goes through, in order, such as a person's corrections (`Corrections.apply`).
    """

    def __init__(
        self, drafter: Drafter | None = None, after: Sequence[Callable[[Result], Result]] = ()
    ) -> None:
        self.drafter: Drafter = drafter if drafter is not None else RulesDrafter()
        self._after = after

    @property
    def settings(self) -> dict[str, Any]:
        """What results depend on beside their documents: the drafter's name and settings."""
        return {"drafter": self.drafter.name, **getattr(self.drafter, "settings", {})}

    def extract(
        self,
        text: str,
        *,
        published: date | str | None = None,
        doc_id: str = "document",
        title: str | None = None,
        source: str | None = None,
    ) -> Result:
        """Extract the records of one press text.

        `published` is a date or an ISO day ("2022-11-23"); relative times are resolved against it. Without
        one, a dateline in the text is used. Raises InputError where `published` is not a day or `text` is not
        a string.
        """
        if not isinstance(text, str):
            raise InputError(doc_id, f"text must be a string, not {type(text).__name__}")
        if isinstance(published, str):
            published = parse_day(published, doc_id)
        return self.extract_document(
            Document(text, doc_id, published or publication_date(text), title, source)
        )

    def extract_document(self, document: Document) -> Result:
        """Extract the records of one document."""
        reading = read(document)
        result = check(derive(assemble(reading, self.drafter.draft(reading), self.drafter.name)))
        for step in self._after:
            result = step(result)
        return result

    async def aextract(
        self,
        text: str,
        *,
        published: date | str | None = None,
        doc_id: str = "document",
        title: str | None = None,
        source: str | None = None,
    ) -> Result:
        """As `extract`, without blocking the event loop."""
        return await asyncio.to_thread(
            self.extract, text, published=published, doc_id=doc_id, title=title, source=source
        )
