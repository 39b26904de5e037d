"""Financing by rules: a sum beside the word for a loan, a grant or a bond is a deal, whatever the verb."""

import pytest

from extractor import Extractor

PLANT = "Zelvo Cells is building a 20 GWh battery cell plant in Skive, Denmark. Production starts in 2027. "


def deals(text):
    return Extractor().extract(PLANT + text, published="2025-03-20").deals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The company closed a $500 million debt facility with a group of banks in March.", "$500 million"),
        ("The state offered the company incentives of $120 million.", "$120 million"),
        ("A third of its cost is covered by a 400 million dollar loan.", "400 million dollar"),
        ("The investment is financed by a bank loan of 2.1 billion yuan.", "2.1 billion yuan"),
    ],
)
def test_a_sum_that_is_lent_or_given_is_of_the_company_that_the_text_is_about(text, value):
    [found] = deals(text)
    assert (found.kind, found.value.text) == ("funding", value)
    assert [(party.name, party.role) for party in found.parties] == [("Zelvo Cells", "target")]


def test_who_issues_a_bond_is_its_target():
    [found] = deals("To pay for the plant, Zelvo Cells sold green bonds for 600 million euros.")
    assert [(party.name, party.role) for party in found.parties] == [("Zelvo Cells", "target")]


@pytest.mark.parametrize(
    "text",
    [
        "The company is seeking a loan of $500 million.",
        "It has repaid a loan of $500 million.",
        "The plant could be eligible for grants of $120 million.",
        "The plant costs $500 million.",
        "The company is building a $500 million plant with loans from abroad.",
        "Loans for the $500 million plant are cheap.",
    ],
)
def test_money_that_is_asked_for_paid_back_or_only_possible_is_no_deal(text):
    assert deals(text) == []


def test_money_put_into_a_company_is_funding_and_into_its_plant_none():
    [found] = deals("Norrfell Batteries will invest $50 million in Tallow Minerals for a 19.9% stake.")

    assert found.kind == "funding"
    assert {party.name: party.role for party in found.parties} == {
        "Norrfell Batteries": "investor",
        "Tallow Minerals": "target",
    }
    assert deals("Norrfell Batteries will invest $50 million in Tallow Minerals' Lund refinery.") == []


def test_what_a_company_wants_to_provide_is_no_supply():
    assert (
        deals("“It is our mission to provide clean power,” Jan Berg said after Tallow Bank announced it.")
        == []
    )


def test_money_put_into_the_producer_that_the_text_is_about_is_funding():
    found = Extractor().extract(
        "Zelvo Cells signed an offtake agreement with Nemora Graphite. Zelvo will invest $25 million "
        "in the Canadian graphite producer.",
        published="2025-03-20",
    )
    funding = next(deal for deal in found.deals if deal.kind == "funding")

    assert {party.name: party.role for party in funding.parties} == {
        "Zelvo Cells": "investor",
        "Nemora Graphite": "target",
    }


def test_commitments_listed_by_month_are_a_deal_each():
    result = Extractor().extract(
        "The office announced these loans:\n\nJuly 2022: a $102 million loan to Nemora Graphite LLC\n\n"
        "May 2023: a $2 billion conditional commitment to Zelvo Materials for a battery materials campus\n",
        published="2025-03-20",
    )

    assert [(deal.value.text, deal.parties[0].name) for deal in result.deals] == [
        ("$102 million", "Nemora Graphite LLC"),
        ("$2 billion", "Zelvo Materials"),
    ]


def test_what_is_borrowed_is_funding():
    [found] = deals("Zelvo Cells paid for it by borrowing over $900 million under a credit facility.")

    assert (found.kind, found.value.text) == ("funding", "over $900 million")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Zelvo Cells, which opened a $30 million pilot line in 2022, has won a $12 million grant.",
            "$12 million",
        ),
        (
            "Zelvo Cells, planning a $600m second plant, has received a $75m investment from Tallow Capital.",
            "$75m",
        ),
        ("Zelvo Cells raised $84 million in equity and $10 million in loans.", "$84 million"),
    ],
)
def test_of_several_sums_the_value_is_that_which_words_say_is_lent_given_or_raised(text, value):
    [found] = deals(text)
    assert found.value.text == value


def test_what_companies_will_receive_is_a_grant_each():
    found = (
        Extractor()
        .extract(
            "The department selected companies.\n\n- Tallow Lithium will receive $57.7 million to develop a "
            "refinery near Lund.\n\n- Korda Carbon will receive $141.7 million to build a plant in Skive."
        )
        .deals
    )
    assert [(deal.kind, deal.value.text, deal.parties[0].name, deal.parties[0].role) for deal in found] == [
        ("funding", "$57.7 million", "Tallow Lithium", "target"),
        ("funding", "$141.7 million", "Korda Carbon", "target"),
    ]


def test_money_is_one_company_s_and_another_is_only_compared_with_it():
    [deal] = deals("Zelvo Cells closed a $20 million Series A. Others, including startup Minra, have failed.")
    assert [party.name for party in deal.parties] == ["Zelvo Cells"]
