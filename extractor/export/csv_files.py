"""CSV: a folder with a file for each table. Numbers have all of their digits."""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from extractor.export.sink import Sink
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.tables import Cell, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet program takes a text for a formula."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class CsvSink(Sink):
    """UTF-8, comma, a line a row; nothing between two commas is null.

    An apostrophe is set before text that a spreadsheet program would run as a formula.
    """

    folder = True
    suffix = ".csv"

    def __enter__(self) -> Self:
        self._open = ExitStack()
        self.path.mkdir()
        files = {
            name: self._open.enter_context(
                (self.path / f"{name}{self.suffix}").open("w", encoding="utf-8", newline="")
            )
            for name in TABLES
        }
        self._writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
        for name, table in TABLES.items():
            self._writers[name].writerow(column.name for column in table.columns)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to the file of a table."""
        self._writers[table.name].writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        harmless = not cell.startswith(FORMULA_STARTS) or _NUMBER.fullmatch(cell)
        return cell if harmless else f"'{cell}"
    if isinstance(cell, Decimal):
        digits = f"{cell:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return str(cell)
