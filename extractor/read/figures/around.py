"""Around: the period and the direction that the words beside a figure say.

period    := "annual" flow … figure | figure "of annual" … | figure … ("a" | "per") "year"
direction := ("rose" | "fell" …) ("by" | "year on year" …)* figure | figure ("higher" | "increase" …)
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.read.figures.vocabulary import vocabulary

if TYPE_CHECKING:
    from extractor.read.figures.figure import Figure
    from extractor.read.tokens import Tokens
    from schemas.quantity import Change, Period

_FLOWS = frozenset({"mass", "energy", "power", "area", "volume", "length", "count", "money", "charge"})
_GROWING = frozenset({"percent", "ratio"})
_RELATIVE = frozenset({"percent", "ratio", "number"})
_BREAKS = frozenset(",;:")
_BEFORE = 18  # tokens between "annual" and its figure
_FLOW = 5  # tokens between "annual" and what it makes a flow of
_BEHIND = 9  # tokens between a figure and its "a year"
_INDEFINITE = frozenset({"a", "an"})
_LINKS = frozenset({"of", "in", "-"})  # between a figure and "annual capacity"
_PERIODS = (["-"], ["year"], ["quarter"], ["month"], ["week"])
_CHANGE = 14  # tokens between a verb and its figure
_OBJECT = 6  # tokens between a verb and its "by": "cut prices of cells by 50%"
_NAMED = 6  # tokens between "CAGR" and its figure
_JOINED = 4
_JOINING = frozenset({"by", "of"})  # between a verb and its figure


def period(tokens: Tokens, figure: Figure, floor: int, ceiling: int) -> Period | None:
    """The period of a flow that the words before or behind its figure say."""
    if figure.unit.kind == "percent":
        return _period_of_growth(tokens, figure, floor, ceiling)
    if figure.unit.kind not in _FLOWS:
        return None
    return _period_before(tokens, figure, floor) or _period_behind(tokens, figure, ceiling)


def _period_of_growth(tokens: Tokens, figure: Figure, floor: int, ceiling: int) -> Period | None:
    """A CAGR of 9%; annual growth of 9%."""
    v = vocabulary()
    before = tokens.before(figure.start, _NAMED, floor)
    if v.changes.growth_rates & {*before, *tokens.after(figure.end, 1, ceiling)}:
        return "year"
    adjectives = v.periods.adjectives
    return next(
        (
            adjectives[word]
            for noun, word in pairwise(before)
            if noun in v.changes.growth and word in adjectives
        ),
        None,
    )


def _period_before(tokens: Tokens, figure: Figure, floor: int) -> Period | None:
    """An annual output of …: the adjective makes a flow of a noun; an annual report does not."""
    v = vocabulary().periods
    if figure.of is not None and figure.of.split()[-1].lower() in v.no_flows:
        return None  # the daily demand of 2,000 households
    words = tokens.before(figure.start, _BEFORE, floor)
    for at, word in enumerate(words):
        if word not in v.signs_before and word not in _BREAKS:
            continue
        beyond = words[at + 1 : at + 3]
        if word in _BREAKS or (word in v.heads and not v.adjectives.keys() & {*beyond}):
            return None
        if word == "year" and beyond[:1] in (["each"], ["every"]):
            return "year"
        if word in v.adjectives:
            near = words[max(at - _FLOW, 0) : at]
            hyphened = near[-1:] == ["-"]  # a yearly-checked scale
            return v.adjectives[word] if not hyphened and (at == 0 or v.flows & {*near}) else None
    return None


def _period_behind(tokens: Tokens, figure: Figure, ceiling: int) -> Period | None:
    """15 GWh of annual capacity; 50,000 tonnes of cathode material a year."""
    v = vocabulary().periods
    words = tokens.after(figure.end, _BEHIND + 2, ceiling)
    direct = next((word for word in words[:3] if word not in _LINKS), "")
    if direct in v.adjectives and direct != "annually":
        return v.adjectives[direct]
    if figure.unit.kind == "money" or v.signs_behind.isdisjoint(words) or words[0] in v.stops:
        return None
    to_somebody = words[0] in v.receivers
    for at, word in enumerate(words[1 : _BEHIND + 1], 1):
        to_somebody = to_somebody or word in v.receivers
        if word not in v.signs_behind or (to_somebody and word in _INDEFINITE):
            continue
        unit, beyond = [*words[at + 1 : at + 3], "", ""][:2]
        if word in v.adverbs and (word == "annually" or not unit[:1].isalpha()):
            return v.adverbs[word]
        if word in v.articles and unit in v.units:
            return None if beyond in v.not_before else v.units[unit]
        if word in v.stops:
            return None
    return None


def change(tokens: Tokens, figure: Figure, floor: int, ceiling: int) -> Change | None:
    """The direction of a figure: "dropped 6 percent" and "15 per cent lower" are down; "to 37%" has none."""
    if figure.unit.kind == "number" and not figure.worded:
        return None
    if figure.unit.kind == "percent" and tokens.text[figure.first - 1 : figure.first] == "+":
        return "up"
    found = _verb_before(tokens, figure, floor)
    return _noun_behind(tokens, figure, ceiling) if found is None and figure.unit.kind in _GROWING else found


def _verb_before(tokens: Tokens, figure: Figure, floor: int) -> Change | None:
    """Rose 5%, rose by 5 GWh, an increase of 5 GWh, up 5%; "rose 5 GWh" says nothing of a change of 5 GWh."""
    v = vocabulary().changes
    words = tokens.before(figure.start, _CHANGE, floor)
    for at, word in enumerate(words):
        if word in v.growth_rates and at < _JOINED:
            return "down" if v.falling & {*words[: at + _NAMED]} else "up"
        if word in v.directions:
            beyond = words[at + 1] if at + 1 < len(words) else ""
            of_something = tokens.after(figure.end, 1) == ["of"]
            if word in {"up", "down"} and (beyond in v.made_up or of_something):
                return None  # makes up 68%, scooped up 84% of
            joined = figure.unit.kind in _RELATIVE or not _JOINING.isdisjoint(words[:at])
            return v.directions[word] if joined else None
        if at == 0 and words[1:2] in (["a"], ["an"]):
            continue  # grew by an impressive 29%
        if word not in v.between:
            return _verb_before_object(words[words.index("by") + 1 :]) if "by" in words[:at] else None
    return None


def _verb_before_object(words: list[str]) -> Change | None:
    """Raise output at the plant by 5%: the object stands between the verb and "by"."""
    v = vocabulary().changes
    if not words or words[0] in v.by_someone:
        return None
    for word in words[:_OBJECT]:
        if word in _BREAKS or word.isdecimal():
            return None
        if word in v.directions:
            return v.directions[word]
    return None


def _noun_behind(tokens: Tokens, figure: Figure, ceiling: int) -> Change | None:
    """A 20% year-on-year increase, 15 per cent lower, 20% more; but not "3 points on lower costs"."""
    v, words = vocabulary().changes, tokens.after(figure.end, _NAMED, ceiling)
    if figure.unit.kind == "percent" and words and words[0] in v.behind:
        return v.behind[words[0]]
    for at, word in enumerate(words):
        if word in v.directions and word not in v.not_after:
            return v.directions[word]
        if word not in v.after or (word == "on" and words[at + 1 : at + 2] not in _PERIODS):
            return None
    return None
