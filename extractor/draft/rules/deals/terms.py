"""Terms: a deal told as a list of labelled lines, "Contract period: April 2025 to 2028", under a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.nouns import goods
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

LABELLED = Pattern(
    r"[\s•●▪*-]*(?:\(?\d{1,2}[.)]\s*)?(?:\w+ )?{deals.continuing.labels}(?: [\w()/-]+){0,3}:\s"
)
"""A line of a contract's terms: "Quantity: 60,000 tonnes per annum"."""

_DATE = Pattern(r"[^:]{0,12}{deals.continuing.dates}")
_GOODS = Pattern(r"[^:]{0,12}{deals.continuing.goods}[^:]{0,20}:\s*")
_TITLE = Pattern(r"{deals.continuing.titles}")
_FEWEST = 3
"""Labelled lines that make a list of terms."""
_LEADS = {
    "supply": "seller",
    "procurement": "seller",
    "acquisition": "buyer",
    "licence": "seller",
    "funding": "target",
}
"""What the company is that makes its deal known, by the kind of deal."""


def opened_by_title(scene: Scene, line: Line) -> Agreement | None:
    """The deal that a list of terms is of: of the kind that its last title with such words names."""
    first = next(iter(scene.companies), None)
    after = [other for other in scene.lines[line.index :] if LABELLED.match(other.text)]
    if first is None or first.start > line.start or len(after) < _FEWEST:
        return None
    titles = [
        title.text for title in scene.headlines if title.start < line.start and _TITLE.search(title.text)
    ]
    for title in reversed(titles):
        kind = next((row.name for row in rows("deal_kinds.kind") if row.pattern.search(title)), None)
        if kind is not None:
            name = scene.names.full(first.text)
            return Agreement(kind, line, parties={name: _LEADS.get(kind, "partner")})
    return None


def read_label(agreement: Agreement, line: Line) -> None:
    """Give a deal what a labelled line says besides its figures: the day, the goods."""
    if _DATE.match(line.text):
        days = (time.time for time in line.times if time.precision == "day")
        agreement.signed = agreement.signed or next(days, None)
    elif hit := _GOODS.match(line.text):
        agreement.goods = goods(re.split(r" for |,", line.text[hit.end() :])[0]) or agreement.goods
