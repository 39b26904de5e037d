"""Rows: one row of a table to the document that it describes, as one line of JSONL would."""

from __future__ import annotations

import json
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError
from extractor.input.records import Record
from extractor.input.stream import of_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.document import Document

_BYTES = 8  # of the hash in the id of a row that has none: two of a billion rows agree once in 37 tables


def row_document(row: Mapping[str, Any], *, published: date | None = None) -> Document | InputError:
    """Make the document of one row, or the error that says why there is none.

    Columns are as the keys of JSONL input, and one that is null is as a key that is not there; `published`
    may be a date too. A table has no line numbers, so a row without an id is called by the hash of what it
    holds. `published` is the day of a row that tells none.
    """
    fields = {name: value for name, value in row.items() if value is not None}
    given = fields.get("id")
    name = str(given) if given and isinstance(given, str | int) else f"row-{_hash(fields)}"
    if isinstance(day := fields.get("published"), date):
        fields["published"] = day.isoformat()
    try:
        return of_record(Record(fields, name), name, None, published)
    except InputError as error:
        return error


def _hash(fields: Mapping[str, Any]) -> str:
    content = json.dumps(fields, sort_keys=True, default=str).encode()
    return blake2b(content, digest_size=_BYTES).hexdigest()
