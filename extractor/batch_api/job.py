"""Job: documents to results through a Batch API, over as many processes and days as it takes.

What is paid for is noted before anything else depends on it, and what is done is what the output holds:

- a batch is planned with its documents, and its file written, before it is uploaded; a batch that was made
  and not noted is found again by the token in its metadata;
- answers are noted before they are used, and kept; a document goes on by holding its conversation again from
  the start with them, so a line that was lost with the power, or taken away, is made again and not asked for;
- an answer counts only for the batch and the round that its document waits for.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractor.batch import Output, Tally, settings_key
from extractor.batch_api.drafter import BatchDrafter
from extractor.batch_api.standing import ENDED, standing
from extractor.batch_api.state import State
from extractor.batch_api.work import Work
from extractor.errors import InputError, ModelSetupError, OutputError
from extractor.input import documents, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from extractor.batch import Failure
    from extractor.batch_api.standing import Standing
    from extractor.pipeline import Extractor


class BatchJob:
    """Documents on their way to the result lines of `out` through the Batch API of the drafter's server.

    The extractor's drafter is an LLMDrafter. What is under way stands in a folder beside `out`
    ("records.batch" for "records.jsonl"); `begun_with(out)` says what it was begun with.
    """

    def __init__(self, out: str | Path, extractor: Extractor) -> None:
        if not isinstance(extractor.drafter, BatchDrafter):
            raise ModelSetupError(
                f'the drafter "{extractor.drafter.name}" has no Batch API; use an LLMDrafter'
            )
        self._out = Path(out)
        self._extractor = extractor
        self._drafter = extractor.drafter
        self._client = extractor.drafter.batches()

    def submit(  # noqa: PLR0913  the options of the command, all of them by name
        self,
        inputs: str | Path | Iterable[str | Path],
        *,
        published: date | str | None = None,
        text: bool = True,
        force: bool = False,
        on_failure: Callable[[Failure], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Standing:
        """Put the documents of the inputs into batches, but for those that are done or under way already.

        `inputs` and the other options are those of `extract_jsonl`, but that `force` removes the output, and
        is refused while batches are under way. Once `stopped` says so, what is in work is finished, and the
        rest is left to the next call. Returns how the job stands.

        Raises OutputError where the output, or what is under way for it, was made with other settings, and
        ModelSetupError where key, model or address is wrong or there is no Batch API.
        """
        paths = [str(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)]
        day = parse_day(published, "published") if isinstance(published, str) else published
        settings = self._settings(str(day), text=text)
        output = Output(self._out, settings=settings["key"], inputs=[Path(path) for path in paths])
        self._client.check()
        if force:
            self._remove()
        tally = Tally()
        with output, State(_folder(self._out)) as state:
            begun = state.settings
            if begun is None:
                state.begin(settings)
            else:
                self._compare(begun, settings)
            work = self._work(state, output, settings, tally, on_failure=on_failure, stopped=stopped)
            work.begin()
            found = documents(paths, published=day, exclude=output.paths)
            work.take(output.unfinished(found, tally, stands=state.has))
            work.go_on()
            return standing(state, self._client, tally, work.seen)

    def status(self) -> Standing:
        """Ask the server how the batches are getting on; changes nothing."""
        with _begun(self._out) as (state, _):
            return standing(state, self._client, Tally(), {})

    def has_news(self) -> bool:
        """Whether there is something to collect: a batch that has ended, or one that is still to be made."""
        with _begun(self._out) as (state, _):
            under_way = [each for each in state.batches() if each.told is None]
            return any(
                each.batch_id is None or self._client.retrieve(each.batch_id).status in ENDED
                for each in under_way
            )

    def collect(  # noqa: PLR0913  the options of the command, all of them by name
        self,
        *,
        reask: Literal["later", "now"] = "later",
        concurrency: int = 4,
        tally: Tally | None = None,
        progress: Callable[[int], None] = lambda _: None,
        on_failure: Callable[[Failure], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Standing:
        """Fetch the answers of the batches that have ended, and write what is finished.

        What has to be asked again goes into the next batch, or, by `reask="now"`, to the model at once, so
        many at a time. Can be repeated, also after it was broken off. What came of the documents is counted
        into `tally`; `progress` is called after each, as by `run`, and `stopped` is as for `submit`. Returns
        how the job stands.

        Raises InputError where nothing was submitted, ModelSetupError where the server has refused a batch as
        a whole, after writing what can be written, and else as `submit` does.
        """
        tally = tally if tally is not None else Tally()
        with _begun(self._out) as (state, begun):
            self._compare(begun, self._settings(begun["published"], text=begun["text"]))
            with Output(self._out, settings=begun["key"]) as output:
                work = self._work(
                    state, output, begun, tally, progress=progress, on_failure=on_failure, stopped=stopped
                )
                work.begin()
                refused = work.fetch()
                if reask == "now":
                    work.ask_now(concurrency)
                work.go_on(asking=refused is None)
                if refused is not None:
                    raise refused
                return standing(state, self._client, tally, work.seen)

    def _work(  # noqa: PLR0913  what a command has in hand
        self,
        state: State,
        output: Output,
        settings: dict[str, Any],
        tally: Tally,
        *,
        on_failure: Callable[[Failure], None],
        stopped: Callable[[], bool],
        progress: Callable[[int], None] = lambda _: None,
    ) -> Work:
        return Work(
            extractor=self._extractor,
            drafter=self._drafter,
            client=self._client,
            state=state,
            output=output,
            settings=settings["key"],
            text=settings["text"],
            tally=tally,
            progress=progress,
            on_failure=on_failure,
            stopped=stopped,
        )

    def _settings(self, published: str, *, text: bool) -> dict[str, Any]:
        """What the results of a call depend on, with the key that their lines carry."""
        extractor = self._extractor.settings
        key = settings_key({**extractor, "published": published}, text=text)
        return {"key": key, "extractor": extractor, "published": published, "text": text}

    def _compare(self, begun: dict[str, Any], now: dict[str, Any]) -> None:
        """Raise OutputError where a job was begun with other settings, saying which."""
        if begun["key"] == now["key"]:
            return
        before, after = ({**told, **told["extractor"]} for told in (begun, now))
        differing = [
            f"{name} {before.get(name)}, now {after.get(name)}"
            for name in {**before, **after}
            if name not in {"key", "extractor"} and before.get(name) != after.get(name)
        ]
        raise OutputError(
            f"{_folder(self._out)} was begun with other settings "
            f"({'; '.join(differing) or 'another version of this toolkit'}), for which the answers are: "
            "go on with these, choose another output, or submit with --force to start over"
        )

    def _remove(self) -> None:
        """Start over."""
        folder = _folder(self._out)
        if State(folder).exists:
            with State(folder) as state:
                if count := sum(each.told is None and each.file_id is not None for each in state.batches()):
                    raise OutputError(
                        f"{folder} has {count} batches under way; collect them first, or give them up by "
                        "removing it"
                    )
            shutil.rmtree(folder)
        for path in Output(self._out, settings="").paths:
            path.unlink(missing_ok=True)


def begun_with(out: str | Path) -> dict[str, Any]:
    """The settings of the extractor that a job was begun with; raises InputError where there is none."""
    with _begun(Path(out)) as (_, settings):
        return dict(settings["extractor"])


def _folder(out: Path) -> Path:
    return out.with_name(out.name.removesuffix(".jsonl") + ".batch")


@contextmanager
def _begun(out: Path) -> Iterator[tuple[State, dict[str, Any]]]:
    """Enter the state of a job that was begun, with its settings."""
    folder = _folder(out)
    settings = None
    if State(folder).exists:
        with State(folder) as state:
            settings = state.settings
            if settings is not None:
                yield state, settings
    if settings is None:
        raise InputError(str(out), f"nothing is under way for it ({folder} is missing); use batch submit")
