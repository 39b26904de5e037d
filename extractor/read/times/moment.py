"""Moment: a point in time as read, and where its form matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.read.times.days import unresolved
from extractor.read.times.tense import nearest_year
from extractor.read.times.words import time_words

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from datetime import date

    from extractor.read.times.days import Days
    from extractor.read.tokens import Tokens

_LEAP_YEAR = 2000  # a year that has every day


class Moment(NamedTuple):
    """A point in time as read."""

    days: Days
    end: int
    form: str = ""
    """Name of the form in times.toml."""
    in_year: Callable[[int], Days | None] | None = None
    """Where no year is stated: what it is in a given one."""


class Context(NamedTuple):
    """Where a form matched, and what it is resolved with."""

    tokens: Tokens
    at: int
    """The token that it opens with."""
    published: date | None
    latest: Days | None = None
    """The time before it, near enough to look back to."""

    def before(self) -> str:
        """The word before the form."""
        return self.tokens.word(self.at - 1)

    def relative_year(self, word: str) -> int | None:
        """The year of "this year", "next year"; None without a day to count from."""
        base = self.base(word)
        return None if base is None else base.year + time_words().relatives.get(word.lower(), 0)

    def base(self, word: str) -> date | None:
        """The day that a relative word counts from; "the following" counts from the time before it."""
        told = self.latest.last if self.latest and word.lower().endswith("following") else None
        return told or self.published

    def yearless(
        self, match: re.Match[str], month: int, in_year: Callable[[int], Days | None]
    ) -> Moment | None:
        """A time without a year, in the year nearest to the publication that the tense allows."""
        some = in_year(_LEAP_YEAR)
        if some is None:
            return None
        if self.published is None:
            return Moment(unresolved(some.precision), match.end(), in_year=in_year)
        year = nearest_year(self.tokens, self.tokens.starts[self.at], match.end(), month, self.published)
        return Moment(in_year(year) or unresolved(some.precision), match.end(), in_year=in_year)
