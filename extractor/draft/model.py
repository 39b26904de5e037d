"""Draft: records whose figures and times are ids of the ledger and whose names are words of the text.

There is no field that could hold a number, so no drafter can write one.
"""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from extractor.ledger import Reading
from schemas.base import Model, Span
from schemas.deal import DealKind, Role
from schemas.facility import Event, Segment, Stage, Status
from schemas.forecast import Basis, ForecastMetric


class MetricDraft(Model):
    """Any other figure about a record."""

    name: str
    """What the figure is, in a few words."""
    figure: str
    """Figure id."""


class CapacityDraft(Model):
    """An output or storage capacity."""

    figure: str
    """Figure id: mass, energy, power, area, length, volume or count."""
    product: str | None = None
    """What it is of, in words of the text."""
    stage: Stage | None = None
    """Running today or still to come."""


class LinesDraft(Model):
    """A number of production lines."""

    figure: str
    """Figure id of a count."""
    product: str | None = None
    """What the lines make, in words of the text."""


class MilestoneDraft(Model):
    """A dated event."""

    event: Event
    """What happens."""
    time: str
    """Time id."""


class FacilityDraft(Model):
    """A plant, production line, base, park or energy storage project."""

    name: str | None = None
    """Name in words of the text."""
    operator: str | None = None
    """Company that owns, builds or runs it, in words of the text."""
    place: str | None = None
    """Where it stands, in words of the text."""
    segment: Segment | None = None
    """Step of the battery value chain."""
    products: list[str] = Field(default_factory=list)
    """What it makes, in words of the text."""
    status: Status | None = None
    """Where it stands on the day of publication."""
    capacities: list[CapacityDraft] = Field(default_factory=list)
    """Capacities, one per product, phase or unit."""
    investment: str | None = None
    """Figure id of the money for the whole facility."""
    land_area: str | None = None
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

    name: str
    """Name in words of the text."""
    role: Role = "other"
    """Part that it plays."""


class VolumeDraft(Model):
    """An amount that changes hands."""

    figure: str
    """Figure id."""
    time: str | None = None
    """Time id."""


class DealDraft(Model):
    """An agreement, order, award, investment or venture between named parties."""

    kind: DealKind
    """What sort of agreement it is."""
    subject: str | None = None
    """What it is about, in words of the text."""
    parties: list[PartyDraft] = Field(default_factory=list)
    """Who takes part."""
    value: str | None = None
    """Figure id of the money of the whole deal."""
    unit_price: str | None = None
    """Figure id of the price for one unit."""
    volumes: list[VolumeDraft] = Field(default_factory=list)
    """Amounts, the total and its parts."""
    signed: str | None = None
    """Time id of the day of signing."""
    term: str | None = None
    """Time id of the time over which it runs."""
    facility: str | None = None
    """Name of the facility that it is for, in words of the text."""
    metrics: list[MetricDraft] = Field(default_factory=list)
    """Any other figure about it, such as stakes."""
    evidence: list[Span] = Field(default_factory=list)
    """Passages, where the drafter knows them."""


class ForecastDraft(Model):
    """A statement of a market's, place's or company's amount at a time."""

    metric: ForecastMetric
    """What is measured."""
    subject: str | None = None
    """The thing measured, in words of the text."""
    region: str | None = None
    """Place, park or market that it is about, in words of the text."""
    figure: str
    """Figure id of the amount."""
    when: str | None = None
    """Time id of the amount."""
    since: str | None = None
    """Time id of the first year of a growth period."""
    forecaster: str | None = None
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


class Drafter(Protocol):
    """Rules and language models alike."""

    @property
    def name(self) -> str:
        """What a result's `drafter` field says: "rules" or the model's name."""
        ...

    def draft(self, reading: Reading) -> Draft:
        """Say what each figure and time of the reading is."""
        ...
