"""Reading: from a text to its ledger of figures and times.

Pure: no model, no clock, no file but its own data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.ledger import Ledger, Reading
from extractor.read.furniture import furniture
from extractor.read.invisible import Visible
from extractor.read.reader import Reader

if TYPE_CHECKING:
    from datetime import date

    from extractor.document import Document
    from schemas import Quantity, When

__all__ = ["ledger", "read", "read_figures", "read_times"]


def ledger(text: str, published: date | None = None) -> Ledger:
    """Every figure, time and dismissed numeral of a text."""
    seen = Visible(text)
    reader = Reader(seen.text, published).read()
    return Ledger(
        tuple(seen.placed(reader.quantities())),
        tuple(seen.placed(reader.whens())),
        tuple(seen.placed(reader.dismissals())),
    )


def read(document: Document) -> Reading:
    """A document with its ledger and the passages of it that are no press text."""
    return Reading(document, ledger(document.text, document.published), furniture(document.text))


def read_figures(text: str) -> list[Quantity]:
    """Every figure of a text, in order.

    >>> [(figure.text, str(figure.value), figure.unit) for figure in read_figures("a 200MW/800MWh project")]
    [('200MW', '200', 'MW'), ('800MWh', '800', 'MWh')]
    """
    seen = Visible(text)
    return seen.placed(Reader(seen.text, None).read().quantities())


def read_times(text: str, published: date | None = None) -> list[When]:
    """Every time of a text, in order; relative ones are resolved against `published`.

    >>> from datetime import date
    >>> [str(time.end_date) for time in read_times("in H1 of next year", date(2022, 11, 23))]
    ['2023-06-30']
    """
    seen = Visible(text)
    return seen.placed(Reader(seen.text, published).read().whens())
