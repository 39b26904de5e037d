"""Products by rules: what a facility makes, and not what it takes in or what that is used in."""

import pytest

from extractor import Extractor


def facility(text, published="2025-03-20"):
    [only] = Extractor().extract(text, published=published).facilities
    return only


@pytest.mark.parametrize(
    ("text", "products"),
    [
        (
            "The Emden plant processes spodumene to produce 20,000 t of lithium hydroxide.",
            ["lithium hydroxide"],
        ),
        ("The Emden plant processes black mass with 40 people.", ["black mass"]),
        (
            "The Emden cathode plant makes 90,000 tons a year, enough to make batteries for 900,000 cars.",
            ["cathode"],
        ),
        (
            "The Emden plant makes 15,000 tons of copper foil. Foil is needed for the production of cells.",
            ["copper foil"],
        ),
        (
            "Ostravia is building a large-scale synthetic graphite plant for $900 million in Emden.",
            ["synthetic graphite"],
        ),
    ],
)
def test_products_are_what_is_made(text, products):
    assert facility(text).products == products


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        (
            "Ostravia is building a recycling plant for lithium-ion batteries in Emden for $43 million.",
            "recycling",
        ),
        ("Ostravia spends $43 million on a cell plant for the batteries of buses in Emden.", "cell"),
        (
            "Separator plant\n\nOstravia is opening a $43 million plant. It makes films for batteries.",
            "separator",
        ),
    ],
)
def test_the_segment_is_what_is_done_and_not_what_it_is_for(text, segment):
    assert facility(text).segment == segment


def test_a_plant_is_called_by_what_is_done_in_it():
    plant = facility(
        "Ostravia is building a lithium-ion battery manufacturing plant in Emden for $43 million."
    )

    assert plant.name == "lithium-ion battery manufacturing plant in Emden"


def test_a_name_goes_on_over_a_short_form_in_brackets():
    station = facility("A 300-MW compressed air energy storage (CAES) station began operation in March 2025.")

    assert station.name == "compressed air energy storage (CAES) station"
    assert station.segment == "energy_storage"


def test_money_of_a_project_in_phases_is_the_wholes_and_that_before_a_phase_is_not():
    plant = facility(
        "The Emden plant is a multi-phase investment of 3 billion euros. Ostravia approved a 300 million "
        "euro second phase."
    )

    assert plant.investment.text == "3 billion euros"
    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("phase investment", "300 million euro")]


def test_the_same_amount_told_again_is_one_metric():
    plant = facility("The Emden plant will have 300 jobs. In 2030 the Emden plant is to have 300 jobs.")

    assert [metric.quantity.text for metric in plant.metrics] == ["300 jobs"]


def test_what_panels_on_the_roof_generate_is_no_capacity():
    plant = facility(
        "The Emden plant makes 90,000 tons of cathodes a year. The plant has panels that generate 1.3 "
        "gigawatt-hours (GWh) of renewable energy."
    )

    assert [capacity.quantity.text for capacity in plant.capacities] == ["90,000 tons"]


def test_an_amount_is_no_part_of_what_is_made():
    plant = facility(
        "The Emden production line is capable of producing 0.1 GWh solid-state batteries per year."
    )

    assert plant.products == ["solid-state batteries"]


def test_what_takes_in_spent_batteries_recycles():
    plant = facility("The Rochester facility can process 5,000 tonnes of spent lithium-ion batteries a year.")

    assert plant.segment == "recycling"
