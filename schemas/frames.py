"""Frames: results as data frames of pandas or polars, one table of `schemas.tables` at a time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from schemas.tables import TABLES, double

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemas.result import Result
    from schemas.tables import Cell, Column

Engine = Literal["pandas", "polars"]
_Columns = list[tuple["Column", list["Cell"]]]
_PANDAS = {"text": "string", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}
_POLARS = {"text": "String", "integer": "Int64", "number": "Float64", "date": "Date"}


def to_dataframe(results: Iterable[Result], table: str, *, engine: Engine = "pandas") -> Any:  # noqa: ANN401
    """One table of some results as a pandas.DataFrame or polars.DataFrame; docs/tables.md has the tables.

    Numbers are doubles, an empty table has its columns too. Raises ValueError for a table or engine that is
    not known, ImportError where the engine is not installed.
    """
    if table not in TABLES:
        raise ValueError(f'there is no table "{table}"; there are {", ".join(TABLES)}')
    if engine not in _ENGINES:
        raise ValueError(f'there is no engine "{engine}"; there are {", ".join(_ENGINES)}')
    try:
        library = import_module(engine)
    except ImportError:
        raise ImportError(
            f'to_dataframe(engine="{engine}") needs {engine}: pip install "pressledger[{engine}]"'
        ) from None
    chosen = TABLES[table]
    cells = [cells for result in results for cells in chosen.cells(result)]
    columns = [
        (column, [double(row[index]) if column.type == "number" else row[index] for row in cells])
        for index, column in enumerate(chosen.columns)
    ]
    return _ENGINES[engine](library, columns)


def _pandas(pandas: Any, columns: _Columns) -> Any:  # noqa: ANN401  whichever library is installed
    return pandas.DataFrame(
        {column.name: pandas.Series(cells, dtype=_PANDAS[column.type]) for column, cells in columns}
    )


def _polars(polars: Any, columns: _Columns) -> Any:  # noqa: ANN401  as above
    return polars.DataFrame(
        {column.name: cells for column, cells in columns},
        schema={column.name: getattr(polars, _POLARS[column.type]) for column, _ in columns},
    )


_ENGINES: Mapping[str, Callable[[Any, _Columns], Any]] = {"pandas": _pandas, "polars": _polars}
