"""Failures: the file beside the results with one line for each document that has none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extractor.batch.lines import LineFile
from extractor.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from extractor.batch.tally import Failure


class FailureFile:
    """Failed documents by their key, with how often they were tried.

    A failure is written at once; what has become of the earlier ones is put in order when the file is
    closed, and after a crash when it is opened again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = LineFile(path)
        self._attempts: dict[str, int] = {}
        self._settled: set[str] = set()
        self._old = 0
        """Lines that earlier runs left."""
        self._forgotten = 0
        """Of these, those that stand for nothing any more, but for some that are dealt with elsewhere."""
        self._standing: set[str] = set()
        """The keys of these."""

    @property
    def lines(self) -> int:
        """Failures written in this run."""
        return self._file.lines

    def load(self, is_finished: Callable[[str], bool]) -> None:
        """Read what earlier runs left; `is_finished` says of a document's key whether it has a result now."""
        size = 0
        for line, failure in self._read():
            size += len(line)
            self._old += 1
            key = _key(failure)
            self._attempts[key] = int(failure.get("attempts") or 1)
            document = failure.get("document")
            if document and is_finished(document):
                self.settle(key)
        self._file = LineFile(self.path, size)

    def has(self, key: str) -> bool:
        """Whether a document failed in an earlier run."""
        return key in self._attempts and key not in self._settled

    def attempts(self, key: str) -> int:
        """How many runs have tried a document so far."""
        return self._attempts.get(key, 0)

    def settle(self, key: str) -> None:
        """A document that failed in an earlier run has a result."""
        if key in self._attempts:
            self._settled.add(key)

    def those(self, stands: Callable[[str], bool]) -> set[str]:
        """Keys of the earlier failures that `stands` says of."""
        return {key for key in self._attempts if stands(key)}

    def all_seen(self, standing: set[str], *, retried: bool) -> None:
        """The run has come to the end of its input.

        An old failure that was tried again and has not failed is none any more, be it that its line was
        mended or is no longer there; but those of the keys in `standing` are dealt with elsewhere.
        """
        if retried:
            self._forgotten, self._standing = self._old, standing

    def add(self, failure: Failure) -> None:
        """Write a failure."""
        self._file.write(failure.to_json())

    def close(self) -> None:
        """Leave one line for each document that still has no result, and no file where there is none."""
        self._file.close()
        if not self._old:
            return
        last = {_key(failure): number for number, (_, failure) in enumerate(self._read())}
        kept = self.path.with_name(f"{self.path.name}.new")
        left = 0
        try:
            with kept.open("wb") as stream:
                for number, (line, failure) in enumerate(self._read()):
                    key = _key(failure)
                    stands = number >= self._forgotten or key in self._standing
                    if last[key] == number and stands and key not in self._settled:
                        stream.write(line)
                        left += 1
            kept.replace(self.path)
        except OSError as error:
            kept.unlink(missing_ok=True)
            raise OutputError(f"{self.path} cannot be put in order: {error.strerror}") from None
        if not left:
            self.path.unlink(missing_ok=True)

    def _read(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Yield the whole lines with what they say."""
        if not self.path.is_file():
            return
        with self.path.open("rb") as lines:
            for line in lines:
                try:
                    failure = json.loads(line) if line.endswith(b"\n") else None
                except ValueError:
                    failure = None
                if not isinstance(failure, dict):
                    return
                yield line, failure


def _key(failure: dict[str, Any]) -> str:
    return str(failure.get("document") or failure.get("where"))
