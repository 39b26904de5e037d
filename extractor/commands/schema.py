"""The command `schema`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

import schemas
from extractor.commands import terminal


class SchemaName(StrEnum):
    """The published schemas."""

    FACILITY = "facility"
    DEAL = "deal"
    FORECAST = "forecast"
    QUANTITY = "quantity"
    WHEN = "when"
    PROBLEM = "problem"
    COVERAGE = "coverage"
    RESULT = "result"


def schema(
    name: Annotated[
        SchemaName, typer.Argument(metavar="NAME", case_sensitive=False, help="What to describe.")
    ],
) -> None:
    """Print a JSON Schema: of facility, deal, forecast, quantity, when, problem, coverage or result."""
    model = getattr(schemas, name.value.capitalize())
    terminal.write_line(
        json.dumps(model.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False)
    )
