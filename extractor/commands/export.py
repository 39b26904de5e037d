"""The command `export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands import correcting, terminal
from extractor.errors import InputError, OutputError
from extractor.export import export as write
from extractor.input import results
from extractor.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.review import Corrections
    from schemas import Result


class Format(StrEnum):
    """The formats of an export, as `extractor.export.FORMATS` has them."""

    CSV = "csv"
    PARQUET = "parquet"
    DUCKDB = "duckdb"
    XLSX = "xlsx"
    SQLITE = "sqlite"


class _StoppedError(Exception):
    """A stop was asked for before all was read."""


def export(
    file: Annotated[
        str, typer.Argument(metavar="OUT.jsonl", help="Results of a run, or - for standard input.")
    ],
    *,
    to: Annotated[Format, typer.Option("--to", help="The format; csv and parquet write a folder of files.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="The file or folder to write.")],
    corrections: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Corrections saved from the review page, applied first."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an output that exists already.")] = False,
) -> None:
    """Export results as tables for spreadsheets, databases and data frames.

    docs/tables.md says what the tables hold. A line that is no result is named and left out; an export that
    is stopped or fails leaves nothing behind.
    """
    if out.exists() and Path(file).exists() and out.samefile(file):
        raise OutputError(f"{out} is the input; choose another name for the output")

    def fail(error: InputError) -> None:
        terminal.complain(str(error))

    corrected = correcting.read(corrections)
    found = (_corrected(result, corrected) for result in results(file))
    stop = Stop(lambda: terminal.complain("stopping"))
    try:
        with stop:
            exported = write(_all_of(found, stop), out, to.value, force=force, fail=fail)
    except _StoppedError:
        terminal.complain(f"stopped; {out} is not written")
        raise typer.Exit(terminal.INTERRUPTED) from None
    correcting.tell(corrected)
    if exported.documents:
        rows = f"{sum(exported.rows.values()):,} rows in {len(exported.rows)} tables"
        typer.echo(f"{exported.documents:,} documents, {rows}: {out}", err=True)
    raise typer.Exit(terminal.status(exported.documents, exported.failures))


def _corrected(result: Result | InputError, corrections: Corrections | None) -> Result | InputError:
    """A result with the corrections that are about it."""
    return result if corrections is None or isinstance(result, InputError) else corrections.apply(result)


def _all_of(found: Iterable[Result | InputError], stop: Stop) -> Iterator[Result | InputError]:
    """Pass on all results, and raise where a stop ended them early."""
    yield from stop.end(found)
    if stop.asked:
        raise _StoppedError
