"""Share × total = part, where one sentence gives all three.

The words tie them: "64 GWh, or 32 % of the 200 GWh", "32 % of 200 GWh, that is 64 GWh", "200 GWh, of which
64 GWh (32 %)". Shares that have to make up a whole company are for parts_make_total.

Agrees: "112 GWh, or about 4 % of the 2,800 GWh needed in 2030".

Disagrees: "of the 150 GWh installed, 100 GWh, or 57 %, was iron phosphate".

Left open: a share that only just misses; a vague one ("over", "up to").
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.marked import Marked
    from schemas import Problem, Quantity

    Tied = tuple[Quantity, Quantity, Quantity]

RULE = "share_of_total"
SLACK = Decimal("0.02")
"""Share by which unrounded figures behind the stated ones may part share × total and part."""

_OF = r" of (?!(?:which|whom))~~45"
_SHARE = r"~~12(?:{share.is_part}|\(|,) ?~~15<share>"
_OF_OTHER = r"(?! of (?!the total|all))"  # "67 % of the domestic market" is no share of this total
_TIED = (
    rf"<part>~~20(?:{{share.is_part}}|\(|,) ?~~25<share>{_OF}<total>",
    rf"<share>{_OF}<total>~~30,? (?:{{share.is_part}}|\() ?~~15<part>",
    rf"\bof ~~40<total>~~40, ~~30<part>{_SHARE}{_OF_OTHER}",
    r"<total>~~60{share.of_which} ~40<share>~~12(?:{share.is_part}|\(|,) ?~~15<part>",
    r"<total>~60<part>~~20(?:{share.is_part}|\() ?~~15<share> {share.of_it}",
)
_LISTED = rf"<total>~~60{{share.of_which}} ~40<part>{_SHARE}{_OF_OTHER}"
_NEXT = rf"<part>{_SHARE}{_OF_OTHER}"
_BEFORE = r"<part>~~20(?:{share.is_part}|\() ?~~15<share> {share.of_it}"


def check(case: Case) -> Iterator[Problem]:
    """Multiply every share with the total that it is of."""
    for marked in case.marked:
        told: set[str] = set()
        tied = chain(_one_by_one(marked), _list(marked), _of_sentence_before(case, marked))
        for part, share, total in tied:
            if share.figure not in told and _fit(part, share, total):
                told.add(share.figure)
                yield _compare(case, part, share, total)


def _one_by_one(marked: Marked) -> Iterator[Tied]:
    for words in _TIED:
        for _, figures in marked.find(words):
            yield figures["part"], figures["share"], figures["total"]


def _list(marked: Marked) -> Iterator[Tied]:
    """A total and all of the parts that follow it: "200 GWh, of which 140 GWh (70 %) … and 60 GWh (30 %)"."""
    for found, figures in marked.find(_LISTED):
        yield figures["part"], figures["share"], figures["total"]
        for _, others in marked.find(_NEXT, found.end()):
            yield others["part"], others["share"], figures["total"]


def _of_sentence_before(case: Case, marked: Marked) -> Iterator[Tied]:
    """A share "of the total" that the sentence before gives, as its only amount of that unit."""
    for _, figures in marked.find(_BEFORE):
        part = figures["part"]
        before = case.before(marked.sentence)
        totals = [f for f in before.figures if f.base_unit == part.base_unit] if before else []
        if len(totals) == 1 and before and before.paragraph == marked.sentence.paragraph:
            yield part, figures["share"], totals[0]


def _fit(part: Quantity, share: Quantity, total: Quantity) -> bool:
    """Whether their kinds let them be part, share and total."""
    shares = share.kind == "percent" and share.unit == "%" and not share.change
    amounts = (part.kind, part.base_unit) == (total.kind, total.base_unit) and part.kind != "percent"
    flows = part.per is None or total.per is None or part.per == total.per
    return shares and amounts and flows and min(part.value, share.value, total.value) > 0


def _compare(case: Case, part: Quantity, share: Quantity, total: Quantity) -> Problem:
    product = Interval.of(share) * Interval.point(Decimal("0.01")) * Interval.of(total)
    gives = computed(share.value * total.value / 100)
    sums = f"{stated(share)} of {stated(total)} = {amount(gives, total.unit)}"
    numbers = (computed(share.base_value * total.base_value / 100), part.base_value)
    figures, found = (part, share, total), Interval.of(part)
    match found.compare(product):
        case Agreement.AGREE:
            same = amount(gives, total.unit) == stated(part)
            message = f"{sums}, as stated" if same else f"{sums}, stated as {stated(part)}: agrees"
            return case.problem(RULE, "consistent", message, figures, numbers=numbers)
        case Agreement.OPEN:
            message = f"{sums}, stated as {stated(part)}: too vague to compare"
            return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
        case Agreement.DIFFER if found.compare(product.widened(SLACK)) is Agreement.AGREE:
            message = f"{sums}, stated as {stated(part)}: nearly, but not quite"
            return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
        case Agreement.DIFFER:
            message = f"{sums}, but {stated(part)} is stated"
            return case.problem(RULE, "conflict", message, figures, numbers=numbers)
