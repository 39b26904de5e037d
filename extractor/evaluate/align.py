"""Align: which predicted record answers which gold record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.evaluate.items import Item, Sort

_WEIGHTS: dict[Sort, float] = {"figure": 4.0, "name": 2.0, "when": 1.0, "choice": 0.25}
# What a record is known by where no figure is shared: the first of these that gold states.
_KNOWN_BY = {"facilities": ("name", "operator", "place"), "deals": ("parties", "subject"), "forecasts": ()}
_NEVER = float("-inf")


class Pair(NamedTuple):
    """A gold item and the predicted item that says the same."""

    gold: Item
    predicted: Item


def shared(gold: Sequence[Item], predicted: Sequence[Item]) -> list[Pair]:
    """The items of two records that agree, one-to-one, the likest names first served."""
    left = list(predicted)
    pairs = []
    for item in gold:
        best = max(left, key=item.likeness, default=None)
        if best is not None and item.likeness(best):
            left.remove(best)
            pairs.append(Pair(item, best))
    return pairs


def align(kind: str, gold: Sequence[Sequence[Item]], predicted: Sequence[Sequence[Item]]) -> dict[int, int]:
    """Gold records to predicted records of one type, by index, so that the total likeness is greatest.

    Only records that can be one are paired: they share a figure, or the name that gold's is known by.
    """
    totals = [[_likeness(kind, one, other) for other in predicted] for one in gold]
    return {row: column for row, column in assign(totals).items() if totals[row][column]}


def _likeness(kind: str, gold: Sequence[Item], predicted: Sequence[Item]) -> float:
    pairs = shared(gold, predicted)
    stated = {item.slot for item in gold}
    known_by = next((slot for slot in _KNOWN_BY[kind] if slot in stated), None)
    if not any(pair.gold.sort == "figure" or pair.gold.slot == known_by for pair in pairs):
        return 0.0
    return sum(_WEIGHTS[one.sort] * one.likeness(other) for one, other in pairs)


def assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Rows to columns, one-to-one, with the greatest total; a row that would only take from others stays out.

    Rows enter one after another. A new row takes a column, whose owner may take another one, and so on to a
    free column: the chain that gains most is found by relaxation, which keeps every stage optimal.
    """
    rows = len(scores)
    columns = len(scores[0]) if scores else 0
    # behind the real columns, one for each row that stands for "none"
    table = [[*row, *[0.0] * rows] for row in scores]
    owner: dict[int, int] = {}
    for row in range(rows):
        gain = list(table[row])
        before: list[int | None] = [None] * len(gain)
        changed = True
        while changed:
            changed = False
            for column, holder in owner.items():
                for other, score in enumerate(table[holder]):
                    through = gain[column] - table[holder][column] + score
                    if other != column and through > gain[other] + 1e-9:
                        gain[other], before[other], changed = through, column, True
        end = max((c for c in range(len(gain)) if c not in owner), key=gain.__getitem__)
        while (previous := before[end]) is not None:
            owner[end] = owner[previous]
            end = previous
        owner[end] = row
    return {row: column for column, row in owner.items() if column < columns}
