"""XLSX: one workbook with a sheet for each table, written row by row."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from xlsxwriter import Workbook

from extractor.errors import OutputError
from extractor.export.sink import Sink, plain
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from schemas.tables import Cell, Table, Type

MAX_CHARACTERS = 32_767
"""Longest text of a cell; longer ones are cut, with "…" at the end."""
MAX_ROWS = 1_048_576
"""Rows of a sheet, with the heading."""
FIRST_DAY = date(1900, 3, 1)
"""Before this day spreadsheet programs do not count alike: earlier days are written as text."""
_SMALLEST = 1e-4  # smaller amounts are shown with an exponent
_WIDTHS: dict[Type, int] = {"text": 22, "integer": 11, "number": 17, "date": 11}
_ABOUT = "tables"
_ABOUT_COLUMNS = {"table": 18, "column": 22, "type": 9, "meaning": 110}


class XlsxSink(Sink):
    """All text is written as text: no cell is a formula or a link."""

    suffix = ".xlsx"
    errors: ClassVar[tuple[str, ...]] = ("xlsxwriter.exceptions.XlsxWriterException",)

    def __enter__(self) -> Self:
        # rows go to files beside the workbook until it is complete
        settings = {"constant_memory": True, "tmpdir": str(self.path.parent)}
        self._book = Workbook(self.path, settings)
        self._heading = self._book.add_format({"bold": True, "bottom": 1})
        self._formats = {
            "whole": self._book.add_format({"num_format": "#,##0"}),
            "fraction": self._book.add_format({"num_format": "#,##0.0#######"}),
            "small": self._book.add_format({"num_format": "0.0####E+00"}),
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self._about()
        self._sheets = {name: self._sheet(table) for name, table in TABLES.items()}
        self._rows = dict.fromkeys(TABLES, 1)
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            with suppress(Exception):  # closes its files; what went wrong first is what counts
                self._book.close()
            return
        for name, table in TABLES.items():
            self._sheets[name].autofilter(0, 0, self._rows[name] - 1, len(table.columns) - 1)
        self._book.close()

    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to the sheet of a table."""
        sheet, first = self._sheets[table.name], self._rows[table.name]
        if first + len(rows) > MAX_ROWS:
            raise OutputError(
                f'the table "{table.name}" has more rows than a sheet can hold ({MAX_ROWS:,}); '
                "choose another format, such as --to duckdb"
            )
        for number, row in enumerate(plain(table, rows), start=first):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, cell)
        self._rows[table.name] += len(rows)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            sheet.write_string(row, column, _fitting(cell))
        elif isinstance(cell, date):
            if cell < FIRST_DAY:
                sheet.write_string(row, column, str(cell))
            else:
                sheet.write_datetime(row, column, cell, self._formats["date"])
        elif isinstance(cell, float):
            sheet.write_number(row, column, cell, self._formats[_look(cell)])
        else:
            sheet.write_number(row, column, float(cell))

    def _sheet(self, table: Table) -> Worksheet:
        sheet = self._book.add_worksheet(table.name)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, max(_WIDTHS[column.type], len(column.name) + 3))
        sheet.freeze_panes(1, len(table.key))
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.name, self._heading)
        return sheet

    def _about(self) -> None:
        """The first sheet: what each table and column means."""
        sheet = self._book.add_worksheet(_ABOUT)
        for number, (name, width) in enumerate(_ABOUT_COLUMNS.items()):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, name, self._heading)
        sheet.freeze_panes(1, 0)
        lines: list[tuple[str, ...]] = []
        for table in TABLES.values():
            lines.append((table.name, "", "", table.doc))
            lines += [("", column.name, column.type, column.doc) for column in table.columns]
        for row, line in enumerate(lines, start=1):
            for number, text in enumerate(line):
                sheet.write_string(row, number, text)


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"


def _look(number: float) -> str:
    if number.is_integer():
        return "whole"
    return "fraction" if abs(number) >= _SMALLEST else "small"
