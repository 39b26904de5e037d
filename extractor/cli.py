"""Command line: parses, calls the public API, prints. What it prints is made in `extractor.render`."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

import schemas
from extractor.batch import Failure, Output, Tally, settings_key
from extractor.batch import run as run_batch
from extractor.errors import ExtractorError, InputError
from extractor.input import documents, results
from extractor.pipeline import Extractor
from extractor.read import read
from extractor.stopping import Stop

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.draft import Drafter

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2
INTERRUPTED = 130  # as a shell reports a program that was stopped with Ctrl-C
STANDARD = "-"
EXIT_STATUS = (
    "Exit status: 0 all went well, 1 some documents failed, 2 wrong usage or nothing useful done, "
    "130 stopped by Ctrl-C or SIGTERM."
)


class _Group(TyperGroup):
    """Turns what the toolkit raises on purpose into one sentence and an exit status."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  the type of typer's own method
        try:
            return super().invoke(ctx)
        except ExtractorError as error:
            _complain(str(error))
            raise typer.Exit(NOTHING_DONE) from None


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=EXIT_STATUS,
)


class SchemaName(StrEnum):
    """The published schemas."""

    FACILITY = "facility"
    DEAL = "deal"
    FORECAST = "forecast"
    QUANTITY = "quantity"
    WHEN = "when"
    PROBLEM = "problem"
    COVERAGE = "coverage"
    RESULT = "result"


Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Publication day, such as 2022-11-23, where a record has none; goes before what the text says.",
    ),
]


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


@app.command(epilog=EXIT_STATUS)
def run(  # noqa: PLR0913  one argument an option
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...", help="Files (.txt, .html, .htm, .jsonl), directories, or - for standard input."
        ),
    ],
    *,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="OUT.jsonl", help="Results; - is standard output.")
    ],
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Draft with this language model instead of the rules.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible server, for --model.")
    ] = None,
    api_key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Key for --model; without it, OPENAI_API_KEY is used.")
    ] = None,
    concurrency: Annotated[
        int, typer.Option(min=1, max=256, metavar="N", help="Documents at the model at a time.")
    ] = 4,
    timeout: Annotated[
        float,
        typer.Option(min=1, metavar="SECONDS", help="Longest silence of the model's server in a request."),
    ] = 300,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the documents' texts out of the results.")
    ] = False,
    published: Published = None,
    force: Annotated[
        bool, typer.Option("--force", help="Start over: replace an output instead of continuing it.")
    ] = False,
    retry_failures: Annotated[
        bool,
        typer.Option("--retry-failures/--no-retry-failures", help="Try again what failed in an earlier run."),
    ] = True,
    json_summary: Annotated[
        bool, typer.Option("--json-summary", help="Print the closing counts as JSON on standard output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
) -> None:
    """Extract records from documents: one JSON line for each.

    A line of JSONL input is an object with "text", "html" or "path", and optionally "id", "published",
    "title" and "source"; other keys are carried through. A document that fails is named on standard error
    and in OUT.failures.jsonl, and the others go on. The same command continues a run that was broken off:
    what is finished is not done again, documents added since are, and so is what failed.
    """
    if model is None and (base_url or api_key):
        raise typer.BadParameter("--base-url and --api-key need --model")
    if json_summary and out == STANDARD:
        raise typer.BadParameter(
            "--json-summary needs standard output, which has the results; give --out a file"
        )
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    extractor = Extractor(_model_drafter(model, base_url, api_key, timeout) if model else None)
    settings = settings_key(extractor.settings, text=not no_text)
    output = None
    if out != STANDARD:
        output = Output(
            Path(out), settings=settings, force=force, retry=retry_failures, inputs=map(Path, inputs)
        )
    console = _console(stderr=True)
    tally = Tally()

    def fail(failure: Failure) -> None:
        render.show_failure(console, failure)
        if output:
            output.fail(failure)

    stop = Stop(
        lambda: _complain("stopping; what is in work is finished first, a second Ctrl-C stops at once")
    )
    found = documents(
        inputs, published=published.date() if published else None, exclude=output.paths if output else ()
    )
    try:
        with stop, output or nullcontext(), render.progress(console, tally, quiet=quiet) as progress:
            run_batch(
                extractor,
                stop.end(output.unfinished(found, tally) if output else found),
                output.write if output else lambda line, _: _write_line(line),
                fail=fail,
                settings=settings,
                tally=tally,
                progress=progress,
                concurrency=concurrency if model else 1,
                text=not no_text,
            )
        status = _status(tally.documents + tally.finished, tally.failures + tally.left)
        if stop.asked:
            _complain("stopped; the results so far are whole, and the same command goes on from here")
            status = INTERRUPTED
    except ExtractorError as error:
        _complain(str(error))
        status = SOME_FAILED if tally.documents else NOTHING_DONE
    if json_summary:
        _write_line(tally.to_json())
    if not quiet and tally != Tally():
        render.show_tally(console, tally, output.written if output else {})
    raise typer.Exit(status)


@app.command(epilog=EXIT_STATUS)
def figures(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text, HTML or JSONL file, or - for standard input.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line a document instead.")] = False,
    published: Published = None,
) -> None:
    """Show what is read in a document: figures, times and dismissed numerals."""
    from extractor import render  # noqa: PLC0415  as above

    console, done, failed = _console(), 0, 0
    for document in documents([file], published=published.date() if published else None):
        if isinstance(document, InputError):
            _complain(str(document))
            failed += 1
            continue
        reading = read(document)
        if as_json:
            _write_line(render.ledger_json(reading))
        else:
            render.show_ledger(console, reading)
        done += 1
    raise typer.Exit(_status(done, failed))


@app.command(epilog=EXIT_STATUS)
def show(
    file: Annotated[
        str, typer.Argument(metavar="OUT.jsonl", help="Results of a run, or - for standard input.")
    ],
    *,
    doc: Annotated[str | None, typer.Option(metavar="ID", help="Show this document only.")] = None,
) -> None:
    """Show records, problems and coverage so that a person can read them."""
    from extractor import render  # noqa: PLC0415  as above

    console, done, failed = _console(), 0, 0
    for result in results(file):
        if isinstance(result, InputError):
            _complain(str(result))
            failed += 1
        elif doc in (None, result.doc_id):
            render.show_result(console, result)
            done += 1
    if doc is not None and not done and not failed:
        _complain(f'{file}: there is no document "{doc}" in it')
    raise typer.Exit(_status(done, failed))


@app.command()
def schema(
    name: Annotated[
        SchemaName, typer.Argument(metavar="NAME", case_sensitive=False, help="What to describe.")
    ],
) -> None:
    """Print a JSON Schema: of facility, deal, forecast, quantity, when, problem, coverage or result."""
    model = getattr(schemas, name.value.capitalize())
    _write_line(json.dumps(model.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder of *.gold.json files, or a JSONL file.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Results of a run.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Score results against gold records."""
    from extractor import render  # noqa: PLC0415  as above
    from extractor.evaluate import evaluate as score  # noqa: PLC0415  only this command needs it

    scores = score(gold, out)
    if as_json:
        _write_line(scores.to_json())
    else:
        render.show_scores(_console(), scores)


def _model_drafter(model: str, base_url: str | None, api_key: str | None, timeout: float) -> Drafter:
    from extractor.draft.llm import LLMDrafter  # noqa: PLC0415  openai takes most of a second

    return LLMDrafter(model, base_url=base_url, api_key=api_key, timeout=timeout)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console  # noqa: PLC0415  as above

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _status(done: int, failed: int) -> int:
    if not done:
        return NOTHING_DONE
    return SOME_FAILED if failed else DONE


def _complain(sentence: str) -> None:
    typer.echo(f"extractor: {sentence}", err=True)


def _write_line(line: str) -> None:
    """Write a line to standard output as UTF-8, whatever the locale says."""
    sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()
