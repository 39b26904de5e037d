"""Column and Table: what a table is, as data, and the cells of a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemas.base import Model
    from schemas.result import Result

Type = Literal["text", "integer", "number", "date"]
Cell = str | int | float | Decimal | date | None
SEPARATOR = "; "
"""Between the entries of a list that stands in one cell."""


class Row(NamedTuple):
    """What the cells of one row are taken from."""

    result: Result
    """The document."""
    item: Any
    """The record, list entry or ledger entry that the row is for."""
    owner: Any = None
    """The record that `item` is an entry of."""
    position: int = 1
    """Place of `item` in its list, from 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type and meaning, and where in a row its cell is found.

    `source` is a path ("item.quantity.value"; where a part of it is null the cell is null) or a function.
    A `number` is exact here; what a format makes of it stands in docs/tables.md.
    """

    name: str
    type: Type
    doc: str
    source: str | Callable[[Row], Cell]
    key: bool = False
    """Whether it is part of the table's primary key."""

    def cell(self, row: Row) -> Cell:
        """The cell of one row."""
        found = at(row, self.source) if isinstance(self.source, str) else self.source(row)
        return SEPARATOR.join(found) if isinstance(found, list) else found


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `rows` finds what it has of one document, `doc` says what a row is."""

    name: str
    doc: str
    rows: Callable[[Result], Iterator[Row]]
    columns: tuple[Column, ...]
    references: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Foreign keys: columns here, and the table whose key they hold."""

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that tell its rows apart."""
        return tuple(column.name for column in self.columns if column.key)

    def cells(self, result: Result) -> Iterator[tuple[Cell, ...]]:
        """The rows of one document."""
        for row in self.rows(result):
            yield tuple(column.cell(row) for column in self.columns)


def of_model(model: type[Model], name: str, type_: Type = "text", *, at: str = "item") -> Column:
    """The column for a field of the contract, under its name and with its docstring."""
    return Column(name, type_, model.model_fields[name].description or "", f"{at}.{name}")


def double(cell: Cell) -> float | None:
    """The nearest double; null where a number is beyond the range of doubles."""
    if cell is None or isinstance(cell, str | date):
        return None
    number = float(Decimal(cell))
    return number if isfinite(number) else None


def at(row: Row, path: str) -> Any:  # noqa: ANN401  any value of the contract
    """What stands at a dotted path in a row; null where a part of the path is."""
    value: Any = row
    for part in path.split("."):
        value = getattr(value, part)
        if value is None:
            return None
    return value
