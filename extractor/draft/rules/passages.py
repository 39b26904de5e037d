"""Passages: stretches of a text that something else must not touch."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.draft.rules.runs import Run


class Passages:
    """Passages that a name must not touch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def outside(self, run: Run) -> Run | None:
        """A run up to the first of them: "CATL" of "CATL 37.4 percent"; None where it starts in one."""
        if not self.touch(run.start, run.end):
            return run
        first = bisect_left(self._starts, run.start)
        end = self._starts[first] - 1 if first < len(self._starts) else run.start
        return run._replace(end=end, legal=False) if run.start + 1 < end < run.end else None

    def touch(self, start: int, end: int) -> bool:
        """Whether a passage overlaps one of them."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start
