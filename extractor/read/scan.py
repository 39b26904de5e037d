"""Finding numerals that are no figures, and keeping track of which passages are taken."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from functools import cache

from extractor.read.units import load
from schemas import Dismissed


class Taken:
    """Passages that something has already claimed; they never overlap."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def claim(self, start: int, end: int) -> bool:
        """Claim a passage; False, and nothing happens, where a part of it is claimed already."""
        if self.overlaps(start, end):
            return False
        insort(self._spans, (start, end))
        return True

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a part of the passage is claimed."""
        at = bisect_right(self._spans, (start, end))
        if at and self._spans[at - 1][1] > start:
            return True
        return at < len(self._spans) and self._spans[at][0] < end

    def end_of(self, pos: int) -> int | None:
        """Where the claimed passage that holds `pos` ends; None where `pos` is free."""
        at = bisect_right(self._spans, (pos, float("inf")))
        if at and self._spans[at - 1][0] <= pos < self._spans[at - 1][1]:
            return self._spans[at - 1][1]
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], list[str]]:
    rows = load("dismissals.toml")["pattern"]
    joined = "|".join(f"(?P<r{index}>{row['pattern']})" for index, row in enumerate(rows))
    return re.compile(joined), [row["reason"] for row in rows]


def dismissals(text: str, taken: Taken) -> list[Dismissed]:
    """Numerals that stand in codes, names, addresses and lists; each claims its passage."""
    pattern, reasons = _patterns()
    found = []
    for match in pattern.finditer(text):
        if taken.claim(*match.span()) and any(c.isdigit() for c in match[0]):
            reason = reasons[int((match.lastgroup or "r0")[1:])]
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(Dismissed(text=text[start : match.end()].rstrip(), start=start,
                                   end=start + len(text[start : match.end()].rstrip()), reason=reason))  # fmt: skip
    return found
