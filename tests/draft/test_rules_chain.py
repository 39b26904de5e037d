"""Chain by rules: who sells where a sentence says only that two have signed a supply contract."""

import pytest

from extractor import Extractor


def roles(text):
    [found] = Extractor().extract(text, published="2025-03-20").deals
    return {party.name: party.role for party in found.parties}


@pytest.mark.parametrize(
    "text",
    [
        "German carmaker Vestra signed a supply contract with Kemmick for 900 tons of lithium hydroxide.",
        "Vestra signed a supply contract with Kemmick for graphite. Vestra, the largest carmaker, has grown.",
        "Battery maker Vestra signed a supply contract with the miner Kemmick for 900 tons of graphite.",
        "Vestra signed a supply contract with Kemmick. Under the contract, Kemmick will deliver from May.",
        "Vestra signed a supply contract with Kemmick to buy 900 tons of graphite.",
    ],
)
def test_who_signs_a_supply_contract_first_buys_where_its_place_or_a_later_verb_tells(text):
    assert roles(text) == {"Vestra": "buyer", "Kemmick": "seller"}


@pytest.mark.parametrize(
    "text",
    [
        "Vestra signed a supply contract with Kemmick for 900 tons of graphite.",
        "The miner Vestra signed a supply contract with battery maker Kemmick for 900 tons of graphite.",
        "Vestra signed a supply contract with Kemmick for graphite. Vestra will deliver from May.",
    ],
)
def test_who_signs_a_supply_contract_first_sells_otherwise(text):
    assert roles(text) == {"Vestra": "seller", "Kemmick": "buyer"}
