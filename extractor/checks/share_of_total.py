"""Share × total = part, where one sentence gives all three.

The words tie them: "64 GWh, or 32 % of the 200 GWh", "32 % of 200 GWh, that is 64 GWh", "200 GWh, of which
64 GWh (32 %)". Shares that have to make up a whole company are for parts_make_total.

Agrees: "112 GWh, or about 4 % of the 2,800 GWh needed in 2030".

Disagrees: "of the 150 GWh installed, 100 GWh, or 57 %, was iron phosphate".

Left open: a share that only just misses; a vague one ("over", "up to").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.marked import template
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.marked import Marked
    from schemas import Problem, Quantity

RULE = "share_of_total"
SLACK = Decimal("0.02")
"""Share by which unrounded figures behind the stated ones may part share × total and part."""

_UNSHARED = frozenset({"length", "rate", "ratio", "number", "duration"})  # of which nobody gives shares
_POINTING = 24  # characters behind a share for "of the total"
_BACK = 8  # sentences back from a share to its total
_OF = r" of (?!(?:which|whom))~~45"
_SHARE = r"~~60(?:{share.is_part}|\(|,) ?~~25<share>"
_OF_OTHER = r"(?! of (?!the total|all))"  # "67 % of the domestic market" is no share of this total
_TIED = (
    rf"<part>~~20(?:{{share.is_part}}|\(|,) ?~~25<share>{_OF}<total>",
    rf"<share>{_OF}<total>~~30,? (?:{{share.is_part}}|\() ?~~15<part>",
    rf"\bof ~~40<total>~~40, ~~30<part>{_SHARE}{_OF_OTHER}",
    r"<total>~~60{share.of_which} ~40<share>~~12(?:{share.is_part}|\(|,) ?~~15<part>",
    r"<total>~60<part>~~20(?:{share.is_part}|\() ?~~15<share> {share.of_it}",
    rf"<part> (?:out )?of (?:the|its|all) ~~40<total>~~30(?:{{share.is_part}}|\(|,) ?~~20<share>{_OF_OTHER}",
    r"<total>~80;~60<part> {share.of_it},? ~~10<share>",
    r"<total>~~80<share>~~40,? (?:or|i\.e\.|that is|which is|equal to) ~~15<part>",
)
_SUM_OF = r"\b(?:of|from)(?: (?:the|its|all|a|some|about|around|these|those|this|that|total|overall))* ?$"
_PAIR = (
    r"<share>~~30,? ?(?:{share.is_part}|\() ?~~15<part>",
    rf"<part>~~40(?:{{share.is_part}}|\(|,) ?~~25<share>{_OF_OTHER}",
)
_NEXT = rf"<part>{_SHARE}{_OF_OTHER}"
_LISTED = rf"<total>~~60{{share.of_which}} ~40{_NEXT}"
_ALONE = (
    rf"<part>{_SHARE}(?! of (?!the total|all|it))",
    r"<share> ?\(<part>\)",
    r"<share>,? {share.is_part} ~~15<part>",
    r"<share> {share.of_it}~~20,? (?:{share.is_part}|\() ?~~15<part>",
    rf"<part>~60(?<!\w)share (?:of|at|to|was|is|stood at|came to|works out at) ~15<share>{_OF_OTHER}",
)


@dataclass(frozen=True, slots=True)
class Tied:
    """A part, its share and the total; `sure` where the words leave no other total."""

    part: Quantity
    share: Quantity
    total: Quantity
    sure: bool = True

    @property
    def product(self) -> Interval:
        """Share × total."""
        return Interval.of(self.share) * Interval.point(Decimal("0.01")) * Interval.of(self.total)

    @property
    def agreement(self) -> Agreement:
        """Whether the part is that."""
        return Interval.of(self.part).compare(self.product)


def check(case: Case) -> Iterator[Problem]:
    """Multiply every share with the total that it is of."""
    for marked in case.marked:
        steady = marked.only(lambda figure: figure.change is None)
        candidates: dict[str, list[Tied]] = defaultdict(list)
        for tied in chain(
            _one_by_one(steady), _list(steady), _triple(case, steady), _of_sentences_before(case, steady)
        ):
            if _fit(tied.part, tied.share, tied.total):
                candidates[tied.share.figure].append(tied)
        for ties in candidates.values():
            agreeing = next((tied for tied in ties if tied.agreement is Agreement.AGREE), None)
            chosen = agreeing or next((tied for tied in ties if tied.sure), None)
            if chosen:
                yield _compare(case, chosen)


def _one_by_one(marked: Marked) -> Iterator[Tied]:
    for words in _TIED:
        for _, figures in marked.find(words):
            yield Tied(figures["part"], figures["share"], figures["total"])


def _triple(case: Case, marked: Marked) -> Iterator[Tied]:
    """A part beside its share, and the only other amount of the sentence, "of" which it is or a total."""
    for words in _PAIR:
        for _, figures in marked.find(words):
            part, share = figures["part"], figures["share"]
            beside = [f for f in marked.sentence.figures if f is not part]
            amounts = [f for f in beside if f.base_unit == part.base_unit and f.kind not in _UNSHARED]
            shares = [f for f in beside if f.kind == "percent"]
            if len(amounts) == len(shares) == 1 and amounts[0].change is None and not amounts[0].same_as:
                before = case.words_before(amounts[0], _POINTING * 2)
                of = template(_SUM_OF).search(before) is not None
                whole = pattern("share.whole").search(before) is not None
                yield Tied(part, share, amounts[0], sure=of or whole)


def _list(marked: Marked) -> Iterator[Tied]:
    """A total and all of the parts that follow it: "200 GWh, of which 140 GWh (70 %) … and 60 GWh (30 %)"."""
    for found, figures in marked.find(_LISTED):
        yield Tied(figures["part"], figures["share"], figures["total"])
        for _, others in marked.find(_NEXT, found.end()):
            yield Tied(others["part"], others["share"], figures["total"])


def _of_sentences_before(case: Case, marked: Marked) -> Iterator[Tied]:
    """A share of an amount in a sentence before.

    It is surely that of the sentence right before if "of the total" or "among them" points there and it has
    one amount of the unit only.
    """
    for _, figures in marked.find(
        rf"^(?:That|This|It|Which)(?: is| was| makes| represents| equals)? ~~25<share>{_OF}<total>"
    ):
        for sentence in case.sentences_before(marked.sentence, 1):
            parts = [
                f for f in sentence.figures if f.base_unit == figures["total"].base_unit and not f.change
            ]
            for part in parts:
                yield Tied(part, figures["share"], figures["total"], len(parts) == 1)
    before = [sentence for sentence in case.sentences_before(marked.sentence, _BACK) if not sentence.heading]
    heads = (pattern(cue).match(marked.sentence.text) for cue in ("share.among", "share.of_it"))
    among = any(head is not None for head in heads)
    for words in _ALONE:
        for found, figures in marked.find(words):
            part, share = figures["part"], figures["share"]
            behind = marked.text[found.end() : found.end() + _POINTING]
            pointed = among or template(r" {share.of_it}").match(behind) is not None
            pointed = pointed or template(r"{share.of_it}").search(found[0]) is not None
            told = template(r"{share.is_share}").search(found[0]) is not None
            for distance, sentence in enumerate(reversed(before)):
                totals = [f for f in sentence.figures if f.base_unit == part.base_unit and not f.change]
                alone = len(totals) == 1 and not pattern("share.is_part_only").search(sentence.text)
                whole = told and pattern("share.whole").search(sentence.text) is not None
                for total in totals:
                    yield Tied(part, share, total, (pointed or whole) and distance == 0 and alone)


def _fit(part: Quantity, share: Quantity, total: Quantity) -> bool:
    """Whether their kinds let them be part, share and total."""
    shares = share.kind == "percent" and share.unit == "%" and not share.change
    amounts = (part.kind, part.base_unit) == (total.kind, total.base_unit) and part.kind != "percent"
    flows = part.per is None or total.per is None or part.per == total.per
    return shares and amounts and flows and min(part.value, share.value, total.value) > 0


def _compare(case: Case, tied: Tied) -> Problem:
    part, share, total = tied.part, tied.share, tied.total
    gives = computed(share.value * total.value / 100)
    sums = f"{stated(share)} of {stated(total)} = {amount(gives, total.unit)}"
    numbers = (computed(share.base_value * total.base_value / 100), part.base_value)
    figures = (part, share, total)
    if tied.agreement is Agreement.AGREE:
        same = amount(gives, total.unit) == stated(part)
        message = f"{sums}, as stated" if same else f"{sums}, stated as {stated(part)}: agrees"
        return case.problem(RULE, "consistent", message, figures, numbers=numbers)
    vague = tied.agreement is Agreement.OPEN
    if vague or Interval.of(part).compare(tied.product.widened(SLACK)) is Agreement.AGREE:
        why = "too vague to compare" if vague else "nearly, but not quite"
        message = f"{sums}, stated as {stated(part)}: {why}"
        return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
    message = f"{sums}, but {stated(part)} is stated"
    return case.problem(RULE, "conflict", message, figures, numbers=numbers)
