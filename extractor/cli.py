"""Command line: parses, calls the public API, prints. What it prints is made in `extractor.render`."""

from __future__ import annotations

import json
from contextlib import nullcontext
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
from extractor.commands import batch, correcting, evaluate, export, review, scaling, terminal
from extractor.commands.options import Published  # noqa: TC001  typer reads it
from extractor.draft.rules import RulesDrafter
from extractor.errors import ExtractorError, InputError
from extractor.input import Position, documents, results
from extractor.pipeline import Extractor
from extractor.read import read
from extractor.stopping import Stop

if TYPE_CHECKING:
    from extractor.draft import Drafter

STANDARD = "-"


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


class Verify(StrEnum):
    """Who gives a second opinion."""

    RULES = "rules"


class FailOn(StrEnum):
    """What makes a run fail although every document has a result."""

    CONFLICT = "conflict"


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


@app.command(epilog=terminal.RUN_STATUS)
def run(  # noqa: PLR0913  one argument an option
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...",
            help="Files (.txt, .html, .htm, .jsonl, also .gz or .zst), directories, or - for standard input.",
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
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            metavar="N",
            help="Processes that read and check; by default one, with --model one for each 32 documents at "
            "the model, up to the number of cores.",
        ),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Work on a Ray cluster: local (this machine), auto or ray://HOST:PORT; --processes, one "
            "for each CPU by default, are there then and share --concurrency, --rpm and --tpm.",
        ),
    ] = None,
    rpm: Annotated[
        float | None,
        typer.Option(min=1, metavar="N", help="Requests a minute; without it, what the server says."),
    ] = None,
    tpm: Annotated[
        float | None,
        typer.Option(min=1, metavar="N", help="Tokens a minute; without it, what the server says."),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(min=1, metavar="SECONDS", help="Longest silence of the model's server in a request."),
    ] = 300,
    verify: Annotated[
        Verify | None,
        typer.Option(
            metavar="rules", help="Draft by the rules too, and report where the two use a figure differently."
        ),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Keep the model's answers, and ask nothing twice.")
    ] = True,
    log_calls: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Add every request to the model and its answer to this file."),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the documents' texts out of the results.")
    ] = False,
    published: Published = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            metavar="VERDICT",
            help=f"conflict: exit with {terminal.CONFLICTS} if all went well but this run found a conflict.",
        ),
    ] = None,
    corrections: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Apply the corrections that the review page has saved."),
    ] = None,
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Write results as they come, not in the order of the input.")
    ] = False,
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
    for wrong, what in (
        (
            model is None and (base_url or api_key or rpm or tpm or log_calls or verify),
            "--base-url, --api-key, --rpm, --tpm, --log-calls and --verify need --model",
        ),
        (
            corrections and (ray or (processes or 1) > 1),
            "--corrections works in one process; leave --processes and --ray out",
        ),
        (
            json_summary and out == STANDARD,
            "--json-summary needs standard output, which has the results; give --out a file",
        ),
    ):
        if wrong:
            raise typer.BadParameter(what)
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    known = correcting.read(corrections)
    wire = {"timeout": timeout, "rpm": rpm, "tpm": tpm, "cache": cache, "log_calls": log_calls}
    drafter = _model_drafter(model, base_url=base_url, api_key=api_key, **wire) if model else None
    extractor = Extractor(drafter, after=correcting.steps(known), verify=RulesDrafter() if verify else None)
    day = published.date() if published else None
    settings = settings_key(
        {**extractor.settings, **correcting.settings(known), "published": str(day)}, text=not no_text
    )
    output = None
    if out != STANDARD:
        output = Output(
            Path(out), settings=settings, force=force, retry=retry_failures, inputs=map(Path, inputs)
        )
    at_model = concurrency if model else 1
    processes, at_work = scaling.at_work(
        ray,
        extractor,
        processes=1 if known else processes,
        concurrency=at_model,
        settings=settings,
        text=not no_text,
    )
    console = terminal.console(stderr=True)
    tally = Tally()

    def fail(failure: Failure) -> None:
        render.show_failure(console, failure)
        if output:
            output.fail(failure)

    stop = Stop(
        lambda: terminal.complain(
            "stopping; what is in work is finished first, a second Ctrl-C stops at once"
        )
    )
    position = Position(inputs)
    found = documents(inputs, published=day, exclude=output.paths if output else (), position=position)
    try:
        with (
            stop,
            output or nullcontext(),
            render.progress(console, tally, position, quiet=quiet) as progress,
        ):
            run_batch(
                extractor,
                stop.end(output.unfinished(found, tally) if output else found),
                output.write if output else lambda line, _: terminal.write_line(line),
                fail=fail,
                settings=settings,
                tally=tally,
                progress=progress,
                concurrency=at_model,
                processes=processes,
                at_work=at_work,
                ordered=not unordered,
                text=not no_text,
            )
        status = terminal.status(tally.documents + tally.finished, tally.failures + tally.left)
        status = terminal.CONFLICTS if not status and fail_on and tally.problems[fail_on] else status
        if stop.asked:
            terminal.complain("stopped; the results so far are whole, and the same command goes on from here")
            status = terminal.INTERRUPTED
    except ExtractorError as error:
        terminal.complain(str(error))
        status = terminal.SOME_FAILED if tally.documents else terminal.NOTHING_DONE
    # a run that is continued does not see the documents that are finished, so none of them is missing
    correcting.tell(known, missing=not tally.finished)
    if json_summary:
        terminal.write_line(tally.to_json())
    if not quiet and tally != Tally():
        render.show_tally(console, tally, output.written if output else {})
    raise typer.Exit(status)


@app.command(epilog=terminal.EXIT_STATUS)
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


@app.command(epilog=terminal.EXIT_STATUS)
def show(
    file: Annotated[
        str, typer.Argument(metavar="OUT.jsonl", help="Results of a run, or - for standard input.")
    ],
    *,
    doc: Annotated[str | None, typer.Option(metavar="ID", help="Show this document only.")] = None,
) -> None:
    """Show records, problems and coverage so that a person can read them."""
    from extractor import render  # noqa: PLC0415  as above

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


@app.command()
def schema(
    name: Annotated[
        SchemaName, typer.Argument(metavar="NAME", case_sensitive=False, help="What to describe.")
    ],
) -> None:
    """Print a JSON Schema: of facility, deal, forecast, quantity, when, problem, coverage or result."""
    model = getattr(schemas, name.value.capitalize())
    terminal.write_line(
        json.dumps(model.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False)
    )


app.command(epilog=terminal.EXIT_STATUS)(review)
app.command(epilog=terminal.EVALUATION_STATUS)(evaluate)
app.command(epilog=terminal.EXIT_STATUS)(export)
app.add_typer(batch, name="batch")


def _model_drafter(model: str, **settings: Any) -> Drafter:  # noqa: ANN401  the drafter's own
    from extractor.draft.llm import LLMDrafter  # noqa: PLC0415  openai takes most of a second

    return LLMDrafter(model, **settings)
