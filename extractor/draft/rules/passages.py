"""Passages: stretches of a text that something else must not touch."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Passages:
    """Passages that a name must not touch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether a passage overlaps one of them."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start
