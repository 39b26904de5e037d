"""Stores by rules: batteries on the grid, what they are called and what they hold."""

import pytest

from extractor import Extractor


def facilities(text):
    return Extractor().extract(text, published="2025-03-20").facilities


def facility(text):
    [only] = facilities(text)
    return only


def test_energy_beside_power_is_of_a_storage_project_whatever_its_cells_are():
    battery = facility("The Mallee Battery is a 300MW/1,200MWh lithium iron phosphate system in Victoria.")

    assert battery.segment == "energy_storage"


def test_a_store_of_a_size_is_a_facility():
    store = facility("Ostravia has commissioned a 100 MW/400 MWh battery energy storage system in Emden.")

    assert [c.quantity.text for c in store.capacities] == ["100 MW", "400 MWh"]


def test_a_batterys_name_may_stand_before_its_size_or_kind():
    first, second = facilities(
        "Norrfell decided on the Elm Fork four hour battery (415 MW and 1660 MWh) in Texas, and is building "
        "the 255 MW (300 MWh) Dry Mesa big battery in Nevada."
    )

    assert (first.name, first.place) == ("Elm Fork four hour battery", "Texas")
    assert (second.name, second.place) == ("Dry Mesa big battery", "Nevada")
    assert [c.quantity.text for c in second.capacities] == ["255 MW", "300 MWh"]


def test_projects_in_a_row_have_each_its_size():
    found = facilities("Norrfell will build the 80 MW Elm Fork, 9.5 MW Dry Mesa and 5 MW Oak Hill projects.")

    assert [(f.name, f.capacities[0].quantity.text) for f in found] == [
        ("Elm Fork", "80 MW"),
        ("Dry Mesa", "9.5 MW"),
        ("Oak Hill", "5 MW"),
    ]


def test_the_units_and_the_yearly_energy_of_a_store_are_no_capacity():
    store = facility(
        "The Thornley battery stores 200 MW / 800 MWh. The storage system includes 256 battery units. "
        "It delivers 189 million kWh of power annually."
    )

    assert [c.quantity.text for c in store.capacities] == ["200 MW", "800 MWh"]


@pytest.mark.parametrize(
    ("text", "name", "sizes"),
    [
        ("Norrfell Power is building a 219MW battery at Emden.", "battery at Emden", ["219MW"]),
        (
            "Norrfell Power began work on a 200 MW, four hour (800 MWh) battery at Emden.",
            "battery at Emden",
            ["200 MW", "800 MWh"],
        ),
    ],
)
def test_a_battery_of_so_many_megawatts_is_a_store(text, name, sizes):
    store = facility(text)

    assert (store.name, store.segment, store.operator) == (name, "energy_storage", "Norrfell Power")
    assert [c.quantity.text for c in store.capacities] == sizes


def test_a_battery_of_some_kilowatt_hours_is_none():
    assert facilities("Norrfell Power is building a bus with a 600 kWh battery in Emden.") == []
