"""Data of the checks, loaded once: words that they go by, and what sources say of materials and plants."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.finder import Finder


@cache
def table(name: str) -> dict[str, Any]:
    """A whole data file by its name without ".toml"; numbers are Decimals."""
    data = files("extractor.checks") / "data" / f"{name}.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"), parse_float=Decimal)


def vocabulary() -> dict[str, Any]:
    """The words."""
    return table("vocabulary")


class Phrases(Finder):
    """Phrases as whole words, in any case; "total*" stands for "total" with any ending."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        longest_first = sorted(phrases, key=len, reverse=True)
        alternatives = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest_first)
        super().__init__(rf"(?i:(?<!\w)(?:{alternatives})(?!\w))")


@cache
def pattern(key: str) -> Phrases:
    """Any of the phrases of a list as whole words, in any case: `pattern("parts.total")`."""
    return words(phrases(key))


def phrases(key: str) -> tuple[str, ...]:
    """The phrases of a list: `phrases("parts.total")`."""
    section, name = key.split(".")
    return tuple(vocabulary()[section][name])


@cache
def words(phrases: tuple[str, ...]) -> Phrases:
    """Any of the phrases as whole words, in any case."""
    return Phrases(phrases)
