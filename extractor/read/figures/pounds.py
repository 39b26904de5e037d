"""Pounds: whether they are sterling or a mass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.figures.vocabulary import vocabulary

if TYPE_CHECKING:
    from extractor.read.figures.numbers import Amount
    from extractor.read.tokens import Tokens

_NEAR = 6  # tokens before the number
_MONEY = frozenset({"$", "€", "us", "usd", "eur"})  # what opens a bracket that restates money
_MASSES = frozenset({"t", "mt", "kt", "kg", "ton", "tons", "tonne", "tonnes", "kilograms", "kilotons"})
"""What a bracket behind restates in pounds: "50,000 tons (110 million pounds)"."""
_LARGE = 1000  # scale from which pounds are money where nothing is said


def is_sterling(tokens: Tokens, amount: Amount, end: int) -> tuple[bool, bool]:
    """Whether the pounds that end at `end` are money, and whether that is assumed.

    The words beside them say it first ("weighs 14 pounds", "2 million pounds of lithium"), then the document
    (£, British), then the size: millions of pounds are money.
    """
    known = vocabulary().pounds
    before = tokens.before(amount.start, _NEAR)
    if not known.weighing.isdisjoint(before) or (before[:1] == ["("] and not _MASSES.isdisjoint(before)):
        return False, False
    ahead, beyond = [*tokens.after(end, 2), "", ""][:2]
    if ahead == "of":
        return beyond in known.money, False
    if ahead == "(" and beyond in _MONEY:
        return True, False
    if ahead in known.weighed:
        return False, False
    if any(word in tokens.text for word in known.sterling):
        return True, False
    return amount.scale >= _LARGE, True
