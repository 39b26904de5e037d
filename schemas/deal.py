"""Deal: an agreement, order, award, investment or venture between named parties."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Model, Record
from schemas.facility import Metric
from schemas.quantity import Quantity
from schemas.when import When

DealKind = Literal[
    "supply", "procurement", "cooperation", "joint_venture", "acquisition", "funding", "licence", "other"
]  # fmt: skip
Role = Literal["buyer", "seller", "partner", "investor", "target", "other"]


class Party(Model):
    """One side of a deal."""

    name: str
    """Name as the text has it."""
    role: Role = "other"
    """In an award the awarding owner is `buyer`, the winning bidder `seller`."""


class Volume(Model):
    """An amount that changes hands."""

    quantity: Quantity
    """The figure."""
    when: When | None = None
    """The year or term that it belongs to."""


class Deal(Record):
    """An agreement, order, award, investment or venture between named parties."""

    kind: DealKind
    """What sort of agreement it is."""
    subject: str | None = None
    """What it is about, as written."""
    parties: list[Party] = Field(default_factory=list)
    """Who takes part."""
    value: Quantity | None = None
    """Money of the whole deal."""
    unit_price: Quantity | None = None
    """Price for one unit, such as CNY/Wh."""
    volumes: list[Volume] = Field(default_factory=list)
    """Amounts; a total beside its yearly parts stands here too, with the whole term."""
    signed: When | None = None
    """Day of signing."""
    term: When | None = None
    """Time over which it runs."""
    facility: str | None = None
    """Name of the facility that it is for."""
    metrics: list[Metric] = Field(default_factory=list)
    """Any other figure about it, such as stakes."""
