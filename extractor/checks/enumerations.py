"""Totals and their parts, as sentences and paragraphs list them; what adds up is for the check to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.cues import Cues
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
_BACK = 3  # sentences back from parts to their total
_AHEAD = 6  # sentences on from a total to the parts that it announces
_SEVERAL = 3  # parts whose exact sum is no chance
_PHASE = re.compile(
    r"\b(?:(first|second|third|fourth|fifth)[- ](?:phase|stage)"
    r"|(?:phase|stage)[- ]?([1-5]|i{1,3}|iv|v|one|two|three|four|five)\b)",
    re.IGNORECASE,
)
_NUMBERS = (
    ("1", "i", "one", "first"),
    ("2", "ii", "two", "second", "both"),
    ("3", "iii", "three", "third"),
    ("4", "iv", "four", "fourth"),
    ("5", "v", "five", "fifth"),
)
NUMBER = {word: number for number, words in enumerate(_NUMBERS, 1) for word in words}
_DIVISIONS = (
    "phases", "stages", "projects", "plants", "sites", "factories", "bases", "batches", "parts", "tranches",
    "steps", "sections", "lots",
)  # fmt: skip
THINGS = Cues(
    re.compile(
        rf"\b(both|two|three|four|five|[2-5]) (?:[\w-]+ ){{0,2}}?(?:{'|'.join(_DIVISIONS)})\b", re.IGNORECASE
    ),
    [_DIVISIONS],
)
_COLON = re.compile(r"[^.;:]{0,30}:")  # right behind a total: its parts follow
_EACH = re.compile(r"\beach\b", re.IGNORECASE)
_TIMES = re.compile(r"\s*[x×]\s*")


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the figures that are said to make it up, each of them `count` times.

    `open` says that there may be other parts.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    count: Quantity | None = None
    open: bool = False

    @property
    def agreement(self) -> Agreement:
        """Whether the parts add up to the total."""
        added = Interval.total(map(Interval.of, self.parts))
        if self.count:
            added *= Interval.of(self.count)
        return added.compare(Interval.of(self.total))

    @property
    def adds_up(self) -> bool:
        """Whether they do, with what rounding and "about" allow."""
        return self.agreement is Agreement.AGREE

    @property
    def exact(self) -> bool:
        """Whether they do to the last digit."""
        added = Interval.total(Interval.point(part.base_value) for part in self.parts)
        return added.compare(Interval.point(self.total.base_value)) is Agreement.AGREE


def listed(case: Case) -> Iterator[Whole]:
    """A total with its parts after it in one sentence: "562, of which …", "specifically …", "562: …"."""
    for sentence in case.sentences:
        for group in groups(sentence.figures):
            for at in range(len(group) - 2):
                between = case.text[group[at].end : group[at + 1].start]
                colon = _COLON.match(between) is not None
                if colon or pattern("parts.listing").search(between):
                    complete = colon or pattern("parts.whole").search(between) is not None
                    parts = group[at + 1 : at + 1 + _MANY]
                    yield from _after(case, sentence, group[at], parts, complete=complete)
                    break


def carried(case: Case) -> Iterator[Whole]:
    """Parts whose total stands in a sentence before.

    A head ("Of that sum …") points to it, the last part is "the remaining" one, or there are three and more
    parts that add up to the last digit.
    """
    for at, sentence in enumerate(case.sentences):
        for group in groups(sentence.figures):
            parts = tuple(group[:_MANY])
            wholes = [
                Whole(total, parts)
                for total in _before(case, at)
                if (total.kind, total.base_unit) == (parts[0].kind, parts[0].base_unit)
            ]
            last_gap = case.text[parts[-2].end : parts[-1].start]
            if wholes and pattern("parts.back").match(sentence.text):
                yield from _after(case, sentence, wholes[0].total, parts, complete=False)
            elif pattern("parts.rest").search(last_gap):
                yield from [whole for whole in wholes if whole.adds_up][:1]
            elif len(parts) >= _SEVERAL:
                yield from [whole for whole in wholes if whole.exact][:1]


def announced(case: Case) -> Iterator[Whole]:
    """A total "in two projects", and two amounts in the next sentences that add up to the last digit."""
    for at, sentence in enumerate(case.sentences):
        for found in THINGS.finditer(sentence.text) if sentence.figures else ():
            number, where = NUMBER[found[1].lower()], sentence.start + found.start()
            after = case.sentences[at + 1 : at + 1 + _AHEAD]
            following = summable(figure for later in after for figure in later.figures)
            for total in summable(sentence.figures):
                parts = [f for f in following if (f.kind, f.base_unit) == (total.kind, total.base_unit)][
                    :_FEW
                ]
                if 0 <= where - total.end <= _CLOSE:
                    wholes = (Whole(total, some) for some in combinations(parts, number))
                    yield from [whole for whole in wholes if whole.exact][:1]


def multiplied(case: Case) -> Iterator[Whole]:
    """A count of equal parts and their total: "seven sections, each with 1.5 GWh, totalling 10.5 GWh"."""
    for at, sentence in enumerate(case.sentences):
        for count, part in pairwise(sentence.figures):
            if count.kind not in {"count", "number"} or count.value <= 1 or not summable([part]):
                continue
            between = case.text[count.end : part.start]
            after = case.text[part.end : part.end + _CUE_REACH]
            if not _TIMES.fullmatch(between) and not _EACH.search(between) and not _EACH.search(after):
                continue
            near = [*sentence.figures, *_before(case, at)[:_MANY]]
            wholes = [
                Whole(total, (part,), count)
                for total in summable(near)
                if total is not part and (total.kind, total.base_unit) == (part.kind, part.base_unit)
            ]
            yield from [whole for whole in wholes if whole.adds_up][:1]


def _before(case: Case, at: int) -> list[Quantity]:
    """Amounts of the sentences before one, nearest first, back to a heading at the most."""
    amounts: list[Quantity] = []
    for sentence in reversed(case.sentences[max(0, at - _BACK) : at]):
        if sentence.heading:
            break
        amounts += reversed(summable(sentence.figures))
    return amounts


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
        for group in groups(sentence.figures):
            for at in range(2, len(group)):
                before = case.text[group[at - 1].end : group[at].start]
                follows = group[at + 1].start if at + 1 < len(group) else sentence.end
                after = case.text[group[at].end : min(follows, group[at].end + _CLOSE)]
                certain = re.search(
                    rf"(?:{pattern('parts.sum').pattern})(?: (?:about|some|a|the|total|of|around))*\W*$",
                    before,
                    re.IGNORECASE,
                )
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
        labels = [labels_of(sentence) for sentence in paragraph]
        named = {number for found in labels for _, number in found}
        if len(named) > 1 and named == set(range(1, len(named) + 1)):
            told = [
                (figure, _phase(case, found, figure), _is_total(case, sentence, figure))
                for sentence, found in zip(paragraph, labels, strict=True)
                for figure in sentence.figures
            ]
            said = {
                NUMBER[found[1].lower()] for sentence in paragraph for found in THINGS.finditer(sentence.text)
            }
            for group in groups(figure for figure, _, _ in told):
                members = {figure.figure for figure in group}
                entries = [entry for entry in told if entry[0].figure in members]
                yield from _phases(entries, named, complete=said == {len(named)})


def _phases(
    told: Sequence[tuple[Quantity, int | None, bool]], named: set[int], *, complete: bool
) -> Iterator[Whole]:
    """The total of one unit's figures, each told with its phase and whether it is called a total.

    Phases that fall short of it are a conflict only where the text says that there are no others.
    """
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
        more = Interval.total(map(Interval.of, parts)).low > Interval.of(totals[0]).high
        yield from wholes[:1] if complete or more else []


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


def labels_of(sentence: Sentence) -> list[tuple[int, int]]:
    """Offsets and numbers of the phases that a sentence names."""
    words = sentence.text.casefold()
    if "phase" not in words and "stage" not in words:
        return []
    return [(sentence.start + found.start(), _number(found)) for found in _PHASE.finditer(sentence.text)]


def _number(found: re.Match[str]) -> int:
    return NUMBER[(found[1] or found[2]).lower()]


def summable(figures: Iterable[Quantity]) -> list[Quantity]:
    """Amounts that can be parts: no restatements, no changes, nothing without size."""
    return [f for f in figures if f.kind in _SUMMABLE and f.same_as is None and not f.change and f.value > 0]


def groups(figures: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """Amounts of one unit and period, in text order, where there are at least two."""
    amounts = summable(figures)
    groups: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for figure in amounts if len(amounts) > 1 else ():
        groups[figure.kind, figure.base_unit].append(figure)
    for group in groups.values():
        if len(group) > 1 and len({figure.per for figure in group} - {None}) <= 1:
            yield group


def _plain(sentence: Sentence, gaps: Sequence[str], parts: Sequence[Quantity]) -> bool:
    """Whether a list can be taken as complete: few parts, close together, and no word that says "more"."""
    near = all(len(gap) <= _CLOSE and not re.search(r"[()\[\]:]|\beach\b", gap) for gap in gaps)
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
