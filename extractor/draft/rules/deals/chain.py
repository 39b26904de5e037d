"""Chain: which of two companies stands before the other in the value chain, and so supplies it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractor.draft.rules.runs import without_legal_form
from extractor.draft.rules.vocabulary import load, phrases
from extractor.finder import Finder

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Scene

_BEFORE = 30
"""Characters before a name that say what its bearer is: "automaker Zelvo"."""
_BEHIND = 60
"""Characters behind it that do: "Zelvo, a German automaker"."""
_APPOSITION = r"(?: \([^)]*\))?,? (?:is |are )?(?:an?|the|its|[A-Z]\w+['’]s) (?:[\w-]+ ){0,4}?"


def is_upstream(scene: Scene, one: Name, other: Name) -> bool:
    """Whether one company supplies the other by its place: a miner a cathode maker, this one a carmaker.

    As far as their names tell, or what the text calls them.
    """
    first, second = (_step(scene, name) for name in (one, other))
    if first is None:
        return second == _last_step()  # a carmaker is supplied by whomever
    return second is not None and first < second


@cache
def _last_step() -> int:
    return len(_called()) - 1


def _step(scene: Scene, name: Name) -> int | None:
    step = _by_last_word().get(without_legal_form(name.text).split()[-1])
    if step is not None:
        return step
    full = scene.names.full(name.text)
    for told in scene.names.all:
        if scene.names.full(told.text) == full:
            before = scene.text[max(0, told.start - _BEFORE) : told.start]
            behind = scene.text[told.end : told.end + _BEHIND]
            for number, (called_before, called_behind) in enumerate(_called()):
                if called_before.search(before) or called_behind.match(behind):
                    return number
    return None


@cache
def _by_last_word() -> dict[str, int]:
    """Last words of company names → step of the value chain."""
    return {word: step for step, listed in enumerate(load("deals.sides.chain")) for word in listed}


@cache
def _called() -> tuple[tuple[Finder, Finder], ...]:
    """What the companies of each step are called, right before a name and behind it."""
    return tuple(
        (
            Finder(rf"{phrases(listed)},? $"),
            Finder(rf"(?: \([^)]*\))?, (?:an?|the|its|[A-Z]\w+['’]s) (?:[\w-]+ ){{0,4}}?{phrases(listed)}"),
        )
        for listed in load("deals.sides.called_along_chain")
    )
