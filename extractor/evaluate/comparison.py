"""Comparison: one gold document beside its result, item by item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from extractor.evaluate.align import Pair, align, shared
from extractor.evaluate.documents import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.evaluate.documents import Document
    from extractor.evaluate.items import Item

NOWHERE = "nowhere"
"""In the confusion: gold's figure is in no slot of the result, or the result's is in none of gold."""


class Placed(NamedTuple):
    """An item and the record type that it is in."""

    kind: str
    item: Item

    @property
    def slot(self) -> str:
        """Record type and slot: "facilities.investment"."""
        return f"{self.kind}.{self.item.slot}"

    @property
    def words(self) -> str:
        """Slot and words: "facilities.investment: 3.6 billion yuan"."""
        return f"{self.slot}: {self.item.words}"


@dataclass(slots=True)
class Comparison:
    """What agrees, what gold alone has, and what the result alone has."""

    records: dict[str, int] = field(default_factory=dict)
    """Records that are one, by type."""
    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    """Items that agree, by record type."""
    missed: list[Placed] = field(default_factory=list)
    wrong: list[Placed] = field(default_factory=list)

    def confusion(self) -> Counter[tuple[str, str]]:
        """How often a figure of gold's slot stands in the result's slot, for figures that are not right.

        A figure that the result has at most once is counted once, wherever else it would fit too. Both slots
        are the same where the figure is in another record.
        """
        left = [placed for placed in self.wrong if placed.item.sort == "figure"]
        found: Counter[tuple[str, str]] = Counter()
        for placed in self.missed:
            if placed.item.sort == "figure":
                best = max(left, key=lambda other: _closeness(placed, other), default=None)
                if best is not None and _closeness(placed, best):
                    left.remove(best)
                    found[placed.slot, best.slot] += 1
                else:
                    found[placed.slot, NOWHERE] += 1
        found.update((NOWHERE, other.slot) for other in left)
        return found


def compare(gold: Document, result: Document) -> Comparison:
    """Align the records of each type and pair their items."""
    comparison = Comparison()
    for kind in KINDS:
        expected, predicted = gold.records[kind], result.records[kind]
        aligned = align(kind, expected, predicted)
        comparison.records[kind] = len(aligned)
        pairs = [pair for row, column in aligned.items() for pair in shared(expected[row], predicted[column])]
        comparison.pairs[kind] = pairs
        comparison.missed += _rest(kind, expected, (pair.gold for pair in pairs))
        comparison.wrong += _rest(kind, predicted, (pair.predicted for pair in pairs))
    return comparison


def _rest(kind: str, records: Sequence[Sequence[Item]], taken: Iterable[Item]) -> list[Placed]:
    """The items that are in no pair; equal ones stand for one another."""
    left = Counter(taken)
    rest = []
    for item in chain.from_iterable(records):
        if left[item]:
            left[item] -= 1
        else:
            rest.append(Placed(kind, item))
    return rest


def _closeness(gold: Placed, other: Placed) -> int:
    """0 where the figures differ; else more for the same type of record, and most for the same slot."""
    one, two = gold.item.value, other.item.value
    if isinstance(one, str | tuple) or isinstance(two, str | tuple) or not one.agrees(two):
        return 0
    return 1 + (gold.kind == other.kind) + (gold.slot == other.slot)
