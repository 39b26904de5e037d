"""When: a time that stands in the text."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.base import Model

Precision = Literal["day", "month", "quarter", "half", "year", "decade", "range"]


class When(Model):
    """A time of the text, resolved against the publication date where it is relative."""

    time: str
    """Id in the document's ledger of times: "t1", "t2", … in text order."""
    text: str
    """The exact slice of the document, such as "H1 of next year"."""
    start: int = Field(ge=0)
    """Offset of the slice in the document's text, in Unicode code points."""
    end: int = Field(ge=0)
    """Offset after the slice."""
    start_date: date | None = None
    """First day, inclusive; null while a relative time has no publication date to stand on."""
    end_date: date | None = None
    """Last day, inclusive; null while unresolved."""
    precision: Precision
    """How fine the text states it."""
