"""What a storage system takes in and gives back: yearly discharge against yearly charge and against its size.

Words beside two amounts of energy say which is charged and which discharged. Their quotient is the round-trip
efficiency: 60 to 100 % for batteries, and the one stated beside it, where there is one. Discharge over the
storage's energy is the number of cycles: up to two a day.

Agrees: "an average annual charging capacity of 231 million kWh and an average annual discharging capacity of
189 million kWh".

Disagrees: "charges 189 GWh and discharges 231 GWh a year".

Left open: storage by heat, hydrogen or compressed air, which loses more; more than two cycles of a system
that neither a record nor a sentence ties to the discharge.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from extractor.checks.interval import Agreement, Interval
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity

RULE = "charge_discharge"
EFFICIENCY = Interval(Decimal("0.6"), Decimal(1))
"""Share of the energy charged that batteries give back over a year."""
CYCLES = Interval(Decimal(0), Decimal(2))
"""Full cycles a day; some grids pay for two."""
SLACK = Decimal("0.25")
"""Share by which cycles may be more: usable against nominal energy, and added batteries."""
STATED = Decimal("0.05")
"""Share by which a stated efficiency may miss that of a year, which has standby losses in it."""

_A_DAY = {"year": Decimal(365), "month": Decimal(30), "day": Decimal(1)}
_REACH, _BEHIND = 60, 25  # characters before and behind an amount that say what it is
_NEAR = 6  # sentences on either side in which the storage's size may stand
_CROWD = 24  # figures of a sentence or record beyond which it is a table

Flow = Literal["charge", "discharge"]


def check(case: Case) -> Iterator[Problem]:
    """Pair charges with discharges, then discharges with the size of their storage."""
    waiting: dict[Flow, tuple[Quantity, Sentence]] = {}
    for sentence in case.sentences:
        if len(sentence.figures) > _CROWD:
            continue
        for figure in sentence.figures:
            flow = _flow(case, figure)
            if flow is None:
                continue
            other: Flow = "charge" if flow == "discharge" else "discharge"
            partner, place = waiting.pop(other, (None, None))
            if partner and place and _one_flow(case, partner, figure, place, sentence):
                charged, discharged = (partner, figure) if flow == "discharge" else (figure, partner)
                yield from _round_trip(case, charged, discharged, sentence)
            else:
                waiting[flow] = figure, sentence
            if flow == "discharge" and pattern("cycle.any").search(sentence.text):
                yield from _cycles(case, figure, sentence)


def _one_flow(case: Case, one: Quantity, other: Quantity, first: Sentence, second: Sentence) -> bool:
    """Whether a charge and a discharge are one storage's: beside each other, over one period, at one time.

    Within a sentence one of them may leave the period unsaid.
    """
    apart = first is second and ";" in case.text[min(one.end, other.end) : max(one.start, other.start)]
    near = (first is second and not apart) or (
        first.paragraph == second.paragraph and first in case.sentences_before(second, 1)
    )
    period = one.per == other.per or (first is second and None in (one.per, other.per))
    times = {time.start_date for sentence in (first, second) for time in sentence.times}
    after = [other.text for other in case.around(second, 1) if other.start > second.start]
    said = pattern("cycle.any").search(" ".join([first.text, second.text, *after]))
    return near and period and len(times) <= 1 and said is not None


def _flow(case: Case, figure: Quantity) -> Flow | None:
    """Whether an amount of energy is charged or discharged, by the words right behind it or those before."""
    if figure.kind != "energy" or figure.value <= 0 or figure.same_as:
        return None
    behind = _behind().match(case.words_after(figure, _BEHIND))
    if behind:
        return "charge" if behind[1] else "discharge"
    before = case.words_before(figure, _REACH)
    if pattern("cycle.both").search(before):
        return None
    found: dict[int, Flow] = {}
    flows: tuple[Flow, Flow] = ("charge", "discharge")
    for flow in flows:
        found |= {match.start(): flow for match in pattern(f"cycle.{flow}").finditer(before)}
    return found[max(found)] if found else None


@cache
def _behind() -> re.Pattern[str]:
    """A word for charge (first group) or discharge right behind an amount."""
    charge, discharge = (pattern(f"cycle.{flow}").source for flow in ("charge", "discharge"))
    return re.compile(rf"\s*(?:of |in |for |is |are |were )?(?:({charge})|{discharge})", re.IGNORECASE)


def _round_trip(case: Case, charged: Quantity, discharged: Quantity, sentence: Sentence) -> Iterator[Problem]:
    share = Interval.of(discharged) / Interval.of(charged)
    gives = computed(discharged.base_value / charged.base_value * 100)
    sums = f"{stated(discharged)} ÷ {stated(charged)} = {amount(gives, '%')}"
    numbers, figures = (charged.base_value, discharged.base_value), [charged, discharged]
    if share.compare(EFFICIENCY) is Agreement.AGREE:
        said = _efficiency(case, sentence)
        if said is None:
            message = f"{sums} round-trip efficiency: plausible"
            yield case.problem(RULE, "consistent", message, figures, numbers=numbers)
            return
        told = Interval.of(said) * Interval.point(Decimal("0.01"))
        agreement = share.widened(STATED).compare(told)
        sums, numbers = f"{sums} round-trip efficiency", (gives, said.value)
        yield case.judged(RULE, sums, agreement, [*figures, said], numbers)
    elif share.exceeds(EFFICIENCY):
        message = f"{sums}: more energy is discharged than charged"
        yield case.problem(RULE, "conflict", message, figures, severity="error", numbers=numbers)
    elif EFFICIENCY.exceeds(share) and not any(
        pattern("cycle.lossy").search(near.text) for near in case.around(sentence, _NEAR)
    ):
        message = f"{sums} round-trip efficiency: too low for batteries, which give back 60 to 100%"
        yield case.problem(RULE, "conflict", message, figures, numbers=numbers)
    else:
        message = f"{sums} round-trip efficiency: outside the 60 to 100% of batteries"
        yield case.problem(RULE, "underdetermined", message, figures, numbers=numbers)


def _efficiency(case: Case, sentence: Sentence) -> Quantity | None:
    """The only efficiency of a whole system that a sentence or the one after it states."""
    near = [s for s in case.around(sentence, 1) if s.start >= sentence.start]
    said = [
        figure
        for figure in (figure for s in near for figure in s.figures if figure.kind == "percent")
        for words in [f"{case.words_before(figure, _REACH)} … {case.words_after(figure, _BEHIND)}"]
        if pattern("cycle.efficiency").search(words) and not pattern("cycle.part").search(words)
    ]
    return said[0] if len(said) == 1 else None


def _cycles(case: Case, discharged: Quantity, sentence: Sentence) -> Iterator[Problem]:
    """Discharge over the energy of the storage that the record, the sentence or the paragraph speaks of."""
    days = _A_DAY.get(discharged.per or "")
    sizes, tied = _sizes(case, discharged, sentence)
    if days is None or not sizes:
        return
    size = max(sizes, key=lambda figure: figure.base_value)
    a_day = Interval.of(discharged) / (Interval.of(size) * Interval.point(days))
    cycles = computed(discharged.base_value / size.base_value)
    daily = computed(discharged.base_value / size.base_value / days)
    often = f"{amount(cycles, '')} cycles per {discharged.per}"
    if discharged.per != "day":
        often = f"{often}, {amount(daily, '')} a day"
    sums = f"{stated(discharged)} ÷ {stated(size)} = {often}"
    figures, numbers = (discharged, size), (CYCLES.high, daily)
    if a_day.compare(CYCLES) is Agreement.AGREE:
        yield case.problem(RULE, "consistent", f"{sums}: plausible", figures, numbers=numbers)
    elif tied and a_day.exceeds(CYCLES.widened(SLACK)):
        message = f"{sums}: more than the two a day that storage is run for"
        yield case.problem(RULE, "conflict", message, figures, numbers=numbers)
    else:
        message = f"{sums}: more than two a day"
        yield case.problem(RULE, "underdetermined", message, figures, numbers=numbers)


def _sizes(case: Case, discharged: Quantity, sentence: Sentence) -> tuple[list[Quantity], bool]:
    """Energies that can be the size of the storage; whether a record or the sentence ties them."""
    owners = case.owners.get(discharged.figure, ())
    owned = [figure for owner in owners for figure in case.owned.get(owner, ())[:_CROWD]]
    paragraph = [f for s in case.around(sentence, _NEAR) if len(s.figures) <= _CROWD for f in s.figures]
    tied = _energies(case, [*owned, *sentence.figures])
    near = _energies(case, paragraph)
    return [*tied, *near], bool(tied)


def _energies(case: Case, figures: list[Quantity]) -> list[Quantity]:
    return [f for f in figures if f.kind == "energy" and not f.per and f.value > 0 and _flow(case, f) is None]
