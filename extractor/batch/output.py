"""Output: the files that a run writes, and what an earlier run of the same command has left in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from extractor.batch.failures import FailureFile
from extractor.batch.history import History
from extractor.batch.keys import document_key
from extractor.batch.lines import LineFile
from extractor.document import Document
from extractor.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from extractor.batch.tally import Failure, Tally


class Output:
    """A file of result lines, and beside it, where documents failed, a file of their failures.

    Both hold whole lines only, whatever happens. An existing file of results is continued: its documents are
    finished, and what failed is tried again unless `retry` is off. With `force` it is replaced instead, once
    there is a line to write. `settings` is the key of the settings that make the lines; a file made with
    others cannot be continued. Raises OutputError where a file may not, or cannot, be written or continued.
    """

    def __init__(
        self,
        path: Path,
        *,
        settings: str,
        force: bool = False,
        retry: bool = True,
        inputs: Iterable[Path] = (),
    ) -> None:
        self._results = LineFile(path)
        self._failures = FailureFile(path.with_name(path.name.removesuffix(".jsonl") + ".failures.jsonl"))
        self._settings, self._force, self._retry = settings, force, retry
        self._history = History()
        self._standing: set[str] | None = None
        """Keys of earlier failures that are dealt with elsewhere, once all input has been seen."""
        files = [each for each in inputs if each.is_file()]
        for mine in self.paths:
            if mine.is_file() and any(mine.samefile(each) for each in files):
                raise OutputError(f"{mine} is one of the inputs; choose another name for the output")

    @property
    def paths(self) -> tuple[Path, Path]:
        """The file of results and the file of failures."""
        return self._results.path, self._failures.path

    @property
    def written(self) -> dict[str, Path]:
        """Those of the two that this run has written lines to, as "results" and "failures"."""
        lines = {"results": self._results.lines, "failures": self._failures.lines}
        return {name: path for (name, count), path in zip(lines.items(), self.paths, strict=True) if count}

    def is_finished(self, key: str) -> bool:
        """Whether an earlier run has finished the document of this key."""
        return self._history.has(key)

    def unfinished(
        self,
        documents: Iterable[Document | InputError],
        tally: Tally,
        stands: Callable[[str], bool] = lambda _: False,
    ) -> Iterator[Document | InputError]:
        """Pass on what is still to do, and count what is not.

        Failures of earlier runs that do not come up again are none any more, but for those of documents that
        `stands` says of, by their keys, that they are dealt with elsewhere.
        """
        for found in documents:
            key = found.where if isinstance(found, InputError) else document_key(found)
            if isinstance(found, Document) and self._history.has(key):
                tally.finished += 1
            elif not self._retry and self._failures.has(key):
                tally.left += 1
            else:
                if isinstance(found, Document) and self._history.has_id(found.doc_id):
                    tally.changed += 1
                yield found
        self._standing = self._failures.those(stands)

    def write(self, line: str, key: str) -> None:
        """Write one result line, of the document of that key."""
        self._results.write(line)
        self._failures.settle(key)

    def fail(self, failure: Failure) -> None:
        """Write one failure; beside a device such as /dev/null there is no place for it."""
        if self._results.path.is_file():
            attempts = self._failures.attempts(failure.key) + 1
            self._failures.add(replace(failure, attempts=attempts))

    def __enter__(self) -> Self:
        """Open the file of results, so that one that cannot be written is known before any work is done."""
        existed = self._results.path.is_file()
        self._results.lock()
        try:
            if not self._force:
                self._continue(existed=existed)
        except BaseException:
            self._results.close()
            raise
        return self

    def _continue(self, *, existed: bool) -> None:
        """Take over what earlier runs have left."""
        if existed:
            self._history = History.read(self._results.path, self._settings)
            self._results.keep(self._history.size)
        self._failures.load(self._history.has)

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._results.close()
        if self._standing is not None and error is None:  # read to the end is not yet worked on to the end
            self._failures.all_seen(self._standing, retried=self._retry)
        self._failures.close()
        if self._force and self._results.lines and not self._failures.lines:
            self._failures.path.unlink(missing_ok=True)  # left by the run that this one replaces
