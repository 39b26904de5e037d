"""Totals that one sentence gives and the next one divides or sums up, and totals in a number of phases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.checks.enumerations import NUMBER, THINGS, Whole, groups, summable
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Quantity

_FEW = 6  # parts that a sentence can be said to list in full
_CLOSE = 40  # characters between "in two phases" and its amounts
_TIME_BEHIND = 25  # characters behind an amount for its year


def numbered(case: Case) -> Iterator[Whole]:
    """A total in so many phases with that many amounts right behind: "9 kt in two phases, of 4 kt and …"."""
    for sentence in case.sentences:
        for found in THINGS.finditer(sentence.text):
            number, where = NUMBER[found[1].lower()], sentence.start + found.end()
            amounts = summable(sentence.figures)
            before = [figure for figure in amounts if figure.end <= sentence.start + found.start()]
            behind = [figure for figure in amounts if figure.start >= where]
            parts = [f for f in behind if before and f.base_unit == before[-1].base_unit]
            if before and len(parts) == len(behind) == number and parts[0].start - where <= _CLOSE:
                yield Whole(before[-1], tuple(parts))


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
