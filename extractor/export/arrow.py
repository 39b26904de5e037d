"""Arrow: tables as pyarrow's schemas and record batches, which Parquet and DuckDB take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from extractor.export.sink import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.tables import Cell, Table, Type

_TYPES: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Names, types, and what columns and table mean as metadata."""
    return pa.schema(
        [
            pa.field(
                column.name,
                _TYPES[column.type],
                nullable=not column.key,
                metadata={"description": column.doc},
            )
            for column in table.columns
        ],
        metadata={"description": table.doc, "primary_key": ", ".join(table.key)},
    )


def arrow_batch(table: Table, rows: Sequence[tuple[Cell, ...]]) -> pa.RecordBatch:
    """Rows as columns; numbers are doubles."""
    schema = arrow_schema(table)
    columns = list(zip(*plain(table, rows), strict=True))
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
