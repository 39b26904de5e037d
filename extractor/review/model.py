"""Model: what the page knows of a result, as plain JSON values; offsets in code points, as in the contract.

Nothing here is markup: the page puts every string into the document as text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from extractor.layout import sections
from extractor.quote import find_words
from extractor.read.furniture import furniture
from extractor.render.words import base_words, derived_words, label, quantity_words, shortened, when_words
from extractor.review.corrections import as_value, record_key, record_name, text_hash
from extractor.review.risk import risk
from extractor.review.slots import RECORDS, anchor_of, element_of, places, record_type, slots
from schemas import Quantity, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.review.slots import Place, Slot
    from schemas import Result, Span
    from schemas.base import Record

Json = dict[str, Any]
_HEADLINE = 140
"""Longest title that is shown, in characters."""
_OPENING = 8
"""Lines and sentences among which the headline is looked for."""
_TELLING = 5
"""Words that a headline has at least."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def slot_model() -> Json:
    """The slots of each record type: label, what they take, and whether they stand in a list."""
    return {kind: {name: _slot(slot) for name, slot in slots(kind).items()} for kind in RECORDS}


def document_model(result: Result) -> Json:
    """One document: text, ledger, records with their slots, problems."""
    text = result.text or ""
    coverage = result.coverage
    states = dict.fromkeys(coverage.figures_unexplained, "unexplained")
    states |= {item.figure: "dismissed" for item in coverage.figures_dismissed if item.figure}
    return {
        "id": result.doc_id,
        "key": text_hash(text) if result.text is not None else None,
        "title": _headline(result),
        "source": result.source,
        "published": result.published and result.published.isoformat(),
        "drafter": result.drafter,
        "text": text,
        "furniture": [[line.start, line.end] for line in furniture(text)],
        "figures": [
            {
                **_placed(figure.figure, figure),
                "kind": figure.kind,
                "words": quantity_words(figure),
                "base": base_words(figure),
                "derived": derived_words(figure),
                "state": states.get(figure.figure, "used"),
            }
            for figure in result.figures
        ],
        "times": [{**_placed(time.time, time), "words": when_words(time)} for time in result.times],
        "dismissed": [
            {"start": item.start, "end": item.end, "reason": item.reason, "figure": item.figure}
            for item in coverage.figures_dismissed
        ],
        "records": [_record(record, text) for record in _records(result)],
        "problems": [
            {
                "rule": problem.rule,
                "verdict": problem.verdict,
                "severity": problem.severity,
                "message": problem.message,
                "figures": problem.figures,
                "records": problem.records,
            }
            for problem in result.problems
        ],
        "coverage": [
            coverage.figures_read,
            coverage.figures_used,
            len(coverage.figures_dismissed),
            len(coverage.figures_unexplained),
        ],
    }


def queue_model(result: Result, document: Json) -> Json:
    """What the queue shows and filters by, known before the document is opened."""
    reasons = risk(result)
    return {
        **{name: document[name] for name in ("id", "key", "title", "published")},
        "risk": sum(reason.points for reason in reasons),
        "reasons": [reason._asdict() for reason in reasons],
        "records": Counter(record_type(record) for record in _records(result)),
        "verdicts": Counter(problem.verdict for problem in result.problems),
        "rules": sorted({problem.rule for problem in result.problems}),
        "unexplained": len(result.coverage.figures_unexplained),
    }


def _records(result: Result) -> list[Record]:
    return [*result.facilities, *result.deals, *result.forecasts]


def _slot(slot: Slot) -> Json:
    return {
        "label": slot.label,
        "part": label(slot.part),
        "takes": slot.takes,
        "kinds": slot.kinds,
        "choices": slot.choices,
        "listed": slot.listed,
        "anchor": slot.anchor,
        "required": slot.required,
    }


def _placed(identifier: str, held: Quantity | When) -> Json:
    return {"id": identifier, "start": held.start, "end": held.end, "text": held.text}


def _record(record: Record, text: str) -> Json:
    return {
        "id": record.id,
        "name": record_name(record),
        "key": record_key(record).model_dump(),
        "rows": list(_rows(record, text)),
    }


def _rows(record: Record, text: str) -> Iterator[Json]:
    """The filled slots in the contract's order, those of one list element as the parts of one row."""
    rows: dict[str, dict[int, Json]] = {}
    for place in places(record):
        if place.value is not None:
            parts = rows.setdefault(place.slot.field, {}).setdefault(place.index or 0, {})
            parts[place.slot.part] = _filled(place, record, text)
    for field, elements in rows.items():
        seen: list[Json] = []
        for parts in elements.values():
            anchor = _anchor(record, field, parts)
            yield {"field": field, "nth": seen.count(anchor), "parts": parts}
            seen.append(anchor)


def _anchor(record: Record, field: str, parts: Json) -> Any:  # noqa: ANN401  any JSON
    """What tells a list element from the others; of a slot outside lists, what it holds."""
    element = element_of(type(record), field)
    return parts["" if element in {None, str} else anchor_of(element)]["was"]


def _filled(place: Place, record: Record, text: str) -> Json:
    """What a slot holds as a correction says it, in words, and where in the text it comes from."""
    value = as_value(place.value)
    if isinstance(place.value, Quantity):
        derived = derived_words(place.value)
        filled: Json = {"ref": place.value.figure, "words": quantity_words(place.value)}
        filled |= {"derived": derived} if derived else {}
    elif isinstance(place.value, When):
        filled = {"ref": place.value.time, "words": when_words(place.value)}
    elif place.slot.takes == "words" and (span := _source(str(value), record, text)):
        filled = {"span": [span.start, span.end]}
    else:
        filled = {}
    return {"was": value if isinstance(value, str | None) else value.model_dump(), **filled}


def _source(words: str, record: Record, text: str) -> Span | None:
    """Where words of a slot stand in the text: within the record's evidence, else at the first place."""
    found = find_words(words, text)
    within = (
        span
        for span in found
        if any(passage.start <= span.start and span.end <= passage.end for passage in record.evidence)
    )
    return next(within, found[0] if found else None)


def _headline(result: Result) -> str:
    """The title, else the first line of the text that reads like one, else the document's id."""
    if result.title:
        return shortened(result.title, _HEADLINE)
    text = result.text or ""
    passages = tuple((line.start, line.end) for line in furniture(text))
    lines: list[str] = []
    for section in sections(text, passages):
        ends = [section.heading] if section.heading else []
        lines += [text[start:end] for start, end in ends]
        lines += [text[sentence.start : sentence.end] for sentence in section.sentences]
    # datelines and mastheads stand above a headline, and have few words
    telling = (line for line in lines[:_OPENING] if len(_WORD.findall(line)) >= _TELLING)
    return shortened(next(telling, lines[0] if lines else result.doc_id), _HEADLINE)
