"""Data of the checks, loaded once: words that they go by, and what sources say of materials and plants."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.checks.cues import Cues


@cache
def table(name: str) -> dict[str, Any]:
    """A whole data file by its name without ".toml"; numbers are Decimals."""
    data = files("extractor.checks") / "data" / f"{name}.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"), parse_float=Decimal)


def vocabulary() -> dict[str, Any]:
    """The words."""
    return table("vocabulary")


def phrases(key: str) -> tuple[str, ...]:
    """The phrases of a list: `phrases("parts.total")`."""
    section, name = key.split(".")
    return tuple(vocabulary()[section][name])


@cache
def pattern(key: str) -> Cues:
    """Any of the phrases of a list as whole words, in any case: `pattern("parts.total")`."""
    return words(phrases(key))


@cache
def words(any_of: tuple[str, ...]) -> Cues:
    """Any of the phrases as whole words, in any case."""
    return Cues.of(any_of)
