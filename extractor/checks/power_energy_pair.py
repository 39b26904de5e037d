"""Power and energy of a storage project, "200MW/800MWh": their units, their order and their duration.

A pair that names energy twice, power twice or the two numbers the wrong way round is held against a proper
pair of the same numbers elsewhere in the document. A duration that the sentence states is held against
energy ÷ power.

Agrees: "a four-hour battery of 200 MW/800 MWh".

Disagrees: "The construction scale is 200MWh/80MWh", where the same project is "200MW/800MWh".

Left open: one record with two pairs of one power and different energies, which may be two phases.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Problem, Quantity

RULE = "power_energy_pair"
USUAL = Interval(Decimal("0.45"), Decimal(24))
"""Hours for which storage systems are built to deliver their full power."""
USABLE = Decimal("0.1")
"""Share by which stated energy and power × duration may differ: usable against nominal energy."""

_SLASH = re.compile(r"\s*/\s*")
_SLASH_WIDTH = 3  # characters of " / ", where the text was left out
_LOOSE = re.compile(r"\s*(?:[/,(]|and|with|or|at)?\s*")
_SHIFTS = tuple(Decimal(10) ** n for n in (-3, -2, -1, 1, 2, 3))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of power or energy side by side; `slash` says whether nothing but "/" joins them."""

    first: Quantity
    second: Quantity
    slash: bool

    @property
    def proper(self) -> bool:
        """Whether it is one power and one energy, in either order."""
        return {self.first.kind, self.second.kind} == {"power", "energy"}

    @property
    def power(self) -> Quantity:
        """The power of a proper pair."""
        return self.first if self.first.kind == "power" else self.second

    @property
    def energy(self) -> Quantity:
        """The energy of a proper pair."""
        return self.second if self.first.kind == "power" else self.first

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """W, Wh of a proper pair; the two numbers as they stand of any other."""
        ordered = (self.power, self.energy) if self.proper else (self.first, self.second)
        return ordered[0].base_value, ordered[1].base_value

    @property
    def words(self) -> str:
        """The pair as amounts: "200 MW/800 MWh"."""
        return f"{stated(self.first)}/{stated(self.second)}"

    @property
    def hours(self) -> Interval:
        """Energy ÷ power of a proper pair."""
        return Interval.of(self.energy) / Interval.of(self.power)


def check(case: Case) -> Iterator[Problem]:
    """Find the pairs, then compare the odd ones with the usual ones and each with its stated duration."""
    pairs = list(_pairs(case))
    usual = [pair for pair in pairs if pair.proper and pair.hours.compare(USUAL) is Agreement.AGREE]
    often = Counter(pair.amounts for pair in usual)
    likely: dict[tuple[Decimal, Decimal], Pair] = {}
    for pair in usual:
        likely.setdefault(pair.amounts, pair)
    ranked = sorted(likely.values(), key=lambda pair: -often[pair.amounts])
    for pair in pairs:
        yield from _slip(case, pair, ranked)
        if pair.proper:
            yield from _duration(case, pair)
    yield from _two_durations(case, ranked)


def _pairs(case: Case) -> Iterator[Pair]:
    for first, second in pairwise(case.figures):
        if not {first.kind, second.kind} <= {"power", "energy"} or min(first.value, second.value) <= 0:
            continue
        if first.per or second.per or first.same_as or second.same_as:
            continue
        between = case.text[first.end : second.start]
        slash = (
            _SLASH.fullmatch(between) is not None if case.text else second.start - first.end <= _SLASH_WIDTH
        )
        if slash or _LOOSE.fullmatch(between):
            yield Pair(first, second, slash)


def _slip(case: Case, pair: Pair, ranked: list[Pair]) -> Iterator[Problem]:
    """A pair whose numbers are those of a usual one with the units or a decimal point out of place."""
    for usual in ranked:
        if not pair.slash or pair.amounts == usual.amounts:
            continue
        if pair.proper:
            fault = "has power and energy the wrong way round"
            found = _swapped(case, pair, usual)
        else:
            fault = f"names {'two energies' if pair.first.kind == 'energy' else 'two powers'}"
            found = _same_numbers(pair.amounts, usual.amounts)
        if found:
            hours = amount(computed(usual.amounts[1] / usual.amounts[0]), "h")
            message = (
                f'"{case.text[pair.first.start : pair.second.end] or pair.words}" {fault}; '
                f"{usual.words} ({hours}), as elsewhere in the text, is the likely reading"
            )
            figures = (pair.first, pair.second, usual.first, usual.second)
            yield case.problem(RULE, "conflict", message, figures, severity="error")
            return


def _swapped(case: Case, pair: Pair, usual: Pair) -> bool:
    """Whether a pair is a usual one with its units exchanged.

    Where the duration would be usual too (half an hour in place of two), both must stand in one paragraph.
    """
    if pair.amounts != usual.amounts[::-1] or usual.amounts[1] <= usual.amounts[0]:
        return False
    one, other = case.sentence(pair.first), case.sentence(usual.first)
    beside = one is not None and other is not None and one.paragraph == other.paragraph
    return beside or pair.hours.compare(USUAL) is not Agreement.AGREE


def _same_numbers(odd: tuple[Decimal, Decimal], usual: tuple[Decimal, Decimal]) -> bool:
    """Whether the numbers are the same in either order, but for the decimal point of one."""
    return any(
        (a == usual[0] and (b == usual[1] or b / usual[1] in _SHIFTS))
        or (b == usual[1] and a / usual[0] in _SHIFTS)
        for a, b in (odd, odd[::-1])
    )


def _duration(case: Case, pair: Pair) -> Iterator[Problem]:
    """Energy ÷ power against the hours in the same sentence, where it holds one of each."""
    sentence = case.sentence(pair.first)
    if sentence is None:
        return
    hours = [
        f for f in sentence.figures if f.kind == "duration" and f.base_unit == "h" and _of_storage(case, f)
    ]
    powers = {f.base_value for f in sentence.figures if f.kind == "power"}
    energies = {f.base_value for f in sentence.figures if f.kind == "energy"}
    if len(hours) != 1 or len(powers) != 1 or len(energies) != 1:
        return
    gives = computed(pair.energy.base_value / pair.power.base_value)
    sums = f"{stated(pair.energy)} ÷ {stated(pair.power)} = {amount(gives, 'h')}"
    numbers = (gives, hours[0].base_value)
    figures = (pair.first, pair.second, hours[0])
    match pair.hours.widened(USABLE).compare(Interval.of(hours[0])):
        case Agreement.AGREE:
            yield case.problem(RULE, "consistent", f"{sums}, as stated", figures, numbers=numbers)
        case Agreement.DIFFER:
            message = f"{sums}, but {stated(hours[0])} is stated"
            yield case.problem(RULE, "conflict", message, figures, numbers=numbers)


def _of_storage(case: Case, hours: Quantity) -> bool:
    """Whether a duration is that of a storage system: "four-hour battery", "4 h duration"."""
    follows = re.compile(rf"[\s-]*(?:{pattern('storage.duration').pattern})", re.IGNORECASE)
    within = Interval.of(hours).compare(USUAL) is Agreement.AGREE
    return within and follows.match(case.text, hours.end) is not None


def _two_durations(case: Case, usual: list[Pair]) -> Iterator[Problem]:
    """One power with two energies in one record."""
    by_power: dict[tuple[str, Decimal], list[Pair]] = {}
    for pair in usual:
        for record in case.owners.get(pair.power.figure, ()):
            if record in case.owners.get(pair.energy.figure, ()):
                by_power.setdefault((record, pair.amounts[0]), []).append(pair)
    for pairs in by_power.values():
        for one, other in combinations(pairs, 2):
            message = f"{one.words} and {other.words} stand for one project; they may be two phases of it"
            figures = (one.first, one.second, other.first, other.second)
            yield case.problem(RULE, "underdetermined", message, figures)
