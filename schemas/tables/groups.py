"""Groups: the columns that a figure or a time has wherever it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas.quantity import Quantity
from schemas.tables.column import Column, Type, at, of_model
from schemas.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from schemas.base import Model
    from schemas.tables.column import Row

_STATED: dict[str, Type] = {
    "value": "number", "unit": "text", "per": "text", "bound": "text", "low": "number", "high": "number",
}  # fmt: skip
_BASE: dict[str, Type] = {"base_value": "number", "base_unit": "text"}
_ENDS = ("low", "high")
_WRITTEN: dict[str, Type] = {"text": "text", "figure": "text"}
_TIME: dict[str, Type] = {
    "start_date": "date", "end_date": "date", "precision": "text", "text": "text", "time": "text",
}  # fmt: skip
_CURRENCIES = ("usd", "eur")
_AS_EXACT_AS_BASE_VALUES = Context(prec=12)


class Slot(NamedTuple):
    """A field of a record that holds one figure or time."""

    model: type[Model]
    name: str

    def named(self, column: Column) -> Column:
        """A column of the figure or time, under the slot's name: investment_unit for its unit."""
        if column.name == "value":
            return replace(column, name=self.name, doc=self.model.model_fields[self.name].description or "")
        part = "base" if column.name == "base_value" else column.name.removeprefix("value_")
        return replace(column, name=f"{self.name}_{part}")


def quantity_columns(
    path: str, slot: Slot | None = None, *, money: bool = True, measure: bool = True
) -> tuple[Column, ...]:
    """A figure: as read, in base units for comparing, as money of two currencies, and as written.

    In a `slot` of a record, its value has the slot's name and all else begins with it. `money` and `measure`
    say which it can be. What is left out (what the reader assumed, the offsets, …) stands in `figures`.
    """
    columns = list(_fields(Quantity, _STATED, path))
    if slot is None:
        columns += [
            of_model(Quantity, "change", at=path),
            replace(of_model(Quantity, "of", at=path), name="counted"),
        ]
    if measure:
        columns += [*_fields(Quantity, _BASE, path), *_base_ends(path)]
    if money:
        columns += _in_currencies(path)
    columns += _fields(Quantity, _WRITTEN, path)
    return tuple(columns if slot is None else (slot.named(column) for column in columns))


def when_columns(path: str, slot: Slot | None = None) -> tuple[Column, ...]:
    """A time: its first and last day, and as written; in a `slot`, all begins with the slot's name."""
    columns = tuple(_fields(When, _TIME, path))
    return columns if slot is None else tuple(slot.named(column) for column in columns)


def rate_columns(path: str) -> Iterator[Column]:
    """By which rates the money of other currencies was computed."""
    for currency in _CURRENCIES:
        doc = f"Rate by which `value_{currency}` was computed."
        yield Column(f"rate_{currency}", "number", doc, _derived(path, f"{currency}_rate"))
    yield Column("rate_date", "date", "Day of the rates.", _derived(path, "rate_date"))
    yield Column("rate_source", "text", "Where the rates are from.", _derived(path, "source"))


def span_columns(model: type[Model]) -> Iterator[Column]:
    """The offsets, under names that SQL has no other use for."""
    for end in ("start", "end"):
        yield replace(of_model(model, end, "integer"), name=f"span_{end}")


def _fields(model: type[Model], types: Mapping[str, Type], path: str) -> Iterator[Column]:
    for name, type_ in types.items():
        yield of_model(model, name, type_, at=path)


def _base_ends(path: str) -> Iterator[Column]:
    for end in _ENDS:
        yield Column(f"base_{end}", "number", f"`{end}` in the base unit.", _base(path, end))


def _base(path: str, end: str) -> Callable[[Row], Decimal | None]:
    def cell(row: Row) -> Decimal | None:
        quantity: Quantity | None = at(row, path)
        stated: Decimal | None = at(row, f"{path}.{end}")
        if quantity is None or stated is None or quantity.unit == quantity.base_unit:
            return stated
        if not quantity.value:
            return None  # of nothing no factor can be told
        factored = _AS_EXACT_AS_BASE_VALUES.multiply(stated, quantity.base_value)
        return _AS_EXACT_AS_BASE_VALUES.divide(factored, quantity.value)

    return cell


def _in_currencies(path: str) -> Iterator[Column]:
    for currency in _CURRENCIES:
        doc = f"Money in {currency.upper()}; null where it is no money or no reference rate is known."
        yield Column(f"value_{currency}", "number", doc, _derived(path, f"{currency}_value"))


def _derived(path: str, name: str) -> Callable[[Row], Any]:
    """What was computed beside a figure; an optional part of it."""
    return lambda row: getattr(getattr(at(row, path), "derived", None), name, None)
