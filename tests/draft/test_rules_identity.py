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


# ── towns, sizes, ranks ──────────────────────────────────────────────────────


def test_two_towns_of_one_state_are_two_places():
    first, second = facilities(
        "Ostravia has a 10,000-ton plant in Emden, Lower Saxony. It is building a 60,000-ton plant in Stade, "
        "Lower Saxony."
    )

    assert (capacities(first), capacities(second)) == (["10,000-ton"], ["60,000-ton"])


def test_a_town_and_its_state_are_one_place():
    plant = facility(
        "Ostravia plans a plant in Emden, Lower Saxony, for $43 million. The plant in Lower Saxony will have "
        "200 jobs."
    )

    assert [metric.quantity.text for metric in plant.metrics] == ["200 jobs"]


def test_a_plant_of_another_size_in_the_same_place_is_another():
    first, second = facilities(
        "Ostravia is building a 20 GWh cell plant in India. Norrfell plans a 100 GWh cell plant in India."
    )

    assert (capacities(first), capacities(second)) == (["20 GWh"], ["100 GWh"])


def test_the_size_of_a_plant_may_follow_in_the_next_sentence():
    plant = facility(
        "Ostravia Power has agreed to set up a cell plant in Emden. Ostravia Power signed the papers on 2 "
        "March for a 20 GWh cell plant, which is to have 500 jobs."
    )

    assert capacities(plant) == ["20 GWh"]


def test_its_first_plant_is_not_its_second():
    second, first = facilities(
        "Ostravia is opening a second plant in Emden, which makes 24 million square meters of separator a "
        "year. In 2019 it opened its first separator film plant in Emden, with 12 million m2 a year."
    )

    assert (len(capacities(second)), len(capacities(first))) == (1, 1)


def test_what_a_facility_does_its_work_as_is_no_other_facility():
    station = facility(
        "The station in Yunmen was connected to the grid on March 9. As a pilot project for energy storage, "
        "the station has a power of 300 MW."
    )

    assert capacities(station) == ["300 MW"]


def test_a_short_form_of_a_bare_name_is_the_same_project():
    stores = facilities(
        "Ostravia Power closed a loan for Elm Fork Energy Storage (200 MW / 400 MWh) in Texas. Crews have "
        "been on the ground at Elm Fork since March."
    )

    assert [(s.name, s.status, s.operator) for s in stores] == [
        ("Elm Fork Energy Storage", "under_construction", "Ostravia Power")
    ]


def test_the_plant_after_several_is_the_one_most_is_told_of():
    plant, *others = facilities(
        "Ostravia opened a 20 GWh cell plant in Emden in March. The plant has 200 jobs.\n\n"
        "Ostravia has a 10 GWh plant in Stade, and a 5 GWh plant in Goslar.\n\n"
        "Visitors to the plant saw 8 reactors."
    )

    assert [metric.quantity.text for metric in plant.metrics] == ["200 jobs", "8 reactors"]
    assert [capacities(other) for other in others] == [["10 GWh"], ["5 GWh"]]
