"""Power and energy of a storage project, "200MW/800MWh": their units, their order and their duration.

A pair that names energy twice, power twice or the two numbers the wrong way round is held against a proper
pair of the same numbers elsewhere in the document; two energies or two powers joined by "/" are a slip on
their own in a sentence about storage. A duration that the sentence or a neighbour about the same thing states
is held against energy ÷ power.

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

from extractor.checks.interval import Agreement, Interval, power_of_ten
from extractor.checks.statements import continues
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity

RULE = "power_energy_pair"
USUAL = Interval(Decimal("0.45"), Decimal(24))
"""Hours for which storage systems are built to deliver their full power."""
USABLE = Decimal("0.1")
"""Share by which stated energy and power × duration may differ: usable against nominal energy."""

_SLASH = re.compile(r"\s*/\s*")
_SAID = 30  # characters before and behind hours that say what they are of
_CROWD = 24  # figures of a sentence that are looked at
_SLASH_WIDTH = 3  # characters of " / ", where the text was left out
_BESIDE = re.compile(r",?")
_FOR = re.compile(r"\b(?:for|durations? of)(?: up to| about| around| some| at least)? ?$")
_HOUR = re.compile(r"[- ]hour$", re.IGNORECASE)
_DELIVERED = re.compile(
    r"(?:durations?|of (?:\w+ )?(?:storage|discharge|duration|output)"
    r"|at (?:its |the )?(?:full|rated|nameplate|maximum))\b"
)
_LOOSE = re.compile(r"\s*(?:[/,(]|and|with|or|at)?\s*")
_FAR = 4  # decimal places by which nobody misplaces a point


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
        slips = list(_slip(case, pair, ranked))
        yield from slips or _alone(case, pair)
    yield from _durations(case)
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
        if not pair.slash or (pair.proper and pair.amounts == usual.amounts):
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
            if _is_shorthand(pair, usual):
                message = (
                    f'"{case.text[pair.first.start : pair.second.end]}" is short for {usual.words} ({hours})'
                )
                yield case.problem(RULE, "consistent", message, figures, severity="info")
            else:
                yield case.problem(RULE, "conflict", message, figures, severity="error")
            return


def _is_shorthand(pair: Pair, usual: Pair) -> bool:
    """Whether one unit stands for both, in the order of the usual pair: "500/1000 MWh"."""
    same_order = (pair.first.value, pair.second.value) == (usual.first.value, usual.second.value)
    return same_order and not pair.proper and not any(c.isalpha() for c in pair.first.text)


def _alone(case: Case, pair: Pair) -> Iterator[Problem]:
    """A pair of two energies or two powers, where no other pair shows which unit is wrong."""
    sentence = case.sentence(pair.first)
    if pair.proper or not pair.slash or pair.first.unit != pair.second.unit or sentence is None:
        return
    if not pattern("storage.storage").search(sentence.text):
        return
    small, large = sorted((pair.first, pair.second), key=lambda figure: figure.value)
    hours = Interval.of(large) / Interval.of(small)
    prefix = small.unit.removesuffix("h").removesuffix("W")
    if hours.compare(USUAL) is Agreement.AGREE and hours.exceeds(Interval.point(Decimal(1))):
        likely = f"{amount(small.value, f'{prefix}W')}/{amount(large.value, f'{prefix}Wh')}"
        kinds = "two energies" if pair.first.kind == "energy" else "two powers"
        message = (
            f'"{case.text[pair.first.start : pair.second.end]}" names {kinds}; {likely} '
            f"({amount(computed(large.value / small.value), 'h')}) is the likely reading"
        )
        yield case.problem(RULE, "conflict", message, (pair.first, pair.second), severity="error")


def _swapped(case: Case, pair: Pair, usual: Pair) -> bool:
    """Whether a pair is a usual one with its units exchanged.

    Where the duration would be usual too (half an hour in place of two), both must stand in one paragraph.
    """
    if pair.amounts != usual.amounts[::-1] or not usual.hours.exceeds(Interval.point(Decimal(1))):
        return False
    one, other = case.sentence(pair.first), case.sentence(usual.first)
    beside = one is not None and other is not None and one.paragraph == other.paragraph
    return beside or pair.hours.compare(USUAL) is not Agreement.AGREE


def _same_numbers(odd: tuple[Decimal, Decimal], usual: tuple[Decimal, Decimal]) -> bool:
    """Whether the numbers are the same in either order, but for the decimal point of one."""
    return any(
        (_same(a, usual[0]) and (_same(b, usual[1]) or _shifted(b, usual[1])))
        or (_same(b, usual[1]) and _shifted(a, usual[0]))
        for a, b in (odd, odd[::-1])
    )


def _same(a: Decimal, b: Decimal) -> bool:
    return Interval.point(a).compare(Interval.point(b)) is Agreement.AGREE


def _shifted(a: Decimal, b: Decimal) -> bool:
    """Whether a decimal point up to three places off parts two numbers."""
    return abs(power_of_ten(Interval.point(a), Interval.point(b)) or _FAR) < _FAR


def _durations(case: Case) -> Iterator[Problem]:
    """Hours for which storage delivers, against the one power and the one energy stated beside them."""
    told: set[tuple[Decimal, ...]] = set()
    for hours in case.figures:
        sentence = case.sentence(hours) if _of_storage(case, hours) else None
        if sentence is None:
            continue
        beside = [s for s in case.around(sentence, 1) if s is not sentence and continues(s, sentence)]
        for near in ([sentence], [sentence, *beside]):
            powers, energies = _amounts(near, "power"), _amounts(near, "energy")
            if len(powers) == 1 and len(energies) == 1:
                (power,), (energy,) = powers.values(), energies.values()
                key = (power.base_value, energy.base_value, hours.base_value)
                if key not in told:
                    told.add(key)
                    yield from _duration(case, Pair(power, energy, slash=True), hours)
                break


def _amounts(sentences: Iterable[Sentence], kind: str) -> dict[Decimal, Quantity]:
    """The different amounts of a kind in some sentences; durations of other storage leave none sure."""
    figures = [
        f for s in sentences for f in s.figures[:_CROWD] if f.kind == kind and f.value > 0 and not f.per
    ]
    return {figure.base_value: figure for figure in figures}


def _duration(case: Case, pair: Pair, hours: Quantity) -> Iterator[Problem]:
    """Energy ÷ power against stated hours."""
    gives = computed(pair.energy.base_value / pair.power.base_value)
    sums = f"{stated(pair.energy)} ÷ {stated(pair.power)} = {amount(gives, 'h')}"
    numbers = (gives, hours.base_value)
    figures = (pair.power, pair.energy, hours)
    agreement = pair.hours.widened(USABLE).compare(Interval.of(hours))
    if agreement is not Agreement.OPEN:
        yield case.judged(RULE, sums, agreement, figures, numbers, hint=_exchanged(pair, hours))


def _exchanged(pair: Pair, hours: Quantity) -> str:
    """The pair with its numbers exchanged, where that fits the hours."""
    if pair.power.unit[:-1] != pair.energy.unit.removesuffix("h")[:-1]:
        return ""
    inverse = Interval.of(pair.power) / Interval.of(pair.energy)
    if inverse.widened(USABLE).compare(Interval.of(hours)) is not Agreement.AGREE:
        return ""
    likely = f"{amount(pair.energy.value, pair.power.unit)}/{amount(pair.power.value, pair.energy.unit)}"
    return f"; {likely} is the likely reading"


def _of_storage(case: Case, hours: Quantity) -> bool:
    """Whether a duration is that of a storage system: "four-hour battery", "for 4 h at full power"."""
    if hours.kind != "duration" or hours.base_unit != "h" or hours.value <= 0:
        return False
    if Interval.of(hours).compare(USUAL) is not Agreement.AGREE:
        return False
    before, behind = case.words_before(hours, _SAID), case.words_after(hours, _SAID).lstrip(" -")
    following = case.following(hours)
    if pattern("storage.later").search(before):
        return False
    if following and following.kind in {"power", "energy"} and _BESIDE.fullmatch(behind.strip()):
        return True
    kind = pattern("storage.duration").search(behind) if _HOUR.search(hours.text) else None
    return any(cue is not None for cue in (_FOR.search(before), _DELIVERED.match(behind), kind))


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
