"""Records: the filled slots of facilities, deals and forecasts as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.render.words import base_words, derived_words, label, marked, quantity_words, shown, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Deal, Facility, Forecast, Metric, Quantity, When


class Row(NamedTuple):
    """A filled slot."""

    slot: str
    value: str
    """What it holds, and behind a figure or time its id and the words of the text."""


def facility_rows(facility: Facility) -> Iterator[Row]:
    """Yield the filled slots of a facility, in the order of the contract."""
    yield from _text("operator", facility.operator)
    yield from _text("place", ", ".join(part for part in (facility.place, facility.country) if part))
    yield from _text("segment", label(facility.segment))
    yield from _text("products", "; ".join(facility.products))
    yield from _text("status", label(facility.status))
    for capacity in facility.capacities:
        yield from _quantity("capacity", capacity.quantity, capacity.product, capacity.stage)
    yield from _quantity("investment", facility.investment)
    yield from _quantity("land area", facility.land_area)
    for lines in facility.lines:
        yield from _quantity("lines", lines.quantity, lines.product)
    for milestone in facility.milestones:
        yield from _when(label(milestone.event), milestone.when)
    yield from _metrics(facility.metrics)


def deal_rows(deal: Deal) -> Iterator[Row]:
    """Yield the filled slots of a deal, in the order of the contract."""
    yield from _text("subject", deal.subject)
    for party in deal.parties:
        yield from _text("party" if party.role == "other" else party.role, party.name)
    yield from _quantity("value", deal.value)
    yield from _quantity("unit price", deal.unit_price)
    for volume in deal.volumes:
        yield from _quantity("volume", volume.quantity, when_words(volume.when) if volume.when else None)
    yield from _when("signed", deal.signed)
    yield from _when("term", deal.term)
    yield from _text("facility", deal.facility)
    yield from _metrics(deal.metrics)


def forecast_rows(forecast: Forecast) -> Iterator[Row]:
    """Yield the filled slots of a forecast, in the order of the contract."""
    yield from _text("region", forecast.region)
    yield from _quantity("amount", forecast.quantity)
    yield from _when("when", forecast.when)
    yield from _when("since", forecast.since)
    yield from _text("forecaster", forecast.forecaster)
    yield from _text("basis", label(forecast.basis))


def _text(slot: str, text: str | None) -> Iterator[Row]:
    if text:
        yield Row(slot, shown(text))


def _quantity(slot: str, quantity: Quantity | None, *about: str | None) -> Iterator[Row]:
    if quantity is None:
        return
    base = (
        base_words(quantity) if quantity.kind == "area" and quantity.unit != "m2" else derived_words(quantity)
    )
    value = quantity_words(quantity) + (f" ≈ {base}" if base else "")
    details = [shown(detail) for detail in about if detail]
    yield Row(slot, f"{', '.join([value, *details])}  {marked(quantity.figure, quantity.text)}")


def _when(slot: str, when: When | None) -> Iterator[Row]:
    if when is not None:
        yield Row(slot, f"{when_words(when)}  {marked(when.time, when.text)}")


def _metrics(metrics: list[Metric]) -> Iterator[Row]:
    for metric in metrics:
        yield from _quantity(shown(metric.name), metric.quantity)
