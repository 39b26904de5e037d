"""The command `figures`."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.commands import terminal
from extractor.commands.options import Published
from extractor.errors import InputError
from extractor.input import documents
from extractor.read import read


def figures(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text, HTML or JSONL file, or - for standard input.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line a document instead.")] = False,
    published: Published = None,
) -> None:
    """Show what is read in a document: figures, times and dismissed numerals."""
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    console, done, failed = terminal.console(), 0, 0
    for document in documents([file], published=published.date() if published else None):
        if isinstance(document, InputError):
            terminal.complain(str(document))
            failed += 1
            continue
        reading = read(document)
        if as_json:
            terminal.write_line(render.ledger_json(reading))
        else:
            render.show_ledger(console, reading)
        done += 1
    raise typer.Exit(terminal.status(done, failed))
