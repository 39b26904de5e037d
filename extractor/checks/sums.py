"""Totals and their parts: amounts of one unit of which one is, or should be, the sum of others.

Candidates come by arithmetic: in a sentence, the amounts before or behind a larger one; in neighbouring
sentences, a lone amount and the list in the other. Words say how sure it is that a sum is meant: a total, a
list that is announced, and what makes the list complete.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.vocabulary import pattern
from extractor.checks.windows import Window
from extractor.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.checks.case import Case
    from schemas import Quantity

_SUMMABLE = frozenset({"money", "energy", "power", "mass", "area", "volume", "charge", "count"})
FEW = 6  # parts of a list that can be said to be there in full
MANY = 12  # parts that are looked at; more are a table
CLOSE = 120  # characters between two parts of one list
NEAR = 60  # characters between a word for a total and its amount
_BACK = 3  # sentences from parts back to their total
_SEVERAL = 3  # parts whose exact sum is no chance
_LIKELY = Interval(Decimal("0.55"), Decimal(2))
"""Sums, as shares of the total, of lists that leave little out; others are hardly of that total."""
_NEARLY = Interval(Decimal("0.85"), Decimal("1.2"))
"""The same of lists that are not said to be complete, but that seem so."""

_NUMBERS = (
    ("1", "i", "one", "first"),
    ("2", "ii", "two", "second", "both", "twin", "pair", "half"),
    ("3", "iii", "three", "third"),
    ("4", "iv", "four", "fourth"),
    ("5", "v", "five", "fifth"),
    ("6", "vi", "six", "sixth"),
)
NUMBER = {word: number for number, words in enumerate(_NUMBERS, 1) for word in words}
_THINGS = Finder(
    r"(?i:\b(both|twin|two|three|four|five|six)(?:[- ]| of (?:the|its|their) )(?:[a-z-]+ ){0,2}?[a-z-]*s\b)"
)
PHASE = Finder(
    r"(?i:\b(?:(first|second|third|fourth|fifth)[- ](?:phase|stage)"
    r"|(?:phase|stage)[- ]?([1-5]|i{1,3}|iv|v|one|two|three|four|five)\b))"
)
_COLON = re.compile(r"[^.;¶]{0,60}(?::| [–—] )")
_BRACKETS = re.compile(r"[()\[\]]|\beach\b")
_OWN_BRACKETS = re.compile(r"\)[^()]*\(")
_TIMES = re.compile(r"\s*[x×]\s*")
_OF_IT = re.compile(r"of (?:the (?:total|sum|amount|whole)|this|that|these|those)\b", re.IGNORECASE)
_OF = re.compile(r"\b[Oo]f (?:(?:the|its|this|that|an?|all|total|some|about) )*$")
_COORDINATE = re.compile(r"\b(?:and|or) (?:\w+ ){0,3}$|, ?(?:\w+ )?$")
_LAST = re.compile(r"\b(?:and|plus|while|whereas|another|remain\w*|other|rest)\b|[;&+]")
_CONTRAST = re.compile(r"\b(?:but|while|whereas|against)\b|;")
_EACH = re.compile(r"\beach\b", re.IGNORECASE)


@dataclass(frozen=True)
class Whole:
    """A total and the figures that may make it up, each of them `count` times."""

    total: Quantity
    parts: tuple[Quantity, ...]
    count: Quantity | None = None

    @cached_property
    def sum(self) -> Interval:
        """What the parts come to."""
        added = Interval.total(map(Interval.of, self.parts))
        return added * Interval.of(self.count) if self.count else added

    @property
    def agreement(self) -> Agreement:
        """Whether the parts add up to the total."""
        return self.sum.compare(Interval.of(self.total))

    @property
    def adds_up(self) -> bool:
        """Whether they do, with what rounding and "about" allow."""
        return self.agreement is Agreement.AGREE

    @property
    def exact(self) -> bool:
        """Whether they do to the last digit."""
        return sum(part.base_value for part in self.parts) == self.total.base_value

    @property
    def exceeds(self) -> bool:
        """Whether the parts are more than the total."""
        return self.sum.exceeds(Interval.of(self.total))


@dataclass(frozen=True, slots=True)
class Claim:
    """What words say of a sum: that there may be one, that one is meant, and that no part is missing."""

    hinted: bool
    meant: bool
    complete: bool


def wholes(case: Case) -> Iterator[Whole]:
    """Every total with its parts: all that add up, and those that words say should."""
    for window in case.windows:
        for group in groups(window.figures):
            yield from _in_sentence(window, group)
        yield from _multiplied(case, window)
    for window in (*case.neighbours, *_pointing_back(case)):
        yield from _in_neighbours(window)


def _pointing_back(case: Case) -> Iterator[Window]:
    """Windows of a sentence that begins "Of the total …" and of one a little before it."""
    for window in case.windows:
        sentence = window.sentences[0]
        if _OF_IT.match(sentence.text):
            before = case.sentences_before(sentence, _BACK)[:-1]
            yield from (Window.of(other, sentence) for other in before if other.figures)


def _in_sentence(window: Window, group: list[Quantity]) -> Iterator[Whole]:
    """Totals of one sentence, each with the longest run before or behind it that adds up."""
    runs = [run for at in range(len(group)) for run in _runs(group, at)]
    found = [whole for total, run in runs if (whole := _longest(window, total, run))]
    yield from found
    if not found:
        full = (Whole(total, run) for total, run in runs if len(run) == len(group) - 1)
        yield from [whole for whole in full if _is_claimed(window, whole)][:1]


def _runs(group: list[Quantity], at: int) -> Iterator[tuple[Quantity, tuple[Quantity, ...]]]:
    """The smaller amounts right behind one, and those right before it."""
    total = group[at]
    for run, step in ((group[at + 1 : at + 1 + MANY], 1), (group[max(0, at - MANY) : at][::-1], -1)):
        size = next((n for n, part in enumerate(run) if part.base_value >= total.base_value), len(run))
        if size > 1:
            yield total, tuple(run[:size][::step])


def _longest(window: Window, total: Quantity, run: tuple[Quantity, ...]) -> Whole | None:
    """The most parts next to a total that make it up, where this is more than chance."""
    behind = run[0].start > total.start
    for size in range(len(run), 1, -1):
        whole = Whole(total, run[:size] if behind else run[-size:])
        if whole.adds_up and (_claim(window, whole).hinted or (whole.exact and _telling(whole))):
            return whole
    return None


def _telling(whole: Whole) -> bool:
    """Whether an exact sum is no chance: three parts and more, or three digits and more."""
    digits = whole.total.value.normalize().as_tuple().digits
    return len(whole.parts) >= _SEVERAL or len(digits) >= _SEVERAL


def _is_claimed(window: Window, whole: Whole) -> bool:
    """Whether words say that the parts make up the total although they do not."""
    phases = phases_in(window.text)
    others = bool(phases) and phases != set(range(1, len(whole.parts) + 1))
    if others or not _plain(window, whole) or any_selection(whole.total, whole.parts):
        return False
    claim = _claim(window, whole)
    share = whole.sum / Interval.of(whole.total)
    likely = share.compare(_LIKELY) is Agreement.AGREE
    more = claim.meant and whole.exceeds and not pattern("parts.adding").search(window.text)
    return likely and (claim.complete or more)


def _claim(window: Window, whole: Whole) -> Claim:
    """What the words around a total and its parts say of them."""
    first, last = whole.parts[0], whole.parts[-1]
    # "the first phase" is not the first of more
    partial = pattern("parts.more").search(PHASE.sub("", window.text)) is not None
    several = counted(window.words, whole)
    if whole.total.start < first.start:
        lead = window.between(whole.total, first)
        listed = pattern("parts.made_of").search(lead) is not None or _COLON.match(lead) is not None
        rest = pattern("parts.rest").search(window.before(last)) is not None
        before = window.before(whole.total, NEAR)
        hinted = pattern("parts.listing").search(lead if "¶" not in lead else window.words) is not None
        total = pattern("parts.total").search(f"{before} … {window.after(whole.total, 20)}") is not None
        total = total and (hinted or "¶" not in lead)
        meant = several or listed or rest or total or _OF.search(before) is not None
        nearly = (whole.sum / Interval.of(whole.total)).compare(_NEARLY) is Agreement.AGREE
        full = nearly and _OF.search(before) is not None and len(whole.parts) >= _SEVERAL
        return Claim(meant or hinted, meant, (several or listed or rest or full) and not partial)
    lead, behind = window.between(last, whole.total), window.after(whole.total, NEAR)
    if _CONTRAST.search(lead) or (
        "¶" in lead and not pattern("parts.summing").match(lead.rpartition("¶")[2].strip())
    ):
        return Claim(hinted=False, meant=False, complete=False)
    listed = pattern("parts.made_of").search(window.before(first)) is not None
    total = pattern("parts.total").search(f"{lead[-NEAR:]} … {behind}") is not None
    raised = pattern("parts.raised").search(lead) is not None and not listed and "together" not in lead
    raised = raised or (pattern("parts.adding").search(window.text) is not None and not total)
    meant = total or ((listed or several) and not _COORDINATE.search(lead))
    hinted = meant or pattern("parts.so").search(lead) is not None
    return Claim(hinted, meant, meant and not partial and not raised)


def counted(text: str, whole: Whole) -> bool:
    """Whether words speak of as many things as there are parts: "in two phases", "across the three sites"."""
    said = {number for _, number in things(text)}
    return len(whole.parts) in said


def things(text: str) -> Iterator[tuple[str, int]]:
    """Words for so many things, with their number: ("two phases", 2)."""
    return ((found[0], NUMBER[found[1].lower()]) for found in _THINGS.finditer(text))


def _in_neighbours(window: Window) -> Iterator[Whole]:
    """A lone amount in one sentence and two or more of its unit in the other."""
    if len(window.figures) <= len(window.sentences):
        return
    second = window.sentences[1].start
    sides = [
        summable(f for f in window.figures if f.start < second),
        summable(f for f in window.figures if f.start >= second),
    ]
    for ones, others in (sides, sides[::-1]):
        for parts in groups(others):
            totals = [f for f in ones if (f.kind, f.base_unit) == (parts[0].kind, parts[0].base_unit)]
            larger = len(totals) == 1 and all(part.base_value < totals[0].base_value for part in parts)
            if larger and len(parts) <= MANY:
                whole = Whole(totals[0], tuple(parts))
                claim = _claim(window, whole)
                told = whole.exact and (claim.meant or _telling(whole))
                if told or (whole.adds_up and claim.complete) or _is_claimed(window, whole):
                    yield whole


def _multiplied(case: Case, window: Window) -> Iterator[Whole]:
    """A count of equal parts and their total: "seven sections, each with 1.5 GWh, totalling 10.5 GWh"."""
    for count, part in pairwise(window.figures):
        if count.kind not in {"count", "number"} or count.value <= 1 or not summable([part]):
            continue
        between = window.between(count, part)
        if not _TIMES.fullmatch(between) and not _EACH.search(f"{between} … {window.after(part, 40)}"):
            continue
        before = case.sentences_before(window.sentences[0], 1)
        near = [*window.figures, *(f for sentence in before for f in sentence.figures[:MANY])]
        alike = [f for f in summable(near) if f is not part and f.base_unit == part.base_unit]
        yield from [whole for total in alike if (whole := Whole(total, (part,), count)).adds_up][:1]


def phases_in(text: str) -> set[int]:
    """The numbers of the phases that a text names."""
    return {number_of(found) for found in PHASE.finditer(text)}


def number_of(phase: re.Match[str]) -> int:
    """The number of a phase that is named."""
    return NUMBER[(phase[1] or phase[2]).lower()]


def summable(figures: Iterable[Quantity]) -> list[Quantity]:
    """Amounts that can be parts: no restatements, no changes, nothing without size."""
    return [f for f in figures if f.kind in _SUMMABLE and f.same_as is None and not f.change and f.value > 0]


def distinct(figures: Iterable[Quantity], base_unit: str) -> list[Quantity]:
    """The different amounts of a unit, in the order given."""
    found: dict[Decimal, Quantity] = {}
    for figure in figures:
        if figure.base_unit == base_unit and figure.value > 0:
            found.setdefault(figure.base_value, figure)
    return list(found.values())


def whole_of(amounts: Iterable[Quantity]) -> Quantity | None:
    """The only amount, or the one that the others add up to."""
    distinct = sorted({amount.base_value: amount for amount in amounts}.values(), key=lambda a: a.base_value)
    if len(distinct) == 1 or (distinct and Whole(distinct[-1], tuple(distinct[:-1])).adds_up):
        return distinct[-1]
    return None


def groups(figures: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """Amounts of one unit and period, in text order, where there are at least two."""
    by_unit: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for figure in summable(figures):
        by_unit[figure.kind, figure.base_unit].append(figure)
    for group in by_unit.values():
        if len(group) > 1 and len({figure.per for figure in group} - {None}) <= 1:
            yield group


def any_selection(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether some of the parts add up, so that the others may be parts of parts."""
    return any(
        Whole(total, some).adds_up for size in range(2, len(parts)) for some in combinations(parts, size)
    )


def _plain(window: Window, whole: Whole) -> bool:
    """Whether a list can be taken as complete: few parts, close together, none of them parts of parts."""
    gaps = [window.between(a, b) for a, b in pairwise(whole.parts)]
    own = all(_OWN_BRACKETS.fullmatch(gap) for gap in gaps)
    near = own or all(len(gap) <= CLOSE and not _BRACKETS.search(gap) for gap in gaps)
    near = near and _LAST.search(gaps[-1]) is not None and not _EACH.search(window.after(whole.parts[-1]))
    return near and len(whole.parts) <= FEW and not uncountable(whole.parts)


def uncountable(parts: Iterable[Quantity]) -> bool:
    """Counts may count different things; their sums prove nothing wrong."""
    return any(part.kind == "count" for part in parts)
