"""Compare: two drafters' results of one text; where they differ is worth a look, whoever is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.render.words import shortened
from extractor.review.corrections import text_hash
from extractor.review.slots import places, record_type
from schemas import Problem, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas import Result

RULE = "drafters"
"""The rule of a problem that tells of a figure that two drafters put into different slots."""


class _Use(NamedTuple):
    """A slot that a figure fills."""

    slot: str
    """In words: "investment of a facility"."""
    record: str
    """Id of the record."""


def compared(results: Iterable[Result], others: Iterable[Result]) -> Iterator[Result]:
    """Yield each result with a problem for each figure that `others` use differently in the same text.

    Figures are the same where they stand at the same place. A result whose text is not among the others, or
    was left out, comes as it is.
    """
    by_text = {text_hash(other.text): other for other in others if other.text is not None}
    for result in results:
        other = by_text.get(text_hash(result.text)) if result.text is not None else None
        if other is None:
            yield result
        else:
            yield result.model_copy(update={"problems": [*result.problems, *_differences(result, other)]})


def _differences(result: Result, other: Result) -> Iterator[Problem]:
    mine, theirs = _uses(result), _uses(other)
    for figure in result.figures:
        ends = (figure.start, figure.end)
        first, second = mine.get(ends, []), theirs.get(ends, [])
        if {use.slot for use in first} != {use.slot for use in second}:
            yield Problem(
                rule=RULE,
                verdict="underdetermined",
                severity="warning",
                message=f'"{shortened(figure.text)}" is {_told(first)} for {result.drafter}, '
                f"{_told(second)} for {other.drafter}",
                figures=[figure.figure],
                records=[use.record for use in first],
            )


def _uses(result: Result) -> dict[tuple[int, int], list[_Use]]:
    """The slots that each figure fills, by its place in the text."""
    uses: dict[tuple[int, int], list[_Use]] = {}
    for record in (*result.facilities, *result.deals, *result.forecasts):
        for place in places(record):
            if isinstance(place.value, Quantity):
                use = _Use(f"{place.slot.label} of a {record_type(record)}", record.id)
                uses.setdefault((place.value.start, place.value.end), []).append(use)
    return uses


def _told(uses: list[_Use]) -> str:
    return " and ".join(sorted({use.slot for use in uses})) or "in no record"
