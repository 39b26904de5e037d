"""Amounts: what a figure is by its unit alone, and what it is called as a metric."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.model import MetricDraft
from extractor.draft.rules.nouns import noun_phrase
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line
    from schemas import Quantity

LAND_UNITS = frozenset({"mu", "ha", "acre", "km2", "pyeong", "mi2"})
"""Units of area that only land is measured in."""

SHARE_PRICES = Pattern(
    r"{forecasts.share_prices.words}|\ba share (?:today|on|at)\b|"
    r"\bclosed (?:[\d.]+ ?(?:%|per ?cent) )?(?:up|down|higher|lower)\b|"
    r"(?<!market )(?<!sales )\b(?i:shares|stock) (?:up|down)\b(?! to\b)|"
    r"(?<!market )(?<!sales )\b[Ss]hares (?:(?:in|of) )?(?:[A-Z][\w&.-]* ){0,4}(?:have |had |has )?"
    r"{forecasts.share_prices.moves}"
)
"""Words about what a share costs, which is of no record."""

_CURRENCY_PER = re.compile(r"[A-Z]{3}/")
_APART = re.compile(r" (?:after|ago|earlier|later|before|since|into|in a row)\b")
_NAME_BEFORE = re.compile(r"([A-Za-z][\w-]*) (?:of|is|are|was|:|reaches|stands at)\s*$")
_NAME_REACH = 70
"""Characters before a figure in which its name stands."""
_NAMES = {"percent": "share", "money": "amount"}
"""What a figure is called that the text gives no name, where not by its kind."""


def is_price(figure: Quantity) -> bool:
    """Whether a figure is money for one unit: 0.55 CNY/Wh."""
    return figure.kind == "rate" and _CURRENCY_PER.match(figure.base_unit) is not None


def is_interval(line: Line, figure: Quantity) -> bool:
    """Whether a duration only says how far two events are apart: "three months after"."""
    return _APART.match(line.gap_after(figure)) is not None


def metric(line: Line, figure: Quantity, name: str | None = None) -> MetricDraft:
    """A figure as a metric by this name, or else by the name that the text gives it or its kind.

    "a floor price of 9 dollars" is a "floor price", "8 hours" a "duration".
    """
    return MetricDraft(name=name or _name(line, figure), figure=figure.figure)


def _name(line: Line, figure: Quantity) -> str:
    """The noun phrase that is "of" or "is" the figure."""
    before = line.before(figure.start, _NAME_REACH)
    if (hit := _NAME_BEFORE.search(before)) and hit[1].lower() not in words(
        "products.noun_phrase.ends_before"
    ):
        start, end = noun_phrase(before, *hit.span(1), 0, limit=3)
        return before[start:end]
    kind = _NAMES.get(figure.kind, figure.kind)
    return f"annual {kind}" if figure.per == "year" else kind
