"""Draft: records whose figures and times are ids of the ledger and whose names are words of the text.

There is no field that could hold a number, so no drafter can write one. What a slot takes stands beside its
type: `FigureId` with the kinds of figure that fit, `TimeId`, `Words` of the text, or `OwnWords`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Protocol

from pydantic import Field

from extractor.ledger import Reading
from schemas.base import Model, Span
from schemas.deal import DealKind, Role
from schemas.facility import Event, Segment, Stage, Status
from schemas.forecast import Basis, ForecastMetric
from schemas.problem import Problem
from schemas.quantity import Kind
from schemas.result import Usage

AMOUNT: tuple[Kind, ...] = ("mass", "energy", "power", "area", "length", "volume", "charge", "count")
"""Kinds of figure that a plant can make or hold and a deal can move."""


@dataclass(frozen=True, slots=True)
class FigureId:
    """Marks a slot that takes the id of a figure of one of these kinds; of any kind where none is given."""

    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeId:
    """Marks a slot that takes the id of a time."""


@dataclass(frozen=True, slots=True)
class Words:
    """Marks a slot, or a list, that takes words of the text."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Marks a slot of the drafter's own words, in which a figure stands only as the text has it."""


class MetricDraft(Model):
    """Any other figure about a record."""

    name: Annotated[str, OwnWords()]
    """What the figure is, in a few words."""
    figure: Annotated[str, FigureId()]
    """Figure id."""


class CapacityDraft(Model):
    """An output or storage capacity."""

    figure: Annotated[str, FigureId(AMOUNT)]
    """Figure id of an amount: mass, energy, power, area, length, volume or count."""
    product: Annotated[str | None, Words()] = None
    """What it is of, in words of the text."""
    stage: Stage | None = None
    """Running today or still to come."""


class LinesDraft(Model):
    """A number of production lines."""

    figure: Annotated[str, FigureId(("count",))]
    """Figure id of a count."""
    product: Annotated[str | None, Words()] = None
    """What the lines make, in words of the text."""


class MilestoneDraft(Model):
    """A dated event."""

    event: Event
    """What happens."""
    time: Annotated[str, TimeId()]
    """Time id."""


class FacilityDraft(Model):
    """A plant, production line, base, park or energy storage project."""

    name: Annotated[str | None, Words()] = None
    """Name in words of the text."""
    operator: Annotated[str | None, Words()] = None
    """Company that owns, builds or runs it, in words of the text."""
    place: Annotated[str | None, Words()] = None
    """Where it stands, in words of the text."""
    segment: Segment | None = None
    """Step of the battery value chain."""
    products: Annotated[list[str], Words()] = Field(default_factory=list)
    """What it makes, in words of the text."""
    status: Status | None = None
    """Where it stands on the day of publication."""
    capacities: list[CapacityDraft] = Field(default_factory=list)
    """Capacities, one per product, phase or unit."""
    investment: Annotated[str | None, FigureId(("money",))] = None
    """Figure id of the money for the whole facility."""
    land_area: Annotated[str | None, FigureId(("area",))] = None
    """Figure id of the area of the site."""
    lines: list[LinesDraft] = Field(default_factory=list)
    """Numbers of production lines."""
    milestones: list[MilestoneDraft] = Field(default_factory=list)
    """Dated events."""
    metrics: list[MetricDraft] = Field(default_factory=list)
    """Any other figure about it."""
    evidence: list[Span] = Field(default_factory=list)
    """Passages, where the drafter knows them."""


class PartyDraft(Model):
    """One side of a deal."""

    name: Annotated[str, Words()]
    """Name in words of the text."""
    role: Role = "other"
    """Part that it plays."""


class VolumeDraft(Model):
    """An amount that changes hands."""

    figure: Annotated[str, FigureId(AMOUNT)]
    """Figure id."""
    time: Annotated[str | None, TimeId()] = None
    """Time id."""


class DealDraft(Model):
    """An agreement, order, award, investment or venture between named parties."""

    kind: DealKind
    """What sort of agreement it is."""
    subject: Annotated[str | None, Words()] = None
    """What it is about, in words of the text."""
    parties: list[PartyDraft] = Field(default_factory=list)
    """Who takes part."""
    value: Annotated[str | None, FigureId(("money",))] = None
    """Figure id of the money of the whole deal."""
    unit_price: Annotated[str | None, FigureId(("rate", "money"))] = None
    """Figure id of the price for one unit."""
    volumes: list[VolumeDraft] = Field(default_factory=list)
    """Amounts, the total and its parts."""
    signed: Annotated[str | None, TimeId()] = None
    """Time id of the day of signing."""
    term: Annotated[str | None, TimeId()] = None
    """Time id of the time over which it runs."""
    facility: Annotated[str | None, Words()] = None
    """Name of the facility that it is for, in words of the text."""
    metrics: list[MetricDraft] = Field(default_factory=list)
    """Any other figure about it, such as stakes."""
    evidence: list[Span] = Field(default_factory=list)
    """Passages, where the drafter knows them."""


class ForecastDraft(Model):
    """A statement of a market's, place's or company's amount at a time."""

    metric: ForecastMetric
    """What is measured."""
    subject: Annotated[str | None, Words()] = None
    """The thing measured, in words of the text."""
    region: Annotated[str | None, Words()] = None
    """Place, park or market that it is about, in words of the text."""
    figure: Annotated[str, FigureId()]
    """Figure id of the amount."""
    when: Annotated[str | None, TimeId()] = None
    """Time id of the amount."""
    since: Annotated[str | None, TimeId()] = None
    """Time id of the first year of a growth period."""
    forecaster: Annotated[str | None, Words()] = None
    """Who says so, in words of the text."""
    basis: Basis = "projection"
    """Expected, aimed for, or reported."""
    evidence: list[Span] = Field(default_factory=list)
    """Passages, where the drafter knows them."""


class Draft(Model):
    """What a drafter says about one document."""

    facilities: list[FacilityDraft] = Field(default_factory=list)
    """Plants, lines, bases, parks and storage projects."""
    deals: list[DealDraft] = Field(default_factory=list)
    """Agreements between named parties."""
    forecasts: list[ForecastDraft] = Field(default_factory=list)
    """Amounts of markets, places and companies at a time."""


class Drafted(Model):
    """What a drafter hands on: the draft, what it cost, and what went wrong on the way."""

    draft: Draft
    """The draft; what it says may still be wrong, `validate.faults` tells."""
    usage: Usage = Usage()
    """What it cost; zeros for the rules."""
    problems: list[Problem] = Field(default_factory=list)
    """Parts of an answer that could not be read as a draft."""


class Drafter(Protocol):
    """Rules and language models alike."""

    @property
    def name(self) -> str:
        """What a result's `drafter` field says: "rules" or the model's name."""
        ...

    def draft(self, reading: Reading) -> Drafted:
        """Say what each figure and time of the reading is."""
        ...
