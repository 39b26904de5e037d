"""Drafter: what a batch job needs of a drafter, beside its conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from extractor.draft.asking import Reply, Request
    from extractor.draft.llm.batches import BatchClient


@runtime_checkable
class BatchDrafter(Protocol):
    """A drafter whose model can be asked by a Batch API."""

    def batches(self) -> BatchClient:
        """The Batch API of its server."""
        ...

    def known(self, request: Request) -> Reply | None:
        """The answer to a request that was asked before, if it is kept."""
        ...

    def keep(self, request: Request, reply: Reply) -> None:
        """Keep what came of a request, where that is an answer."""
        ...
