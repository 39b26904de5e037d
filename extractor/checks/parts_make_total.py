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

from extractor.checks import stages, sums
from extractor.checks.interval import Agreement, Interval
from extractor.checks.sums import Whole
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity, When
    from schemas.quantity import Bound

RULE = "parts_make_total"
_OF_ANOTHER = re.compile(
    r" (?:stake |share |interest )?(?:of|in) (?!the (?:shares|equity|company|venture|joint)|which)"
)
_BEHIND = 30  # characters behind a share for the company that it is of
_REST = 40  # characters before a share for "the rest"
_LISTED_SHARES = 6  # shares that a sentence can be said to list in full


def check(case: Case) -> Iterator[Problem]:
    """Add up the parts of every total."""
    told: set[tuple[str, ...]] = set()
    for whole in chain(_years(case), sums.wholes(case), stages.wholes(case)):
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
                places = [case.sentence(figure) for figure in (total, *whole.parts)]
                if whole.adds_up or len({place.paragraph for place in places if place}) <= 1:
                    yield whole


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
    return case.judged(RULE, sums, whole.agreement, figures, numbers, hint=" as the total")


def _bound(parts: Sequence[Quantity]) -> Bound:
    """How far a sum is open: "20 + over 30" is over 50."""
    bounds = {part.bound for part in parts}
    for bound in ("at_least", "at_most"):
        if bound in bounds and bounds <= {bound, "exact", "about"}:
            return bound
    return "exact" if bounds == {"exact"} else "about"


def _shares(case: Case) -> Iterator[Problem]:
    """Shares that make up a whole: those of one sentence, or a share and "the remaining" one after it."""
    shares = {sentence.start: told for sentence in case.sentences if (told := _percents(sentence))}
    for sentence in case.sentences if shares else ():
        yield from _hundred(case, shares.get(sentence.start, []), sentence.text)
    for window in case.neighbours if shares else ():
        first, second = (shares.get(sentence.start, []) for sentence in window.sentences)
        if len(second) == 1 and first and pattern("parts.rest").search(window.before(second[0])):
            yield from _hundred(case, [*first, *second], window.sentences[0].text, sure=False)


def _percents(sentence: Sentence) -> list[Quantity]:
    percents = [f for f in sentence.figures if f.kind == "percent" and f.unit == "%"]
    return [figure for figure in percents if not figure.change and figure.value > 0]


def _hundred(case: Case, shares: list[Quantity], text: str, *, sure: bool = True) -> Iterator[Problem]:
    """Consistent where shares told as parts of one thing make 100 %; a conflict where they exceed it."""
    if not 1 < len(shares) <= _LISTED_SHARES:
        return
    rest = [pattern("parts.rest").search(case.words_before(share, _REST)) is not None for share in shares]
    owned = pattern("parts.stakes").search(text) is not None
    split = pattern("parts.made_of").search(text.partition(shares[0].text)[0]) is not None
    steps = pattern("parts.movement").search(text) is not None and not any(rest)
    added, whole = Interval.total(map(Interval.of, shares)), Interval.point(Decimal(100))
    gives = sum((share.value for share in shares), start=Decimal(0))
    sums = f"{' + '.join(stated(share) for share in shares)} = {amount(gives, '%')}"
    numbers = (whole.low, gives)
    if steps or not (owned or split or rest[-1]):
        return
    if added.compare(whole) is Agreement.AGREE:
        message = sums if gives == whole.low else f"{sums}, which rounds to 100%"
        yield case.problem(RULE, "consistent", message, shares, numbers=numbers)
    elif sure and added.exceeds(whole):
        several = len(shares) > 2 or not owned  # noqa: PLR2004  two owners may hold shares of two things
        if rest[-1] and several and not (any(rest[:-1]) or _nested(shares) or _of_others(case, shares)):
            message = f"{sums}, although the last is said to be the rest"
            yield case.problem(RULE, "conflict", message, shares, numbers=numbers)
        elif _one_venture(case, shares) or _of_one_thing(case, shares, text, split=split):
            message = f"{sums}: shares of one thing sum to more"
            yield case.problem(RULE, "conflict", message, shares, numbers=numbers)


def _nested(shares: Sequence[Quantity]) -> bool:
    """Whether some make up another one or the whole, so that the others are shares of shares."""
    ends = [Interval.point(Decimal(100)), *map(Interval.of, shares)]
    selections = (some for size in range(2, len(shares)) for some in combinations(shares, size))
    totals = [Interval.total(map(Interval.of, some)) for some in selections]
    return any(total.compare(end) is Agreement.AGREE for total in totals for end in ends)


def _one_venture(case: Case, shares: Sequence[Quantity]) -> bool:
    """Whether all of them stand in the record of one joint venture."""
    ventures = {deal.id for deal in case.deals if deal.kind == "joint_venture"}
    owners = [ventures.intersection(case.owners.get(share.figure, ())) for share in shares]
    return bool(set.intersection(*owners))


def _of_one_thing(case: Case, shares: Sequence[Quantity], text: str, *, split: bool) -> bool:
    """Whether a sentence lists all owners of a company or all parts of a thing, and no other one's share."""
    listed = split or pattern("parts.owners").search(text) is not None
    return listed and not _of_others(case, shares) and not pattern("parts.no_owners").search(text)


def _of_others(case: Case, shares: Sequence[Quantity]) -> bool:
    """Whether shares are said to be of different things; the first may name what all are of."""
    return any(_OF_ANOTHER.match(case.words_after(share, _BEHIND)) for share in shares[1:-1]) or all(
        _OF_ANOTHER.match(case.words_after(share, _BEHIND)) for share in (shares[0], shares[-1])
    )
