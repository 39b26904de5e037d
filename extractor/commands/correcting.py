"""Correcting: the option `--corrections`, of whatever command has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.commands import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.review import Corrections
    from schemas import Result


def read(path: str | None) -> Corrections | None:
    """The corrections in a file, None where none is named; raises InputError where a line is none."""
    if path is None:
        return None
    from extractor.review import Corrections, read_corrections  # noqa: PLC0415  only where asked for

    return Corrections(read_corrections(path))


def steps(corrections: Corrections | None) -> tuple[Callable[[Result], Result], ...]:
    """What each result goes through after it has been checked."""
    return () if corrections is None else (corrections.apply,)


def settings(corrections: Corrections | None) -> dict[str, str]:
    """What the results depend on."""
    return {} if corrections is None else {"corrections": corrections.key}


def tell(corrections: Corrections | None, *, missing: bool = True) -> None:
    """Say of each correction that was not applied why not; `missing`: also of documents that never came."""
    if corrections is None:
        return
    for sentence in (*corrections.unfit, *(corrections.missing if missing else [])):
        terminal.complain(f"correction not applied: {sentence}")
