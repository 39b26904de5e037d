"""Parquet: a folder with a file for each table, written by row groups."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, Self

from pyarrow.parquet import ParquetWriter

from extractor.export.arrow import arrow_batch, arrow_schema
from extractor.export.sink import Sink
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.tables import Cell, Table


class ParquetSink(Sink):
    """Compressed with zstd; what a column means stands in its metadata."""

    folder = True
    suffix = ".parquet"
    errors: ClassVar[tuple[str, ...]] = ("pyarrow.ArrowException", "builtins.OverflowError")

    def __enter__(self) -> Self:
        self._open = ExitStack()
        self.path.mkdir()
        self._writers = {
            name: self._open.enter_context(
                ParquetWriter(self.path / f"{name}{self.suffix}", arrow_schema(table), compression="zstd")
            )
            for name, table in TABLES.items()
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to the file of a table, as a row group."""
        self._writers[table.name].write_batch(arrow_batch(table, rows))
