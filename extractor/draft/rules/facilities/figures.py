"""Figures of a facility: investment, land, lines, capacities and whatever else is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.model import AMOUNT, LinesDraft
from extractor.draft.rules.amounts import LAND_UNITS, is_interval, metric
from extractor.draft.rules.facilities.capacities import Capacities
from extractor.draft.rules.mentions import LARGEST_SITE, SMALLEST_STORE
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from extractor.draft.model import MetricDraft
    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line
    from schemas import Quantity

_NO_METRIC = frozenset({"number", "ratio"})
"""Kinds of figure that say nothing without the words around them."""
_ITSELF = Pattern(r"(?:It|The {facilities.heads.for_short})\b")
_INVESTMENT = Pattern(r"{facilities.roles.investment}")
_BUILT_FOR = Pattern(
    r"(?:{facilities.verbs.build}|\b(?i:plans?|planned|planning) (?:an?|its|the)\b)[^.;]*\b(?:for|at|with) $"
)
_NOT_INVESTMENT = Pattern(r"{facilities.roles.not_investment}")
_PART_OF = re.compile(r"(?i)\bpart of (?:an?|the|its|their)(?: [\w-]+){0,3} $")
"""Before a larger sum: "the plant is part of a 5 billion dollar programme"."""
_PHASED = Pattern(r"{facilities.roles.phased}")
_PHASE = Pattern(r"{facilities.roles.phase}")
_PHASE_BEFORE = Pattern(r"{facilities.roles.phase}[^.]{0,40}$")
_PHASE_BEHIND = Pattern(
    r"(?: \([^()]*\))? (?:(?:on|for|in|into) (?:the |its )?)?(?:\w+ )?{facilities.roles.phase}"
)
_LAND = Pattern(r"{facilities.roles.land}")
_FLOOR = Pattern(r"{facilities.roles.floor}")
_CAPACITY = Pattern(r"{facilities.roles.capacity}")
_OF_MARKET = Pattern(r"{facilities.roles.of_markets}")
_OF_SOMEBODY = Pattern(
    r"(?:[A-Z][a-z]+ [^,]{1,30}, )?(?i:the) (?:[\w-]+ ){0,2}?{facilities.roles.of_somebody}\b"
)
_CHARGED = Pattern(r"{facilities.roles.charged}")
_GENERATED = Pattern(r"(?: \([^()]*\))?(?: of)? {facilities.roles.generated}(?! (?:and|plus)\b)")
_USED_OR_SAVED = Pattern(r"{facilities.roles.used_or_saved}")
_EQUIVALENT = Pattern(r"{facilities.roles.equivalents}[^.;:]{0,60}$")
_GOES_INTO = Pattern(r"{facilities.roles.goes_into} $")
_DISTANCE = Pattern(r"\s*(?:to the )?{facilities.roles.directions}")
_JOBS = Pattern(r"{facilities.roles.jobs}")
_LINES = Pattern(r"{facilities.roles.lines}$")
_GOODS = Pattern(r"{facilities.roles.goods}")
_SPENT = Pattern(r"{facilities.roles.spent}")
_LASTING = Pattern(r"{facilities.roles.lasting}")
_COUNTED = Pattern(r"{facilities.roles.counted}$")
_PLANT_SHARE = Pattern(r"{facilities.roles.shares}")


class Figures:
    """The slots of one facility that figures fill, while its sentences are read in order."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.investment: str | None = None
        self.land_area: str | None = None
        self.lines: list[LinesDraft] = []
        self.metrics: list[MetricDraft] = []
        self.capacities = Capacities(subject.scene)
        self._told: set[tuple[object, ...]] = set()
        self.own: set[str] = set()
        """Ids of the figures that it has."""

    def read(self, line: Line, taken: set[str]) -> None:
        """Give the figures of a sentence that are this facility's their slots; they are taken."""
        for figure in line.figures:
            if figure.figure in taken or figure.same_as is not None:
                continue
            label = self.subject.scene.labels.get(figure.figure)
            if label and label.record != "facilities":
                continue
            if not self.subject.has(line, figure.start, figure.end) or self._is_of_somebody(line):
                continue
            if self._take_labelled(line, figure, label.slot) if label else self._take(line, figure):
                taken.add(figure.figure)
                self.own.add(figure.figure)

    def _is_of_somebody(self, line: Line) -> bool:
        """Whether a sentence tells of a government, a state or an industry and not of the facility."""
        return not self.subject.is_mentioned_in(line) and _OF_SOMEBODY.match(line.text) is not None

    def has_any(self) -> bool:
        """Whether a figure says more of the facility than a metric can."""
        return bool(self.investment or self.land_area or self.lines or self.capacities.all)

    def _take_labelled(self, line: Line, figure: Quantity, slot: str) -> bool:
        """Give a figure the slot that it is said to have; where that is taken, it is a metric."""
        if slot in {"planned", "operating"}:
            return self.capacities.add(line, figure, slot)
        if slot == "lines":
            self.lines.append(LinesDraft(figure=figure.figure, product=product(figure.text)))
            return True
        if slot in {"investment", "land_area"} and getattr(self, slot) is None:
            setattr(self, slot, figure.figure)
            return True
        return self._metric(line, figure, slot.replace("_", " ") or None)

    def _take(self, line: Line, figure: Quantity) -> bool:
        """Give a figure its slot; whether it has one."""
        near = line.near(figure, 90, 50)
        if figure.kind == "money":
            return self._money(line, figure, near)
        if figure.kind == "area" and self._is_floor(line, figure):
            return self._metric(line, figure, "floor area")
        if figure.kind == "area" and _is_land(figure, near):
            return self._land(line, figure, near)
        if figure.kind == "count":
            return self._count(line, figure)
        if figure.kind in AMOUNT:
            return self._amount(line, figure, near)
        if figure.kind == "duration":
            lasts = _LASTING.search(f"{figure.text} {near}") and not is_interval(line, figure)
            return bool(lasts) and self._metric(line, figure)
        if figure.kind == "voltage" or (figure.kind == "percent" and _PLANT_SHARE.search(near)):
            return self._metric(line, figure)
        return self._other(line, figure)

    def _is_floor(self, line: Line, figure: Quantity) -> bool:
        """Whether an area is the size of the building: "the 20,000-square-metre plant"."""
        small = figure.base_value < LARGEST_SITE and figure.per is None
        around = self.subject.is_mentioned_around(line, figure.start, figure.end)
        is_land = figure.unit in LAND_UNITS or _LAND.match(line.after(figure.end, 30).lstrip(" -"))
        return bool(small and around and not is_land)

    def _money(self, line: Line, figure: Quantity, near: str) -> bool:
        before = line.between(line.start, figure.start)
        around = self.subject.is_mentioned_around(line, figure.start, figure.end)
        invested = around or _INVESTMENT.search(near) or _BUILT_FOR.search(before)
        if _PART_OF.search(before):
            return self._other(line, figure)
        invested = invested or _PHASE_BEHIND.match(line.gap_after(figure))  # "a $300m second phase"
        if not invested or _NOT_INVESTMENT.search(near) or _SPENT.search(line.near(figure, 40, 20)):
            return self._other(line, figure)
        if self._is_of_phase(line, figure):
            return self._metric(line, figure, "phase investment")
        if self.investment is None:
            self.investment = figure.figure
            return True
        known = self.subject.scene.ledger.figure[self.investment]
        if (known.value, known.unit) == (figure.value, figure.unit):
            return True  # the same amount again
        if "total" in near.lower() and known.unit == figure.unit and figure.value > known.value:
            self._metric(line, known, "phase investment")
            self.investment = figure.figure
            return True
        return self._metric(line, figure, "further investment")

    def _is_of_phase(self, line: Line, figure: Quantity) -> bool:
        """Whether money is for a phase: words next to it say so, or the whole is known and a phase near."""
        before = _PHASED.sub("", line.gap_before(figure))
        if _PHASE_BEFORE.search(before) or _PHASE_BEHIND.match(line.gap_after(figure)):
            return True
        return self.investment is not None and _PHASE.search(line.near(figure, 80, 30)) is not None

    def _land(self, line: Line, figure: Quantity, near: str) -> bool:
        if figure.unit not in LAND_UNITS and _FLOOR.search(near):
            return self._metric(line, figure, "floor area")
        if self.land_area is not None:
            return self._metric(line, figure, "land area")
        self.land_area = figure.figure
        return True

    def _count(self, line: Line, figure: Quantity) -> bool:
        of = (figure.of or "").lower()
        if _LINES.search(of):
            self.lines.append(LinesDraft(figure=figure.figure, product=product(figure.text)))
            return True
        if _JOBS.search(of):
            return self._metric(line, figure, "jobs")
        made = figure.per or (_CAPACITY.search(line.gap_before(figure)[-60:]) and not self._has_power())
        if made and _GOODS.search(of) and not _is_equivalent(line, figure):
            return self.capacities.add(line, figure)
        return _COUNTED.search(of) is not None and self._metric(line, figure, of)

    def _amount(self, line: Line, figure: Quantity, near: str) -> bool:
        """An amount that the facility makes or holds, or else one that it uses, saves or is away."""
        if figure.kind == "energy" and _CHARGED.search(near if figure.per else line.gap_before(figure)[-30:]):
            return self._metric(line, figure)  # what a storage project takes in and gives in a year
        if figure.kind in {"energy", "power"} and _GENERATED.match(line.after(figure.end, 40)):
            return self._metric(line, figure)  # "panels that generate 1.3 GWh of renewable energy"
        if _is_equivalent(line, figure) or (figure.kind == "energy" and figure.per and self._has_power()):
            return self._metric(line, figure)
        if figure.kind != "power" and _USED_OR_SAVED.search(near):
            return self._metric(line, figure)
        if figure.kind == "volume" and self._has_power():
            return self._metric(line, figure)  # of the cavern that the air goes into
        if figure.kind == "length" and figure.per is None:
            return _DISTANCE.match(line.gap_after(figure)) is None and self._metric(line, figure)
        if self._is_capacity(line, figure, near):
            return self.capacities.add(line, figure)
        return self._other(line, figure)

    def _has_power(self) -> bool:
        """Whether it stores energy rather than makes something: by its power or by what it is called."""
        is_store = self.subject.site.head in words("facilities.heads.wares")
        return is_store or any(own.kind == "power" for own in self.capacities.figures())

    def _is_capacity(self, line: Line, figure: Quantity, near: str) -> bool:
        mentioned = self.subject.is_mentioned_in(line)
        if figure.per is not None:
            return True
        if figure.kind == "energy" and figure.base_value < SMALLEST_STORE:
            return False  # a battery's of some kind
        if _CAPACITY.search(near):
            return True
        if not mentioned and _OF_MARKET.search(line.text):
            return False
        if figure.kind in {"energy", "power"}:
            return True
        if figure.kind == "area":
            return False
        known = {other.unit for other in self.capacities.figures()}
        return figure.unit in known or self.subject.is_mentioned_around(line, figure.start, figure.end)

    def _other(self, line: Line, figure: Quantity) -> bool:
        """Any other figure of a sentence whose subject the facility is."""
        about = (
            self.subject.is_mentioned_in(line)
            or _ITSELF.match(line.text)
            or any(other.figure in self.own for other in line.figures)
        )
        return bool(about) and figure.kind not in _NO_METRIC and self._metric(line, figure)

    def _metric(self, line: Line, figure: Quantity, name: str | None = None) -> bool:
        """Take a figure as a metric, unless the same was told before."""
        made = metric(line, figure, name)
        amount = (made.name, figure.base_value, figure.base_unit, figure.bound)
        if amount not in self._told:
            self._told.add(amount)
            self.metrics.append(made)
        return True


def _is_equivalent(line: Line, figure: Quantity) -> bool:
    """Whether a figure only says what an amount is good for: "enough for 300,000 cars"."""
    before = line.between(line.start, figure.start)
    counted = figure.kind == "count" and _GOES_INTO.search(before)
    return bool(counted or _EQUIVALENT.search(before))


def _is_land(figure: Quantity, near: str) -> bool:
    """Whether an area is of land or a building, and not of what is made."""
    if figure.unit in LAND_UNITS or _FLOOR.search(near):
        return True
    small = figure.base_value < LARGEST_SITE and figure.per is None
    return _LAND.search(near) is not None and (small or not _CAPACITY.search(near))
