"""A result in which every field is filled, each with a value that stands nowhere else.

It is made without validation, so that a choice can have a value of its own, too.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from schemas import Quantity, Result, When
from schemas.base import Model


class Filler:
    """Fills models field by field and remembers the values and the figures and times that it made."""

    def __init__(self):
        self.numbers = count(1)
        self.values = []
        self.figures = []
        self.times = []

    def model(self, model):
        made = model.model_construct(
            **{name: self.value(name, field.annotation) for name, field in model.model_fields.items()}
        )
        if model in (Quantity, When):
            (self.figures if model is Quantity else self.times).append(made)
        return made

    def value(self, name, annotation):
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.value(name, inner[0])
        if origin in (Union, UnionType):
            return self.value(name, next(each for each in inner if each is not NoneType))
        if origin is Literal:
            annotation = type(inner[0])
        if origin is list:
            return [self.value(name, inner[0]) for _ in range(2)]
        if issubclass(annotation, Model):
            return self.model(annotation)
        number = next(self.numbers)
        value = {
            str: f"{name}-{number}",
            Decimal: Decimal(number) + Decimal("0.55"),
            float: number + 0.25,
            int: number,
            date: date(2000, 1, 1) + timedelta(days=number),
        }[annotation]
        if name not in {"start", "end"}:  # the same in the ledger and in the records
            self.values.append(value)
        return value


def filled_result():
    """The result, and the list of its values."""
    filler = Filler()
    result = filler.model(Result)
    coverage = result.coverage
    # ids of the ledger's figures stand in the coverage, too
    for figure, identifier in zip(filler.figures, coverage.figures_unexplained, strict=False):
        filler.values[filler.values.index(identifier)] = figure.figure
    unexplained = [figure.figure for figure in filler.figures[: len(coverage.figures_unexplained)]]
    told = coverage.model_copy(update={"figures_unexplained": unexplained})
    ledger = {"coverage": told, "figures": filler.figures, "times": filler.times, "desk": "extra-desk"}
    return Result.model_construct(**dict(result) | ledger), [*filler.values, "extra-desk"]
