"""Files: from paths to the lines of files, in a fixed order and with bounded memory."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast

from extractor.errors import InputError
from extractor.input.decode import MAX_CHARACTERS, too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from extractor.input.position import Position

Format = Literal["text", "html", "jsonl"]

STDIN = "-"
STDIN_NAME = "stdin"
"""What standard input is called in ids and messages."""
_PACKED = {".gz", ".zst"}
"""Endings that may stand behind those of a format."""
_FORMATS: dict[str, Format] = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
_MAX_BYTES = 8 * MAX_CHARACTERS
"""Longest line that is read and largest file that is read whole: UTF-8 needs up to 4 bytes a character and
JSON's escapes 6, and a page's markup is several times its text."""


def walk(directory: Path) -> Iterator[Path | InputError]:
    """Yield the text, HTML and JSONL files below a directory, sorted by path.

    Hidden files are left out, and folders behind symbolic links are not entered. A folder that cannot be
    listed, and a directory without any such file, is an InputError among them.
    """
    empty = True
    for found in _walk(directory):
        empty = False
        yield found
    if empty:
        yield InputError(named(directory), f"has no file that ends in {', '.join(_FORMATS)}")


def _walk(directory: Path) -> Iterator[Path | InputError]:
    try:
        entries = sorted(directory.iterdir())
    except OSError as error:
        yield InputError(named(directory), f"cannot be listed: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif _format(entry) is not None:
            yield entry


@contextmanager
def opened(path: str, position: Position | None = None) -> Iterator[Iterator[bytes]]:
    """Open the lines of a file, or of standard input for "-"; raises InputError where it cannot be read.

    `position` is told how far the file is read.
    """
    try:
        if path == STDIN:
            yield _lines(sys.stdin.buffer)
        else:
            with Path(path).open("rb") as file, _unpacked(file, Path(path)) as stream:
                lines = _lines(stream)
                yield _followed(lines, file, position) if position else lines
    except FileNotFoundError:
        raise InputError(named(path), "no such file") from None
    except (EOFError, gzip.BadGzipFile, zlib.error, _zstd().ZstdError):
        raise InputError(named(path), "is damaged or cut off: it cannot be unpacked") from None
    except OSError as error:
        raise InputError(named(path), f"cannot be read: {error.strerror or error}") from None


def _unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    """Open a file's content, where its name says that it is packed."""
    match path.suffix.lower():
        case ".gz":
            return cast("IO[bytes]", gzip.open(file))
        case ".zst":
            return cast("IO[bytes]", _zstd().open(file))
        case _:
            return file


def _zstd() -> ModuleType:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415
    else:
        from backports import zstd  # noqa: PLC0415  few files need it
    return zstd


def named(path: str | Path) -> str:
    """Write a path so that it can be printed and put as JSON, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield lines with their line breaks; of a line that is too long only enough to see that it is."""
    while line := stream.readline(_MAX_BYTES + 1):
        yield line
        while len(line) > _MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(_MAX_BYTES + 1)


def _followed(lines: Iterable[bytes], file: IO[bytes], position: Position) -> Iterator[bytes]:
    for line in lines:
        position.at(file.tell())
        yield line
    position.leave()


def is_too_long(line: bytes) -> bool:
    """Tell whether only the beginning of this line was read."""
    return len(line) > _MAX_BYTES


def whole(lines: Iterable[bytes], where: str) -> bytes:
    """Join all of a file; raises InputError as soon as it is larger than any document."""
    data = bytearray()
    for line in lines:
        data += line
        if len(data) > _MAX_BYTES:
            raise too_long(where)
    return bytes(data)


def _format(path: Path) -> Format | None:
    """The format that a file's name tells, packed or not."""
    suffix = path.suffix.lower()
    return _FORMATS.get(Path(path.stem).suffix.lower() if suffix in _PACKED else suffix)


def format_of(path: str, lines: Iterator[bytes]) -> tuple[Format, Iterator[bytes]]:
    """Tell the format by the file's name, else by its first words; `lines` comes back complete.

    Standard input and files of any other ending are JSONL where the first line that is not blank opens an
    object, HTML where it opens a page, else text.
    """
    form = _format(Path(path))
    if form is not None:
        return form, lines
    head = []
    for line in lines:
        head.append(line)
        if line.strip():
            break
    start = head[-1].removeprefix(b"\xef\xbb\xbf").lstrip().lower() if head else b""
    if start.startswith(b"{"):
        return "jsonl", chain(head, lines)
    return ("html" if start.startswith((b"<!doctype html", b"<html")) else "text"), chain(head, lines)
