"""Totals and their parts, as sentences and paragraphs list them; what adds up is for the check to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Quantity

_SUMMABLE = frozenset({"money", "energy", "power", "mass", "area", "volume", "charge", "count"})
_FEW = 6  # parts of a list that a sentence can be said to hold in full
_MANY = 12  # parts that are looked at; more are a table
_CLOSE = 80  # characters between two parts of one list
_CUE_REACH = 40  # characters between "total" and its amount
_PHASE = re.compile(
    r"\b(?:(first|second|third|fourth|fifth)[- ](?:phase|stage)"
    r"|phase[- ]?([1-5]|i{1,3}|iv|v|one|two|three|four|five)\b)",
    re.IGNORECASE,
)
_NUMBERS = (
    ("1", "i", "one", "first"),
    ("2", "ii", "two", "second"),
    ("3", "iii", "three", "third"),
    ("4", "iv", "four", "fourth"),
    ("5", "v", "five", "fifth"),
)
_PHASE_NUMBER = {word: number for number, words in enumerate(_NUMBERS, 1) for word in words}


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the figures that are said to make it up."""

    total: Quantity
    parts: tuple[Quantity, ...]

    @property
    def agreement(self) -> Agreement:
        """Whether the parts add up to the total."""
        return Interval.total(map(Interval.of, self.parts)).compare(Interval.of(self.total))

    @property
    def adds_up(self) -> bool:
        """Whether they do."""
        return self.agreement is Agreement.AGREE


def listed(case: Case) -> Iterator[Whole]:
    """A total with its parts after it: "562, of which …", "specifically …", "Of that sum …"."""
    for previous, sentence in pairwise((None, *case.sentences)):
        if sentence is None:
            continue
        for group in _groups(sentence.figures):
            for at in range(len(group) - 2):
                between = case.text[group[at].end : group[at + 1].start]
                if pattern("parts.listing").search(between):
                    complete = pattern("parts.whole").search(between) is not None
                    parts = group[at + 1 : at + 1 + _MANY]
                    yield from _after(case, sentence, group[at], parts, complete=complete)
                    break
            if previous and len(group) > 1 and pattern("parts.back").match(sentence.text.lstrip(' \n“"')):
                totals = [f for f in _summable(previous.figures) if f.base_unit == group[0].base_unit]
                for total in totals[-1:]:
                    yield from _after(case, sentence, total, group[:_MANY], complete=False)


def _after(
    case: Case, sentence: Sentence, total: Quantity, parts: Sequence[Quantity], *, complete: bool
) -> Iterator[Whole]:
    """The longest run of parts that adds up; where none does, all of them if the list is complete."""
    wholes = [Whole(total, tuple(parts[:size])) for size in range(len(parts), 1, -1)]
    found = next((whole for whole in wholes if whole.adds_up), None)
    gaps = [case.text[a.end : b.start] for a, b in pairwise(parts)]
    complete = complete or pattern("parts.rest").search(gaps[-1]) is not None
    if found:
        yield found
    elif complete and _plain(sentence, gaps, parts) and not _any_selection(total, parts):
        yield wholes[0]


def summed(case: Case) -> Iterator[Whole]:
    """Parts with their total after them: "15,000 tons and 25,000 tons, i.e. 40,000 tons altogether"."""
    for sentence in case.sentences:
        for group in _groups(sentence.figures):
            for at in range(2, len(group)):
                before = case.text[group[at - 1].end : group[at].start]
                follows = group[at + 1].start if at + 1 < len(group) else sentence.end
                after = case.text[group[at].end : min(follows, group[at].end + _CLOSE)]
                certain = re.search(rf"(?:{pattern('parts.sum').pattern})\W*$", before, re.IGNORECASE)
                cued = pattern("parts.total").search(before[-_CUE_REACH:]) or pattern(
                    "parts.sum_after"
                ).search(after)
                if not certain and not cued:
                    continue
                parts = group[max(0, at - _MANY) : at]
                wholes = [Whole(group[at], tuple(parts[first:])) for first in range(len(parts) - 1)]
                found = next((whole for whole in wholes if whole.adds_up), None)
                gaps = [case.text[a.end : b.start] for a, b in pairwise(parts)]
                if found:
                    yield found
                elif certain and _plain(sentence, gaps, parts) and not _any_selection(group[at], parts):
                    yield wholes[0]


def phased(case: Case) -> Iterator[Whole]:
    """Phases numbered from one, and their total in the same paragraph."""
    for paragraph in case.paragraphs.values():
        labels = [_labels(sentence) for sentence in paragraph]
        named = {number for found in labels for _, number in found}
        if len(named) > 1 and named == set(range(1, len(named) + 1)):
            told = [
                (figure, _phase(case, found, figure), _is_total(case, sentence, figure))
                for sentence, found in zip(paragraph, labels, strict=True)
                for figure in sentence.figures
            ]
            for group in _groups(figure for figure, _, _ in told):
                members = {figure.figure for figure in group}
                yield from _phases([entry for entry in told if entry[0].figure in members], named)


def _phases(told: Sequence[tuple[Quantity, int | None, bool]], named: set[int]) -> Iterator[Whole]:
    """The total of one unit's figures, each told with its phase and whether it is called a total."""
    phases: dict[int, list[Quantity]] = defaultdict(list)
    totals = [figure for figure, _, total in told if total]
    others = [figure for figure, number, total in told if number is None and not total]
    for figure, number, total in told:
        if number is not None and not total:
            phases[number].append(figure)
    if set(phases) != named or any(len({f.base_value for f in figures}) > 1 for figures in phases.values()):
        return
    parts = tuple(phases[number][0] for number in sorted(phases))
    wholes = [Whole(total, parts) for total in totals + others]
    found = next((whole for whole in wholes if whole.adds_up), None)
    if found:
        yield found
    elif len({total.base_value for total in totals}) == 1 and not _counts(parts):
        yield wholes[0]


def _phase(case: Case, labels: Sequence[tuple[int, int]], figure: Quantity) -> int | None:
    """The phase of a figure: the one named right after it ("2 billion in phase 1") or before it."""
    after = _PHASE.search(case.text, figure.end, figure.end + 24)
    if after and not re.search(r"\d|[,;.]|\band\b", case.text[figure.end : after.start()]):
        return _number(after)
    at = bisect_left(labels, (figure.start, 0)) - 1
    return labels[at][1] if at >= 0 else None


def _is_total(case: Case, sentence: Sentence, figure: Quantity) -> bool:
    """Whether "total", "all" or the like stands right before a figure, or "in total" after it."""
    begin = max(sentence.start, figure.start - _CUE_REACH)
    cues = list(pattern("parts.total").finditer(case.text, begin, figure.start))
    after = pattern("parts.sum_after").match(case.text[figure.end : figure.end + _CUE_REACH].lstrip())
    return after is not None or (
        bool(cues) and not re.search(r"[\d,;]|phase", case.text[cues[-1].end() : figure.start], re.IGNORECASE)
    )


def _labels(sentence: Sentence) -> list[tuple[int, int]]:
    """Offsets and numbers of the phases that a sentence names."""
    return [(sentence.start + found.start(), _number(found)) for found in _PHASE.finditer(sentence.text)]


def _number(found: re.Match[str]) -> int:
    return _PHASE_NUMBER[(found[1] or found[2]).lower()]


def _summable(figures: Iterable[Quantity]) -> list[Quantity]:
    """Amounts that can be parts: no restatements, no changes, nothing without size."""
    return [f for f in figures if f.kind in _SUMMABLE and f.same_as is None and not f.change and f.value > 0]


def _groups(figures: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """Amounts of one unit and period, in text order, where there are at least two."""
    groups: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for figure in _summable(figures):
        groups[figure.kind, figure.base_unit].append(figure)
    for group in groups.values():
        if len(group) > 1 and len({figure.per for figure in group} - {None}) <= 1:
            yield group


def _plain(sentence: Sentence, gaps: Sequence[str], parts: Sequence[Quantity]) -> bool:
    """Whether a list can be taken as complete: few parts, close together, and no word that says "more"."""
    near = all(len(gap) <= _CLOSE for gap in gaps)
    return (
        near and len(parts) <= _FEW and not _counts(parts) and not pattern("parts.more").search(sentence.text)
    )


def _any_selection(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether some of the parts add up, so that the others may be parts of parts."""
    return any(
        Whole(total, some).adds_up for size in range(2, len(parts)) for some in combinations(parts, size)
    )


def _counts(parts: Sequence[Quantity]) -> bool:
    """Counts may count different things; their sums prove nothing wrong."""
    return any(part.kind == "count" for part in parts)
