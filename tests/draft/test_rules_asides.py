"""Asides by rules: names that only tell who somebody is take no part in a deal."""

import pytest

from extractor import Extractor


def roles(text):
    [found] = Extractor().extract(text, published="2025-03-20").deals
    return {party.name: party.role for party in found.parties}


@pytest.mark.parametrize(
    "clause",
    [
        ", which is 51% owned by Minra and 49% by the miner Kemmick Ltd,",
        " – whose customers include Vestra, Kemmick and Solenne –",
        " (which was bought by Minra in 2021)",
    ],
)
def test_who_is_named_in_a_clause_that_tells_who_a_party_is_takes_no_part(clause):
    assert roles(f"Zelvo Cells{clause} signed a contract to supply 300 MWh of batteries to Korda Power.") == {
        "Zelvo Cells": "seller",
        "Korda Power": "buyer",
    }


def test_a_clause_that_tells_of_the_deal_itself_names_its_parties():
    assert roles(
        "Zelvo, which won the order from Korda Power in May, will deliver 300 MWh of batteries."
    ) == {
        "Zelvo": "seller",
        "Korda Power": "buyer",
    }
    text = "Zelvo Cells raised $20 million in a round, which was led by Minra and joined by Kemmick."
    assert roles(text) == {"Zelvo Cells": "target", "Minra": "investor", "Kemmick": "investor"}


def test_a_clause_about_a_party_does_not_say_who_sells():
    text = "Korda Power signed an agreement with Zelvo, which supplies Vestra, to buy 300 MWh of batteries."
    assert roles(text) == {"Korda Power": "buyer", "Zelvo": "seller"}


def test_who_reports_a_deal_takes_no_part():
    text = "Zelvo Cells signed a contract with Korda Power, as reported by our sister site Grid Tech."
    assert set(roles(text)) == {"Zelvo Cells", "Korda Power"}


def test_where_a_company_comes_from_has_not_invested():
    text = "It was formed in 2012 as a spin-off from the University of Lund."
    assert roles(f"Zelvo Cells closed a $20 million Series A. {text}") == {"Zelvo Cells": "target"}


def test_who_works_on_the_goods_or_owns_a_venture_takes_no_part():
    assert roles(
        "Kanto Film signed a contract to supply films, which are then coated by Minra, to Zelvo Cells."
    ) == {"Kanto Film": "seller", "Zelvo Cells": "buyer"}
    assert roles(
        "Zelvo Cells, a venture between Minra (HKG: 9696) and Kemmick Ltd (ASX: KEM), signed a contract "
        "to supply 300 MWh of batteries to Korda Power."
    ) == {"Zelvo Cells": "seller", "Korda Power": "buyer"}
