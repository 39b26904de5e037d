"""Scores: precision and recall by record type and slot, and the lists that explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from extractor.evaluate.runs import changed_documents, changed_metrics
from extractor.render.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from extractor.evaluate import Scores

_COLUMNS = ("precision", "recall", "F1", "right", "found", "gold")
_NAMES = 24
"""Least width of the first column, so that the tables stand in line."""
_SUMS = ("records", "figures", "slots")
_CONFUSIONS = 20


def show_scores(console: Console, scores: Scores) -> None:
    """Print a table for each record type and one of the documents, then what was missed or wrongly told."""
    rows = scores.table()
    for group in scores.counts:
        _table(console, group, _COLUMNS, {row.slot: row[2:] for row in rows if row.group == group})
    documents = {row.group: row[2:] for row in rows if row.group not in scores.counts}
    _table(console, "documents", _COLUMNS, documents)
    confusion = {f"{gold} → {out}": [str(n)] for (gold, out), n in scores.confusion.most_common(_CONFUSIONS)}
    if confusion:
        _table(console, "figures in gold → found in", ("figures",), confusion)
    for line in score_lines(scores):
        console.print(Text(line))
    for title, lines in score_lists(scores).items():
        _list(console, title, lines)


def score_lines(scores: Scores) -> list[str]:
    """What else was measured, a sentence each."""
    bounds = f"{scores.bounds_right} with the right bound, {scores.periods_right} with the right period"
    lines = [f"Matched figures: {bounds}"]
    if scores.quotes:
        grounded = (
            f"{scores.quotes_grounded[sort]} of {scores.quotes[sort]} {sort}" for sort in ("figures", "names")
        )
        lines.append(f"Grounding: {' and '.join(grounded)} stand in the text")
    if scores.conflicts.predicted or scores.conflicts.gold:
        told, right, gold = scores.conflicts.predicted, scores.conflicts.matched, scores.conflicts.gold
        lines.append(f"Conflicts: {told} told, {right} of them expected; gold expects {gold}")
    return lines


def score_lists(scores: Scores) -> dict[str, list[str]]:
    """What single lines explain the scores, by title; those that are empty are left out."""
    lists = {
        "Problems found": scores.problems_found,
        "Problems missed": scores.problems_missed,
        "Conflicts that gold does not expect": scores.false_conflicts,
        "In the records, but not in the text": scores.not_grounded,
        "Numerals read as figures that are none": scores.not_figures_read,
        "Gold documents without a result": scores.missing,
        "Results without gold": scores.without_gold,
    }
    return {title: lines for title, lines in lists.items() if lines}


def show_runs(console: Console, first: Scores, second: Scores) -> None:
    """Print the metrics that differ between two runs, and the documents with what they gained and lost.

    Of precision, recall and F1 the last one stands for all three.
    """
    metrics = {
        change.metric: (share(change.before), share(change.after), difference(change.delta))
        for change in changed_metrics(first, second)
        if not change.metric.endswith((".precision", ".recall"))
    }
    documents = changed_documents(first, second)
    if not metrics and not documents:
        console.print("The two runs have the same scores.")
        return
    _table(console, "metric", ("first", "second", "difference"), metrics)
    for document in documents:
        console.print(
            Text(
                f"{shown(document.doc_id)}: F1 {share(document.before)} → {share(document.after)}",
                style="bold",
            )
        )
        for sign, lines in (("+", document.gained), ("-", document.lost)):
            for line in lines:
                console.print(Text(f"  {sign} {shown(line)}"))


def scores_markdown(scores: Scores) -> str:
    """The records, figures and slots of each type as a table in Markdown."""
    lines = ["| | precision | recall | F1 | gold |", "| --- | --- | --- | --- | --- |"]
    for group in scores.counts:
        for slot in _SUMS:
            count = scores.count(group, slot)
            cells = (share(count.precision), share(count.recall), share(count.f1), str(count.gold))
            lines.append(f"| {group}: {slot} | {' | '.join(cells)} |")
    return "\n".join(lines)


def share(value: float | None) -> str:
    """Put a share or a number: "0.67", "12"; "–" where there is none."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value > 1 else f"{value:.2f}"


def difference(value: float | None) -> str:
    """Put a difference with its sign: "+0.030", "-2"; "–" where there is none."""
    if value is None:
        return "–"
    return f"{value:+.0f}" if abs(value) > 1 else f"{value:+.3f}"


def _list(console: Console, title: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    console.print(Text(f"\n{title} ({len(lines)})", style="bold"))
    for line in lines:
        console.print(Text(f"  {shown(line)}"))


def _table(console: Console, title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(title, overflow="fold", min_width=_NAMES)
    for column in columns:
        table.add_column(column, justify="right")
    for name, cells in rows.items():
        table.add_row(Text(shown(name)), *cells)
    console.print(table)
