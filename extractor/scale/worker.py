"""Worker: an extractor in one process of a cluster."""

from __future__ import annotations

import asyncio
from math import ceil
from typing import TYPE_CHECKING

from extractor import loop
from extractor.batch.desk import Desk
from extractor.batch.processes import Here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.batch.desk import DocumentExtractor, Outcome
    from extractor.document import Document
    from extractor.draft.asking import Reply, Request
    from extractor.errors import InputError


class Worker:
    """Works on documents, with so many of them at the model at a time, whoever gave them."""

    def __init__(self, extractor: DocumentExtractor, *, settings: str, text: bool, concurrency: int) -> None:
        self._extractor = extractor
        self._desk = Here(Desk(extractor, settings=settings, text=text))
        self._calls = asyncio.Semaphore(concurrency)

    async def ready(self) -> None:
        """Say that the process is there and can work."""

    async def outcome(self, document: Document | InputError) -> Outcome:
        """What becomes of a document."""
        return await loop.join(self._desk.outcome(document, self._send))

    def outcomes(self, documents: Iterable[Document | InputError]) -> list[Outcome]:
        """What becomes of some documents, in their order; waits until all are done."""

        async def together() -> list[Outcome]:
            return await asyncio.gather(*map(self.outcome, documents))

        return loop.run(together())

    async def _send(self, request: Request) -> Reply:
        async with self._calls:
            return await self._extractor.send(request)


def share(concurrency: int, actors: int) -> int:
    """Of so many documents at the model at a time, those of one actor."""
    return ceil(concurrency / actors)
