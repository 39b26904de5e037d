"""A person at the review page, in Python, and documents drafted as a test says."""

from extractor import Extractor
from extractor.draft import Draft, Drafted
from extractor.review import Correction
from extractor.review.corrections import Words, as_value, record_key, text_hash
from extractor.review.slots import places


class Script:
    """A drafter that says what it is told, figures and times by their words in the text."""

    name = "script"

    def __init__(self, **records):
        self._records = records

    def draft(self, reading):
        ids = {figure.text: figure.figure for figure in reversed(reading.ledger.figures)}
        ids |= {time.text: time.time for time in reversed(reading.ledger.times)}
        return Drafted(draft=Draft.model_validate(_with_ids(self._records, ids)))


def _with_ids(value, ids):
    if isinstance(value, dict):
        return {key: _with_ids(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_ids(part, ids) for part in value]
    return ids.get(value, value)


def drafted(text, *, doc_id="document", published="2024-07-01", **records):
    """The result of a text with these records."""
    result = Extractor(Script(**records)).extract(text, published=published, doc_id=doc_id)
    assert [problem.message for problem in result.problems if problem.rule == "draft"] == []
    return result


def says(action, result, record, slot=None, *, item=None, value=None):  # noqa: PLR0913  all of it is said
    """What a person says about a slot of a record; in lists, of the element whose anchor has these words.

    `value` is words of the text or a choice; for figures and times it is looked up in the text.
    """
    held = [place for place in places(record) if place.slot.name == slot]
    if item is not None:
        held = [place for place in held if getattr(place.item, "text", place.item) == item]
    place = held[0] if held and (item is not None or not held[0].slot.listed) else None
    return Correction(
        doc_id=result.doc_id,
        text_sha256=text_hash(result.text),
        record=record_key(record),
        slot=slot,
        item=as_value(place.item) if place and item is not None else None,
        was=as_value(place.value) if place else None,
        action=action,
        value=_read(result, value),
    )


def _read(result, words):
    for found in (*result.figures, *result.times):
        if found.text == words:
            return Words(start=found.start, end=found.end, text=found.text)
    return words
