"""Apply: corrections onto results. What no longer fits is told as a problem, never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.assemble import coverage
from extractor.checks import RULES, check
from extractor.document import Document
from extractor.ledger import Ledger, Reading
from extractor.read.furniture import furniture
from extractor.review.corrections import text_hash
from extractor.review.edit import Draftboard
from extractor.review.match import NoFit, find, quoted
from extractor.review.slots import LISTS
from schemas import Problem, quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extractor.review.corrections import Correction
    from extractor.review.slots import Place, RecordType
    from schemas import Result
    from schemas.base import Record

RULE = "correction"
"""The rule of a problem that tells what a person has said about a slot."""


class Corrections:
    """Corrections by document, and what came of them.

    `key` is a hash of them all; `applied` counts those that hold; `unfit` has a sentence for each that does
    not, with its document.
    """

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._by_text: dict[str, list[Correction]] = {}
        corrections = list(corrections)
        self.key = text_hash("\n".join(correction.model_dump_json() for correction in corrections))
        for correction in corrections:
            self._by_text.setdefault(correction.text_sha256, []).append(correction)
        self._seen: set[str] = set()
        self.applied = 0
        self.unfit: list[str] = []

    def apply(self, result: Result) -> Result:
        """The result as corrected: records, coverage and checks anew, and a problem for each correction."""
        key = "" if result.text is None else text_hash(result.text)
        mine = self._by_text.get(key)
        if not mine:
            return result
        self._seen.add(key)
        records, told = _corrected(result, mine)
        self.applied += sum(outcome.holds for outcome in told)
        self.unfit += [f"{result.doc_id}: {outcome.message}" for outcome in told if not outcome.holds]
        return _checked(result, records, [outcome.problem for outcome in told])

    @property
    def missing(self) -> list[str]:
        """A sentence for each document with corrections of which no result has come so far."""
        return [
            f"{found[0].doc_id}: no result has the text that {len(found)} of the corrections are about"
            for key, found in self._by_text.items()
            if key not in self._seen
        ]


def apply_corrections(
    results: Iterable[Result], corrections: Corrections | Iterable[Correction]
) -> Iterator[Result]:
    """Yield each result with the corrections that are about its text.

    An accepted slot stays, a rejected one is emptied (a list element that is nothing without it goes), an
    edited one holds the figure, time, words or choice that the person has named. Coverage and checks are
    computed anew. Each correction is a problem of rule "correction": `consistent` where it holds,
    `underdetermined` where its record or slot is no longer what the person saw; then nothing is changed.
    Pass a `Corrections` to be told of these, and of documents that never came, at the end.
    """
    known = corrections if isinstance(corrections, Corrections) else Corrections(corrections)
    for result in results:
        yield known.apply(result)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one correction."""

    holds: bool
    message: str
    record: Record | None = None
    figures: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        return Problem(
            rule=RULE,
            verdict="consistent" if self.holds else "underdetermined",
            severity="info" if self.holds else "warning",
            message=self.message,
            figures=list(self.figures),
            records=[self.record.id] if self.record else [],
        )


def _corrected(
    result: Result, corrections: Sequence[Correction]
) -> tuple[Mapping[RecordType, Sequence[Record]], list[_Outcome]]:
    """The records as corrected, and what came of each correction.

    In rounds: a correction may be about what another one puts there. Those of a round are all looked up
    before the first is applied, because on the page they were about one and the same result.
    """
    reading = _reading(result)
    records: Mapping[RecordType, Sequence[Record]] = {
        kind: getattr(result, name) for kind, name in LISTS.items()
    }
    told: dict[int, _Outcome] = {}
    waiting = dict(enumerate(corrections))
    while waiting:
        found: dict[int, tuple[int, Place | None]] = {}
        failed: dict[int, NoFit] = {}
        for number, correction in waiting.items():
            try:
                found[number] = find(correction, records[correction.record.type])
            except NoFit as why:
                failed[number] = why
        if not found:
            told |= {number: _unapplied(waiting[number], why) for number, why in failed.items()}
            break
        board = Draftboard(reading, records)
        last = {_target(waiting[number], *target): number for number, target in found.items()}
        for number, (at, place) in found.items():
            correction = waiting.pop(number)
            record = records[correction.record.type][at]
            if last[_target(correction, at, place)] != number:
                told[number] = _overruled(correction, record)
            else:
                told[number] = _applied(board, correction, record, at, place)
        records = board.records()
    return records, [told[number] for number in sorted(told)]


def _target(correction: Correction, at: int, place: Place | None) -> tuple[object, ...]:
    """What a correction changes; each new element of a list is something of its own."""
    added = correction.value if correction.adds else None
    index = None if place is None else place.index
    return correction.record.type, at, correction.slot, index, repr(added)


def _reading(result: Result) -> Reading:
    """The reading that the result was made from, as far as the result tells."""
    text = result.text or ""
    dismissed = [item for item in result.coverage.figures_dismissed if item.figure is None]
    ledger = Ledger(tuple(result.figures), tuple(result.times), tuple(dismissed))
    return Reading(Document(text, result.doc_id, result.published), ledger, furniture(text))


def _applied(
    board: Draftboard, correction: Correction, record: Record, at: int, place: Place | None
) -> _Outcome:
    what = _named(correction, record)
    match correction.action:
        case "accept":
            message = f"{what}: confirmed by a reviewer"
        case "reject":
            board.reject(correction.record.type, at, place)
            message = f"{what}: {quoted(correction.was)} " if correction.slot else f"{what}: "
            message += "rejected by a reviewer"
        case _:
            try:
                board.edit(correction, at, place)
            except NoFit as why:
                return _Outcome(
                    holds=False, message=f"{what}: the correction does not fit: {why}", record=record
                )
            message = f"{what}: set to {quoted(correction.value)} by a reviewer"
            message += f", was {quoted(correction.was)}" if correction.was else ""
    return _Outcome(holds=True, message=message, record=record, figures=board.figures(correction))


def _overruled(correction: Correction, record: Record) -> _Outcome:
    what = f"{_named(correction, record)}: a later correction of the same slot holds instead"
    return _Outcome(holds=False, message=what, record=record)


def _unapplied(correction: Correction, why: NoFit) -> _Outcome:
    what = _named(correction)
    if why.already:
        return _Outcome(holds=True, message=f"{what}: already as the reviewer wants it")
    return _Outcome(holds=False, message=f"{what}: the correction no longer fits: {why}")


def _named(correction: Correction, record: Record | None = None) -> str:
    """The slot, for a message: "facility-1 capacities.product", else with the name of the record."""
    key = correction.record
    name = record.id if record else f'{key.type} "{key.name}"' if key.name else f"a {key.type}"
    return f"{name} {correction.slot}" if correction.slot else name


def _checked(
    result: Result, records: Mapping[RecordType, Sequence[Record]], problems: Sequence[Problem]
) -> Result:
    """The result with these records, counted and checked anew."""
    lists = {name: list(records[kind]) for kind, name in LISTS.items()}
    kept = [problem for problem in result.problems if problem.rule not in RULES]
    corrected = result.model_copy(update={**lists, "problems": [*kept, *problems]})
    found = (record for kind in lists.values() for record in kind)
    used = {quantity.figure for record in found for quantity in quantities(record)}
    return check(corrected.model_copy(update={"coverage": coverage(_reading(result), used)}))
