"""Tally: what failed in a run, and its closing summary."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from rich.table import Table

from extractor.render.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.console import Console

    from extractor.batch import Failure, Tally

_RECORDS = ("facilities", "deals", "forecasts")
_VERDICTS = {"conflict": "conflicts", "underdetermined": "underdetermined", "consistent": "consistent"}
_FATES = ("used", "dismissed", "unexplained")


def show_failure(console: Console, failure: Failure) -> None:
    """Print the place and the reason of a failure on one line."""
    console.print(shown(f"failed: {failure.where}: {failure.error}"), soft_wrap=True)


def show_tally(console: Console, tally: Tally, written: Mapping[str, Path]) -> None:
    """Print documents, records by type, problems by verdict, and what became of the numerals.

    `written` are the files that came of it, by what is in them.
    """
    counts = {
        "done": tally.documents,
        "failed": tally.failures,
        "finished before": tally.finished,
        "left as failed before": tally.left,
        "changed since they were finished (their old results stay; --force starts over)": tally.changed,
    }
    told = [f"{count:,} {words}" for words, count in counts.items() if count or words == "done"]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(overflow="fold")
    table.add_row("documents", ", ".join(told))
    if tally.documents:
        verdicts = (f"{tally.problems[verdict]:,} {words}" for verdict, words in _VERDICTS.items())
        fates = ", ".join(f"{tally.figures[fate]:,} {fate}" for fate in _FATES)
        table.add_row("records", ", ".join(f"{tally.records[kind]:,} {kind}" for kind in _RECORDS))
        table.add_row("problems", ", ".join(verdicts))
        table.add_row("coverage", f"{_explained(tally):.1f}% of {tally.figures['read']:,} numerals: {fates}")
    if tally.usage["calls"] or tally.usage["known_answers"]:
        sent, answered = tally.usage["prompt_tokens"], tally.usage["answer_tokens"]
        told = [f"{tally.usage['calls']:,} calls, {sent:,} tokens sent, {answered:,} tokens answered"]
        told += [f"{known:,} answers known from before"] if (known := tally.usage["known_answers"]) else []
        told += [f"${tally.cost_usd:,.2f}"] if tally.cost_usd else []
        table.add_row("model", ", ".join(told))
    for name, path in written.items():
        table.add_row(name, shown(str(path)))
    console.print(table)


def _explained(tally: Tally) -> float:
    """Compute the percentage of numerals used or dismissed, rounded down so that 100 means all."""
    read = tally.figures["read"]
    return 100.0 if not read else floor(1000 * (read - tally.figures["unexplained"]) / read) / 10
