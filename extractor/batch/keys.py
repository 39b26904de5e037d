"""Keys: short hashes that say whether a document, or the settings of a run, are the same as before."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from schemas.result import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.document import Document

_DOCUMENT, _SETTINGS = 32, 16  # hexadecimal digits


def document_key(document: Document) -> str:
    """What a document is, but for where it was found: its id, text, title, day and carried-through keys."""
    published = document.published and document.published.isoformat()
    return _hash([document.doc_id, document.text, published, document.title, document.extra])[:_DOCUMENT]


def settings_key(settings: Mapping[str, Any], *, text: bool) -> str:
    """How documents become lines: the drafter with its settings, this toolkit's version, the schema's."""
    try:
        toolkit = version("pressledger")
    except PackageNotFoundError:
        toolkit = None
    return _hash([dict(settings), toolkit, SCHEMA_VERSION, text])[:_SETTINGS]


def _hash(value: Any) -> str:  # noqa: ANN401
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
