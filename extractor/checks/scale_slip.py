"""One thing with the same digits a thousand, ten thousand or a million times apart: MWh for GWh, 万 for 千.

Forecasts of one thing (as for same_quantity_differs) differ by that factor; or two figures with the same
digits stand in one record or beside one name, and the same word says what they are of: "a 20 GWh plant".

Agrees: nothing is reported for amounts that agree.

Disagrees: "Lahn Energie's 20 GWh plant in Kassel" and later "the 20 MWh Lahn Energie plant".

Left open: nothing; amounts of which it is not clear that they mean the same are passed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks import statements
from extractor.checks.interval import Interval, power_of_ten
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from extractor.checks.case import Case
    from schemas import Problem, Quantity

RULE = "scale_slip"
SLIPS = frozenset({3, 4, 6})
"""Powers of ten that one scale word, prefix or Chinese numeral mistaken for another makes."""

_KINDS = frozenset({"money", "energy", "power", "mass", "area", "volume", "charge"})
_BEFORE, _BEHIND = 35, 25  # characters before and behind an amount for the word that says what it is of
_MANY = 8  # different amounts with the same digits that are compared


def check(case: Case) -> Iterator[Problem]:
    """Compare forecasts of one thing, then figures with the same digits."""
    told: set[frozenset[str]] = set()
    often = Counter((figure.base_unit, figure.base_value) for figure in case.figures)
    for one, other in statements.pairs(case):
        told.add(frozenset({one.quantity.figure, other.quantity.figure}))
        yield from _compare(case, one.quantity, other.quantity, often)
    for group in _same_digits(case):
        for a, b in combinations(group, 2):
            if frozenset({a.figure, b.figure}) not in told and _one_thing(case, a, b):
                yield from _compare(case, a, b, often)


def _compare(case: Case, a: Quantity, b: Quantity, often: Counter[tuple[str, Decimal]]) -> Iterator[Problem]:
    shift = power_of_ten(Interval.of(b), Interval.of(a))
    if shift is None or abs(shift) not in SLIPS or a.per != b.per:
        return
    counts = {often[figure.base_unit, figure.base_value]: figure for figure in (a, b)}
    hint = "one is a slip"
    if len(counts) > 1:
        hint = f"{stated(counts[max(counts)])}, as elsewhere in the text, is the likely reading"
    message = f"{stated(a)} and {stated(b)} for one thing differ by a factor of {10 ** abs(shift):,}: {hint}"
    yield case.problem(RULE, "conflict", message, (a, b), numbers=(a.base_value, b.base_value))


def _same_digits(case: Case) -> Iterator[list[Quantity]]:
    """Figures of one unit and one row of digits, one for each amount and word that says what it is of."""
    rows = [
        ((figure.base_unit, figure.value.normalize().as_tuple().digits), figure)
        for figure in case.figures
        if figure.kind in _KINDS and figure.value > 0 and not figure.same_as and not figure.change
    ]
    amounts: dict[tuple[object, ...], set[Decimal]] = defaultdict(set)
    for row, figure in rows:
        amounts[row].add(figure.base_value)
    groups: dict[tuple[object, ...], dict[object, Quantity]] = defaultdict(dict)
    for row, figure in rows:
        noun = _noun(case, figure) if len(amounts[row]) > 1 else None
        if noun:
            groups[*row, noun].setdefault(figure.base_value, figure)
    for group in groups.values():
        yield list(group.values())[:_MANY]


def _noun(case: Case, figure: Quantity) -> str | None:
    """The word that says what an amount is of: the first behind it, or else the last before it."""
    behind = pattern("slip.nouns").search(case.words_after(figure, _BEHIND))
    before = [found[0] for found in pattern("slip.nouns").finditer(case.words_before(figure, _BEFORE))]
    return behind[0].lower() if behind else before[-1].lower() if before else None


def _one_thing(case: Case, a: Quantity, b: Quantity) -> bool:
    """Whether two figures of different sentences stand beside one name, or without any in one record."""
    here, there = case.sentence(a), case.sentence(b)
    if here is None or there is None or here is there:
        return False
    named, too = statements.names(here.bare), statements.names(there.bare)
    owned = set(case.owners.get(a.figure, ())) & set(case.owners.get(b.figure, ()))
    return bool(named & too) or (bool(owned) and not (named and too))
