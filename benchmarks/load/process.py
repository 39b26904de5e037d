"""Process: what a command takes with all processes that it starts. Linux only: it reads /proc."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK = 0.02  # seconds between two looks whether it has ended
_SAMPLE = 0.5  # seconds between two looks at its memory, which itself takes time


class Spent(NamedTuple):
    """What a command took."""

    started: float
    ended: float
    """On the system's monotonic clock."""
    cpu: float
    """Seconds of processor time, user and system, of it and of all processes that it waited for."""
    peak: int
    """Most bytes at a time: the sum of PSS, which shares out what several processes have in common."""


def measured(command: Sequence[str], folder: Path, errors: Path) -> Spent:
    """Run a command in a folder to its end; raises RuntimeError with its last words where it fails.

    `errors` is the file for what it prints.
    """
    started = time.monotonic()
    with errors.open("wb") as said:
        # answers are kept as they are by default, but every run begins with none
        environment = {**os.environ, "PRESSLEDGER_CACHE": str(errors.with_name(f"answers-{started}"))}
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=environment)
    peak, looked = 0, 0.0
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        now = time.monotonic()
        if ended:
            break
        if now - looked >= _SAMPLE:
            peak, looked = max(peak, sum(map(_memory, _tree(process.pid)))), now
        time.sleep(_LOOK)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = errors.read_text(encoding="utf-8", errors="replace")[-2_000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{words}")
    return Spent(started, now, usage.ru_utime + usage.ru_stime, peak)


def _tree(pid: int) -> list[int]:
    """A process and what it has started."""
    found = [pid]
    with suppress(OSError):  # it has ended since
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def _memory(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
