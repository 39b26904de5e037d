"""Progress: how far a run is: a line that moves on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from extractor.batch import Tally

EVERY = 30
"""Seconds between two lines where there is no terminal."""


@contextmanager
def progress(console: Console, tally: Tally, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Show the documents done and failed, and what they cost, while in the context.

    What is yielded is to be called when `tally` has changed.
    """
    started = time.monotonic()
    told = started

    def update() -> None:
        nonlocal told
        now = time.monotonic()
        if console.is_terminal:
            shown.update(task, description=_told(tally, now - started))
        elif not quiet and now - told >= EVERY:
            told = now
            console.print(_told(tally, now - started), soft_wrap=True)

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    ) as shown:
        task = shown.add_task("reading")
        yield update


def _told(tally: Tally, seconds: float) -> str:
    """Documents, their rate, and what else there is to tell."""
    done = tally.documents + tally.failures
    parts = [f"{tally.documents:,} documents", f"{done / seconds:,.1f} a second" if seconds else ""]
    counts = {
        "finished before": tally.finished,
        "conflicts": tally.problems["conflict"],
        "tokens": tally.usage["prompt_tokens"] + tally.usage["answer_tokens"],
        "failed": tally.failures,
    }
    parts += [f"{count:,} {words}" for words, count in counts.items() if count]
    return ", ".join(filter(None, parts))
