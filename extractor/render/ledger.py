"""Ledger: the figures, times and dismissed numerals of one document, as tables and as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from extractor.draft.mark import mark
from extractor.render.words import MARKED, base_words, label, shortened, shown, value_words, when_words

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.ledger import Reading

_BLANK_LINES = re.compile(r"\n\s*\n")


def show_ledger(console: Console, reading: Reading) -> None:
    """Print a document as it is read: the marked text, then its figures, times and dismissed numerals."""
    document, ledger = reading.document, reading.ledger
    published = f"published {document.published}" if document.published else "no publication date"
    console.print(Text(f"{shown(document.doc_id)}, {published}", style="bold"))
    console.print()
    for line in _BLANK_LINES.sub("\n\n", mark(reading).text.strip()).splitlines():
        text = Text(shown(line))
        text.highlight_regex(MARKED, "bold")
        console.print(text)
    console.print()
    _figures(console, reading)
    if ledger.times:
        table = _table("Times", "id", "text", "stands for", "precision")
        for time in ledger.times:
            table.add_row(*map(_cell, (time.time, time.text, when_words(time), time.precision)))
        console.print(table)
    if ledger.dismissed:
        table = _table("Dismissed numerals", "text", "reason")
        for dismissed in ledger.dismissed:
            table.add_row(*map(_cell, (dismissed.text, dismissed.reason)))
        console.print(table)
    if reading.furniture:
        table = _table("Page furniture, left out", "text", "reason")
        for furniture in reading.furniture:
            table.add_row(*map(_cell, (document.text[furniture.start : furniture.end], furniture.reason)))
        console.print(table)


def ledger_json(reading: Reading) -> str:
    """Make one JSON line of a ledger: doc_id, published, figures, times and dismissed numerals."""
    ledger = reading.ledger
    parts = {"figures": ledger.figures, "times": ledger.times, "dismissed": ledger.dismissed}
    lists = {name: [item.model_dump(mode="json") for item in items] for name, items in parts.items()}
    published = reading.document.published
    told = {"doc_id": reading.document.doc_id, "published": published and published.isoformat(), **lists}
    return json.dumps(told, ensure_ascii=False)


def _figures(console: Console, reading: Reading) -> None:
    if not reading.ledger.figures:
        console.print("No figures.\n")
        return
    table = _table("Figures", "id", "text", "value", "kind", "bound", "per", "base value")
    for figure in reading.ledger.figures:
        same = f" = {figure.same_as}" if figure.same_as else ""
        cells = (
            figure.figure,
            figure.text,
            value_words(figure) + same,
            figure.kind,
            label(figure.bound),
            figure.per or "",
            base_words(figure),
        )
        table.add_row(*map(_cell, cells))
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "id")
    return table


def _cell(text: str) -> Text:
    return Text(shortened(text))
