"""Batches: how a batch job is getting on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from extractor.render.words import shown

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.batch_api import Standing

_STATES = {
    "done": "done",
    "failed": "failed",
    "under_way": "under way",
    "open": "still to be put into a batch",
}


def show_standing(console: Console, standing: Standing, out: str) -> None:
    """Print each batch, the documents by what has become of them, and the command that comes next."""
    batches = Table(box=None, pad_edge=False)
    for name in ("batch", "status"):
        batches.add_column(name, overflow="fold")
    for name in ("requests", "answered", "failed"):
        batches.add_column(name, justify="right")
    for batch in standing.batches:
        status = f"{batch.status}, collected" if batch.is_collected else batch.status
        counts = (batch.requests, batch.completed, batch.failed)
        batches.add_row(shown(batch.id or "-"), shown(status), *(f"{count:,}" for count in counts))
    if standing.batches:
        console.print(batches)
    fates = {words: getattr(standing, name) for name, words in _STATES.items()}
    told = ", ".join(f"{count:,} {words}" for words, count in fates.items() if count) or "none"
    console.print(shown(f"{standing.documents:,} documents: {told}"), soft_wrap=True)
    if not standing.is_complete:
        console.print(shown(f"next: extractor batch collect {out}"), soft_wrap=True)
