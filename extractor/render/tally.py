"""Tally: the closing summary of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.batch import Tally

_RECORDS = ("facilities", "deals", "forecasts")
_VERDICTS = {"conflict": "conflicts", "underdetermined": "underdetermined", "consistent": "consistent"}
_FATES = ("used", "dismissed", "unexplained")


def show_tally(console: Console, tally: Tally) -> None:
    """Print documents, records by type, problems by verdict, and what became of the numerals."""
    failed = f", {tally.failures:,} failed" if tally.failures else ""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row("documents", f"{tally.documents:,} done{failed}")
    table.add_row("records", ", ".join(f"{tally.records[kind]:,} {kind}" for kind in _RECORDS))
    table.add_row("problems", ", ".join(f"{tally.problems[key]:,} {word}" for key, word in _VERDICTS.items()))
    read = tally.figures["read"]
    fates = ", ".join(f"{tally.figures[fate]:,} {fate}" for fate in _FATES)
    explained = f" ({1 - tally.figures['unexplained'] / read:.0%} explained)" if read else ""
    table.add_row("numerals", f"{read:,} read: {fates}{explained}")
    console.print(table)
