"""Terminal: what all commands tell in one way: exit statuses, complaints, lines of output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

DONE, SOME_FAILED, NOTHING_DONE, CONFLICTS, UNDER_WAY = 0, 1, 2, 3, 4
INTERRUPTED = 130  # as a shell reports a program that was stopped with Ctrl-C
EXIT_STATUS = (
    "Exit status: 0 all went well, 1 some documents failed, 2 wrong usage or nothing useful done, "
    "130 stopped by Ctrl-C or SIGTERM."
)
RUN_STATUS = EXIT_STATUS.replace("130", "3 a conflict was found (with --fail-on conflict), 130")
COLLECT_STATUS = EXIT_STATUS.replace("130", "4 some documents are not answered yet, 130")
EVALUATION_STATUS = "Exit status: 0 all went well, 1 a requirement is not met, 2 wrong usage."


def status(done: int, failed: int) -> int:
    """The exit status for so many documents done and failed."""
    if not done:
        return NOTHING_DONE
    return SOME_FAILED if failed else DONE


def complain(sentence: str) -> None:
    """Say on standard error what is wrong."""
    typer.echo(f"extractor: {sentence}", err=True)


def write_line(line: str) -> None:
    """Write a line to standard output as UTF-8, whatever the locale says."""
    sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()


def console(*, stderr: bool = False) -> Console:
    """A console that takes nothing in a text for markup."""
    from rich.console import Console  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
