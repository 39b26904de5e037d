"""Document: the value that enters the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """A press text and what is known about it; every offset of a result refers to `text`."""

    text: str
    doc_id: str
    published: date | None = None
    title: str | None = None
    source: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
