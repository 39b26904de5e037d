"""Validate: what is wrong with a draft, said so that whoever wrote it can put it right.

A fault names the slot, what stands there and what would fit. `faults` finds them, `valid_part` takes out what
they concern; what is taken out is a problem of the result, never the end of a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from extractor.draft.model import (
    DealDraft,
    Draft,
    FacilityDraft,
    FigureId,
    ForecastDraft,
    OwnWords,
    TimeId,
    Words,
)
from extractor.quote import find_words, stands_in
from extractor.read import read_figures
from schemas import Problem, Quantity
from schemas.base import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from extractor.ledger import Reading

Path = tuple[str | int, ...]
"""Where a slot stands in a draft: ("facilities", 0, "investment")."""
Code = Literal["unknown_id", "wrong_dimension", "not_in_text", "repeated", "claimed_twice"]

Takes = FigureId | TimeId | Words | OwnWords
"""What marks a slot."""

_CANDIDATES = 8  # figures named in one message; more would drown the remedy
_NO_REMEDY = "the text has nothing that fits, leave it out"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a draft."""

    code: Code
    path: Path
    """The slot."""
    drop: Path
    """What has to go with it: the slot itself, or the list element that is nothing without it."""
    what: str
    """What is wrong, with the slot's name."""
    remedy: str
    """What to do about it."""
    figure: str | None = None
    """The figure concerned."""
    mendable: bool = True
    """Whether something better could stand there; where not, taking it out is all that there is to do."""

    @property
    def message(self) -> str:
        """One sentence that tells a model exactly what to change."""
        return f"{self.what}: {self.remedy}."

    @property
    def problem(self) -> Problem:
        """The same for the reader of a result, once the slot has been left out."""
        return draft_problem(f"{self.what}; left out.", [self.figure] if self.figure else [])


def draft_problem(message: str, figures: Sequence[str] = ()) -> Problem:
    """What a result says about a draft that is not wholly usable."""
    return Problem(
        rule="draft", verdict="underdetermined", severity="warning", message=message, figures=list(figures)
    )


class _Slot(NamedTuple):
    """A filled slot of a draft."""

    path: Path
    drop: Path
    value: str
    takes: Takes

    def fault(self, code: Code, what: str, remedy: str | None, figure: str | None = None) -> Fault:
        """A fault of this slot, which `what` need not name; without a remedy it can only go."""
        what = f"{spelled(self.path)}: {what}"
        return Fault(code, self.path, self.drop, what, remedy or _NO_REMEDY, figure, remedy is not None)


def faults(draft: Draft, reading: Reading) -> list[Fault]:
    """Everything wrong with a draft of a reading, in the draft's order.

    An id that the ledger does not have; a figure of a kind that the slot does not take; words of the text, or
    a figure in the drafter's own words, that do not stand in the text; a list element that says what another
    says; one figure in two records of one type, where all but the likeliest owner are at fault.
    """
    known = reading.judged.get(id(draft))  # a model is told of them, and assembling leaves them out
    if known is None:
        known = reading.judged[id(draft)] = draft, _faults(draft, reading)
    return known[1]


def _faults(draft: Draft, reading: Reading) -> list[Fault]:
    slots = list(_slots(draft))
    found = [fault for slot in slots if (fault := _slot_fault(slot, reading))]
    found += _repeated(draft)
    return found + _claimed_twice(draft, slots, reading, gone={fault.drop for fault in found})


def valid_part(draft: Draft, found: Collection[Fault]) -> Draft:
    """The draft without the slots that the faults concern."""
    if not found:
        return draft
    return Draft.model_validate(without(draft.model_dump(), {fault.drop for fault in found}))


def claimed(draft: Draft) -> set[str]:
    """The ids of the figures that a draft uses."""
    return {figure for _, figure in draft_places(draft)}


def draft_places(draft: Draft) -> Iterator[tuple[Path, str]]:
    """Where a draft has figures, each with its id."""
    return ((slot.path, slot.value) for slot in _slots(draft) if isinstance(slot.takes, FigureId))


def cited(record: Model) -> Iterator[str]:
    """The ids of the figures and times that a record of a draft uses."""
    return (slot.value for slot in _slots(record) if isinstance(slot.takes, FigureId | TimeId))


def without_figures(draft: Draft, is_unwanted: Callable[[Path, str], bool]) -> Draft:
    """The draft without some of its figures, told by where they stand and by their ids."""
    unwanted = {
        slot.drop
        for slot in _slots(draft)
        if isinstance(slot.takes, FigureId) and is_unwanted(slot.path, slot.value)
    }
    return Draft.model_validate(without(draft.model_dump(), unwanted)) if unwanted else draft


def without(value: Any, paths: Collection[Path], here: Path = ()) -> Any:  # noqa: ANN401  any JSON
    """A JSON value without what stands at `paths`."""
    if isinstance(value, dict):
        return {k: without(v, paths, (*here, k)) for k, v in value.items() if (*here, k) not in paths}
    if isinstance(value, list):
        return [without(v, paths, (*here, i)) for i, v in enumerate(value) if (*here, i) not in paths]
    return value


def _slots(model: Model, path: Path = ()) -> Iterator[_Slot]:
    for name, takes, is_required in _fields(type(model)):
        value = getattr(model, name)
        if value is None or value == []:
            continue
        here = (*path, name)
        if isinstance(value, list):
            for index, element in enumerate(value):
                at = (*here, index)
                if isinstance(element, str) and takes:
                    yield _Slot(at, at, element, takes)
                elif isinstance(element, Model):
                    yield from _slots(element, at)
        elif takes:
            yield _Slot(here, path if is_required else here, value, takes)


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, Takes | None, bool], ...]:
    """Each field with what it takes, and whether its record is nothing without it."""
    return tuple(
        (
            name,
            next((mark for mark in field.metadata if isinstance(mark, Takes)), None),
            field.is_required(),
        )
        for name, field in model.model_fields.items()
    )


def _slot_fault(slot: _Slot, reading: Reading) -> Fault | None:
    takes = slot.takes
    if isinstance(takes, FigureId):
        return _figure_fault(slot, takes.kinds, reading)
    if isinstance(takes, TimeId):
        if slot.value in reading.ledger.time:
            return None
        times = [f'{time.time} "{time.text}"' for time in reading.ledger.times]
        return slot.fault("unknown_id", f'there is no time "{slot.value}"', _offer(times))
    if stands_in(slot.value, reading.document.text):
        return None
    if isinstance(takes, OwnWords):
        return _invented(slot, reading)
    return slot.fault(
        "not_in_text",
        f'"{slot.value}" does not stand in the text',
        "copy the words exactly as the text has them, or leave it out",
    )


def _figure_fault(slot: _Slot, kinds: Collection[str], reading: Reading) -> Fault | None:
    figure = reading.ledger.figure.get(slot.value)
    if figure is None:
        return slot.fault("unknown_id", f'there is no figure "{slot.value}"', _offer_figures(kinds, reading))
    if kinds and figure.kind not in kinds:
        what = f"{_shown(figure)} is {figure.kind}, but this slot takes {' or '.join(kinds)}"
        return slot.fault("wrong_dimension", what, _offer_figures(kinds, reading), figure.figure)
    return None


def _invented(slot: _Slot, reading: Reading) -> Fault | None:
    """A figure that a drafter's own words have and the text has not."""
    for figure in read_figures(slot.value):
        if not stands_in(figure.text, reading.document.text):
            return slot.fault(
                "not_in_text",
                f'"{figure.text}" does not stand in the text',
                "say what the figure is in words, without a number",
            )
    return None


def _offer_figures(kinds: Collection[str], reading: Reading) -> str | None:
    fitting = [figure for figure in reading.ledger.figures if not kinds or figure.kind in kinds]
    return _offer([_shown(figure) for figure in fitting])


def _offer(candidates: list[str]) -> str | None:
    if not candidates:
        return None
    return f"use one of {', '.join(candidates[:_CANDIDATES])}, or leave it out"


def _repeated(model: Model, path: Path = ()) -> Iterator[Fault]:
    for name, _, _ in _fields(type(model)):
        value = getattr(model, name)
        if not isinstance(value, list) or name == "evidence":
            continue
        for index, element in enumerate(value):
            at = (*path, name, index)
            if element in value[:index]:
                first = spelled((*path, name, value.index(element)))
                yield Fault(
                    "repeated", at, at, f"{spelled(at)}: repeats {first}", "remove it", mendable=False
                )
            elif isinstance(element, Model):
                yield from _repeated(element, at)


def _claimed_twice(draft: Draft, slots: Sequence[_Slot], reading: Reading, gone: set[Path]) -> list[Fault]:
    found = []
    claims: dict[tuple[str, str], list[_Slot]] = {}
    for slot in slots:
        if not isinstance(slot.takes, FigureId):
            continue
        within = (slot.path[: depth + 1] for depth in range(len(slot.path)))
        if gone.isdisjoint(within):
            claims.setdefault((str(slot.path[0]), slot.value), []).append(slot)
    for (records, name), rivals in claims.items():
        indexes = sorted({int(slot.path[1]) for slot in rivals})
        if len(indexes) == 1:
            continue
        figure = reading.ledger.figure[name]
        owner = max(indexes, key=lambda index: _last_mention(getattr(draft, records)[index], figure, reading))
        found += [
            slot.fault(
                "claimed_twice",
                f"{_shown(figure)} stands in {records}[{owner}] too",
                "a figure belongs to one of them, remove it from the other",
                figure.figure,
            )
            for slot in rivals
            if slot.path[1] != owner
        ]
    return found


def _last_mention(record: Model, figure: Quantity, reading: Reading) -> int:
    """Where the record was last named before the figure, else -1: press names a thing, then counts it."""
    match record:
        case FacilityDraft(name=name):
            names = [name]
        case DealDraft(parties=parties):
            names = [party.name for party in parties]
        case ForecastDraft(subject=subject):
            names = [subject]
    places = [span.end for name in names if name for span in find_words(name, reading.document.text)]
    return max((end for end in places if end <= figure.start), default=-1)


def _shown(figure: Quantity) -> str:
    return f'{figure.figure} "{figure.text}"'


def spelled(path: Path) -> str:
    """A path as one writes it: facilities[0].investment."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
