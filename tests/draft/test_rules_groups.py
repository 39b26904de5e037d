"""Groups by rules: several facilities that a text tells of together, and totals that are no one plant's."""

import pytest

from extractor import Extractor


def extract(text, published="2025-03-20"):
    return Extractor().extract(text, published=published)


def facility(text):
    [only] = extract(text).facilities
    return only


def texts(parts):
    return [part.quantity.text for part in parts]


def test_several_unnamed_stores_are_one_record_of_what_they_hold_together():
    stores = facility(
        "The utility Verdano AG has put three battery energy storage systems (BESS) with a combined capacity "
        "of 48 MW/60 MWh into operation in Hesse."
    )

    assert (stores.operator, stores.place, stores.status) == ("Verdano AG", "Hesse", "operational")
    assert texts(stores.capacities) == ["48 MW", "60 MWh"]
    assert texts(stores.metrics) == ["three battery energy storage systems"]


def test_later_sentences_speak_of_the_group_again():
    stores = facility(
        "Verdano Power has begun to build two storage projects with 300 MW in Texas. Financing was closed in "
        "May. The two projects will cost $280 million."
    )

    assert stores.investment.text == "$280 million"


@pytest.mark.parametrize(
    "text",
    [
        "Verdano Power runs seven storage projects with 300 MW.",
        "Verdano Power opened its three storage projects with 300 MW.",
        "Verdano Power said three storage projects with 300 MW exist in Texas.",
    ],
)
def test_a_companys_stock_of_facilities_is_no_group(text):
    assert extract(text).facilities == []


def test_what_many_stations_hold_is_not_the_stations_at_hand():
    station = facility(
        "Work on the Yulan pumped storage station, with 1.2 GW, began in March. State Hydro has built 23 "
        "stations with 31 GW for 180 billion yuan."
    )

    assert texts(station.capacities) == ["1.2 GW"]
    assert station.investment is None


def test_the_total_of_two_named_plants_is_neithers():
    first, second = extract(
        "Ostravia will build the Emden plant and the Legnica plant, with a combined capacity of 40 GWh. "
        "The Emden plant will cost 2 billion euros. The Legnica plant will cost 3 billion euros."
    ).facilities

    assert (first.capacities, second.capacities) == ([], [])
    assert (first.investment.text, second.investment.text) == ("2 billion euros", "3 billion euros")


def test_what_the_first_plant_makes_is_not_the_seconds():
    plant = facility(
        "Ostravia is building its second foil plant in Hungary, the first having opened in April 2024 with a "
        "capacity of 10,000 tonnes. The plant will make 15,000 tonnes of copper foil."
    )

    assert texts(plant.capacities) == ["15,000 tonnes"]
    assert plant.status == "under_construction"
    assert plant.milestones == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The government has picked four firms to set up 50 GWh of capacity.",
        "He sees growth to 1.5 million tonnes in a decade, for the market expands.",
    ],
)
def test_a_sentence_about_a_country_or_market_gives_the_plant_no_capacity(sentence):
    plant = facility(f"Ostravia is building a 20 GWh cell plant in Emden. {sentence}")

    assert texts(plant.capacities) == ["20 GWh"]
