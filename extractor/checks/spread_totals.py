"""Totals that one sentence gives and the next one divides or sums up, and totals in a number of phases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.checks.enumerations import NUMBER, THINGS, Whole, groups, labels_of, summable
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Quantity

_PARTS = 2  # that a total has at least
_FEW = 6  # parts that a sentence can be said to list in full
_AHEAD = 5  # sentences in which the stages follow their total
_STAGES = re.compile(r"(?:phase|stage)s$", re.IGNORECASE)
_CLOSE = 40  # characters between "in two phases" and its amounts
_PLACES = re.compile(
    r"\b(?:across|at|from|in|of|between|over|among|by|with) (?:all|the|its|their|both|these|those)\b"
    r"(?: (?:of )?(?:the|its|these))? ?"
    r"(both|two|three|four|five|six|[2-6])?\b(?: [\w-]+){0,2}? [\w-]+s\b",
    re.IGNORECASE,
)
_SIX = {**NUMBER, "six": 6} | {str(number): number for number in range(2, 7)}
_NEAR = 60  # characters between a total and the number of its places
_TIME_BEHIND = 25  # characters behind an amount for its year


def numbered(case: Case) -> Iterator[Whole]:
    """A total in so many phases with that many amounts right behind: "9 kt in two phases, of 4 kt and …"."""
    for sentence in case.sentences:
        if len(sentence.figures) <= _PARTS:
            continue
        for found in THINGS.finditer(sentence.text):
            number, where = NUMBER[found[1].lower()], sentence.start + found.end()
            amounts = summable(sentence.figures)
            before = [figure for figure in amounts if figure.end <= sentence.start + found.start()]
            behind = [figure for figure in amounts if figure.start >= where]
            parts = [f for f in behind if before and f.base_unit == before[-1].base_unit]
            if before and len(parts) == len(behind) == number and parts[0].start - where <= _CLOSE:
                yield Whole(before[-1], tuple(parts))


def staged(case: Case) -> Iterator[Whole]:
    """A total of "both stages", and the stages one by one in the next sentences or paragraphs."""
    for at, sentence in enumerate(case.sentences):
        for found in THINGS.finditer(sentence.text) if sentence.figures else ():
            if not _STAGES.search(found[0]):
                continue
            stages = set(range(1, NUMBER[found[1].lower()] + 1))
            for total in [f for f in summable(sentence.figures) if f.kind != "count"][:_FEW]:
                parts = _stages(case.sentences[at + 1 : at + 1 + _AHEAD], total)
                if set(parts) == stages:
                    yield Whole(total, tuple(parts[number] for number in sorted(stages)))


def _stages(sentences: Sequence[Sentence], total: Quantity) -> dict[int, Quantity]:
    """The only amount of the total's unit in each sentence that names one stage."""
    parts: dict[int, Quantity] = {}
    for sentence in sentences:
        named = {number for _, number in labels_of(sentence)}
        amounts = [f for f in summable(sentence.figures) if f.base_unit == total.base_unit]
        if len(named) == len(amounts) == 1:
            parts.setdefault(named.pop(), amounts[0])
    return parts


def summed_up(case: Case) -> Iterator[Whole]:
    """Parts, and their total in the next sentence: "12 GWh in …, 8 GWh in … . Together they give 20 GWh"."""
    for sentence in case.sentences:
        if not pattern("parts.summing").match(sentence.text):
            continue
        totals = summable(sentence.figures)
        for before in case.sentences_before(sentence, 1):
            for parts in groups(before.figures):
                same = [total for total in totals if total.base_unit == parts[0].base_unit]
                whole = Whole(same[0], tuple(parts)) if len(same) == 1 else None
                sure = pattern("parts.summing_these").match(sentence.text) and _plain(before, parts)
                if whole and len(parts) <= _FEW and (whole.adds_up or sure):
                    yield whole


def counted(case: Case) -> Iterator[Whole]:
    """As many amounts as places, and what these have: "20, 14 and 9, so 43 across the three sites"."""
    for sentence in case.sentences:
        if len(sentence.figures) <= _PARTS:
            continue
        for found in _PLACES.finditer(sentence.text):
            number = _SIX.get((found[1] or ("both" if "both" in found[0].lower() else "")).lower())
            for group in groups(sentence.figures):
                if number is None or len(group) != number + 1 or group[0].kind == "count":
                    continue
                total = max(group, key=lambda figure: figure.base_value)
                parts = [figure for figure in group if figure is not total]
                gap = sentence.start + found.start() - total.end
                apart = any(total.end <= f.start < sentence.start + found.start() for f in parts)
                outer = total in (group[0], group[-1])
                if outer and 0 <= gap <= _NEAR and not apart and _plain(sentence, parts):
                    yield Whole(total, tuple(parts))


def made_of(case: Case) -> Iterator[Whole]:
    """An amount, and a sentence that says what it is made of: "It consists of 140 million in equity …"."""
    for sentence in case.sentences:
        if not pattern("parts.subject").match(sentence.text):
            continue
        head = pattern("parts.made_of").search(sentence.text)
        if head is None:
            continue
        for parts in groups(sentence.figures):
            between = sentence.text[head.end() : max(0, parts[0].start - sentence.start)]
            first = all(f.start >= sentence.start + head.start() for f in parts)
            for before in case.sentences_before(sentence, 1) if first and len(between) <= _NEAR else ():
                totals = [f for f in summable(before.figures) if f.base_unit == parts[0].base_unit]
                if len(totals) == 1 and len(parts) <= _FEW:
                    whole = Whole(totals[0], tuple(parts))
                    larger = all(part.base_value < totals[0].base_value for part in parts)
                    if whole.adds_up or (larger and _plain(sentence, parts)):
                        yield whole


def contributed(case: Case) -> Iterator[Whole]:
    """An amount called a total, alone in its sentence, and the amounts of the next one that give to it."""
    for sentence in case.sentences:
        if len(sentence.figures) < _PARTS or not pattern("parts.giving").search(sentence.text):
            continue
        for parts in groups(sentence.figures):
            for before in case.sentences_before(sentence, 1):
                totals = [f for f in summable(before.figures) if f.base_unit == parts[0].base_unit]
                if len(totals) != 1 or len(parts) > _FEW or before.heading:
                    continue
                whole = Whole(totals[0], tuple(parts), open=True)
                told = pattern("parts.total").search(before.text) is not None
                told = told and not pattern("parts.adding").search(sentence.bare)
                if whole.exact or (told and _plain(sentence, parts)):
                    yield whole


def scheduled(case: Case) -> Iterator[Whole]:
    """The volume of an order, and in the next sentence its years: "5 GWh in 2026, 8 GWh in 2027 and …"."""
    for sentence in case.sentences:
        for parts in groups(sentence.figures):
            years = [_year(sentence, figure) for figure in parts]
            if len(parts) > _FEW or None in years or len(set(years)) < len(years):
                continue
            for before in case.sentences_before(sentence, 1):
                totals = [f for f in summable(before.figures) if f.base_unit == parts[0].base_unit]
                whole = Whole(totals[0], tuple(parts)) if len(totals) == 1 else None
                ordered = pattern("parts.ordered").search(before.text) and pattern("parts.schedule").search(
                    sentence.text
                )
                if whole and (whole.adds_up or (ordered and _plain(sentence, parts))):
                    yield whole


def _year(sentence: Sentence, figure: Quantity) -> int | None:
    """The year that stands right behind an amount."""
    behind = [
        time.start_date.year
        for time in sentence.times
        if time.start_date and 0 <= time.start - figure.end <= _TIME_BEHIND
    ]
    return behind[0] if behind else None


def _plain(sentence: Sentence, parts: Sequence[Quantity]) -> bool:
    """Whether a list can be taken as complete."""
    counted = any(part.kind == "count" for part in parts)
    return (
        not counted
        and not pattern("parts.more").search(sentence.text)
        and not re.search(r"\beach\b", sentence.text)
    )
