"""Slots: every place of a record that a person can accept, reject or fill otherwise, and what fits there.

The slots are read off the record models, so a field that is added there is a slot here. A slot of a list
element goes by a name without number ("capacities.product"); which element is meant is said by its anchor,
the figure, time or name without which the element would be nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import pycountry

from extractor.draft.model import (
    CapacityDraft,
    DealDraft,
    FacilityDraft,
    FigureId,
    ForecastDraft,
    LinesDraft,
    MetricDraft,
    VolumeDraft,
)
from schemas import Capacity, Deal, Facility, Forecast, Lines, Metric, Quantity, Volume, When
from schemas.base import Model, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemas.quantity import Kind

Takes = Literal["figure", "time", "words", "choice"]
RecordType = Literal["facility", "deal", "forecast"]
Held = Quantity | When | str | None
"""What a slot holds; None where it is empty."""

RECORDS: Mapping[RecordType, type[Record]] = {"facility": Facility, "deal": Deal, "forecast": Forecast}
LISTS: Mapping[RecordType, str] = {"facility": "facilities", "deal": "deals", "forecast": "forecasts"}
"""The field of a result that holds the records of a type."""
_DRAFTS: Mapping[type[Model], type[Model]] = {
    Facility: FacilityDraft,
    Deal: DealDraft,
    Forecast: ForecastDraft,
    Capacity: CapacityDraft,
    Lines: LinesDraft,
    Volume: VolumeDraft,
    Metric: MetricDraft,
}
"""Where it is written which kinds of figure a slot takes."""
_SINGULAR: Mapping[str, str] = {
    "capacities": "capacity",
    "products": "product",
    "milestones": "milestone",
    "metrics": "metric",
    "parties": "party",
    "volumes": "volume",
}
_ANCHORS = ("quantity", "when", "name")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a record type."""

    name: str
    """Path from the record without list numbers: "investment", "capacities.product", "products"."""
    takes: Takes
    kinds: tuple[Kind, ...] = ()
    """Kinds of figure that fit; any where none is named."""
    choices: tuple[str, ...] = ()
    """What can be chosen."""
    listed: bool = False
    """Whether it stands in the elements of a list."""
    anchor: bool = False
    """Whether it is what tells its list element from the others; without it the element goes."""
    empty: str | None = None
    """What stands there when nothing is said: null, or a choice where null is not allowed."""
    required: bool = False
    """Whether the record is nothing without it."""

    @property
    def field(self) -> str:
        """The field of the record."""
        return self.name.partition(".")[0]

    @property
    def part(self) -> str:
        """The field of the list element; "" where there is none."""
        return self.name.partition(".")[2]

    @property
    def label(self) -> str:
        """The field in words, for one of its elements."""
        return _SINGULAR.get(self.field, self.field.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of one record, with what it holds."""

    slot: Slot
    index: int | None
    """Number of the list element; None outside lists."""
    value: Held
    item: Held = None
    """What the anchor of its list element holds."""


@cache
def slots(record: RecordType) -> Mapping[str, Slot]:
    """The slots of a record type by name, in the order of the contract."""
    return {slot.name: slot for slot in _slots(RECORDS[record])}


def record_type(record: Record) -> RecordType:
    """The type of a record as corrections name it."""
    return next(name for name, model in RECORDS.items() if isinstance(record, model))


def places(record: Record) -> Iterator[Place]:
    """Every slot of a record: those outside lists whether they are filled or not, and each list element's."""
    for slot in slots(record_type(record)).values():
        value, inner = getattr(record, slot.field), slot.part
        if not slot.listed:
            yield Place(slot, None, value)
            continue
        for index, element in enumerate(value):
            held = getattr(element, inner) if inner else element
            yield Place(slot, index, held, getattr(element, anchor_of(type(element))) if inner else element)


def anchor_of(element: type[Model]) -> str:
    """The field that tells one list element of this type from the others."""
    return next(name for name in _ANCHORS if name in element.model_fields)


def element_of(model: type[Model], field: str) -> Any:  # noqa: ANN401  a model, or str
    """The type of the elements of a list; None where the field is none."""
    inner = _inner(model.model_fields[field].annotation)
    return get_args(inner)[0] if get_origin(inner) is list else None


def _slots(model: type[Model]) -> Iterator[Slot]:
    for name in [name for name in model.model_fields if name not in Record.model_fields]:
        element = element_of(model, name)
        if element is None:
            yield _slot(model, name)
        elif element is str:
            yield Slot(name, "words", listed=True, anchor=True)
        else:
            anchor = anchor_of(element)
            for part in element.model_fields:
                yield _slot(element, part, prefix=f"{name}.", anchor=part == anchor)


def _slot(model: type[Model], name: str, *, prefix: str = "", anchor: bool = False) -> Slot:
    field = model.model_fields[name]
    kind = _inner(field.annotation)
    path, listed = f"{prefix}{name}", bool(prefix)
    if kind is Quantity:
        needed = field.is_required() and not listed
        return Slot(path, "figure", _kinds(model, name), listed=listed, anchor=anchor, required=needed)
    if kind is When:
        return Slot(path, "time", listed=listed, anchor=anchor)
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        empty = "other" if field.is_required() else field.default
        return Slot(path, "choice", choices=choices, listed=listed, empty=empty)
    if name == "country":
        codes = tuple(sorted(country.alpha_2 for country in pycountry.countries))
        return Slot(path, "choice", choices=codes, listed=listed)
    empty = "other" if field.is_required() and not anchor else None
    return Slot(path, "words", listed=listed, anchor=anchor, empty=empty)


def _kinds(model: type[Model], name: str) -> tuple[Kind, ...]:
    fields = _DRAFTS[model].model_fields
    field = fields.get(name) or fields["figure"]
    return next((mark.kinds for mark in field.metadata if isinstance(mark, FigureId)), ())


def _inner(annotation: Any) -> Any:  # noqa: ANN401  any type
    """The type of an optional field without its None."""
    if get_origin(annotation) in {Union, UnionType}:
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation
