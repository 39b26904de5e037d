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
_REACH = 35  # characters before and behind an amount for the words that say what it is of
_STEM = 6  # letters in which such words are alike: "invest", "investment"
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
    """Figures of one unit and one row of digits, one for each amount."""
    groups: dict[tuple[object, ...], dict[object, Quantity]] = defaultdict(dict)
    for figure in case.figures:
        if figure.kind in _KINDS and figure.value > 0 and not figure.same_as and not figure.change:
            digits = figure.value.normalize().as_tuple().digits
            groups[figure.base_unit, digits].setdefault(figure.base_value, figure)
    for group in groups.values():
        yield list(group.values())[:_MANY]


def _nouns(case: Case, figure: Quantity) -> frozenset[str]:
    """The words beside an amount that say what it is of."""
    near = f"{case.words_before(figure, _REACH)} … {case.words_after(figure, _REACH)}"
    nouns = frozenset(found[0].lower()[:_STEM] for found in pattern("slip.nouns").finditer(near))
    return nouns | statements.products(near)


def _one_thing(case: Case, a: Quantity, b: Quantity) -> bool:
    """Whether two figures of different sentences stand beside one name, or without any in one record."""
    here, there = case.sentence(a), case.sentence(b)
    if here is None or there is None or here is there or not _nouns(case, a) & _nouns(case, b):
        return False
    named, too = statements.names(here.bare), statements.names(there.bare)
    owned = set(case.owners.get(a.figure, ())) & set(case.owners.get(b.figure, ()))
    return bool(named & too) or (bool(owned) and not (named and too))
