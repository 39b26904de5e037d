"""Forecast: a statement of a market's, place's or company's amount at a time."""

from __future__ import annotations

from typing import Literal

from schemas.base import Record
from schemas.quantity import Quantity
from schemas.when import When

ForecastMetric = Literal[
    "demand", "shipments", "capacity", "output", "output_value", "penetration", "growth_rate", "price",
    "market_share", "other",
]  # fmt: skip
Basis = Literal["projection", "target", "reported"]


class Forecast(Record):
    """A statement of a market's, place's or company's amount at a time."""

    metric: ForecastMetric
    """What is measured."""
    subject: str | None = None
    """The thing measured, as written: "all-solid-state battery shipments"."""
    region: str | None = None
    """Place, park or market that it is about, as written."""
    quantity: Quantity
    """The figure; of one amount in two currencies the first."""
    when: When | None = None
    """The time of the amount; for a growth period its last year."""
    since: When | None = None
    """The first year of a growth period."""
    forecaster: str | None = None
    """Who says so."""
    basis: Basis = "projection"
    """`target` where somebody aims for it, `reported` where it has happened."""
