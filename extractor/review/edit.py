"""Edit: changes to the records of one result, all noted first and then made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.places import country
from extractor.quote import find_words
from extractor.review.corrections import Words
from extractor.review.match import NoFit
from extractor.review.slots import RECORDS, anchor_of, element_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.ledger import Reading
    from extractor.review.corrections import Correction, Value
    from extractor.review.slots import Place, RecordType, Slot
    from schemas import Quantity, When
    from schemas.base import Record

_GONE = object()


class Draftboard:
    """The records of a result as nested dictionaries, in which slots are emptied and filled."""

    def __init__(self, reading: Reading, records: Mapping[RecordType, Sequence[Record]]) -> None:
        self._reading = reading
        self._data: dict[RecordType, list[Any]] = {
            kind: [record.model_dump() for record in found] for kind, found in records.items()
        }
        self._places = {(figure.start, figure.end): figure for figure in reading.ledger.figures}
        self._times = {(time.start, time.end): time for time in reading.ledger.times}

    def reject(self, kind: RecordType, at: int, place: Place | None) -> None:
        """Empty a slot, or leave out the list element or record that is nothing without it."""
        if place is None or place.slot.required:
            self._data[kind][at] = _GONE
        elif place.slot.anchor and place.index is not None:
            self._data[kind][at][place.slot.field][place.index] = _GONE
        else:
            self._set(self._data[kind][at], place, place.slot.empty)

    def edit(self, correction: Correction, at: int, place: Place | None) -> None:
        """Put a correction's value into a slot; raises NoFit where the document has nothing of the kind."""
        if place is None or correction.value is None:
            return
        kind = correction.record.type
        value = self._value(correction.value, place.slot)
        record = self._data[kind][at]
        if record is _GONE:
            return
        if correction.adds:
            record[place.slot.field].append(_element(kind, place.slot, value))
        else:
            self._set(record, place, value)
        if kind == "facility" and place.slot.name == "place" and (code := country(str(value))):
            record["country"] = code
        if isinstance(correction.value, Words):
            self._add_evidence(record, correction.value)

    def figures(self, correction: Correction) -> tuple[str, ...]:
        """Ids of the figures that a correction names."""
        named = (correction.value, correction.was)
        placed = [(value.start, value.end) for value in named if isinstance(value, Words)]
        return tuple(dict.fromkeys(self._places[ends].figure for ends in placed if ends in self._places))

    def records(self) -> Mapping[RecordType, Sequence[Record]]:
        """The records with all changes made."""
        return {
            kind: [RECORDS[kind].model_validate(_kept(data)) for data in found if data is not _GONE]
            for kind, found in self._data.items()
        }

    def _set(self, record: Any, place: Place, value: object) -> None:  # noqa: ANN401  a record's dump
        if record is _GONE:
            return
        field, inner = place.slot.field, place.slot.part
        if place.index is None:
            record[field] = value
        elif not inner:
            record[field][place.index] = value
        elif record[field][place.index] is not _GONE:
            record[field][place.index][inner] = value

    def _value(self, value: Value, slot: Slot) -> object:
        if isinstance(value, str):
            if slot.takes == "words" and not find_words(value, self._reading.document.text):
                raise NoFit(f'"{value}" does not stand in the text')
            return value
        ledger: Mapping[tuple[int, int], Quantity | When] = (
            self._places if slot.takes == "figure" else self._times
        )
        found = ledger.get((value.start, value.end))
        if found is None or found.text != value.text:
            raise NoFit(f'there is no {slot.takes} "{value.text}" at {value.start}')
        kind = getattr(found, "kind", None)
        if slot.kinds and kind not in slot.kinds:
            raise NoFit(f'"{value.text}" is {kind}, and this slot takes {" or ".join(slot.kinds)}')
        return found.model_dump()

    def _add_evidence(self, record: Any, value: Words) -> None:  # noqa: ANN401  a record's dump
        """Let a record stand on the sentence of a figure that was put into it, too."""
        passages = record["evidence"]
        if any(span["start"] <= value.start and value.end <= span["end"] for span in passages):
            return
        sentences = (sentence for section in self._reading.sections for sentence in section.sentences)
        around = next((s for s in sentences if s.start <= value.start and value.end <= s.end), value)
        passages.append({"start": around.start, "end": around.end})
        passages.sort(key=lambda span: span["start"])


def _element(kind: RecordType, slot: Slot, value: object) -> object:
    """A new element of a list, with this anchor."""
    if not slot.part:
        return value
    model = element_of(RECORDS[kind], slot.field)
    needed = {name: "other" for name, part in model.model_fields.items() if part.is_required()}
    return {**needed, anchor_of(model): value}


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """A record without the list elements that are gone."""
    return {
        name: [element for element in value if element is not _GONE] if isinstance(value, list) else value
        for name, value in record.items()
    }
