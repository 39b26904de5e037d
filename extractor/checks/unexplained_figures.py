"""Figures in the sentences of a record that stand in none of its slots, nor in another record's.

One problem for each record, so that a reader sees what may be missing from it. Figures far from any record
are in `coverage.figures_unexplained` only.

Agrees: nothing is reported for a record whose sentences are explained.

Disagrees: nothing; a figure that was not used contradicts nothing.

Left open: "the plant runs in three shifts with 400 workers" beside a plant's capacity.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from extractor.checks.wording import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Problem, Quantity

RULE = "unexplained_figures"

_SHOWN = 6  # figures that a message names
_LONGEST = 40  # characters of a figure's words in a message


def check(case: Case) -> Iterator[Problem]:
    """Give every unexplained figure to the record that its sentence speaks of."""
    left: dict[str, list[Quantity]] = {}
    homes = _homes(case) if case.unexplained else {}
    for identifier in case.unexplained:
        figure = case.figure.get(identifier)
        sentence = case.sentence(figure) if figure else None
        if figure and sentence and sentence.start in homes:
            left.setdefault(homes[sentence.start], []).append(figure)
    for record, figures in left.items():
        shown = ", ".join(_words(figure) for figure in figures[:_SHOWN])
        more = f" and {len(figures) - _SHOWN} more" if len(figures) > _SHOWN else ""
        number = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
        message = f"{number} beside {record} in no slot: {shown}{more}"
        yield case.problem(RULE, "underdetermined", message, figures, records=[record])


def _homes(case: Case) -> dict[int, str]:
    """The record that a sentence speaks of, by the start of it: the first with a figure or evidence there."""
    starts = [sentence.start for sentence in case.sentences]
    homes: dict[int, str] = {}
    for figure in case.figures:
        for owner in case.owners.get(figure.figure, ())[:1]:
            sentence = case.sentence(figure)
            if sentence:
                homes.setdefault(sentence.start, owner)
    for record in (*case.facilities, *case.deals, *case.forecasts):
        for span in record.evidence:
            at = bisect_right(starts, span.start) - 1
            if at >= 0 and span.start < case.sentences[at].end:
                homes.setdefault(starts[at], record.id)
    return homes


def _words(figure: Quantity) -> str:
    words = " ".join(figure.text.split())
    return words if len(words) <= _LONGEST else stated(figure)
