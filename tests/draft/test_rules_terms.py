"""Terms of deals by rules: sides, goods, days, prices and volumes, however they are told."""

import pytest

from extractor import Extractor


def deals(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).deals


def deal(text, published="2025-03-20"):
    [only] = deals(text, published)
    return only


def roles(found):
    return {party.name: party.role for party in found.parties}


# ── sides ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Ostravia Power names Teraflux Systems as winner of its storage tender worth 96 million euros.",
        "Ostravia Power picked Teraflux Systems, which won a 96 million euro order for 112 enclosures.",
        "Teraflux Systems clinched an order for 112 enclosures from Ostravia Power.",
    ],
)
def test_the_first_verb_behind_the_subject_tells_the_sides(text):
    assert roles(deal(text)) == {"Ostravia Power": "buyer", "Teraflux Systems": "seller"}


def test_who_backs_a_company_with_a_loan_is_the_investor():
    found = deal("Ostravia Cells makes cells. Tallow Bank is backing it with a loan of 215 million euros.")

    assert roles(found) == {"Tallow Bank": "investor", "Ostravia Cells": "target"}


def test_those_who_join_a_round_are_investors():
    found = deal(
        "Ostravia Cells closed a $245 million Series C round. Elm Growth Partners led, joined by existing "
        "backers Ohm Ventures and Kestrin Motor Corp."
    )

    assert roles(found) == {
        "Ostravia Cells": "target",
        "Elm Growth Partners": "investor",
        "Ohm Ventures": "investor",
        "Kestrin Motor Corp.": "investor",
    }


def test_an_order_told_after_its_parties_is_theirs():
    found = deal(
        "Meccanica Rossi will build two coating lines for InoCell of Nitra. Worth €87 million, the order was "
        "signed on 4 September 2024."
    )

    assert roles(found).keys() == {"Meccanica Rossi", "InoCell"}
    assert (found.value.text, found.signed.text) == ("€87 million", "4 September 2024")


def test_each_winner_of_a_tender_has_a_deal_of_its_own():
    first, second = deals(
        "Huaxin Power has published the winners of its tender for storage systems. "
        "In Section 1, Zhongke Storage Technology came first with a bid of 904 million yuan. "
        "Section 2 went to Keyuan Electric at 702 million yuan."
    )

    assert roles(first)["Zhongke Storage Technology"] == "seller"
    assert (roles(second), second.value.text) == (
        {"Huaxin Power": "buyer", "Keyuan Electric": "seller"},
        "702 million yuan",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ostravia Cells has 15 trillion won in outstanding orders.",
        "Stage 1 is to deliver its first 20,000 tons of cathode material in 2026.",
        "The average winning bid for storage systems in China was 0.49 yuan/Wh in 2024.",
    ],
)
def test_order_books_outputs_and_market_prices_are_no_deal(text):
    assert deals(text) == []


# ── goods, days, prices, volumes ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ostravia Cells ordered six coating machines from Rossi Systems.", "coating machines"),
        (
            "Ostravia Cells will supply ceramic-coated separators to Norrfell Batteries from 2026.",
            "ceramic-coated separators",
        ),
        ("Ostravia Cells acquired 80% of Norrfell Batteries for 96 million euros.", "Norrfell Batteries"),
    ],
)
def test_the_subject_is_what_changes_hands(text, subject):
    assert deal(text).subject == subject


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (
            "Ostravia said on 5 March that it had signed a supply contract with Norrfell on 3 March 2025.",
            "3 March 2025",
        ),
        (
            "Ostravia Cells announced on 5 March 2025 a supply contract with Norrfell Batteries.",
            None,
        ),
        (
            "Tallow Bank lends Ostravia Cells 9 million euros, and the contract was signed in June 2024.",
            "June 2024",
        ),
    ],
)
def test_the_day_of_signing_is_not_that_of_the_announcement(text, signed):
    found = deal(text).signed

    assert (found and found.text) == signed


def test_quotations_are_not_the_price_of_the_deal():
    found = deal(
        "Ostravia Power awarded Teraflux Systems a contract for 2 GWh of storage systems. Quotations lay "
        "between 0.42 yuan/Wh and 0.61 yuan/Wh. The contract price is 0.45 yuan/Wh."
    )

    assert found.unit_price.text == "0.45 yuan/Wh"


def test_a_total_is_of_the_whole_term():
    found = deal(
        "Minghao Film signed a contract to supply separators to Zhongke Battery from 2026 to 2028. It will "
        "deliver 120 million square meters in 2026, in total 550 million square meters over the full period."
    )

    assert [(v.quantity.text, v.when.text) for v in found.volumes] == [
        ("120 million square meters", "2026"),
        ("550 million square meters", "from 2026 to 2028"),
    ]


def test_a_deal_may_be_a_list_of_terms_under_a_title():
    found = deal(
        "Single Supply Contract\n"
        "Daehan Cathotech Co., Ltd. (KOSDAQ 298110)\n\n"
        "1. Item: high-nickel cathode active material\n"
        "2. Contract amount: KRW 963,000,000,000\n"
        "3. Contract period: April 1, 2025 to December 31, 2028\n"
        "4. Date of contract: March 13, 2025\n"
    )

    assert (found.kind, roles(found)) == ("supply", {"Daehan Cathotech Co., Ltd.": "seller"})
    assert found.subject == "high-nickel cathode active material"
    assert (found.value.text, found.signed.text) == ("KRW 963,000,000,000", "March 13, 2025")


def test_how_long_ago_another_deal_was_is_no_term():
    found = deal(
        "Ostravia Cells won a 3 billion won order from Norrfell Batteries. "
        "The deal comes three months after a first one."
    )

    assert found.metrics == []


def test_what_was_signed_years_ago_is_no_figure_of_the_deal():
    found = deal(
        "Ostravia Cells signed a supply deal worth 30 billion won with Norrfell Batteries. "
        "They signed their first deal, worth 2 billion won, in 2020."
    )

    assert (found.value.text, found.metrics) == ("30 billion won", [])


def test_a_time_that_is_over_is_no_term():
    found = deal(
        "Ostravia Cells signed a supply contract with Norrfell Batteries, its third in the last 18 months."
    )

    assert found.term is None
