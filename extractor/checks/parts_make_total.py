"""Parts that are stated to make up a total: phases, yearly volumes, sites, equal units, shares of a company.

The parts of a deal's volume are its years, where they fill its whole term. In the text, words tell a total
and its parts ("specifically", "of that sum", "altogether", "the remaining", "in two projects", "each"),
phases their numbers; three amounts and more that add up to the last digit need no such word. The total may
also stand in a sentence before ("both stages", an order and its yearly schedule, "It is made up of …") or
after ("Together they make …"), or be that of so many places ("across the three sites"). Percentages of
which the last is "the rest" make a hundred. A conflict needs a list that is said to be complete, all phases
beside their total, or parts that exceed it.

Agrees: "over 50 million square meters from 2026 to 2027, specifically 20 million square meters in 2026 and
over 30 million square meters in 2027"; "Guoxin for 51% and Atlas for 49%".

Disagrees: "Phase I will be 5 GWh. Phase II of 7 GWh and Phase III of 10 GWh will follow, so that all 20 GWh
is up."

Left open: parts that fall short of a total where others may be missing; a sum that "over" or "up to" leaves
too vague. Amounts that only may be parts are passed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.sums import Whole, wholes
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity, When
    from schemas.problem import Verdict
    from schemas.quantity import Bound

RULE = "parts_make_total"
_OF_ANOTHER = re.compile(
    r" (?:stake |share |interest )?(?:of|in) (?!the (?:shares|equity|company|venture|joint)|which)"
)
_BEHIND = 30  # characters behind a share for the company that it is of
_REST = 40  # characters before a share for "the rest"
_LISTED_SHARES = 6  # shares that a sentence can be said to list in full
_BACK = 3  # sentences between a share and "the remaining" one


def check(case: Case) -> Iterator[Problem]:
    """Add up the parts of every total."""
    told: set[tuple[str, ...]] = set()
    for whole in chain(_years(case), wholes(case)):
        key = (whole.total.figure, *(part.figure for part in whole.parts))
        if key not in told:
            told.add(key)
            yield _add_up(case, whole)
    yield from _shares(case)


def _years(case: Case) -> Iterator[Whole]:
    """A deal's volume and those of the years that fill its term."""
    for deal in case.deals:
        spans = [
            (volume.quantity, span)
            for volume in deal.volumes
            if (span := _span(volume.when or deal.term)) is not None
        ]
        for total, (first, last) in spans:
            parts = [
                (quantity, span)
                for quantity, span in spans
                if quantity.base_unit == total.base_unit
                and first <= span[0] <= span[1] <= last
                and span != (first, last)
            ]
            parts.sort(key=lambda part: part[1])
            days = [span for _, span in parts]
            if len(parts) > 1 and (days[0][0], days[-1][1]) == (first, last) and _seamless(days):
                whole = Whole(total, tuple(quantity for quantity, _ in parts))
                if whole.adds_up or _in_one_paragraph(case, [total, *whole.parts]):
                    yield whole


def _in_one_paragraph(case: Case, figures: Sequence[Quantity]) -> bool:
    """Whether they stand together, so that they speak of one thing; without the text they are taken to."""
    return len({sentence.paragraph for figure in figures if (sentence := case.sentence(figure))}) <= 1


def _span(when: When | None) -> tuple[date, date] | None:
    if when is None or when.start_date is None or when.end_date is None:
        return None
    return when.start_date, when.end_date


def _seamless(days: Sequence[tuple[date, date]]) -> bool:
    """Whether each time begins on the day after the one before."""
    return all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(days))


def _add_up(case: Case, whole: Whole) -> Problem:
    total, parts = whole.total, whole.parts
    factor = total.base_value / total.value if total.value else Decimal(1)
    gives = sum((part.base_value for part in parts), start=Decimal(0)) / factor
    added, figures = " + ".join(stated(part) for part in parts), [*parts, total]
    if whole.count:
        gives *= whole.count.value
        added, figures = f"{stated(whole.count)} × {added}", [whole.count, *figures]
    sums = f"{added} = {amount(computed(gives), total.unit, _bound(parts))}"
    numbers = (computed(gives), total.value)
    match whole.agreement:
        case Agreement.AGREE:
            same = sums.endswith(f"= {amount(total.value, total.unit, total.bound)}")
            message = f"{sums}, as stated" if same else f"{sums}, stated as {stated(total)}: agrees"
            return case.problem(RULE, "consistent", message, figures, numbers=numbers)
        case Agreement.OPEN:
            message = f"{sums}, stated as {stated(total)}: too vague to compare"
            return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
        case Agreement.DIFFER:
            message = f"{sums}, but {stated(total)} is stated as the total"
            return case.problem(RULE, "conflict", message, figures, numbers=numbers)


def _bound(parts: Sequence[Quantity]) -> Bound:
    """How far a sum is open: "20 + over 30" is over 50."""
    bounds = {part.bound for part in parts}
    for bound in ("at_least", "at_most"):
        if bound in bounds and bounds <= {bound, "exact", "about"}:
            return bound
    return "exact" if bounds == {"exact"} else "about"


def _shares(case: Case) -> Iterator[Problem]:
    """Shares of a company against 100 %."""
    stakes = pattern("parts.stakes")
    for at, sentence in enumerate(case.sentences):
        percents = _percents(sentence)
        if not percents:
            continue
        rest = pattern("parts.rest").search(case.text, sentence.start, percents[-1].start) is not None
        if rest and not percents[1:]:
            earlier = [
                s for s in case.sentences[max(0, at - _BACK) : at] if stakes.search(s.text) and _percents(s)
            ]
            for before in earlier[-1:]:
                yield from _hundred(case, [*_percents(before), *percents], certain=False)
        elif stakes.search(sentence.text) and (rest or not pattern("parts.movement").search(sentence.text)):
            yield from _hundred(case, percents, certain=not rest)
        yield from _rest(case, sentence)


def _rest(case: Case, sentence: Sentence) -> Iterator[Problem]:
    """Shares of one sentence, the last of which is "the rest": together they are the whole."""
    shares = [f for f in sentence.figures if f.kind == "percent" and f.unit == "%"]
    if not 1 < len(shares) <= _LISTED_SHARES or any(f.change or f.value <= 0 for f in shares):
        return
    last = pattern("parts.rest").search(case.words_before(shares[-1], _REST))
    elsewhere = any(pattern("parts.rest").search(case.words_before(f, _REST)) for f in shares[:-1])
    told = pattern("parts.movement").search(sentence.bare) or pattern("parts.stakes").search(sentence.text)
    if last is None or elsewhere or told:
        return
    added, whole = Interval.total(map(Interval.of, shares)), Interval.point(Decimal(100))
    gives = sum((share.value for share in shares), start=Decimal(0))
    sums = f"{' + '.join(stated(share) for share in shares)} = {amount(gives, '%')}"
    agreement = added.compare(whole)
    nested = any(
        Interval.total(map(Interval.of, some)).compare(end) is Agreement.AGREE
        for size in range(2, len(shares))
        for some in combinations(shares, size)
        for end in (whole, *map(Interval.of, shares))
    )
    if agreement is Agreement.AGREE:
        yield case.problem(RULE, "consistent", sums, shares, numbers=(whole.low, gives))
    elif agreement is Agreement.DIFFER and not nested:
        verdict: Verdict = "conflict" if added.exceeds(whole) else "underdetermined"
        message = f"{sums}, although the last is said to be the rest"
        yield case.problem(RULE, verdict, message, shares, numbers=(whole.low, gives))


def _percents(sentence: Sentence) -> list[Quantity]:
    return [f for f in sentence.figures if f.kind == "percent" and f.unit == "%" and not f.change]


def _hundred(case: Case, percents: Sequence[Quantity], *, certain: bool) -> Iterator[Problem]:
    """Consistent where shares sum to 100 %; a conflict where those of one joint venture sum to more."""
    if len(percents) <= 1:
        return
    whole, sum_ = Interval.point(Decimal(100)), Interval.total(map(Interval.of, percents))
    gives = sum((percent.value for percent in percents), start=Decimal(0))
    sums = f"{' + '.join(stated(percent) for percent in percents)} = {amount(gives, '%')}"
    numbers = (Decimal(100), gives)
    if sum_.compare(whole) is Agreement.AGREE:
        message = sums if gives == whole.low else f"{sums}, which rounds to 100%"
        yield case.problem(RULE, "consistent", message, percents, numbers=numbers)
    elif (
        certain
        and sum_.low > whole.low
        and sum_.compare(whole) is Agreement.DIFFER
        and (_one_venture(case, percents) or _owners(case, percents))
    ):
        yield case.problem(
            RULE, "conflict", f"{sums}: shares of one company sum to more", percents, numbers=numbers
        )


def _one_venture(case: Case, percents: Sequence[Quantity]) -> bool:
    """Whether all of them stand in the record of one joint venture."""
    ventures = {deal.id for deal in case.deals if deal.kind == "joint_venture"}
    owners = [ventures.intersection(case.owners.get(percent.figure, ())) for percent in percents]
    return bool(set.intersection(*owners))


def _owners(case: Case, percents: Sequence[Quantity]) -> bool:
    """Whether a sentence lists the owners of one company: none stands behind a share but the last."""
    sentence = case.sentence(percents[0])
    if sentence is None or not pattern("parts.owners").search(sentence.text):
        return False
    if pattern("parts.no_owners").search(sentence.text):
        return False
    return not any(_OF_ANOTHER.match(case.words_after(percent, _BEHIND)) for percent in percents[:-1])
