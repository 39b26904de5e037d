"""The command `run`."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.batch import Failure, Output, Tally, settings_key
from extractor.batch import run as run_batch
from extractor.commands import correcting, scaling, terminal
from extractor.commands.options import WINDOW, Published, Window
from extractor.draft.rules import RulesDrafter
from extractor.errors import ExtractorError
from extractor.input import Position, documents
from extractor.pipeline import Extractor
from extractor.stopping import Stop

if TYPE_CHECKING:
    from extractor.draft import Drafter

STANDARD = "-"


class Verify(StrEnum):
    """Who gives a second opinion."""

    RULES = "rules"


class Strategy(StrEnum):
    """How a model is asked."""

    AUTO = "auto"
    DOCUMENT = "document"
    FIGURES = "figures"
    TOGETHER = "together"


class FailOn(StrEnum):
    """What makes a run fail although every document has a result."""

    CONFLICT = "conflict"


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
    strategy: Annotated[
        Strategy,
        typer.Option(
            metavar="WAY",
            help="How --model is asked: document, for all records at once; figures, what each figure is; "
            "together, what those are that the rules leave open; auto, by the size in the model's name.",
        ),
    ] = Strategy.AUTO,
    window: Window = WINDOW,
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
            model is None
            and (base_url or api_key or rpm or tpm or log_calls or verify or strategy is not Strategy.AUTO),
            "--base-url, --api-key, --strategy, --rpm, --tpm, --log-calls and --verify need --model",
        ),
        (
            corrections and (ray or (processes or 1) > 1),
            "--corrections works in one process; leave --processes and --ray out",
        ),
        (ray and log_calls, "--log-calls would write on the machines of the cluster; leave --ray out"),
        (
            json_summary and out == STANDARD,
            "--json-summary needs standard output, which has the results; give --out a file",
        ),
    ):
        if wrong:
            raise typer.BadParameter(what)
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    known = correcting.read(corrections)
    wire = {
        "strategy": strategy.value,
        "window": window,
        "timeout": timeout,
        "rpm": rpm,
        "tpm": tpm,
        "cache": cache,
        "log_calls": log_calls,
    }
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


def _model_drafter(model: str, **settings: Any) -> Drafter:  # noqa: ANN401  the drafter's own
    from extractor.draft.llm import LLMDrafter  # noqa: PLC0415  openai takes most of a second

    return LLMDrafter(model, **settings)
