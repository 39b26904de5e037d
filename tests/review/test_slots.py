"""The slots of the record types, as they are read off the models."""

import pytest
from reviewer import drafted

from extractor.review.slots import places, slots

TEXT = "Lumora runs a plant in Szeged with 30 GWh and 12,000 tons; it opens in May 2026."


def test_every_slot_says_what_fits_there():
    facility = slots("facility")

    assert (facility["investment"].takes, facility["investment"].kinds) == ("figure", ("money",))
    assert facility["milestones.when"].takes == "time"
    assert facility["name"].takes == "words"
    assert "operational" in facility["status"].choices
    assert "HU" in facility["country"].choices


def test_a_list_element_is_known_by_the_slot_that_it_is_nothing_without():
    anchors = {name for kind in ("facility", "deal") for name, slot in slots(kind).items() if slot.anchor}

    assert anchors == {
        "products",
        "capacities.quantity",
        "lines.quantity",
        "milestones.when",
        "metrics.quantity",
        "parties.name",
        "volumes.quantity",
    }


@pytest.mark.parametrize(
    ("kind", "slot", "empty"),
    [
        ("facility", "status", None),
        ("facility", "milestones.event", "other"),
        ("deal", "kind", "other"),
        ("deal", "parties.role", "other"),
        ("forecast", "basis", "projection"),
    ],
)
def test_a_rejected_slot_holds_what_a_record_has_when_nothing_is_said(kind, slot, empty):
    assert slots(kind)[slot].empty == empty


def test_the_places_of_a_record_are_its_slots_with_what_they_hold():
    result = drafted(
        TEXT,
        facilities=[{
            "name": "plant",
            "capacities": [{"figure": "30 GWh"}, {"figure": "12,000 tons", "stage": "planned"}],
        }],
    )  # fmt: skip
    held = [
        (place.slot.name, place.index, getattr(place.value, "text", place.value))
        for place in places(result.facilities[0])
        if place.slot.field in {"name", "investment", "capacities", "lines"}
    ]

    assert held == [
        ("name", None, "plant"),
        ("capacities.quantity", 0, "30 GWh"),
        ("capacities.quantity", 1, "12,000 tons"),
        ("capacities.product", 0, None),
        ("capacities.product", 1, None),
        ("capacities.stage", 0, None),
        ("capacities.stage", 1, "planned"),
        ("investment", None, None),
    ]
