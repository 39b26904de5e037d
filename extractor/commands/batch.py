"""The commands `batch submit`, `batch status` and `batch collect`."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.batch import Tally
from extractor.commands import terminal
from extractor.commands.options import WINDOW, Published, Window
from extractor.errors import ExtractorError
from extractor.input import Position
from extractor.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.batch import Failure
    from extractor.batch_api import BatchJob, Standing

PAUSE = 60.0
"""Seconds between two questions to the server whether a batch has ended."""

batch = typer.Typer(no_args_is_help=True, help="A language model by the Batch API: half the price, in a day.")

Out = Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="The results that were named to submit.")]
Key = Annotated[str | None, typer.Option(metavar="KEY", help="Without it, OPENAI_API_KEY is used.")]
Cache = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Keep the model's answers, and ask nothing twice, as for run."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")]


class Reask(StrEnum):
    """When a model is asked again about an answer with faults."""

    LATER = "later"
    NOW = "now"


@batch.command(epilog=terminal.EXIT_STATUS)
def submit(  # noqa: PLR0913  one argument an option
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN...", help="Files, directories, or - for standard input, as for run."),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT.jsonl", help="Where results will go.")],
    model: Annotated[str, typer.Option(metavar="NAME", help="Draft with this language model.")],
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="A server with OpenAI's Batch API, if not OpenAI's own.")
    ] = None,
    api_key: Key = None,
    window: Window = WINDOW,
    cache: Cache = True,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the documents' texts out of the results.")
    ] = False,
    published: Published = None,
    force: Annotated[
        bool, typer.Option("--force", help="Start over: remove the output and what was kept beside it.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Put documents into batches; "batch collect" fetches the answers.

    The batches and the documents are kept in a folder beside the output, OUT.batch. The same command goes on
    where it was broken off: what is done or under way is not submitted again, documents added since are, and
    so is what failed.
    """
    job = _job(out, model, base_url=base_url, api_key=api_key, window=window, cache=cache)
    stop = _stop()
    with stop:
        standing = job.submit(
            inputs,
            published=published.date() if published else None,
            text=not no_text,
            force=force,
            on_failure=_shown(),
            stopped=lambda: stop.asked,
        )
    if not quiet:
        _tell(standing, out)
    failed = standing.tally.failures
    status = terminal.status(standing.documents - standing.failed + standing.tally.finished, failed)
    raise typer.Exit(_interrupted() if stop.asked else status)


@batch.command(epilog=terminal.EXIT_STATUS)
def status(
    out: Out,
    *,
    api_key: Key = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Show how the batches are getting on; changes nothing."""
    standing = _begun(out, api_key=api_key).status()
    if as_json:
        terminal.write_line(standing.to_json())
    else:
        from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

        render.show_standing(terminal.console(), standing, str(out))


@batch.command(epilog=terminal.COLLECT_STATUS)
def collect(  # noqa: PLR0913  one argument an option
    out: Out,
    *,
    api_key: Key = None,
    cache: Cache = True,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until every document is done.")] = False,
    reask: Annotated[
        Reask,
        typer.Option(
            metavar="WHEN",
            help="Ask about an answer with faults in the next batch (later), or at once at full price (now).",
        ),
    ] = Reask.LATER,
    concurrency: Annotated[
        int, typer.Option(min=1, max=256, metavar="N", help="With --reask now: calls at a time.")
    ] = 4,
    json_summary: Annotated[
        bool, typer.Option("--json-summary", help="Print the closing counts as JSON on standard output.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Fetch answers and write the results, as "run" would; what is to be asked again goes into a new batch.

    Can be repeated at any time, by any process that has the output and its folder, also after it was broken
    off: nothing is lost, and nothing is asked or written twice. An unanswered request is tried in three
    batches; a document that has failed goes to OUT.failures.jsonl, and the next submit tries it again.
    """
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    job, tally, console = _begun(out, api_key=api_key, cache=cache), Tally(), terminal.console(stderr=True)
    standing: Standing | None
    stop = _stop()
    with stop, render.progress(console, tally, Position([]), quiet=quiet) as progress:
        try:
            while True:
                standing = job.collect(
                    reask=reask.value,
                    concurrency=concurrency,
                    tally=tally,
                    progress=progress,
                    on_failure=_shown(),
                    stopped=lambda: stop.asked,
                )
                if standing.is_complete or not wait or not _waited(job, stop):
                    break
            status = terminal.status(standing.done, standing.failed)
            status = status if standing.is_complete else terminal.UNDER_WAY
        except ExtractorError as error:
            terminal.complain(str(error))
            standing, status = None, terminal.SOME_FAILED if tally.documents else terminal.NOTHING_DONE
    if json_summary:
        terminal.write_line(tally.to_json())
    if not quiet and tally != Tally():
        render.show_tally(console, tally, {"results": out} if tally.documents else {})
    if not quiet and standing:
        _tell(standing, out)
    raise typer.Exit(_interrupted() if stop.asked else status)


def _waited(job: BatchJob, stop: Stop) -> bool:
    """Wait until there is something to collect; False where a stop came first."""
    return any(job.has_news() for _ in stop.end(_pauses()))


def _pauses() -> Iterator[None]:
    while True:
        time.sleep(PAUSE)
        yield


def _job(out: Path, model: str, **settings: Any) -> BatchJob:  # noqa: ANN401  the drafter's own
    from extractor.batch_api import BatchJob  # noqa: PLC0415  few commands need it
    from extractor.draft.llm import LLMDrafter  # noqa: PLC0415  openai takes most of a second
    from extractor.pipeline import Extractor  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    return BatchJob(out, Extractor(LLMDrafter(model, strategy="document", **settings)))


def _begun(out: Path, **settings: Any) -> BatchJob:  # noqa: ANN401  as above
    """The job that a submit has begun."""
    from extractor.batch_api import begun_with  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    before = begun_with(out)
    kept = {name: before[name] for name in ("base_url", "window") if name in before}
    return _job(out, before["drafter"], **kept, **settings)


def _stop() -> Stop:
    return Stop(
        lambda: terminal.complain(
            "stopping; what is in work is finished first, a second Ctrl-C stops at once"
        )
    )


def _interrupted() -> int:
    terminal.complain("stopped; nothing is lost, and the same command goes on from here")
    return terminal.INTERRUPTED


def _shown() -> Callable[[Failure], None]:
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    console = terminal.console(stderr=True)
    return lambda failure: render.show_failure(console, failure)


def _tell(standing: Standing, out: Path) -> None:
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    render.show_standing(terminal.console(stderr=True), standing, str(out))
