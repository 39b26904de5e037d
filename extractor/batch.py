"""Batch: a stream of documents to a file of result lines, with a tally of what came of them."""

from __future__ import annotations

import json
from collections import Counter, deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from extractor.errors import ExtractorError, InputError, ModelSetupError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import FileIO
    from pathlib import Path

    from extractor.document import Document
    from schemas import Result

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD = 2
"""Documents in hand per thread: one in work, one waiting, so that no thread is idle behind a slow one."""


class DocumentExtractor(Protocol):
    """What a batch needs of an Extractor."""

    def extract_document(self, document: Document) -> Result:
        """Extract the records of one document."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A document without a result."""

    where: str
    """Its file, or "file:line"; its id where it could be read and failed later."""
    error: str
    """One sentence: what is wrong, and what to do."""
    doc_id: str | None = None
    """Its id, where it got as far as that."""

    def to_json(self) -> str:
        """One JSON line without the line break."""
        return json.dumps(
            {"where": self.where, "doc_id": self.doc_id, "error": self.error}, ensure_ascii=False
        )


@dataclass(slots=True)
class Tally:
    """What came of the documents so far."""

    documents: int = 0
    """Documents with a result."""
    failures: int = 0
    """Documents without one."""
    records: Counter[str] = field(default_factory=Counter)
    """Records by type: facilities, deals, forecasts."""
    problems: Counter[str] = field(default_factory=Counter)
    """Problems by verdict: conflict, underdetermined, consistent."""
    figures: Counter[str] = field(default_factory=Counter)
    """Numerals of the texts by what became of them: read, used, dismissed, unexplained."""

    def add(self, result: Result) -> None:
        """Count one result."""
        self.documents += 1
        for kind in ("facilities", "deals", "forecasts"):
            self.records[kind] += len(getattr(result, kind))
        self.problems.update(problem.verdict for problem in result.problems)
        coverage = result.coverage
        self.figures["read"] += coverage.figures_read
        self.figures["used"] += coverage.figures_used
        self.figures["dismissed"] += len(coverage.figures_dismissed)
        self.figures["unexplained"] += len(coverage.figures_unexplained)


def run(  # noqa: PLR0913  two places to write to and three settings, all of them by name
    extractor: DocumentExtractor,
    documents: Iterable[Document | InputError],
    write: Callable[[str], None],
    *,
    fail: Callable[[Failure], None],
    tally: Tally | None = None,
    progress: Callable[[], None] = lambda: None,
    concurrency: int = 1,
    text: bool = True,
) -> Tally:
    """Extract from each document and `write` its result as one JSON line, in the order of the documents.

    A document that fails goes to `fail` and the others go on. Only a ModelSetupError, which every document
    would meet, and an error of `write` or `fail` end the run. With `concurrency` above 1 that many
    documents are in work at a time, which helps where a language model is waited for. `text=False` leaves
    the texts out of the lines. Memory holds a few documents per thread, however many there are. What came
    of the documents is counted into `tally`, which is returned; `progress` is called after each.
    """
    tally = tally or Tally()
    for outcome in _in_order(partial(_outcome, extractor, text=text), documents, concurrency):
        if isinstance(outcome, Failure):
            fail(outcome)
            tally.failures += 1
        else:
            result, line = outcome
            write(line)
            tally.add(result)
        progress()
    return tally


def _outcome(
    extractor: DocumentExtractor, document: Document | InputError, *, text: bool
) -> tuple[Result, str] | Failure:
    """Extract from one document and make its line, so that a result that cannot be put as JSON fails too."""
    if isinstance(document, InputError):
        return Failure(document.where, document.what)
    try:
        result = extractor.extract_document(document)
        return result, result.to_json(text=text)
    except ModelSetupError:
        raise
    except ExtractorError as error:
        what = error.what if isinstance(error, InputError) else str(error)
    except Exception as error:  # noqa: BLE001  a fault in one document must not cost the others
        what = f"a fault of the toolkit, please report it: {type(error).__name__}: {error}"
    return Failure(document.doc_id, what, document.doc_id)


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


class Output:
    """A file of result lines, and beside it, where documents failed, a file of their failures.

    Both hold whole lines only, whatever happens. An existing file of results is replaced with `force` alone,
    and only once there is a line to write; failures of an earlier run are replaced or removed with it. Raises
    OutputError where a file may not or cannot be written.
    """

    def __init__(self, path: Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
        self._results = _LineFile(path)
        self._failures = _LineFile(path.with_name(path.name.removesuffix(".jsonl") + ".failures.jsonl"))
        files = [each for each in inputs if each.is_file()]
        for mine in self.paths:
            if mine.is_file() and any(mine.samefile(each) for each in files):
                raise OutputError(f"{mine} is one of the inputs; choose another name for the output")
        if path.is_file() and not force:
            raise OutputError(f"{path} exists already; choose another name, or replace it with --force")

    @property
    def paths(self) -> tuple[Path, Path]:
        """The file of results and the file of failures."""
        return self._results.path, self._failures.path

    @property
    def written(self) -> dict[str, Path]:
        """Those of the two that have lines, as "results" and "failures"."""
        files = {"results": self._results, "failures": self._failures}
        return {name: file.path for name, file in files.items() if file.written}

    def write(self, line: str) -> None:
        """Write one result line."""
        self._results.write(line)

    def fail(self, failure: Failure) -> None:
        """Write one failure; beside a device such as /dev/null there is no place for it."""
        if self._results.path.is_file():
            self._failures.write(failure.to_json())

    def __enter__(self) -> Self:
        """Open the file of results, so that one that cannot be written is known before any work is done."""
        self._results.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._results.close()
        self._failures.close()
        if self._results.written and not self._failures.written:
            self._failures.path.unlink(missing_ok=True)  # left by the run that this one replaces


class _LineFile:
    """A file to which whole lines are written: a line that does not fit is taken back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written = 0
        self._stream: FileIO | None = None
        self._created = False

    def open(self) -> FileIO:
        if self._stream is None:
            self._created = not self.path.exists()
            try:
                self._stream = self.path.open("ab", buffering=0)
            except FileNotFoundError:
                raise OutputError(f"{self.path} cannot be written: there is no such folder") from None
            except OSError as error:
                raise OutputError(f"{self.path} cannot be written: {error.strerror}") from None
        return self._stream

    def write(self, line: str) -> None:
        stream = self.open()
        rest = memoryview(f"{line}\n".encode())
        size = self.written + len(rest)
        try:
            if not self.written:
                self._cut(stream)
            while rest:
                rest = rest[stream.write(rest) :]
        except OSError as error:
            self._cut(stream)
            raise OutputError(f"{self.path} cannot be written: {error.strerror}") from None
        self.written = size

    def _cut(self, stream: FileIO) -> None:
        """Drop what stands behind the last whole line; a device has nothing to drop."""
        with suppress(OSError):
            stream.truncate(self.written)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            if self._created and not self.written:
                self.path.unlink(missing_ok=True)
