"""The tables of facilities, deals and forecasts, and of the lists in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.base import Span
from schemas.deal import Deal, Party, Volume
from schemas.facility import Capacity, Facility, Lines, Metric, Milestone
from schemas.forecast import Forecast
from schemas.tables.column import Column, Row, Table, of_model
from schemas.tables.groups import Slot, quantity_columns, when_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemas.result import Result

DOC_ID = Column("doc_id", "text", "The document.", "result.doc_id", key=True)
OF_DOCUMENT = (("doc_id",), "documents")
_FACILITY = Column("facility_id", "text", "The facility, within the document.", "owner.id", key=True)
_DEAL = Column("deal_id", "text", "The deal, within the document.", "owner.id", key=True)
_OF_FACILITY = (("doc_id", "facility_id"), "facilities")
_OF_DEAL = (("doc_id", "deal_id"), "deals")
_FACILITY_NAME = Column("facility_name", "text", "Name of the facility, repeated for reading.", "owner.name")
POSITION = Column("position", "integer", "Place in the list, from 1.", "position", key=True)


def _own_id(name: str) -> Column:
    return Column(name, "text", "Identifier of the record in its document.", "item.id", key=True)


def _of(kind: str) -> Callable[[Result], Iterator[Row]]:
    """A row for each record of a type."""
    return lambda result: (Row(result, record) for record in getattr(result, kind))


def _entries(kind: str, slot: str) -> Callable[[Result], Iterator[Row]]:
    """A row for each entry of a list in the records of a type."""
    return lambda result: (
        Row(result, entry, record, position)
        for record in getattr(result, kind)
        for position, entry in enumerate(getattr(record, slot), start=1)
    )


def _metrics(result: Result) -> Iterator[Row]:
    yield from _entries("facilities", "metrics")(result)
    yield from _entries("deals", "metrics")(result)


def _evidence(result: Result) -> Iterator[Row]:
    for kind in ("facilities", "deals", "forecasts"):
        yield from _entries(kind, "evidence")(result)


def _passage(row: Row) -> str | None:
    return None if row.result.text is None else row.result.text[row.item.start : row.item.end]


FACILITIES = Table(
    "facilities",
    "One row a facility: a plant, production line, base, park or energy storage project.",
    _of("facilities"),
    (
        DOC_ID,
        _own_id("facility_id"),
        *(
            of_model(Facility, name)
            for name in ("name", "operator", "place", "country", "segment", "status", "products")
        ),
        *quantity_columns("item.investment", Slot(Facility, "investment"), measure=False),
        *quantity_columns("item.land_area", Slot(Facility, "land_area"), money=False),
    ),
    (OF_DOCUMENT,),
)
PRODUCTS = Table(
    "products",
    "One row a product that a facility makes.",
    _entries("facilities", "products"),
    (
        DOC_ID,
        _FACILITY,
        POSITION,
        _FACILITY_NAME,
        Column("product", "text", "What it makes, as written.", "item"),
    ),
    (_OF_FACILITY,),
)
CAPACITIES = Table(
    "capacities",
    "One row an output or storage capacity of a facility.",
    _entries("facilities", "capacities"),
    (
        DOC_ID,
        _FACILITY,
        POSITION,
        _FACILITY_NAME,
        of_model(Capacity, "product"),
        of_model(Capacity, "stage"),
        *quantity_columns("item.quantity", money=False),
    ),
    (_OF_FACILITY,),
)
LINES = Table(
    "lines",
    "One row a number of production lines of a facility.",
    _entries("facilities", "lines"),
    (
        DOC_ID,
        _FACILITY,
        POSITION,
        _FACILITY_NAME,
        of_model(Lines, "product"),
        *quantity_columns("item.quantity", money=False),
    ),
    (_OF_FACILITY,),
)
MILESTONES = Table(
    "milestones",
    "One row a dated event in the life of a facility.",
    _entries("facilities", "milestones"),
    (
        DOC_ID,
        _FACILITY,
        POSITION,
        _FACILITY_NAME,
        of_model(Milestone, "event"),
        *when_columns("item.when", Slot(Milestone, "when")),
    ),
    (_OF_FACILITY,),
)
DEALS = Table(
    "deals",
    "One row an agreement, order, award, investment or venture.",
    _of("deals"),
    (
        DOC_ID,
        _own_id("deal_id"),
        *(of_model(Deal, name) for name in ("kind", "subject", "facility")),
        *quantity_columns("item.value", Slot(Deal, "value"), measure=False),
        *quantity_columns("item.unit_price", Slot(Deal, "unit_price")),
        *when_columns("item.signed", Slot(Deal, "signed")),
        *when_columns("item.term", Slot(Deal, "term")),
    ),
    (OF_DOCUMENT,),
)
DEAL_PARTIES = Table(
    "deal_parties",
    "One row a party of a deal.",
    _entries("deals", "parties"),
    (DOC_ID, _DEAL, POSITION, of_model(Party, "name"), of_model(Party, "role")),
    (_OF_DEAL,),
)
VOLUMES = Table(
    "volumes",
    "One row an amount that changes hands in a deal.",
    _entries("deals", "volumes"),
    (
        DOC_ID,
        _DEAL,
        POSITION,
        *quantity_columns("item.quantity", money=False),
        *when_columns("item.when", Slot(Volume, "when")),
    ),
    (_OF_DEAL,),
)
FORECASTS = Table(
    "forecasts",
    "One row an amount of a market, place or company at a time.",
    _of("forecasts"),
    (
        DOC_ID,
        _own_id("forecast_id"),
        *(of_model(Forecast, name) for name in ("metric", "subject", "region", "forecaster", "basis")),
        *quantity_columns("item.quantity"),
        *when_columns("item.when", Slot(Forecast, "when")),
        *when_columns("item.since", Slot(Forecast, "since")),
    ),
    (OF_DOCUMENT,),
)
METRICS = Table(
    "metrics",
    "One row any other figure about a facility or a deal.",
    _metrics,
    (
        DOC_ID,
        Column("record_id", "text", "The facility or deal, within the document.", "owner.id", key=True),
        POSITION,
        of_model(Metric, "name"),
        *quantity_columns("item.quantity"),
    ),
    (OF_DOCUMENT,),
)
EVIDENCE = Table(
    "evidence",
    "One row a passage that a record stands on.",
    _evidence,
    (
        DOC_ID,
        Column(
            "record_id", "text", "The facility, deal or forecast, within the document.", "owner.id", key=True
        ),
        POSITION,
        Column("text", "text", "The passage; null where the results were written without texts.", _passage),
        Column("span_start", "integer", Span.model_fields["start"].description or "", "item.start"),
        Column("span_end", "integer", Span.model_fields["end"].description or "", "item.end"),
    ),
    (OF_DOCUMENT,),
)
