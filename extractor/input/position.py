"""Position: how far the reading of inputs has come, in bytes of their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.input.files import STDIN, walk

if TYPE_CHECKING:
    from collections.abc import Iterable


class Position:
    """How much of some inputs is read; nobody knows how long standard input is."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._size = _size(map(Path, paths))
        self._before = self._here = 0

    def at(self, offset: int) -> None:
        """So many bytes of the file at hand are read."""
        self._here = offset

    def leave(self) -> None:
        """The file at hand is read."""
        self._before, self._here = self._before + self._here, 0

    @property
    def share(self) -> float | None:
        """The part that is read, from 0 to 1; None where it cannot be known."""
        return min((self._before + self._here) / self._size, 1.0) if self._size else None


def _size(paths: Iterable[Path]) -> int | None:
    total = 0
    for path in paths:
        if str(path) == STDIN:
            return None
        files = [path] if path.is_file() else walk(path) if path.is_dir() else []
        total += sum(file.stat().st_size for file in files if isinstance(file, Path))
    return total
