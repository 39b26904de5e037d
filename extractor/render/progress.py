"""Progress: how far a run is, on a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from extractor.batch import Tally


@contextmanager
def progress(console: Console, tally: Tally, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Show a line with the documents done and failed while in the context, where the console is a terminal.

    What is yielded is to be called when `tally` has changed.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    ) as shown:
        task = shown.add_task("reading")

        def update() -> None:
            failed = f", {tally.failures:,} failed" if tally.failures else ""
            shown.update(task, description=f"{tally.documents:,} documents{failed}")

        yield update
