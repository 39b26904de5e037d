"""DuckDB: one file with the tables, what they mean as comments, and views that answer first questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import duckdb

from extractor.export.arrow import arrow_batch
from extractor.export.sink import Sink
from extractor.export.views import views
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.tables import Cell, Table, Type

_TYPES: dict[Type, str] = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}


class DuckdbSink(Sink):
    """Keys are kept by how the rows are made and not declared: an index would be as large as the data."""

    suffix = ".duckdb"
    errors: ClassVar[tuple[str, ...]] = ("duckdb.Error", "pyarrow.ArrowException", "builtins.OverflowError")

    def __enter__(self) -> Self:
        self._database = duckdb.connect(self.path)
        for table in TABLES.values():
            self._create(table)
        for sql in views().values():
            self._database.execute(sql)
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to a table."""
        self._database.register("batch", arrow_batch(table, rows))
        self._database.execute(f'INSERT INTO "{table.name}" SELECT * FROM batch')  # noqa: S608  our own name
        self._database.unregister("batch")

    def _create(self, table: Table) -> None:
        columns = ", ".join(
            f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" * column.key}' for column in table.columns
        )
        self._database.execute(f'CREATE TABLE "{table.name}" ({columns})')
        self._database.execute(f'COMMENT ON TABLE "{table.name}" IS {_quoted(table.doc)}')
        for column in table.columns:
            self._database.execute(
                f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_quoted(column.doc)}'
            )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
