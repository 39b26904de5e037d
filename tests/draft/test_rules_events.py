"""Events and states by rules: when something happens to a plant, and where it stands today."""

import pytest

from extractor import Extractor


def facility(text, published="2025-03-20"):
    [only] = Extractor().extract(text, published=published).facilities
    return only


def milestones(found):
    return [(milestone.event, milestone.when.text) for milestone in found.milestones]


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("Ground for the plant was broken in May 2024.", "construction_start"),
        ("The first sod of the plant was turned in May 2024.", "construction_start"),
        ("Piling for the plant began in May 2024.", "construction_start"),
        ("The kilns of the plant were installed in May 2024.", "equipment_install"),
        ("Machines have been moved in at the plant in May 2024.", "equipment_install"),
        ("The plant was topped out in May 2024.", "completion"),
        ("The plant has been running since May 2024.", "production_start"),
        ("The plant came online in May 2024.", "production_start"),
        ("The plant delivered its first cells in May 2024.", "production_start"),
        ("The plant reached its nameplate in May 2024.", "full_capacity"),
        ("The plant has been fully loaded since May 2024.", "full_capacity"),
        ("The plant was mothballed in May 2024.", "other"),
    ],
)
def test_an_event_is_told_in_many_words(words, event):
    assert milestones(facility(words)) == [(event, "May 2024")]


def test_a_capacity_lifted_to_a_higher_one_is_full_then():
    plant = facility(
        "The Emden plant makes 3 GWh of cells a year. Ostravia will lift that to 8 GWh by the end of 2026."
    )

    assert milestones(plant) == [("full_capacity", "by the end of 2026")]


def test_each_of_two_events_has_the_time_beside_it():
    plant = facility(
        "At the Emden plant equipment will be moved in during the third quarter, and mass production is "
        "slated for the second quarter of 2026."
    )

    assert milestones(plant) == [
        ("equipment_install", "third quarter"),
        ("production_start", "second quarter of 2026"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Emden plant turns out 20,000 tons a year.", "operational"),
        ("The Emden plant was commissioned in 2021 and makes 20,000 tons a year.", "operational"),
        ("Ostravia is erecting the Emden plant, which will make 20,000 tons a year.", "under_construction"),
        ("The Emden plant, for 20,000 tons a year, will not be built.", "cancelled"),
        ("Ostravia is halting the Emden plant of 20,000 tons a year.", "suspended"),
        ("The Emden plant makes 20,000 tons a year. An expansion to 40,000 tons is planned.", "expanding"),
    ],
)
def test_the_status_is_what_has_happened_by_today(text, status):
    assert facility(text).status == status


@pytest.mark.parametrize(
    "condition",
    ["Once operational, it", "When the plant is fully operational, it", "After reaching full production, it"],
)
def test_what_is_only_a_condition_has_not_happened(condition):
    plant = facility(f"Ostravia plans to build a plant in Emden. {condition} will make 20,000 tons a year.")

    assert plant.status == "planned"


def test_a_plant_with_a_running_capacity_runs():
    plant = facility("The Emden plant, whose current capacity is 12 GWh, covers 100 mu.")

    assert plant.status == "operational"
