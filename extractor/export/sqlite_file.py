"""SQLite: one file, with primary and foreign keys. Dates are ISO text, numbers REAL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from extractor.export.sink import Sink, plain
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.tables import Cell, Table, Type

_TYPES: dict[Type, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}


class SqliteSink(Sink):
    """A database that is committed once, when it is complete."""

    suffix = ".sqlite"
    errors: ClassVar[tuple[str, ...]] = ("sqlite3.Error", "builtins.OverflowError")

    def __enter__(self) -> Self:
        self._database = sqlite3.connect(self.path, isolation_level=None)
        # the file has its final name only when it is whole, so a journal would protect nothing
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("BEGIN")
        for table in TABLES.values():
            self._database.execute(_create(table))
        return self

    def __exit__(self, *error: object) -> None:
        with closing(self._database):
            if error[0] is None:
                self._database.execute("COMMIT")

    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to a table."""
        marks = ", ".join("?" * len(table.columns))
        self._database.executemany(
            f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608  names of our own
            ([str(cell) if isinstance(cell, date) else cell for cell in row] for row in plain(table, rows)),
        )


def _create(table: Table) -> str:
    lines = [f'"{column.name}" {_TYPES[column.type]}' for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += [f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {other}" for columns, other in table.references]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'
