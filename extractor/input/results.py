"""Results: the lines that a run has written, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from extractor.errors import InputError
from extractor.input.files import STDIN, STDIN_NAME, opened
from schemas import Result

if TYPE_CHECKING:
    from collections.abc import Iterator


def results(path: str) -> Iterator[Result | InputError]:
    """Read the results in a file, or in standard input for "-", one at a time.

    A line that is not a result is yielded as an InputError, and the others go on.
    """
    number, name = 0, STDIN_NAME if path == STDIN else path
    try:
        with opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _result(line, f"{name}:{number}")
    except InputError as error:
        yield error
        return
    if not number:
        yield InputError(name, "is empty: there is no result in it")


def _result(line: bytes, where: str) -> Result | InputError:
    try:
        return Result.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        what = f"{place}: {first['msg']}" if place else first["msg"]
        return InputError(where, f'is not a result of "extractor run" ({what})')
