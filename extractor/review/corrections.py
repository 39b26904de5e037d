"""Corrections: what a person said about slots, one JSON object a line, and what makes a line a correction.

A correction names its document by the hash of the text, its record by the places of its figures, its name
and its evidence, and its slot by name and by what stood there; never by an id, so it holds for as
long as the text does, whoever drafts. It says a place of the text, words of the text or one of the choices,
so that a person cannot write a number either.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from extractor.errors import InputError
from extractor.input.files import STDIN, STDIN_NAME, named, opened
from extractor.review.slots import RecordType, Slot, places, record_type, slots
from schemas import Quantity, Span, When
from schemas.base import Model

if TYPE_CHECKING:
    from extractor.review.slots import Held
    from schemas.base import Record

Action = Literal["accept", "reject", "edit"]


class Words(Span):
    """A figure or time of the text, by its place and its words."""

    text: str
    """The exact slice of the document."""


Value = Words | str
"""A figure or time; words of the text or a choice."""


class RecordKey(Model):
    """What tells a record from the others of its document."""

    type: RecordType
    """Facility, deal or forecast."""
    name: str | None = None
    """What it is called: a facility's name, the first party of a deal, a forecast's subject."""
    figures: list[Span] = Field(default_factory=list)
    """Places of its figures in text order, or of its times where it has no figure."""
    evidence: list[Span] = Field(default_factory=list)
    """The passages that it stands on."""


class Correction(Model):
    """What a person said about one slot, or about a whole record."""

    version: Literal[1] = 1
    """Version of this format."""
    doc_id: str
    """The document, for people; the hash is what counts."""
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Hash of the document's text in UTF-8."""
    record: RecordKey
    """The record as it was when it was looked at."""
    slot: str | None = None
    """Name of the slot, such as "investment" or "capacities.product"; null for the whole record."""
    item: Value | None = None
    """Which list element: its figure, time or name; null outside lists and for a new element."""
    nth: int = Field(default=0, ge=0)
    """Which of several list elements with the same `item`, from 0."""
    was: Value | None = None
    """What the slot held; null where it was empty."""
    action: Action
    """Accept it as it is, reject what stands there, or put `value` in its place."""
    value: Value | None = None
    """What stands there instead; for an edit only."""

    @model_validator(mode="after")
    def _fits_its_slot(self) -> Self:
        if self.action == "edit" and self.value is None:
            raise _fault('an edit needs a "value"')
        if self.action != "edit" and self.value is not None:
            raise _fault(f'"value" goes with an edit, not with {self.action}')
        if self.slot is None:
            if self.action == "edit":
                raise _fault('an edit needs a "slot"')
            return self
        known = slots(self.record.type)
        if self.slot not in known:
            raise _fault(f'a {self.record.type} has no slot "{self.slot}"; there are {", ".join(known)}')
        slot = known[self.slot]
        for value in (self.was, self.value):
            _check(value, slot)
        if slot.listed and self.item is None and not (slot.anchor and self.action == "edit"):
            raise _fault(f'"{self.slot}" stands in a list, so "item" has to say in which element')
        return self

    @property
    def about(self) -> Slot | None:
        """The slot that it is about; None for a whole record."""
        return None if self.slot is None else slots(self.record.type)[self.slot]

    @property
    def adds(self) -> bool:
        """Whether it puts a new element into a list."""
        return self.about is not None and self.about.listed and self.item is None


def _check(value: Value | None, slot: Slot) -> None:
    placed = slot.takes in {"figure", "time"}
    if value is not None and isinstance(value, Words) != placed:
        what = f"a {slot.takes} of the text: start, end and text" if placed else "a string"
        raise _fault(f'"{slot.name}" takes {what}')
    if slot.takes == "choice" and isinstance(value, str) and value not in slot.choices:
        choices = ", ".join(slot.choices)
        raise _fault(f'"{value}" is no choice for "{slot.name}"; there are {choices}')


def _fault(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("correction", "{sentence}", {"sentence": sentence})


def read_corrections(path: str) -> list[Correction]:
    """Read the corrections in a file that the review page has saved, or in standard input for "-".

    Raises InputError, naming file and line, where the file cannot be read or a line is not a correction.
    """
    name = STDIN_NAME if path == STDIN else named(path)
    found = []
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found.append(_correction(line, f"{name}:{number}"))
    return found


def _correction(line: bytes, where: str) -> Correction:
    try:
        return Correction.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part != "Words")
        what = f"{place}: {first['msg']}" if place else first["msg"]
        raise InputError(where, f"is not a correction of the review page ({what})") from None


def text_hash(text: str) -> str:
    """What corrections know a document by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def record_key(record: Record) -> RecordKey:
    """What corrections know a record by."""
    held = [place.value for place in places(record)]
    found = {(value.start, value.end) for value in held if isinstance(value, Quantity)}
    found = found or {(value.start, value.end) for value in held if isinstance(value, When)}
    return RecordKey(
        type=record_type(record),
        name=record_name(record),
        figures=[Span(start=start, end=end) for start, end in sorted(found)],
        evidence=record.evidence,
    )


def record_name(record: Record) -> str | None:
    """What a record is called: the first of its words."""
    return next(
        (
            place.value
            for place in places(record)
            if place.slot.takes == "words" and isinstance(place.value, str)
        ),
        None,
    )


def as_value(held: Held) -> Value | None:
    """What a slot holds, as a correction says it."""
    if isinstance(held, Quantity | When):
        return Words(start=held.start, end=held.end, text=held.text)
    return held
