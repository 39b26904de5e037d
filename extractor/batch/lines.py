"""Lines: files to which only whole lines are written."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from extractor.errors import OutputError

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path


_SYNC_EVERY = 5.0  # seconds


class LineFile:
    """A file to which whole lines are written: a line that does not fit is taken back.

    What the file holds already stays up to `size` bytes, and the rest is dropped with the first line.
    """

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        self.lines = 0
        """Lines written."""
        self._size = size
        self._stream: FileIO | None = None
        self._created = False
        self._synced = time.monotonic()

    def open(self) -> FileIO:
        """Open the file, so that one that cannot be written is known; raises OutputError."""
        if self._stream is None:
            self._created = not self.path.exists()
            try:
                self._stream = self.path.open("ab", buffering=0)
            except FileNotFoundError:
                raise OutputError(f"{self.path} cannot be written: there is no such folder") from None
            except OSError as error:
                raise OutputError(f"{self.path} cannot be written: {error.strerror}") from None
        return self._stream

    def lock(self) -> None:
        """Keep other runs away until the file is closed; raises OutputError where one is at work."""
        stream = self.open()
        try:
            import fcntl  # noqa: PLC0415  not on every system; without it two runs are not told apart
        except ImportError:
            return
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.close()
            raise OutputError(
                f"{self.path} is being written by another run; wait for it, or choose another name"
            ) from None
        except OSError:
            pass  # a device, or a file system without locks

    def write(self, line: str) -> None:
        """Write one line, given without its break; raises OutputError where it does not fit."""
        stream = self.open()
        rest = memoryview(f"{line}\n".encode())
        size = self._size + len(rest)
        try:
            if not self.lines:
                self.cut()
            while rest:
                rest = rest[stream.write(rest) :]
        except OSError as error:
            self.cut()
            raise OutputError(
                f"{self.path} cannot be written: {error.strerror}; the lines so far are whole, and the same "
                "command goes on"
            ) from None
        self._size = size
        self.lines += 1
        if time.monotonic() - self._synced > _SYNC_EVERY:
            self._sync()

    def _sync(self) -> None:
        """Have what is written on the disk, so that a power cut costs the last seconds and no more."""
        self._synced = time.monotonic()
        with suppress(OSError):  # a device, or a pipe
            os.fsync(self.open())

    def keep(self, size: int) -> None:
        """Keep the first `size` bytes of what the file holds, and drop the rest at once."""
        self._size = size
        self.cut()

    def cut(self) -> None:
        """Drop what stands behind the last whole line; a device has nothing to drop."""
        with suppress(OSError):
            self.open().truncate(self._size)

    def close(self) -> None:
        """Close the file; one that was made here and holds nothing goes again."""
        if self._stream is not None:
            if self.lines:
                self._sync()
            self._stream.close()
            self._stream = None
            if self._created and not self._size:
                self.path.unlink(missing_ok=True)
