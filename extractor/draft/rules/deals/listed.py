"""Listed: deals told as a list, an item each: "Zelvo – $40M for a plant in Ohio"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.companies import gives_money, is_observer
from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.deals.parties import candidates
from extractor.draft.rules.deals.terms import LABELLED
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites

_ITEM = re.compile(
    r"[\s•●▪*◦·–—-]*(?:\(?\d{1,2}[.)]\s*)?(?P<name>[A-Z][^–—:|\n]{1,60}?)(?: \([^)]*\))?(?: ?[–—|:] ?| - )"
)
_FEWEST = 3
"""Items that make a list."""
_NEAR = 16
"""Characters behind a name's dash within which its amount starts."""
_ABOVE = 2
"""Sentences above a list that say what it is of."""
_AWARD = Pattern(r"{deals.words.listed_awards}")
_TRADE = Pattern(r"{deals.words.trade_papers}")
_GRANT = ("funding", "target", "investor")
_TENDER = ("procurement", "seller", "buyer")
"""The kind of deal, what an item's bearer is in it, and the other side."""
_AMOUNTS = frozenset({"money", "energy", "power", "rate"})


def listed(scene: Scene, sites: Sites) -> dict[int, Agreement]:
    """The deals of all lists under a sentence about awards, by the index of the item's line."""
    found: dict[int, Agreement] = {}
    for items in _lists(scene):
        first = items[0].index
        context = [line for line in scene.lines[:first] if line.headline or line.index >= first - _ABOVE]
        if not any(_AWARD.search(line.text) for line in context[-_ABOVE:]):
            continue
        of_money = all(line.figures[0].kind == "money" for line in items)
        trades = any(_TRADE.search(line.text) for line in (*context, *items))
        kind, role, other = _GRANT if of_money and not trades else _TENDER
        giver = _giver(scene, sites, context, kind)
        for line in items:
            parties = {scene.names.full(_name(line)): role} | ({giver: other} if giver else {})
            found[line.index] = Agreement(kind, line, parties, told=set(parties))
    return found


def _lists(scene: Scene) -> Iterator[list[Line]]:
    """Runs of lines that open with a name and its amount."""
    items: list[Line] = []
    for line in scene.lines:
        if _is_item(line):
            items.append(line)
            continue
        if len(items) >= _FEWEST:
            yield items
        items = []
    if len(items) >= _FEWEST:
        yield items


def _is_item(line: Line) -> bool:
    hit = _ITEM.match(line.text)
    if hit is None or not line.figures or LABELLED.match(line.text):
        return False
    gap = line.figures[0].start - line.start - hit.end()
    return 0 <= gap <= _NEAR and line.figures[0].kind in _AMOUNTS


def _name(line: Line) -> str:
    """The name that opens an item."""
    hit = _ITEM.match(line.text)
    return hit["name"].strip() if hit else ""


def _giver(scene: Scene, sites: Sites, context: list[Line], kind: str) -> str | None:
    """Who awards: the public body or lender that the lines above name; of a tender the first company."""
    names = [name for line in context for name in candidates(sites, line)]
    if kind == "funding":
        return next((scene.names.full(name.text) for name in names if gives_money(name.text)), None)
    return next((scene.names.full(name.text) for name in names if not is_observer(name.text)), None)
