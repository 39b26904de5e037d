"""Run: documents in work, some at a time, each to a result line or a failure."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

from extractor import loop
from extractor.batch.feed import Feed
from extractor.batch.processes import desks
from extractor.batch.tally import Failure, Tally
from extractor.errors import ModelSetupError
from extractor.flow import flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractAsyncContextManager

    from extractor.batch.desk import DocumentExtractor, Finished, Outcome
    from extractor.batch.processes import Desks
    from extractor.document import Document
    from extractor.draft.asking import Reply, Request
    from extractor.errors import InputError

_SPARE = 4
"""Documents per process that are read, or finished, while the model has others."""
_AHEAD = 8
"""Finished lines that wait for an earlier one, per document in work."""


def run(  # noqa: PLR0913  two places to write to, and settings, all of them by name
    extractor: DocumentExtractor,
    documents: Iterable[Document | InputError],
    write: Callable[[str, str], None],
    *,
    fail: Callable[[Failure], None],
    settings: str,
    tally: Tally | None = None,
    progress: Callable[[int], None] = lambda _: None,
    concurrency: int = 1,
    processes: int = 1,
    at_work: AbstractAsyncContextManager[Desks] | None = None,
    ordered: bool = True,
    text: bool = True,
) -> Tally:
    """Extract from each document and `write` its result as one JSON line, in the order of the documents.

    `write` is given the line and the document's key, which the line carries too, with `settings`, the key of
    what makes the lines. A document that fails goes to `fail` and the others go on. Only a ModelSetupError,
    which every document would meet, and an error of `write` or `fail` end the run; before the first of these
    is raised, what is in work is finished.

    `concurrency` documents are at the model at a time; reading and checking is done by so many `processes`,
    which are those of `at_work` where that is given, and on this machine without it. With `ordered` off,
    lines are written as they come. `text=False` leaves the texts out of the lines. Memory holds some
    documents for each one at the model, however many there are. What came of the documents is counted into
    `tally`, which is returned; `progress` is called after each, with the number of those at the model.
    `write`, `fail` and `progress` are called in another thread than the one that goes through the documents.
    """
    tally = tally or Tally()
    receiving, is_over = threading.Lock(), False

    def receive(outcome: Finished | Failure, at_model: int) -> None:
        with receiving:
            if is_over:
                return
            if isinstance(outcome, Failure):
                fail(outcome)
                tally.failures += 1
            else:
                write(outcome.line, outcome.key)
                tally.merge(outcome.counts)
            progress(at_model)

    feed: Feed[Document | InputError] = Feed(_SPARE * processes)
    at_work = at_work or desks(extractor, processes, concurrency, settings=settings, text=text)
    hands = concurrency + (_SPARE * processes if extractor.asks or processes > 1 else 0)
    future = loop.start(
        _work(extractor, at_work, feed, receive, concurrency=concurrency, hands=hands, ordered=ordered)
    )
    try:
        for document in documents:
            if not feed.put(document):
                break
        feed.end()
        future.result()
    finally:
        future.cancel()
        is_over = True
        with receiving:  # a line that is being written; then whoever called may close the files
            pass
    return tally


async def _work(  # noqa: PLR0913  what `run` has prepared
    extractor: DocumentExtractor,
    at_work: AbstractAsyncContextManager[Desks],
    feed: Feed[Document | InputError],
    receive: Callable[[Finished | Failure, int], None],
    *,
    concurrency: int,
    hands: int,
    ordered: bool,
) -> None:
    """Take documents from the feed up to its end, or up to an error that all of them would meet."""
    calls = asyncio.Semaphore(concurrency)
    at_model = 0
    ends: list[ModelSetupError] = []

    async def send(request: Request) -> Reply:
        nonlocal at_model
        async with calls:
            at_model += 1
            reply = await extractor.send(request)
            at_model -= 1
            return reply

    async def outcome(desk: Desks, document: Document | InputError) -> Outcome:
        what = await desk.outcome(document, send)
        if isinstance(what, ModelSetupError):
            feed.close()
        return what

    try:
        get_ready = getattr(extractor, "get_ready", lambda: None)
        ready = asyncio.create_task(asyncio.to_thread(get_ready))  # while other processes start
        async with at_work as desk:
            await ready
            stream = flow(partial(outcome, desk), feed, hands=hands, ahead=_AHEAD * hands, ordered=ordered)
            async with aclosing(stream) as outcomes:
                async for what in outcomes:
                    if isinstance(what, ModelSetupError):
                        ends.append(what)
                    else:
                        receive(what, at_model)
    finally:
        feed.close()
    if ends:
        raise ends[0]
