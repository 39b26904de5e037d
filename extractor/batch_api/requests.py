"""Requests: the file that a batch is made of, within the limits of the Batch API."""

from __future__ import annotations

import os
import re
from typing import IO, TYPE_CHECKING, Self

from extractor.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_OURS = re.compile(r"([0-9a-f]{32})-([0-9]{1,9})")
MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000


def custom_id(key: str, rounds: int) -> str:
    """What pairs an answer with its request: a document's key and how often it was put into a batch.

    >>> custom_id("0123456789abcdef0123456789abcdef", 2)
    '0123456789abcdef0123456789abcdef-2'
    """
    return f"{key}-{rounds}"


def parts(name: object) -> tuple[str, int] | None:
    """Read a custom id back; None where it is none of ours."""
    ours = _OURS.fullmatch(str(name))
    return (ours[1], int(ours[2])) if ours else None


class RequestFile:
    """A file of requests that is being written; `limit` is how many it may take, beside the API's limits."""

    def __init__(self, path: Path, limit: int | None = None) -> None:
        self.count = 0
        self._path = path
        self._bytes = 0
        self._limit = min(limit or MAX_REQUESTS, MAX_REQUESTS)
        self._stream: IO[bytes] | None = None

    def add(self, name: str, body: bytes) -> bool:
        """Write a request, `body` being that of a chat completion; whether there was room for it.

        Raises OutputError.
        """
        head = f'{{"custom_id":"{name}","method":"POST","url":"/v1/chat/completions","body":'
        line = head.encode() + body + b"}\n"
        if self.count and (self.count >= self._limit or self._bytes + len(line) > MAX_BYTES):
            return False
        try:
            self._stream = self._stream or self._path.open("wb")
            self._stream.write(line)
        except OSError as error:
            raise self._broken(error) from None
        self.count += 1
        self._bytes += len(line)
        return True

    def close(self) -> None:
        """Make sure that the file outlives a power cut; raises OutputError."""
        if self._stream is None:
            return
        try:
            with self._stream:
                self._stream.flush()
                os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._broken(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def _broken(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self._path} cannot be written: {error.strerror}; nothing is lost, and the same command goes on"
        )
