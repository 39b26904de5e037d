"""Variation: one text form filled with other numbers for each document, the same ones by whoever fills it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Form = TypeVar("Form", str, bytes)

NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d")
"""A number of two digits or more that is no part of a word such as f12."""
_SPREAD = 2_654_435_761  # a large odd number: what follows it by the serial number looks random
_DIGITS = 9


class Variable(NamedTuple):
    """A number of a text and the digit of it that each document has its own of.

    >>> [Variable.of("1,400").at(serial, 0) for serial in range(3)]
    ['1,500', '1,600', '1,200']
    """

    before: str
    digit: int
    after: str

    @classmethod
    def of(cls, number: str) -> Variable:
        """The last digit that is not 0, but never the first, so that the size stays the same."""
        places = [at for at, character in enumerate(number) if character.isdigit()][1:]
        at = next((place for place in reversed(places) if number[place] != "0"), places[0])
        return cls(number[:at], int(number[at]), number[at + 1 :])

    def at(self, serial: int, which: int) -> str:
        """The number in the document of this serial number; `which` of the variables it is."""
        return f"{self.before}{1 + (self.digit + (serial * _SPREAD >> which)) % _DIGITS}{self.after}"


def opened(words: str, numbers: Iterable[str]) -> str:
    """Turn words into a form that leaves these numbers open, for `filled`."""
    names = {number: f"%(n{which})s" for which, number in enumerate(numbers)}
    return NUMBER.sub(lambda found: names.get(found[0], found[0]), words.replace("%", "%%"))


def values(variables: Iterable[Variable], serial: int) -> dict[str, str]:
    """What fills the forms of one document."""
    return {f"n{which}": variable.at(serial, which) for which, variable in enumerate(variables)}
