"""Identity by rules: which mentions mean one facility, and which sentences are about it."""

import pytest

from extractor import Extractor


def facilities(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).facilities


def facility(text, published="2025-03-20"):
    [only] = facilities(text, published)
    return only


def capacities(found):
    return [capacity.quantity.text for capacity in found.capacities]


# ── one or several ───────────────────────────────────────────────────────────


def test_a_plant_named_twice_in_a_sentence_stays_at_hand_in_the_next_paragraph():
    plant = facility(
        "The Emden plant is a cell plant, and the Emden plant has 8 production lines.\n\n"
        "Output is to reach 16 GWh a year."
    )

    assert capacities(plant) == ["16 GWh a year"]


def test_the_plant_under_a_crosshead_is_the_only_one_told_of():
    plant = facility(
        "Ostravia is building the Emden cell plant with 8 production lines.\n\n"
        "Timeline of the works\n\n"
        "The plant was approved in November 2023.\n"
    )

    assert [m.when.text for m in plant.milestones] == ["November 2023"]


def test_a_state_in_common_makes_two_names_no_one_plant():
    first, second = facilities(
        "Ostravia runs the Elm Fork project in Texas, which stores 400 MWh. "
        "Norrfell confirmed plans for its Dry Mesa project in Texas, which will store 800 MWh."
    )

    assert (first.name, capacities(first)) == ("Elm Fork project", ["400 MWh"])
    assert (second.name, capacities(second)) == ("Dry Mesa project", ["800 MWh"])


def test_a_countrys_adjective_means_the_plant_in_that_country():
    plant = facility(
        "Ostravia is preparing to build an electrolyte plant in Komarom, Hungary, for 20,000 tons a year.\n\n"
        "The Hungarian plant will have 300 employees."
    )

    assert (plant.name, plant.place) == ("electrolyte plant in Komarom", "Komarom, Hungary")
    assert [m.name for m in plant.metrics] == ["jobs"]


def test_a_plant_that_is_in_another_country_is_another():
    first, *_ = facilities(
        "Ostravia has a foil plant in Iksan, South Korea, for 60,000 tons a year. "
        "Its overseas plant is in Malaysia and makes 40,000 tons a year."
    )

    assert capacities(first) == ["60,000 tons a year"]


@pytest.mark.parametrize(
    ("second", "plants"),
    [
        ("It will invest 2 trillion won to build a plant for 60,000 tons a year.", 1),
        ("It will also invest 2 trillion won to build a plant for 60,000 tons a year.", 2),
    ],
)
def test_a_plant_without_a_name_is_the_one_just_begun_unless_it_comes_on_top(second, plants):
    found = facilities(f"Ostravia broke ground on its new Emden cathode plant on 3 March 2025. {second}")

    assert len(found) == plants


def test_a_building_s_floor_tells_no_two_plants_apart():
    plant = facility(
        "Ostravia will build an anode plant in Emden. The 150,000-square-foot anode plant will make "
        "50,000 tons a year."
    )

    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("floor area", "150,000-square-foot")]
    assert capacities(plant) == ["50,000 tons a year"]


# ── what is told of it ───────────────────────────────────────────────────────


def test_a_sentence_that_opens_with_somebody_new_is_not_about_the_plant():
    plant = facility(
        "Ostravia runs the Emden plant, which makes 20,000 tons of carbonate a year. "
        "Sal Verde Basin holds more than 60 billion tonnes of lithium and other salts."
    )

    assert capacities(plant) == ["20,000 tons"]
    assert plant.metrics == []


@pytest.mark.parametrize(
    "total",
    [
        "the total installed storage capacity in Gansu reached 2 GW",
        "Norrfell's storage capacity in Europe reached 2 GW",
    ],
)
def test_a_total_of_somewhere_else_is_not_the_plants(total):
    plant = facility(f"With the start of the Thornley battery of 100 MW, {total}.")

    assert capacities(plant) == ["100 MW"]


def test_a_plant_that_somebody_new_has_is_not_the_unnamed_one():
    first, second = facilities(
        "Ostravia has halted construction of a site in Kemerton with a capacity of 50,000 tonnes a year. "
        "Norrfell Minerals Ltd. mothballed its Sal Verde plant of 20,000 tonnes a year."
    )

    assert (first.place, capacities(first)) == ("Kemerton", ["50,000 tonnes a year"])
    assert (second.name, capacities(second)) == ("Sal Verde plant", ["20,000 tonnes a year"])


def test_plants_in_two_states_are_two():
    found = facilities(
        "Ostravia makes cells at a factory in Nevada with a capacity of 39 GWh. "
        "The Kansas plant is to start production in 2026."
    )

    assert [plant.name for plant in found] == ["factory in Nevada", "Kansas plant"]
