"""Command line: parses, calls the public API, prints. What it prints is made in `extractor.render`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from extractor.commands import batch, evaluate, export, figures, review, run, schema, show, terminal
from extractor.errors import ExtractorError


class _Group(TyperGroup):
    """Turns what the toolkit raises on purpose into one sentence and an exit status."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  the type of typer's own method
        try:
            return super().invoke(ctx)
        except ExtractorError as error:
            terminal.complain(str(error))
            raise typer.Exit(terminal.NOTHING_DONE) from None


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=terminal.EXIT_STATUS,
)


def main() -> None:
    """Run the command line."""
    app(prog_name="extractor")


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if not wanted:
        return
    try:
        typer.echo(f"extractor {installed_version('pressledger')}")
    except PackageNotFoundError:
        typer.echo("extractor (not installed, so without a version)")
    raise typer.Exit


@app.callback()
def about(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Turn press text about batteries and energy storage into typed, reconciled records.

    Offline by rules, or with a language model (run --model NAME). No number is ever generated: each one is a
    slice of the text.
    """


app.command(epilog=terminal.RUN_STATUS)(run)
app.command(epilog=terminal.EXIT_STATUS)(figures)
app.command(epilog=terminal.EXIT_STATUS)(show)
app.command()(schema)
app.command(epilog=terminal.EXIT_STATUS)(review)
app.command(epilog=terminal.EVALUATION_STATUS)(evaluate)
app.command(epilog=terminal.EXIT_STATUS)(export)
app.add_typer(batch, name="batch")
