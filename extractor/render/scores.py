"""Scores: precision and recall by record type and slot, and the lists that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from extractor.render.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from extractor.evaluate import Scores

_COLUMNS = ("precision", "recall", "F1", "right", "found", "gold")
_NAMES = 24
"""Least width of the first column, so that the tables stand in line."""


def show_scores(console: Console, scores: Scores) -> None:
    """Print a table for each record type and one of the documents, then what was missed or wrongly told."""
    rows = scores.table()
    for group in scores.counts:
        _table(console, group, {row.slot: row[2:] for row in rows if row.group == group})
    _table(console, "documents", {row.group: row[2:] for row in rows if row.group not in scores.counts})
    right = f"{scores.bounds_right} with the right bound, {scores.periods_right} with the right period"
    console.print(f"Matched figures: {right}")
    lists = {
        "Problems found": scores.problems_found,
        "Problems missed": scores.problems_missed,
        "Conflicts where gold has none": scores.false_conflicts,
        "Numerals read as figures that are none": scores.not_figures_read,
        "Gold documents without a result": scores.missing,
        "Results without gold": scores.without_gold,
    }
    for title, lines in lists.items():
        if lines:
            console.print(Text(f"\n{title} ({len(lines)})", style="bold"))
            for line in lines:
                console.print(Text(f"  {shown(line)}"))


def _table(console: Console, title: str, rows: Mapping[str, Sequence[str]]) -> None:
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(title, overflow="fold", min_width=_NAMES)
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for name, cells in rows.items():
        table.add_row(Text(shown(name)), *cells)
    console.print(table)
