"""Facility: a plant, production line, base, park or energy storage project."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Model, Record
from schemas.quantity import Quantity
from schemas.when import When

Segment = Literal[
    "cell", "pack", "cathode", "anode", "separator", "electrolyte", "current_collector", "packaging_film",
    "equipment", "raw_material", "recycling", "energy_storage", "other",
]  # fmt: skip
Status = Literal[
    "announced", "planned", "under_construction", "operational", "expanding", "suspended", "cancelled"
]  # fmt: skip
Stage = Literal["operating", "planned"]
Event = Literal[
    "founded", "approved", "construction_start", "equipment_install", "completion", "production_start",
    "full_capacity", "other",
]  # fmt: skip


class Metric(Model):
    """Any other figure about a record, under a short name of its own."""

    name: str
    """What the figure is, in a few words: "annual discharge", "jobs", "operational period"."""
    quantity: Quantity
    """The figure."""


class Capacity(Model):
    """An output or storage capacity of a facility."""

    quantity: Quantity
    """The figure: mass, energy, power, area, length, volume or count, often per year."""
    product: str | None = None
    """What the capacity is of, as the text has it."""
    stage: Stage | None = None
    """`operating` where it runs today, `planned` where it is still to come."""


class Lines(Model):
    """A number of production lines."""

    quantity: Quantity
    """The count."""
    product: str | None = None
    """What the lines make, as the text has it."""


class Milestone(Model):
    """A dated event in the life of a facility."""

    event: Event
    """What happens; a storage project's commissioning is `production_start`."""
    when: When
    """When it happens."""


class Facility(Record):
    """A plant, production line, base, park or energy storage project."""

    name: str | None = None
    """Name as the text has it."""
    operator: str | None = None
    """Company that owns, builds or runs it, as written."""
    place: str | None = None
    """Where it stands, as written."""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """ISO 3166 alpha-2 code; may be inferred from a place that the text states."""
    segment: Segment | None = None
    """Step of the battery value chain."""
    products: list[str] = Field(default_factory=list)
    """What it makes, as written."""
    status: Status | None = None
    """Where it stands on the day of publication."""
    capacities: list[Capacity] = Field(default_factory=list)
    """Output or storage capacities, one per product, phase or unit."""
    investment: Quantity | None = None
    """Money for the whole facility; a phase's investment goes to `metrics`."""
    land_area: Quantity | None = None
    """Area of the site."""
    lines: list[Lines] = Field(default_factory=list)
    """Numbers of production lines."""
    milestones: list[Milestone] = Field(default_factory=list)
    """Dated events only."""
    metrics: list[Metric] = Field(default_factory=list)
    """Any other figure about it."""
