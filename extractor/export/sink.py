"""Sink: what each format gives to the export."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Self

from schemas.tables import double

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from schemas.tables import Cell, Table


class Sink(ABC):
    """An output that is being written: all tables are there from the start, rows are added in any order.

    Entering opens it, leaving completes it. Whatever its library raises where a disk is full or a cell does
    not fit is one of `errors`.
    """

    folder: ClassVar[bool] = False
    """Whether it is a folder with a file for each table."""
    suffix: ClassVar[str]
    """Ending of its file, or of the files in its folder."""
    errors: ClassVar[tuple[str, ...]] = ()
    """Errors of its library, as "module.Name"; OSError is understood."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def __enter__(self) -> Self:
        """Open it and make the tables."""

    @abstractmethod
    def __exit__(self, *error: object) -> None:
        """Complete and close it."""

    @abstractmethod
    def write(self, table: Table, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add rows to a table."""


def plain(table: Table, rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows with their numbers as doubles."""
    numbers = {index for index, column in enumerate(table.columns) if column.type == "number"}
    return [
        tuple(double(cell) if index in numbers else cell for index, cell in enumerate(row)) for row in rows
    ]
