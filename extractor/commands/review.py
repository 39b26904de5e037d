"""The command `review`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands import terminal
from extractor.errors import InputError
from extractor.input import results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Result


def review(
    files: Annotated[
        list[str], typer.Argument(metavar="OUT.jsonl...", help="Results of runs, or - for standard input.")
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="PAGE", help="review.html; or a folder, for large sets.")
    ],
    against: Annotated[
        str | None,
        typer.Option(metavar="OTHER.jsonl", help="Results of another drafter; where they differ is told."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a page that exists already.")] = False,
) -> None:
    """Make a page on which a person checks results: one HTML file that needs no network.

    The corrections that it saves go into "run --corrections". Where PAGE does not end in .html it becomes a
    folder with index.html in it, which is quicker to open from some thousands of documents on.
    """
    from extractor.review import compared, write_page  # noqa: PLC0415  only this command needs it

    for each in (*files, *([against] if against else [])):
        if each != "-" and not Path(each).is_file():
            raise InputError(each, "no such file")
    failures: list[InputError] = []

    def usable(*paths: str) -> Iterator[Result]:
        for result in chain.from_iterable(map(results, paths)):
            if isinstance(result, InputError):
                terminal.complain(str(result))
                failures.append(result)
            else:
                yield result

    found = compared(usable(*files), usable(against)) if against else usable(*files)
    done = write_page(found, out, folder=out.suffix.lower() not in {".html", ".htm"}, force=force)
    raise typer.Exit(terminal.status(done, len(failures)))
