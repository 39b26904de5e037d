"""Capacities: what a facility makes or holds, of which product, and whether today or later."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.draft.model import CapacityDraft
from extractor.draft.rules.facilities.events import LIFTS
from extractor.draft.rules.nouns import goods, product
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene
    from schemas import Quantity

_PRODUCT_REACH = 90
"""Characters behind a capacity in which its product stands."""
_OF = Pattern(r"\s*(?:(?i:per year|a year|annually) )?of (?!(?:land|annual|production|capacity)\b)")
_WEIGHED = frozenset({"mass", "area", "volume", "length"})
"""Kinds of amount that are of goods wherever "of" stands behind them."""
# "today announced" is of the announcement
_OPERATING = Pattern(
    r"{facilities.stages.operating}"
    r"(?! (?:[a-z]+ed|said|laid|broke|began|under|being|{facilities.verbs.build})\b)"
)
_CLAUSE = re.compile(r"[;:]|, (?:where|while|and|but|with)\b")
_GOVERNED = 20
"""Characters behind a word of what is to come within which it governs others."""
_PLANNED = Pattern(r"{facilities.stages.planned}")
_STAGE_OF_STATUS = {"operational": "operating", "expanding": None, None: None}
"""Stage of a capacity whose sentence gives none; `planned` for every other status."""


class Capacities:
    """The capacities of one facility, while its sentences are read in order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[CapacityDraft] = []
        self._seen: set[tuple[object, ...]] = set()

    def add(self, line: Line, figure: Quantity, stage: str | None = None) -> bool:
        """Take a capacity, unless the same was told before; of a stage, where one is known."""
        amount = (figure.base_value, figure.base_unit, figure.bound)
        if amount not in self._seen:
            self._seen.add(amount)
            self.all.append(
                CapacityDraft(
                    figure=figure.figure, product=_made(line, figure), stage=stage or _stage(line, figure)
                )
            )
        return True

    def figures(self) -> list[Quantity]:
        """The figures that they stand on."""
        return [self.scene.ledger.figure[capacity.figure] for capacity in self.all]

    def finished(self, status: str | None, products: list[str]) -> list[CapacityDraft]:
        """The capacities, completed by what is known of the whole facility.

        A stage that a sentence leaves open follows from the facility's status, a product from its only one.
        """
        stage = _STAGE_OF_STATUS.get(status, "planned")
        runs = self._running() if status == "expanding" else {}
        made = products[0] if len(products) == 1 else None
        swapped = self._swapped()
        return [
            capacity.model_copy(
                update={
                    "stage": capacity.stage or runs.get(capacity.figure, stage),
                    "product": capacity.product or made,
                }
            )
            for capacity in self.all
            if capacity.figure not in swapped
        ]

    def _running(self) -> dict[str, str]:
        """Figure → stage, of a facility that grows, where a sentence gives none: the least runs already."""
        figure = self.scene.ledger.figure
        stages: dict[str, str] = {}
        for unit, goods_made in {(figure[c.figure].base_unit, c.product) for c in self.all}:
            alike = [c for c in self.all if (figure[c.figure].base_unit, c.product) == (unit, goods_made)]
            least = min(alike, key=lambda capacity: figure[capacity.figure].base_value)
            runs_known = any(capacity.stage == "operating" for capacity in alike)
            for capacity in alike:
                is_least = capacity is least and not runs_known
                stages[capacity.figure] = "operating" if is_least else "planned"
        return stages

    def _swapped(self) -> set[str]:
        """The energies of "200MWh/80MWh" beside a "200MW/800MWh".

        The text contradicts itself there: a problem tells of it, and no slot takes the wrong ones.
        """
        own = self.figures()
        if not any(figure.kind == "power" for figure in own):
            return set()
        return {figure.figure for figure in own if figure.kind == "energy" and self._beside_energy(figure)}

    def _beside_energy(self, figure: Quantity) -> bool:
        """Whether only a slash stands between this energy and another."""
        figures, text = self.scene.ledger.figures, self.scene.text
        index = bisect_left(figures, figure.start, key=lambda other: other.start)
        pairs = pairwise(figures[max(index - 1, 0) : index + 2])
        return any(a.kind == b.kind == "energy" and text[a.end : b.start] == "/" for a, b in pairs)


def _made(line: Line, figure: Quantity) -> str | None:
    """The product that a capacity is of: "60,000 tons a year of nickel sulphate"."""
    behind = line.gap_after(figure)[:_PRODUCT_REACH]
    of = _OF.match(behind)
    if of is None:
        return None
    named = goods(behind[of.end() :])
    if named is not None and (figure.kind in _WEIGHED or product(named)):
        return named
    return product(behind)


def _stage(line: Line, figure: Quantity) -> str | None:
    """Whether a capacity runs or is still to come, by the last such word before it, else by one behind it."""
    before = line.between(figure.start - 140, figure.start)
    lifts = LIFTS.search(before)
    if lifts and not lifts[0].split()[0].endswith("ed"):
        return "planned"  # "going to 60,000 tons", but "was lifted to 60,000 tons"
    behind = line.near(figure, 0, 60)
    for words in (_CLAUSE.split(line.gap_before(figure))[-1], behind, before):
        running, coming = _last_running(words), _last(_PLANNED, words)
        if running >= 0 or coming >= 0:
            return "operating" if running > coming else "planned"
    return None


def _last_running(text: str) -> int:
    """Where the last word of what runs starts, and not of what is "to be operational"; -1 without one."""
    hits = (hit.start() for hit in _OPERATING.finditer(text))
    near = ((at, re.split(r"[,;]", text[max(0, at - _GOVERNED) : at])[-1]) for at in hits)
    return max((at for at, before in near if not _PLANNED.search(before)), default=-1)


def _last(words: Pattern, text: str) -> int:
    """Where the last of the words starts; -1 where there is none."""
    return max((hit.start() for hit in words.finditer(text)), default=-1)
