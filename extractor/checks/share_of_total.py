"""Share × total = part, where a sentence or two give all three.

The share stands beside its part ("64 GWh, or 32 %") or right before its total ("32 % of the 200 GWh"); the
third amount is another one of the same unit, there or alone in the sentence before. Shares that have to make
up a whole company are for parts_make_total.

Agrees: "112 GWh, or about 4 % of the 2,800 GWh needed in 2030".

Disagrees: "of the 150 GWh installed, 100 GWh, or 57 %, was iron phosphate".

Left open: a share that only just misses; a vague one ("over", "up to"). A share of something that is not
stated ("60 % of the domestic market"), and one of several possible totals, is only reported where it agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.vocabulary import pattern
from extractor.checks.windows import PARTED, as_percent
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.windows import Window
    from schemas import Problem, Quantity

RULE = "share_of_total"
SLACK = Decimal("0.02")
"""Share by which unrounded figures behind the stated ones may part share × total and part."""

_UNSHARED = frozenset(
    {"length", "rate", "ratio", "number", "duration", "percent"}
)  # of which nobody gives shares
_CLOSE = 75  # characters between a share and its part or total
_BACK = 8  # sentences back from a share to a total that it agrees with
_OF = re.compile(r"\W*(?:(?:market )?share )?(?:of|in)\b(?! (?:which|whom))", re.IGNORECASE)
_PART_OF = re.compile(r" (?:out )?of (?:the|its|all|their|a)\b[^⟨,;]{0,40}$")
_COMPARED = re.compile(r" (?:above|below|over|under|more|less|higher|lower|fewer)\b")
_IS_PART = re.compile(
    r"(?:that|this|it|which|these|they) (?:is|was|are|were|makes?|made|represent\w*|equal\w*|account\w*"
    r"|correspond\w*|amount\w*|comes?|came)\b",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(r"[⟨,;:(¶]|\b(?:for|at|with|by|to|and|was|is|will)\b")
_OF_IT = re.compile(
    r"of (?:that|this|it|these|those|(?:all|(?:the )?total)(?! \w)"
    r"|the (?:[\w-]+ )?(?:whole|sum|amount|figure|volume|quantity|number|capacity|order|budget|fleet))\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"[^⟨]{0,60}(?:[(,:–—-]|\bor\b|\bequal|\bthat is)[^⟨]*$")
_SUM_OF = re.compile(
    r"\b(?:of|from)(?: (?:the|its|all|a|some|about|around|these|those|this|that|total|overall))* ?$",
    re.IGNORECASE,
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
    def precise(self) -> bool:
        """Whether the numbers agree as they stand, so that it is no chance."""
        gives = Interval.point(self.share.value * self.total.base_value / 100).widened(SLACK)
        exact = all(f.bound in {"exact", "about"} for f in (self.part, self.share, self.total))
        return exact and gives.compare(Interval.point(self.part.base_value)) is Agreement.AGREE

    @property
    def agreement(self) -> Agreement:
        """Whether the part is that."""
        return Interval.of(self.part).compare(self.product)


def check(case: Case) -> Iterator[Problem]:
    """Multiply every share with the total that it is of."""
    told: dict[str, list[Tied]] = {}
    for window in (*case.windows, *case.neighbours):
        for share in _shares(window):
            if share.start >= window.sentences[-1].start:
                told.setdefault(share.figure, []).extend(_ties(window, share))
    for window in case.windows:
        for share in _shares(window):
            told.setdefault(share.figure, []).extend(_further_back(case, window, share))
    for ties in told.values():
        agreeing = next((t for t in ties if t.agreement is Agreement.AGREE and (t.sure or t.precise)), None)
        chosen = agreeing or next((tied for tied in ties if tied.sure), None)
        if chosen:
            yield _compare(case, chosen)


def _shares(window: Window) -> list[Quantity]:
    """The percentages that are no steps or comparisons, and fractions in words ("a quarter of") as such."""
    figures = [f for f in window.figures if not f.change and not _COMPARED.match(window.after(f, 20))]
    return [share for figure in figures if (share := as_percent(figure))]


def _amounts(window: Window) -> list[Quantity]:
    return [f for f in window.figures if f.kind not in _UNSHARED and f.value > 0 and not f.change]


def _ties(window: Window, share: Quantity) -> Iterator[Tied]:
    """What a share may be of: the amount that it is said to be of, or one beside which its part stands."""
    amounts = _amounts(window)
    total = _said_total(window, share, amounts)
    if total:
        others = [f for f in amounts if _fit(f, total)]
        near = [f for f in others if _joined(window, f, share) or _joined(window, f, total)]
        lone = "¶" in window.text and len(others) == 1 and _IS_PART.match(window.sentences[-1].text)
        for part in near or (others if lone else []):
            yield Tied(part, share, total, len(others) == 1)
        return
    for part in [f for f in amounts if _joined(window, f, share) and f.start >= window.sentences[-1].start]:
        for total in [f for f in amounts if _fit(part, f)]:
            larger = total.base_value > part.base_value
            yield Tied(part, share, total, larger and _is_sure(window, part, share, total))


def _said_total(window: Window, share: Quantity, amounts: list[Quantity]) -> Quantity | None:
    """The amount that a share is said to be of: "32 % of China's installations of 200 GWh"."""
    behind = [f for f in amounts if f.start > share.start]
    if not behind or not _OF.match(window.tail(share)):
        return None
    words = window.between(share, behind[0])
    return behind[0] if len(words) <= _CLOSE and not _OTHER_PART.search(words) else None


def _joined(window: Window, part: Quantity, other: Quantity) -> bool:
    """Whether a part stands close to its share or total in one clause."""
    first, last = sorted((part, other), key=lambda figure: figure.start)
    words = window.between(first, last)
    beside = part.start == first.start or _APPOSED.match(words) is not None
    return beside and _near(window, first, last) and not PARTED.search(words)


def _near(window: Window, one: Quantity, other: Quantity) -> bool:
    """Whether two figures stand close, with nothing between them but steps up or down."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    between = [f for f in window.figures if first.start < f.start < last.start and not f.change]
    return len(window.between(first, last)) <= _CLOSE and not between


def _is_sure(window: Window, part: Quantity, share: Quantity, total: Quantity) -> bool:
    """Whether words leave a part and its share no other total."""
    alike = [f for f in _amounts(window) if f.base_unit == part.base_unit]
    pointed = _OF_IT.match(window.tail(share).lstrip()) or _OF_IT.search(window.after(part))
    of_other = not pointed and _OF.match(window.tail(share)) is not None
    parts = [f for f in alike if any(_joined(window, f, other) for other in _shares(window))]
    alone = len(alike) == 2 or (alike[0] is total and parts == alike[1:])  # noqa: PLR2004  part and total
    words = window.before(total, 60)
    if len(window.sentences) == 1:
        part_of = part.start < total.start and _PART_OF.fullmatch(window.between(part, total)) is not None
        if of_other and not part_of:
            return False
        listing = pattern("share.of_which").search(window.after(total, 40)) is not None
        said = _SUM_OF.search(words) is not None or pattern("parts.total").search(words) is not None
        return alone and (part_of or bool(pointed) or listing or said)
    first, second = window.sentences
    others = {other.figure for other in _shares(window)} - {share.figure}
    if of_other or others or total.start >= second.start or len(alike) != 2:  # noqa: PLR2004  part and total
        return False
    among = pattern("share.among").match(second.text) is not None
    whole = pattern("share.whole").search(words + window.after(total, 40)) is not None
    markets = ({m[0].lower() for m in pattern("apart.markets").finditer(s.text)} for s in (first, second))
    whole = whole and set.issuperset(*markets)
    return bool(pointed) or among or (whole and pattern("share.is_share").search(second.text) is not None)


def _further_back(case: Case, window: Window, share: Quantity) -> Iterator[Tied]:
    """Totals of the sentences before, which a part and its share may agree with."""
    for part in [f for f in _amounts(window) if f.kind != "count" and _near(window, f, share)]:
        first, last = sorted((part, share), key=lambda figure: figure.start)
        words = window.before(first, 40) + window.between(first, last)
        if not pattern("share.is_share").search(words) and not _APPOSED.match(window.between(first, last)):
            continue
        for sentence in case.sentences_before(window.sentences[0], _BACK):
            if not sentence.heading:
                yield from (Tied(part, share, f, sure=False) for f in sentence.figures if _fit(part, f))


def _fit(part: Quantity, total: Quantity) -> bool:
    """Whether two amounts can be part and total."""
    amounts = (part.kind, part.base_unit) == (total.kind, total.base_unit) and part.kind not in _UNSHARED
    flows = part.per is None or total.per is None or part.per == total.per
    return amounts and flows and not total.change and part is not total and min(part.value, total.value) > 0


def _compare(case: Case, tied: Tied) -> Problem:
    part, share, total = tied.part, tied.share, tied.total
    gives = computed(share.value * total.value / 100)
    sums = f"{stated(share)} of {stated(total)} = {amount(gives, total.unit)}"
    numbers = (computed(share.value * total.base_value / 100), part.base_value)
    figures = (share, total, part)
    near = Interval.of(part).compare(tied.product.widened(SLACK)) is Agreement.AGREE
    doubt = "nearly, but not quite" if near and tied.agreement is Agreement.DIFFER else ""
    return case.judged(RULE, sums, tied.agreement, figures, numbers, doubt=doubt)
