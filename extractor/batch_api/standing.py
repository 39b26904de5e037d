"""Standing: how a batch job is getting on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from extractor.batch import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.batch_api.state import Planned, State
    from extractor.draft.llm.batches import BatchClient, RemoteBatch

PLANNED = "planned"
ENDED = ("completed", "failed", "expired", "cancelled")
"""The statuses of a batch that will not change any more."""


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """How one batch is getting on."""

    id: str | None
    """Its id at the server; None where it is still to be made there."""
    status: str
    """As the server calls it: validating, in_progress, finalizing, completed, failed, expired, cancelling or
    cancelled; "planned" where it is still to be made there."""
    requests: int
    completed: int = 0
    """Requests with an answer."""
    failed: int = 0
    """Requests with an error."""
    is_collected: bool = False
    """Whether its answers are here."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the documents of a job are getting on; each is one of done, failed, under way and open."""

    documents: int
    done: int
    """Documents with a result line."""
    failed: int
    """Documents in the file of failures; the next submit tries them again."""
    under_way: int
    """Documents in a batch."""
    open: int
    """Documents that wait to be put into one."""
    batches: list[BatchStanding]
    tally: Tally = field(default_factory=Tally)
    """What came of the documents in this call."""

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing more to come."""
        return not self.under_way and not self.open

    def to_json(self) -> str:
        """One JSON object on one line."""
        told = {name: value for name, value in asdict(self).items() if name != "tally"}
        return json.dumps(told, ensure_ascii=False)


def standing(state: State, client: BatchClient, tally: Tally, seen: Mapping[int, RemoteBatch]) -> Standing:
    """Count documents, and ask for the batches that are under way, but for those `seen` by their numbers."""
    batches = [_of(planned, client, seen) for planned in state.batches()]
    return Standing(**state.counts(), batches=batches, tally=tally)


def _of(planned: Planned, client: BatchClient, seen: Mapping[int, RemoteBatch]) -> BatchStanding:
    if planned.told is not None:
        told = planned.told
        counts = (told["requests"], told["completed"], told["failed"])
        return BatchStanding(told["id"], told["status"], *counts, is_collected=True)
    if planned.batch_id is None:
        return BatchStanding(None, PLANNED, planned.requests)
    remote = seen.get(planned.number) or client.retrieve(planned.batch_id)
    # a server counts from nothing while it validates
    requests = max(remote.requests, planned.requests)
    return BatchStanding(remote.id, remote.status, requests, remote.completed, remote.failed)
