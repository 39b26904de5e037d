"""instructor as an engineer would use it on this task: a nested schema, a clear prompt, one call.

The prompt names the fields, because a server that only constrains the answer by the schema does not show it
to the model. There it is with the example that langextract is shown, and without.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from schemas.deal import DealKind, Role  # noqa: TC001  pydantic needs them at run time
from schemas.facility import Event, Segment, Stage, Status  # noqa: TC001
from schemas.forecast import Basis, ForecastMetric  # noqa: TC001
from systems.example import PUBLISHED, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.document import Document

PROMPT = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")

_PATIENCE = 3_600.0  # seconds for an answer: small machines are slow
Words = Annotated[str, Field(max_length=120)]
"""A small model that repeats itself comes to an end."""


class Capacity(BaseModel):
    """An output or storage capacity."""

    quantity: Words = Field(description='value with unit as in the text, such as "30 GWh per year"')
    product: Words | None = Field(None, description="what is made")
    stage: Stage | None = Field(None, description="operating today, or planned")


class Lines(BaseModel):
    """A number of production lines."""

    quantity: Words = Field(description='as in the text, such as "four coating lines"')
    product: Words | None = None


class Milestone(BaseModel):
    """A dated event of a facility."""

    event: Event
    when: Words = Field(description="the time as it stands in the text")


class Metric(BaseModel):
    """Any other figure."""

    name: Words = Field(description='what the figure is, such as "jobs"')
    quantity: Words = Field(description="value with unit as in the text")


class Facility(BaseModel):
    """A plant, production line, base, park or energy storage project."""

    name: Words | None = None
    operator: Words | None = Field(None, description="the company")
    place: Words | None = None
    country: Words | None = Field(None, description="ISO code of two letters")
    segment: Segment | None = None
    products: list[Words] = Field(default_factory=list, max_length=6)
    status: Status | None = None
    capacities: list[Capacity] = Field(default_factory=list, max_length=8)
    investment: Words | None = Field(None, description="money for the whole facility, as in the text")
    land_area: Words | None = Field(None, description="area of its site, as in the text")
    lines: list[Lines] = Field(default_factory=list, max_length=4, description="numbers of production lines")
    milestones: list[Milestone] = Field(default_factory=list, max_length=8)
    metrics: list[Metric] = Field(
        default_factory=list, max_length=12, description="any other figure about it"
    )


class Party(BaseModel):
    """One side of a deal."""

    name: Words
    role: Role


class Volume(BaseModel):
    """An amount that changes hands."""

    quantity: Words = Field(description="value with unit as in the text")
    when: Words | None = Field(None, description="the year or term that it belongs to")


class Deal(BaseModel):
    """An agreement between named parties."""

    kind: DealKind
    subject: Words | None = Field(None, description="what it is about, as in the text")
    parties: list[Party] = Field(default_factory=list, max_length=8)
    value: Words | None = Field(None, description="money of the whole deal, as in the text")
    unit_price: Words | None = Field(None, description='as in the text, such as "0.55 yuan/Wh"')
    volumes: list[Volume] = Field(default_factory=list, max_length=8)
    signed: Words | None = Field(None, description="day of signing, as in the text")
    term: Words | None = Field(None, description="time over which it runs, as in the text")
    facility: Words | None = Field(None, description="name of the facility that it is for")
    metrics: list[Metric] = Field(
        default_factory=list, max_length=12, description="any other figure about it"
    )


class Forecast(BaseModel):
    """An amount of a market, a place or a whole company at a time."""

    metric: ForecastMetric
    subject: Words | None = Field(None, description="what is measured, as in the text")
    region: Words | None = None
    quantity: Words = Field(description="value with unit as in the text")
    when: Words | None = Field(None, description="time of the amount, as in the text")
    since: Words | None = Field(None, description="first year of a growth period")
    forecaster: Words | None = Field(None, description="who says so")
    basis: Basis = Field("projection", description="projection, target, or reported where it has happened")


class Records(BaseModel):
    """The records of one press text."""

    facilities: list[Facility] = Field(default_factory=list, max_length=8)
    deals: list[Deal] = Field(default_factory=list, max_length=8)
    forecasts: list[Forecast] = Field(default_factory=list, max_length=24)


_NORDLYS = {"operator": "Nordlys Cells", "segment": "cell"}
_VIND = {"subject": "cell demand", "region": "Nordic", "forecaster": "Vind"}
EXAMPLE = {
    "facilities": [
        {
            "name": "cell plant", **_NORDLYS, "place": "Aldhavn", "country": "NO", "products": ["LFP cells"],
            "status": "under_construction",
            "capacities": [
                {"quantity": "8 GWh of LFP cells a year", "product": "LFP cells", "stage": "planned"}
            ],
            "investment": "400 million euro", "land_area": "35 hectares",
            "lines": [{"quantity": "four assembly lines"}],
            "milestones": [
                {"event": "construction_start", "when": "May 2023"},
                {"event": "production_start", "when": "second half of 2025"},
            ],
            "metrics": [{"name": "jobs", "quantity": "600 people"}],
        },
        {
            "name": "pilot line", **_NORDLYS, "place": "Bergvik", "country": "NO", "status": "operational",
            "capacities": [{"quantity": "120 MWh", "stage": "operating"}],
        },
    ],
    "deals": [
        {
            "kind": "supply", "subject": "copper foil",
            "parties": [
                {"name": "Ambolt Metal", "role": "seller"}, {"name": "Nordlys Cells", "role": "buyer"}
            ],
            "value": "76 million euros", "unit_price": "9,500 euros per ton",
            "volumes": [
                {"quantity": "3,000 tons", "when": "2025"}, {"quantity": "5,000 tons", "when": "2026"}
            ],
            "signed": "March 11", "term": "until 2027", "facility": "cell plant",
            "metrics": [{"name": "advance payment", "quantity": "10 percent"}],
        }
    ],
    "forecasts": [
        {
            "metric": "growth_rate", **_VIND, "quantity": "25 percent a year", "since": "2024",
            "when": "2030", "basis": "projection",
        },
        {"metric": "demand", **_VIND, "quantity": "20 GWh", "when": "2030", "basis": "projection"},
        {"metric": "demand", **_VIND, "quantity": "4.5 GWh", "when": "Last year", "basis": "reported"},
    ],
}  # fmt: skip


def start(
    model: str, base_url: str, answer_tokens: int, *, has_example: bool = False
) -> Callable[[Document], Any]:
    """What answers a document with the records that the model fills in."""
    import instructor  # noqa: PLC0415  a table can be printed without it
    from openai import OpenAI  # noqa: PLC0415  as above

    example = Records.model_validate(EXAMPLE).model_dump_json(exclude_unset=True)
    shown = f"\nExample text:\n{_question(PUBLISHED, TEXT)}\n\nExample answer:\n{example}"
    system = PROMPT + shown if has_example else PROMPT
    client = instructor.from_openai(
        OpenAI(base_url=base_url, api_key="none", timeout=_PATIENCE, max_retries=0),
        mode=instructor.Mode.JSON_SCHEMA,
    )

    def ask(document: Document) -> Any:  # noqa: ANN401  JSON
        records = client.chat.completions.create(
            model=model,
            response_model=Records,
            messages=[
                {"role": "system", "content": system},
                {"role": "user", "content": _question(document.published, document.text)},
            ],
            temperature=0,
            max_tokens=answer_tokens,
            max_retries=1,
        )
        return records.model_dump(mode="json", exclude_none=True)

    return ask


def _question(published: object, text: str) -> str:
    return f"Published: {published}\n\n{text}" if published else text
