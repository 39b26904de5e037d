"""Job: files of documents to a file of results, as the command line does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.keys import settings_key
from extractor.batch.output import Output
from extractor.batch.run import run
from extractor.batch.tally import Tally
from extractor.input import documents, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from extractor.batch.tally import Failure
    from extractor.pipeline import Extractor


def extract_jsonl(  # noqa: PLR0913  the options of the command, all of them by name
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    extractor: Extractor,
    published: date | str | None = None,
    concurrency: int = 4,
    processes: int = 1,
    ordered: bool = True,
    text: bool = True,
    force: bool = False,
    retry_failures: bool = True,
    on_failure: Callable[[Failure], None] = lambda _: None,
) -> Tally:
    """Extract from every document of the inputs to one JSON line each in `out`, as `extractor run` does.

    `inputs` are text, HTML and JSONL files, also .gz or .zst, and directories. `published` is the day of the
    documents that tell none. With a language model, `concurrency` documents are at it at a time; reading and
    checking is done by so many `processes`. What fails is told to `on_failure` and stands in the file of
    failures beside `out`, and the others go on. The same call continues what was broken off; `force` starts
    over. Returns the counts of this call.

    Raises OutputError where `out` cannot be written or was made with other settings, ModelSetupError where
    every document would meet the same error; what was finished before is kept.
    """
    paths = [str(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    day = parse_day(published, "published") if isinstance(published, str) else published
    settings = settings_key({**extractor.settings, "published": str(day)}, text=text)
    output = Output(
        Path(out), settings=settings, force=force, retry=retry_failures, inputs=[Path(path) for path in paths]
    )
    tally = Tally()

    def fail(failure: Failure) -> None:
        output.fail(failure)
        on_failure(failure)

    with output:
        found = documents(paths, published=day, exclude=output.paths)
        return run(
            extractor,
            output.unfinished(found, tally),
            output.write,
            fail=fail,
            settings=settings,
            tally=tally,
            concurrency=concurrency if extractor.asks else 1,
            processes=processes,
            ordered=ordered,
            text=text,
        )
