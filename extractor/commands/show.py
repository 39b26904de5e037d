"""The command `show`."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.commands import terminal
from extractor.errors import InputError
from extractor.input import results


def show(
    file: Annotated[
        str, typer.Argument(metavar="OUT.jsonl", help="Results of a run, or - for standard input.")
    ],
    *,
    doc: Annotated[str | None, typer.Option(metavar="ID", help="Show this document only.")] = None,
) -> None:
    """Show records, problems and coverage so that a person can read them."""
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    console, done, failed = terminal.console(), 0, 0
    for result in results(file):
        if isinstance(result, InputError):
            terminal.complain(str(result))
            failed += 1
        elif doc in (None, result.doc_id):
            render.show_result(console, result)
            done += 1
    if doc is not None and not done and not failed:
        terminal.complain(f'{file}: there is no document "{doc}" in it')
    raise typer.Exit(terminal.status(done, failed))
