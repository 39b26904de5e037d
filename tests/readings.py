"""Readings made by hand, so that a drafter's test does not depend on the reader."""

from datetime import date
from decimal import Decimal

from extractor.document import Document
from extractor.ledger import Furniture, Ledger, Reading
from schemas import Quantity, When


def reading(text, *, figures=(), times=(), furniture=(), published=None):
    """A reading of `text`: (slice, kind) for each figure, a slice for each time and furniture line."""
    document = Document(text, "doc", date.fromisoformat(published) if published else None)
    return Reading(
        document,
        Ledger(
            figures=tuple(
                Quantity(
                    figure=f"f{number}",
                    text=words,
                    start=start,
                    end=start + len(words),
                    kind=kind,
                    value=Decimal(number),
                    unit="",
                    base_value=Decimal(number),
                    base_unit="",
                )
                for number, (words, kind, start) in enumerate(_placed(text, figures), start=1)
            ),
            times=tuple(
                When(time=f"t{number}", text=words, start=start, end=start + len(words), precision="day")
                for number, (words, _, start) in enumerate(_placed(text, [(t, None) for t in times]), start=1)
            ),
        ),
        tuple(
            Furniture(start, start + len(words), "menu")
            for words, _, start in _placed(text, [(words, None) for words in furniture])
        ),
    )


def _placed(text, slices):
    position = 0
    for words, kind in slices:
        start = text.index(words, position)
        position = start + len(words)
        yield words, kind, start


STORAGE = reading(
    "Vesterhav Energi has started building the Lemvig storage project on the west coast of Jutland. "
    "It has a power of 200 MW and a capacity of 800 MWh, covers 12 hectares and costs about 150 million "
    "euros.\n\nUnder an agreement signed on 3 March 2025, Kolding Cells will deliver the battery systems for "
    "90 million euros.",
    figures=[
        ("200 MW", "power"),
        ("800 MWh", "energy"),
        ("12 hectares", "area"),
        ("about 150 million euros", "money"),
        ("90 million euros", "money"),
    ],
    times=["3 March 2025"],
    published="2025-03-10",
)
PLANTS = reading(
    "Alpha Cells is building two plants. The Silkeborg plant costs 400 million euros and will make 8 GWh of "
    "cells a year. The Odense plant costs 250 million euros and will make 5 GWh of packs a year.",
    figures=[
        ("400 million euros", "money"),
        ("8 GWh", "energy"),
        ("250 million euros", "money"),
        ("5 GWh", "energy"),
    ],
)
