"""Staging: an output that has its final name only when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def check_output(path: Path, *, files: Collection[str] = (), force: bool = False) -> None:
    """Raise OutputError where an output may not be written to `path`.

    With `files` it is a folder of these files, else one file. `force` allows to replace an output of the same
    sort, but never a folder in which something else lies.
    """
    if not path.absolute().parent.is_dir():
        raise OutputError(f"{path} cannot be written: there is no such folder")
    if not path.exists():
        return
    if path.is_dir() != bool(files):
        found, wanted = ("a folder", "a file") if path.is_dir() else ("a file", "a folder")
        raise OutputError(f"{path} is {found} and the output would be {wanted}; choose another name")
    if not force:
        raise OutputError(f"{path} exists already; choose another name, or replace it with --force")
    if files and (others := sorted(entry.name for entry in path.iterdir() if entry.name not in files)):
        raise OutputError(f'{path} is not replaced: "{others[0]}" in it is no file of such an output')


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give a place to write to; what was written there takes the name `path` if nothing went wrong.

    The place is in a hidden folder beside `path`, which is gone afterwards. Raises OutputError where it
    cannot be made.
    """
    path = path.absolute()
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
    try:
        place = folder / path.name
        yield place
        if path.is_dir():
            path.rename(folder / "replaced")
        place.replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
