"""What no honest figure of its kind passes: physical limits, and what one plant can have.

Shares and efficiencies end at 100 %, specific energy at the best that chemistry allows, a coating is no metre
thick, and no single plant has a tenth of the world's capacity (data/magnitudes.toml, with sources).

Agrees: nothing is reported for figures within bounds.

Disagrees: "a round-trip efficiency of 108 %"; "a stake of 120 %"; "a plant of 4 TWh a year".

Left open: figures between the largest known and what is impossible.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.checks.interval import Interval
from extractor.checks.vocabulary import pattern, table, words
from extractor.checks.wording import amount, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Facility, Problem, Quantity

RULE = "magnitude"

_BEFORE, _BEHIND = 28, 22  # characters in which a word says what a figure is of


def check(case: Case) -> Iterator[Problem]:
    """Hold every figure, and every capacity of a facility, to the bounds of its kind."""
    for figure in case.figures:
        for row in _rows(figure.kind, figure.base_unit):
            if _is_of(case, figure, row):
                yield from _hold(case, figure, row, row["name"])
                break
    for facility in case.facilities:
        yield from _capacities(case, facility)


@cache
def _rows(kind: str, base_unit: str) -> tuple[dict[str, Any], ...]:
    """The bounds for figures of a kind or base unit."""
    rows = table("magnitudes")["figure"]
    return tuple(
        row for row in rows if row.get("kind", kind) == kind and row.get("base_unit", base_unit) == base_unit
    )


def _is_of(case: Case, figure: Quantity, row: dict[str, Any]) -> bool:
    """Whether the words around a figure say that it is what a row bounds."""
    if figure.change != row.get("change") or (figure.kind == "percent" and figure.unit != "%"):
        return False
    cues = words(tuple(row["words"])) if row["words"] else None
    said = (
        cues is None
        or cues.search(case.words_before(figure, _BEFORE)) is not None
        or cues.search(case.words_after(figure, _BEHIND)) is not None
    )
    sentence = case.sentence(figure)
    return said and not (sentence and words(tuple(row["not"])).search(sentence.text))


def _capacities(case: Case, facility: Facility) -> Iterator[Problem]:
    """The capacities of one facility, by its segment."""
    for capacity in facility.capacities:
        figure = capacity.quantity
        for row in table("magnitudes")["capacity"]:
            if row["base_unit"] == figure.base_unit and facility.segment in row["segments"]:
                yield from _hold(
                    case, figure, row, "capacity of one facility", sure=_of_one_plant(case, figure)
                )


def _of_one_plant(case: Case, figure: Quantity) -> bool:
    """Whether the sentence speaks of one plant, and of no company that may have several."""
    sentence = case.sentence(figure)
    if sentence is None:
        return False
    return pattern("plant.one").search(sentence.text) is not None and not pattern("plant.more").search(
        sentence.text
    )


def _hold(
    case: Case, figure: Quantity, row: dict[str, Any], name: str, *, sure: bool = True
) -> Iterator[Problem]:
    found, limit = Interval.of(figure), Decimal(row["limit"])
    doubt = Decimal(row.get("doubt", limit))
    size = figure.base_value / figure.value if figure.value else Decimal(1)
    if sure and found.exceeds(Interval.point(limit)):
        message = (
            f"{stated(figure)} is impossible as {name}: {amount(limit / size, figure.unit)} is the limit"
        )
        numbers = (limit, figure.base_value)
        yield case.problem(RULE, "conflict", message, (figure,), severity="error", numbers=numbers)
    elif found.exceeds(Interval.point(doubt)):
        message = (
            f"{stated(figure)} is improbable as {name}: hardly any has more than "
            f"{amount(doubt / size, figure.unit)}"
        )
        yield case.problem(RULE, "underdetermined", message, (figure,), numbers=(doubt, figure.base_value))
