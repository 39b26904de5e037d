"""Export: a stream of results to one output, table by table."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from extractor.errors import InputError, OutputError
from extractor.staging import check_output, staged
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from extractor.export.sink import Sink
    from schemas import Result
    from schemas.tables import Cell, Table

FORMATS = {
    "csv": "extractor.export.csv_files:CsvSink",
    "parquet": "extractor.export.parquet_files:ParquetSink",
    "duckdb": "extractor.export.duckdb_file:DuckdbSink",
    "xlsx": "extractor.export.xlsx_file:XlsxSink",
    "sqlite": "extractor.export.sqlite_file:SqliteSink",
}
"""The formats, and where each is written; a format's library is imported with it alone."""
_ROWS = 16_384
_CHARACTERS = 8_000_000


@dataclass(slots=True)
class Exported:
    """What an export wrote."""

    documents: int = 0
    failures: int = 0
    """Lines that were no results, or repeated a document."""
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))
    """Rows by table."""


def export(
    results: Iterable[Result | InputError],
    path: Path,
    to: str,
    *,
    force: bool = False,
    fail: Callable[[InputError], None] = lambda _: None,
) -> Exported:
    """Write results as tables in one of FORMATS to `path`: a file, or a folder for csv and parquet.

    What cannot be exported, an InputError among the results or a document that has come up before, goes to
    `fail`, and the others go on; where nothing is left, nothing is written. An existing output is replaced
    with `force` alone. Raises OutputError where the output may not or cannot be written, or the libraries of
    the format are not installed. Whatever is raised, there is no half output.
    """
    sink = _sink(to)
    files = {f"{name}{sink.suffix}" for name in TABLES} if sink.folder else ()
    check_output(path, files=files, force=force)
    exported = Exported()
    try:
        with staged(path) as place, sink(place) as opened:
            _write(results, opened, exported, fail)
    except _NothingError:
        return exported
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    except _errors(sink) as error:
        raise OutputError(f"{path} cannot be written: {error}") from None
    return exported


class _NothingError(Exception):
    """There was nothing to export."""


def _sink(to: str) -> type[Sink]:
    module, _, name = FORMATS[to].partition(":")
    try:
        sink: type[Sink] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        raise OutputError(
            f'--to {to} needs {error.name}, which is not installed: pip install "pressledger[export]"'
        ) from None
    return sink


def _errors(sink: type[Sink]) -> tuple[type[BaseException], ...]:
    return tuple(
        getattr(import_module(module), name) for module, _, name in (e.rpartition(".") for e in sink.errors)
    )


def _write(
    results: Iterable[Result | InputError], sink: Sink, exported: Exported, fail: Callable[[InputError], None]
) -> None:
    buffers = [_Buffer(table, sink) for table in TABLES.values()]
    seen: set[str] = set()
    for result in results:
        if isinstance(result, InputError) or result.doc_id in seen:
            fail(result if isinstance(result, InputError) else _repeated(result.doc_id))
            exported.failures += 1
            continue
        seen.add(result.doc_id)
        exported.documents += 1
        for buffer in buffers:
            buffer.add(result)
    if not exported.documents:
        raise _NothingError
    for buffer in buffers:
        buffer.flush()
        exported.rows[buffer.table.name] = buffer.written


def _repeated(doc_id: str) -> InputError:
    return InputError(
        f'document "{doc_id}"', "has come up before and is left out; every document may stand once"
    )


class _Buffer:
    """Rows of one table on their way to the output."""

    def __init__(self, table: Table, sink: Sink) -> None:
        self.table = table
        self.written = 0
        self._sink = sink
        self._rows: list[tuple[Cell, ...]] = []
        self._characters = 0

    def add(self, result: Result) -> None:
        for row in self.table.cells(result):
            self._rows.append(row)
            self._characters += sum(len(cell) for cell in row if isinstance(cell, str))
            if len(self._rows) >= _ROWS or self._characters >= _CHARACTERS:
                self.flush()

    def flush(self) -> None:
        if self._rows:
            self._sink.write(self.table, self._rows)
            self.written += len(self._rows)
            self._rows, self._characters = [], 0
