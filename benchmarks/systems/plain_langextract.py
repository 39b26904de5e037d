"""langextract as an engineer would use it on this task: a prompt, and an example that shows every class.

An extraction is a passage with attributes. Records are passages of their own, and every figure, time and
party names the record that it belongs to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from systems.example import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.document import Document

PROMPT = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")

PLANT, PILOT, FOIL = "cell plant", "pilot line", "supply of copper foil"
EXAMPLE: list[tuple[str, str, dict[str, Any]]] = [
    (
        "facility",
        PLANT,
        {
            "operator": "Nordlys Cells", "place": "Aldhavn", "country": "NO", "segment": "cell",
            "products": ["LFP cells"], "status": "under_construction",
        },
    ),
    ("facility_milestone", "May 2023", {"facility": PLANT, "event": "construction_start"}),
    ("facility_investment", "400 million euro", {"facility": PLANT}),
    ("facility_land_area", "35 hectares", {"facility": PLANT}),
    ("facility_milestone", "second half of 2025", {"facility": PLANT, "event": "production_start"}),
    ("facility_lines", "four assembly lines", {"facility": PLANT, "product": "LFP cells"}),
    (
        "facility_capacity",
        "8 GWh of LFP cells a year",
        {"facility": PLANT, "product": "LFP cells", "stage": "planned"},
    ),
    ("facility_metric", "600 people", {"facility": PLANT, "name": "jobs"}),
    (
        "facility",
        PILOT,
        {
            "operator": "Nordlys Cells", "place": "Bergvik", "country": "NO", "segment": "cell",
            "products": None, "status": "operational",
        },
    ),
    ("facility_capacity", "120 MWh", {"facility": PILOT, "product": None, "stage": "operating"}),
    ("deal_signed", "March 11", {"deal": FOIL}),
    ("deal_party", "Nordlys", {"deal": FOIL, "role": "buyer"}),
    ("deal_party", "Ambolt Metal", {"deal": FOIL, "role": "seller"}),
    ("deal", FOIL, {"kind": "supply", "subject": "copper foil", "facility": PLANT}),
    ("deal_term", "until 2027", {"deal": FOIL}),
    ("deal_volume", "3,000 tons", {"deal": FOIL, "when": "2025"}),
    ("deal_volume", "5,000 tons", {"deal": FOIL, "when": "2026"}),
    ("deal_unit_price", "9,500 euros per ton", {"deal": FOIL}),
    ("deal_value", "76 million euros", {"deal": FOIL}),
    ("deal_metric", "10 percent", {"deal": FOIL, "name": "advance payment"}),
    (
        "forecast",
        "25 percent a year",
        {
            "metric": "growth_rate", "subject": "cell demand", "region": "Nordic", "when": "2030",
            "since": "2024", "forecaster": "Vind", "basis": "projection",
        },
    ),
    (
        "forecast",
        "20 GWh",
        {
            "metric": "demand", "subject": "cell demand", "region": "Nordic", "when": "2030", "since": None,
            "forecaster": "Vind", "basis": "projection",
        },
    ),
    (
        "forecast",
        "4.5 GWh",
        {
            "metric": "demand", "subject": "cell demand", "region": "Nordic", "when": "Last year",
            "since": None, "forecaster": "Vind", "basis": "reported",
        },
    ),
]  # fmt: skip


class Place(NamedTuple):
    """Where the passages of a class go."""

    kind: str
    """Which record attribute they name, and so which records they are of."""
    slot: str
    head: str | None = None
    """What the passage is in an element of a list; None where it is the slot."""


PLACES = {
    "facility_capacity": Place("facility", "capacities", "quantity"),
    "facility_investment": Place("facility", "investment"),
    "facility_land_area": Place("facility", "land_area"),
    "facility_lines": Place("facility", "lines", "quantity"),
    "facility_milestone": Place("facility", "milestones", "when"),
    "facility_metric": Place("facility", "metrics", "quantity"),
    "deal_party": Place("deal", "parties", "name"),
    "deal_value": Place("deal", "value"),
    "deal_unit_price": Place("deal", "unit_price"),
    "deal_volume": Place("deal", "volumes", "quantity"),
    "deal_signed": Place("deal", "signed"),
    "deal_term": Place("deal", "term"),
    "deal_metric": Place("deal", "metrics", "quantity"),
}
_OWN_NAME = {"facility": "name", "deal": "subject"}
"""What the passage of a record is, where its attributes do not say that."""


def start(model: str, base_url: str, answer_tokens: int) -> Callable[[Document], Any]:
    """What answers a document with extractions, each as class, passage and attributes."""
    import langextract as lx  # noqa: PLC0415  a table can be printed without it

    examples = [
        lx.data.ExampleData(
            text=TEXT,
            extractions=[
                lx.data.Extraction(each, text, attributes=attributes) for each, text, attributes in EXAMPLE
            ],
        )
    ]
    config = lx.factory.ModelConfig(
        model_id=model,
        provider="OpenAILanguageModel",
        provider_kwargs={
            "base_url": base_url, "api_key": "none", "temperature": 0.0, "max_output_tokens": answer_tokens,
        },
    )  # fmt: skip

    def ask(document: Document) -> Any:  # noqa: ANN401  JSON
        result = lx.extract(
            document.text,
            prompt_description=PROMPT,
            examples=examples,
            config=config,
            additional_context=f"Published: {document.published}" if document.published else None,
            max_char_buffer=len(document.text) + 1,
            extraction_passes=1,
            show_progress=False,
        )
        return [
            [each.extraction_class, each.extraction_text, each.attributes or {}]
            for each in result.extractions or []
        ]

    return ask


def of_content(told: Any) -> list[list[Any]]:  # noqa: ANN401  any JSON
    """The extractions in an answer as the model wrote it, for one that langextract could not read."""
    found = told.get("extractions") if isinstance(told, dict) else told
    extractions = []
    for each in found if isinstance(found, list) else []:
        name = next(iter(each), None) if isinstance(each, dict) else None
        if name and isinstance(each[name], str):
            attributes = each.get(f"{name}_attributes")
            extractions.append([name, each[name], attributes if isinstance(attributes, dict) else {}])
    return extractions


def records(extractions: list[list[Any]]) -> dict[str, list[dict[str, Any]]]:
    """The extractions as records with words for figures and times.

    A passage that names a record which is none of the extractions makes one; a passage that names none
    belongs to the last one before it.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {"facility": {}, "deal": {}}
    forecasts = []
    for name, passage, attributes in _records_first(extractions):
        if name == "forecast":
            forecasts.append({**attributes, "quantity": passage})
        elif name in found:
            own = found[name].setdefault(_key(passage), {_OWN_NAME[name]: passage})
            own |= {slot: told for slot, told in attributes.items() if told}
        elif place := PLACES.get(name):
            record = _owner(found[place.kind], attributes.get(place.kind), _OWN_NAME[place.kind])
            if place.head is None:
                record.setdefault(place.slot, passage)
            else:
                record.setdefault(place.slot, []).append(
                    {"name": "figure"} | attributes | {place.head: passage}
                )
    return {
        "facilities": list(found["facility"].values()),
        "deals": list(found["deal"].values()),
        "forecasts": forecasts,
    }


def _records_first(extractions: list[list[Any]]) -> list[list[Any]]:
    return sorted(extractions, key=lambda each: each[0] not in _OWN_NAME)


def _owner(known: dict[str, dict[str, Any]], named: object, slot: str) -> dict[str, Any]:
    key = _key(named) if named else next(reversed(known), "")
    if key in known:
        return known[key]
    return known.setdefault(key, {slot: named} if named else {})


def _key(name: object) -> str:
    return " ".join(str(name).casefold().removeprefix("the ").split())
