"""Progress: how far a run is: a line that moves on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from extractor.batch import Tally
    from extractor.input import Position

EVERY = 30
"""Seconds between two lines where there is no terminal."""
_SURE = 0.005  # of the input; what is left is a guess before so much of it is done


@contextmanager
def progress(
    console: Console, tally: Tally, position: Position, *, quiet: bool = False
) -> Iterator[Callable[[int], None]]:
    """Show the documents done, in work and failed, what they cost, and the time left, while in the context.

    What is yielded is to be called when `tally` has changed, with the number of documents at the model.
    """
    started = told = time.monotonic()
    skipped: float | None = None  # what an earlier run has done goes by faster than what is to come
    is_terminal = console.is_terminal

    def words(at_model: int, seconds: float) -> str:
        nonlocal skipped
        share = position.share
        if share is None:
            return _told(tally, at_model, seconds)
        skipped = share if skipped is None else skipped
        done = share - skipped
        left = seconds * (1 - share) / done if done > _SURE else None
        return _told(tally, at_model, seconds, share, left)

    def update(at_model: int) -> None:
        nonlocal told
        now = time.monotonic()
        if is_terminal:
            shown.update(task, description=words(at_model, now - started))
        elif not quiet and now - told >= EVERY:
            told = now
            console.print(words(at_model, now - started), soft_wrap=True)

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not is_terminal) as shown:
        task = shown.add_task("reading")
        yield update


def _told(
    tally: Tally, at_model: int, seconds: float, share: float | None = None, left: float | None = None
) -> str:
    """Documents, their rate, and what else there is to tell."""
    done = tally.documents + tally.failures
    parts = [f"{tally.documents:,} documents", f"{done / seconds:,.1f} a second" if seconds else ""]
    counts = {
        "at the model": at_model,
        "finished before": tally.finished,
        "conflicts": tally.problems["conflict"],
        "tokens": tally.usage["prompt_tokens"] + tally.usage["answer_tokens"],
        "failed": tally.failures,
    }
    parts += [f"{count:,} {words}" for words, count in counts.items() if count]
    parts.append(f"${tally.cost_usd:,.2f}" if tally.cost_usd else "")
    parts.append(f"{share:.0%} of the input" if share else "")
    parts.append(f"{timedelta(seconds=round(left))} left" if left else "")
    return ", ".join(filter(None, parts))
