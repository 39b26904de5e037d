"""Scores: precision and recall by record type and slot, and the lists that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from extractor.render.words import shown

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.evaluate import Scores

_COLUMNS = ("group", "slot", "precision", "recall", "F1", "right", "found", "gold")
_TEXTS = 2  # so many columns are text, the rest are numbers


def show_scores(console: Console, scores: Scores) -> None:
    """Print the table of an evaluation, then what was missed or wrongly reported, one a line."""
    table = Table(box=SIMPLE, pad_edge=False)
    for number, column in enumerate(_COLUMNS):
        table.add_column(column, justify="left" if number < _TEXTS else "right", overflow="fold")
    group = None
    for row in scores.table():
        if group not in (None, row.group) and row.slot == "records":
            table.add_section()
        table.add_row(*(Text(shown(cell)) for cell in row))
        group = row.group
    console.print(table)
    console.print(
        f"bounds right {scores.bounds_right}, periods right {scores.periods_right} of the matched figures"
    )
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
