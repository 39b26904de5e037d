"""Run: documents in work, some at a time, each to a result line or a failure."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

from extractor.batch.keys import document_key
from extractor.batch.tally import Failure, Tally
from extractor.errors import ExtractorError, InputError, ModelSetupError
from schemas import Result, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.document import Document

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 2
"""Documents in hand per thread: one in work, one waiting, so that no thread is idle behind a slow one."""


class DocumentExtractor(Protocol):
    """What a batch needs of an Extractor."""

    def extract_document(self, document: Document) -> Result:
        """Extract the records of one document."""
        ...


def run(  # noqa: PLR0913  two places to write to and three settings, all of them by name
    extractor: DocumentExtractor,
    documents: Iterable[Document | InputError],
    write: Callable[[str, str], None],
    *,
    fail: Callable[[Failure], None],
    settings: str,
    tally: Tally | None = None,
    progress: Callable[[], None] = lambda: None,
    concurrency: int = 1,
    text: bool = True,
) -> Tally:
    """Extract from each document and `write` its result as one JSON line, in the order of the documents.

    `write` is given the line and the document's key, which the line carries too, with `settings`, the key of
    what makes the lines. A document that fails goes to `fail` and the others go on. Only a ModelSetupError,
    which every document would meet, and an error of `write` or `fail` end the run. With `concurrency` above 1
    that many documents are in work at a time, which helps where a language model is waited for. `text=False`
    leaves the texts out of the lines. Memory holds a few documents per thread, however many there are. What
    came of the documents is counted into `tally`, which is returned; `progress` is called after each.
    """
    tally = tally or Tally()
    work = partial(_outcome, extractor, settings=settings, text=text)
    for outcome in _in_order(work, documents, concurrency):
        if isinstance(outcome, Failure):
            fail(outcome)
            tally.failures += 1
        else:
            result, line, key = outcome
            write(line, key)
            tally.add(result)
        progress()
    return tally


def _outcome(
    extractor: DocumentExtractor, document: Document | InputError, *, settings: str, text: bool
) -> tuple[Result, str, str] | Failure:
    """Extract from one document and make its line, so that a result that cannot be put as JSON fails too."""
    if isinstance(document, InputError):
        return Failure(document.where, document.what)
    key = document_key(document)
    try:
        result = extractor.extract_document(document)
        result = result.model_copy(update={"run": Run(document=key, settings=settings)})
        return result, result.to_json(text=text), key
    except ModelSetupError:
        raise
    except ExtractorError as error:
        what = error.what if isinstance(error, InputError) else str(error)
    except Exception as error:  # noqa: BLE001  a fault in one document must not cost the others
        what = f"a fault of the toolkit, please report it: {type(error).__name__}: {error}"
    return Failure(document.doc_id, what, document.doc_id, key)


def _in_order(work: Callable[[In], Out], items: Iterable[In], concurrency: int) -> Iterator[Out]:
    """Map with a fixed number of threads, in order, without running ahead of the reader."""
    if concurrency <= 1:
        yield from map(work, items)
        return
    tasks: SimpleQueue[tuple[Future[Out], In] | None] = SimpleQueue()
    for _ in range(concurrency):
        # daemons, so that a run that is stopped ends at once and not when the last call has come back
        Thread(target=_serve, args=(work, tasks), daemon=True).start()
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(Future())
            tasks.put((waiting[-1], item))
            while waiting and (waiting[0].done() or len(waiting) >= _AHEAD * concurrency):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(concurrency):
            tasks.put(None)


def _serve(work: Callable[[In], Out], tasks: SimpleQueue[tuple[Future[Out], In] | None]) -> None:
    """Do tasks until there are no more."""
    while (task := tasks.get()) is not None:
        future, item = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except BaseException as error:  # noqa: BLE001  it is raised where the result is asked for
                future.set_exception(error)
