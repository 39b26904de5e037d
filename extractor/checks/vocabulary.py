"""Data of the checks, loaded once: words that they go by, and what sources say of materials and plants."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractor.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")


@cache
def table(name: str) -> dict[str, Any]:
    """A whole data file by its name without ".toml"; numbers are Decimals."""
    data = files("extractor.checks") / "data" / f"{name}.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"), parse_float=Decimal)


def vocabulary() -> dict[str, Any]:
    """The words."""
    return table("vocabulary")


class Phrases:
    """Phrases as whole words, in any case; "total*" stands for "total" with any ending.

    Few sentences have any of them, and to look for their longest words is far quicker than to try a long
    pattern at every character.
    """

    def __init__(self, phrases: tuple[str, ...]) -> None:
        longest_first = sorted(phrases, key=len, reverse=True)
        alternatives = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest_first)
        self._regex = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
        self._stems = tuple({max(_WORD.findall(phrase.lower()), key=len): None for phrase in phrases})

    @property
    def pattern(self) -> str:
        """As a pattern to put into others."""
        return self._regex.pattern

    def search(self, text: str) -> re.Match[str] | None:
        """The first of them in a text."""
        return self._regex.search(text) if self.may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The one that a text begins with."""
        return self._regex.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All of them in a text."""
        return self._regex.finditer(text) if self.may_be_in(text) else iter(())

    def may_be_in(self, text: str) -> bool:
        """Whether any of them may be in a text; far quicker than to find it, and sure where it says no."""
        plain = folded(text)
        return plain is None or any(map(plain.__contains__, self._stems))


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
