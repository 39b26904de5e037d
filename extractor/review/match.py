"""Match: which record and slot a correction is about, in a result that may have been made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.review.corrections import as_value, record_key
from extractor.review.slots import Place, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.review.corrections import Correction, RecordKey, Value, Words
    from extractor.review.slots import Held
    from schemas import Span
    from schemas.base import Record


class NoFit(Exception):  # noqa: N818  an outcome, not an error
    """The record or slot is not what the person saw; the message says what it is.

    `already` where what the person wanted is so without doing anything.
    """

    def __init__(self, what: str, *, already: bool = False) -> None:
        super().__init__(what)
        self.already = already


def find(correction: Correction, records: Sequence[Record]) -> tuple[int, Place | None]:
    """The number of the record and the place in it that a correction is about; None for the whole record.

    Of the records of its type that share a figure with the one that the person saw (facilities and deals
    also: its name and a passage), it is the one most alike whose slot holds what the person saw. Raises
    NoFit where there is none, or two are equally alike.
    """
    kind = correction.record.type
    alike = {number: _alike(correction.record, record_key(record)) for number, record in enumerate(records)}
    related = sorted((n for n in alike if any(alike[n])), key=lambda n: alike[n], reverse=True)
    if not related:
        gone = correction.slot is None and correction.action == "reject"
        raise NoFit(f"no {kind} stands on these figures", already=gone)
    holding = {number: place for number in related if (place := _place(correction, records[number]))}
    if correction.slot is not None and not holding:
        raise _unheld(correction, records[related[0]])
    fitting = related if correction.slot is None else list(holding)
    if len(fitting) > 1 and alike[fitting[0]] == alike[fitting[1]]:
        raise NoFit(f"two records fit equally well, {records[fitting[0]].id} and {records[fitting[1]].id}")
    return fitting[0], holding.get(fitting[0])


def _alike(seen: RecordKey, now: RecordKey) -> tuple[float, bool, float]:
    """How much two records are one: shared figures, name, shared passages; zeros where they are not."""
    figures = _shared(seen.figures, now.figures)
    named = seen.name is not None and seen.name == now.name
    passages = _shared(seen.evidence, now.evidence)
    # many forecasts of one sentence have one subject; only the figure tells them apart
    if figures or (seen.type != "forecast" and named and passages):
        return figures, named, passages
    return 0.0, False, 0.0


def _shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Jaccard index of two sets of passages."""
    first, second = ({(span.start, span.end) for span in spans} for spans in (a, b))
    return len(first & second) / len(first | second) if first or second else 0.0


def _place(correction: Correction, record: Record) -> Place | None:
    """The place in a record that still is as the person saw it."""
    if correction.about is None:
        return None
    if correction.adds:
        there = any(same(place.value, correction.value) for place in _named(correction, record))
        return None if there else Place(correction.about, None, None)
    place = _element(correction, record, correction.item)
    return place if place is not None and same(place.value, correction.was) else None


def _element(correction: Correction, record: Record, item: Value | None) -> Place | None:
    """The slot's place in the record, in lists that in the element with this anchor."""
    found = [place for place in _named(correction, record) if same(place.item, item)]
    if not found:
        return None
    return found[correction.nth] if correction.nth < len(found) else found[-1]


def _named(correction: Correction, record: Record) -> list[Place]:
    return [place for place in places(record) if place.slot.name == correction.slot]


def _unheld(correction: Correction, record: Record) -> NoFit:
    slot = correction.about
    moved = correction.action == "edit" and slot is not None and slot.anchor
    place = _element(correction, record, correction.value if moved else correction.item)
    if place is None:
        return NoFit("that list element is gone", already=correction.action == "reject")
    wanted = correction.action == "reject" or (
        correction.action == "edit" and same(place.value, correction.value)
    )
    return NoFit(f"it now holds {quoted(as_value(place.value))}", already=wanted)


def same(held: Held, value: Value | None) -> bool:
    """Whether a slot holds what a correction names: the same place of the text, or the same string."""
    now = as_value(held)
    if now is None or value is None or isinstance(now, str) or isinstance(value, str):
        return now == value
    return _ends(now) == _ends(value)


def _ends(words: Words) -> tuple[int, int]:
    return words.start, words.end


def quoted(value: Value | None) -> str:
    """What a slot holds, for a message."""
    if value is None:
        return "nothing"
    return f'"{value if isinstance(value, str) else value.text}"'
