"""Items: a record as a flat list of filled slots that can be compared one by one.

Every element of a list is an item of its own, and what stands beside it belongs to it: a capacity is the item
`capacities`, its product the item `capacities.product` of that figure. A metric's name is left out: it is the
drafter's own wording, not the text's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from rapidfuzz import fuzz, utils

from extractor.read.units import Unit, compound_in_base, in_base, unit_table

if TYPE_CHECKING:
    from collections.abc import Iterator

Sort = Literal["figure", "name", "when", "choice"]

TOLERANCE = Decimal("0.001")
"""Relative difference up to which two figures have one value."""
NAME_RATIO = 0.85
"""Similarity from which two spellings are one name."""

# What an element of a list is recognised by; its other fields are items of their own beside it.
_HEADS = {
    "capacities": "quantity",
    "lines": "quantity",
    "volumes": "quantity",
    "metrics": "quantity",
    "parties": "name",
    "milestones": "event",
}
_CHOICES = {"country", "segment", "status", "stage", "kind", "role", "metric", "basis", "event"}
_NOT_COMPARED = {"id", "evidence", "metrics.name"}
_UNITLESS = {"ratio", "number"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in base terms."""

    kind: str
    value: Decimal
    unit: str
    bound: str
    per: str | None

    def agrees(self, other: Figure) -> bool:
        """Same kind, same unit family, same value; bound and period are not asked for."""
        near = abs(self.value - other.value) <= TOLERANCE * max(abs(self.value), abs(other.value))
        return near and (self.kind, self.unit) == (other.kind, other.unit)


@dataclass(frozen=True, slots=True)
class Item:
    """One filled slot, what stands in it, and the list element that it belongs to."""

    slot: str
    sort: Sort
    value: Figure | str | tuple[str, str]
    of: Item | None = None
    words: str = field(default="", compare=False)
    """As it is written."""
    span: tuple[int, int] | None = field(default=None, compare=False)
    """Where it is said to stand in the text."""

    def likeness(self, other: Item) -> float:
        """0 where the two differ, 1 where they say the same, between for names that are nearly the same."""
        if self.slot != other.slot:
            return 0.0
        if self.of and other.of and not self.of.likeness(other.of):
            return 0.0
        if isinstance(self.value, Figure) and isinstance(other.value, Figure):
            return float(self.value.agrees(other.value))
        if self.sort == "name" and isinstance(self.value, str) and isinstance(other.value, str):
            ratio = fuzz.ratio(self.value, other.value) / 100
            return ratio if ratio >= NAME_RATIO else 0.0
        return float(self.value == other.value)


def items(record: dict[str, Any]) -> list[Item]:
    """The filled slots of a record in its JSON form.

    Raises KeyError, TypeError or ValueError where a quantity or time is not made as it should be.
    """
    return [item for slot, value in record.items() for item in _slot(slot, value)]


def _slot(slot: str, value: Any, of: Item | None = None) -> Iterator[Item]:  # noqa: ANN401  any JSON
    if value in (None, "", []) or slot in _NOT_COMPARED:
        return
    if isinstance(value, list):
        for element in value:
            yield from _slot(slot, element)
    elif slot in _HEADS:
        head = _item(slot, _HEADS[slot], value[_HEADS[slot]])
        yield head
        for name in value:
            if name != _HEADS[slot]:
                yield from _slot(f"{slot}.{name}", value[name], head)
    else:
        yield _item(slot, slot.rpartition(".")[2], value, of)


def _item(slot: str, name: str, value: Any, of: Item | None = None) -> Item:  # noqa: ANN401
    if isinstance(value, str):
        if name in _CHOICES:
            return Item(slot, "choice", value, of, value)
        return Item(slot, "name", utils.default_process(value), of, value)
    span = (value["start"], value["end"]) if "start" in value else None
    if "unit" in value:
        return Item(slot, "figure", _figure(value), of, value["text"], span)
    if value["start_date"] is None:  # a relative time without a publication date: its words are all there is
        return Item(slot, "when", utils.default_process(value["text"]), of, value["text"], span)
    return Item(slot, "when", (value["start_date"], value["end_date"]), of, value["text"], span)


def _figure(quantity: dict[str, Any]) -> Figure:
    if "base_unit" in quantity:
        value, unit = Decimal(quantity["base_value"]), quantity["base_unit"]
    else:
        value, unit = _in_base(Decimal(quantity["value"]), quantity["unit"])
    if quantity["kind"] in _UNITLESS:
        unit = ""
    return Figure(quantity["kind"], value, unit, quantity.get("bound", "exact"), quantity.get("per"))


def _in_base(value: Decimal, symbol: str) -> tuple[Decimal, str]:
    """A value with a standard symbol, as gold has it, in base terms: 30 kt is 30000000 kg."""
    above, slash, below = symbol.partition("/")
    if slash:
        return compound_in_base(value, _unit(above), _unit(below))
    return in_base(value, _unit(symbol))


def _unit(symbol: str) -> Unit:
    found = unit_table().match(symbol, 0)
    if found is None or found[1] != len(symbol):
        return Unit(symbol, "other")  # money and counts are their own base
    return found[0]
