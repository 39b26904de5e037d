"""What every record is built from: exact numbers, closed fields, evidence."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema


def _json_number(value: Decimal) -> int | float:
    """5.2E+9 becomes 5200000000 and 0.55 stays 0.55: shortest decimal form, never a string."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    Field(allow_inf_nan=False),
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""A Decimal in Python and a plain number in JSON."""


class Model(BaseModel):
    """A value: closed to unknown fields and immutable once made."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)


@cache
def nesting(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that can hold other models, in its order."""
    return tuple(name for name, field in model.model_fields.items() if _names_model(field.annotation))


def _names_model(annotation: Any) -> bool:  # noqa: ANN401  whatever stands behind a field's name
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return any(_names_model(part) for part in get_args(annotation))


class Span(Model):
    """A passage of the document's text, in Unicode code points, end exclusive."""

    start: int = Field(ge=0)
    """Offset of the first character."""
    end: int = Field(ge=0)
    """Offset after the last character."""


class Record(Model):
    """What facilities, deals and forecasts have in common."""

    id: str
    """Identifier of the record in this document, such as "facility-1"."""
    evidence: list[Span] = Field(default_factory=list)
    """The passages that the record stands on, in text order."""
