"""Company names and stock codes of a text, as the check of their spellings needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractor.checks.vocabulary import vocabulary
from extractor.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case

_BEFORE_CODE = 70  # characters before a stock code in which its company stands
_COMPANY_FORM = re.compile(
    r"(?:,? (?:Co|Ltd|Inc|Corp|Corporation|Company|Limited|LLC|PLC|AG|SE|GmbH|Group|Holdings?)\b\.?,?)+\s*$"
)
_CAPITALS = re.compile(r"(?:[A-Z][\w&’'.-]*(?: (?=[A-Z])|$))+$")
_BRACKET = re.compile(r"\s*[(（\[]?(?:[A-Z]{2,5}[:：] ?)?$")
_DIGITS = re.compile(r"\d{4,6}")


@dataclass(frozen=True, slots=True)
class Name:
    """A company name: the words that are its own and, after them, its word of trade."""

    own: tuple[str, ...]
    trade: str

    @property
    def words(self) -> str:
        """The name as it stands."""
        return " ".join([*self.own, self.trade])


@cache
def _name() -> Finder:
    trades = "|".join(sorted(vocabulary()["company"]["trades"], key=len, reverse=True))
    word = r"[\w&’'-]*[ \t]"
    # its first letter before what stands before that: a search passes over what is no capital
    return Finder(rf"([A-Z](?<![\w-].){word}(?:[A-Z]{word}){{0,3}}?)({trades})(?![\w-])")


def names(text: str) -> tuple[Name, ...]:
    """Different names with a word of trade, in text order, without words that only open a sentence."""
    opening = frozenset(vocabulary()["company"]["opening"])
    found: dict[Name, None] = {}
    for match in _name().finditer(text):
        own = [word.removesuffix("'s").removesuffix("’s") for word in match[1].split()]
        while own and own[0] in opening:
            own = own[1:]
        if own:
            found[Name(tuple(own), match[2])] = None
    return tuple(found)


def coded(case: Case) -> Iterator[tuple[str, str]]:
    """A company and its stock code, for every code with a name right before it: ("Yinglian", "002846")."""
    for dismissed in case.dismissed:
        code = _DIGITS.match(dismissed.text)
        if dismissed.reason != "stock code" or not code:
            continue
        before = _BRACKET.sub("", case.text[max(0, dismissed.start - _BEFORE_CODE) : dismissed.start])
        company = _CAPITALS.search(_COMPANY_FORM.sub("", before).rstrip(" ,"))
        if company:
            yield company[0].strip(), code[0]
