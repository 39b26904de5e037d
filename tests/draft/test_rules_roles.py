"""Roles by rules: who is on which side, by the words beside a name before the place in the sentence."""

import pytest

from extractor import Extractor


def deals(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).deals


def roles(text):
    [found] = deals(text)
    return {party.name: party.role for party in found.parties}


@pytest.mark.parametrize(
    "text",
    [
        "LG Vesta signed a deal for the supply of lithium hydroxide from Canada's Nemora Lithium.",
        "LG Vesta agreed to buy 8,000 tons of graphite from Indian mining giant Nemora Lithium.",
        "A contract for 8,000 tons of graphite was won by Canada's Nemora Lithium, a supplier of LG Vesta.",
    ],
)
def test_words_that_say_who_a_company_is_do_not_hide_the_preposition(text):
    assert roles(text)["Nemora Lithium"] == "seller"


def test_who_is_named_alone_with_what_it_is_acts():
    assert roles(
        "State-owned electricity utility Eskora has awarded contracts for 200 MW/800 MWh of battery systems."
    ) == {"Eskora": "buyer"}


def test_who_is_awarded_to_is_a_seller_with_all_in_its_list():
    assert roles(
        "Korda Power said the contracts for 300 MWh of battery systems were awarded to Zelvo, of China "
        "and Minra, of Korea."
    ) == {"Korda Power": "buyer", "Zelvo": "seller", "Minra": "seller"}


def test_a_told_role_goes_before_one_by_place():
    assert roles(
        "Nemora has signed a binding offtake agreement for synthetic graphite, the company said. "
        "The agreement is with Zelvo Power. "
        "Nemora will supply at least 32,000 tonnes of synthetic graphite to Zelvo Power."
    ) == {"Nemora": "seller", "Zelvo Power": "buyer"}


def test_a_memorandum_stays_one_of_partners():
    assert roles(
        "Nemora Capital signed a memorandum of understanding with Zelvo Power. "
        "Under the agreement, Zelvo Power will supply cells to Nemora Capital."
    ) == {"Nemora Capital": "partner", "Zelvo Power": "partner"}


@pytest.mark.parametrize(
    "text",
    [
        "The Nordic Bank (NB) has signed a 480 million euro loan agreement with Zelvo Power.",
        "Zelvo Power has signed a 480 million euro loan agreement with the Nordic Bank (NB).",
    ],
)
def test_a_bank_lends_whoever_signs_first(text):
    assert roles(text) == {"Nordic Bank": "investor", "Zelvo Power": "target"}


def test_a_public_body_gives_grants_and_takes_none():
    assert roles(
        "Nemora Graphite runs a plant in Tennessee. "
        "The company has been awarded a 100 million dollar grant from an office of the Department of Energy."
    ) == {"Department of Energy": "investor", "Nemora Graphite": "target"}


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("Zelvo was awarded $57.7 million in the first round, for a conversion project.", "$57.7 million"),
        ("In an earlier round $75 million were awarded to Zelvo Power for its first plant.", "$75 million"),
        ("Zelvo secured $23.5 million from Honshu Motor and Tallow Ventures.", "$23.5 million"),
    ],
)
def test_money_alone_is_a_grant_or_a_round(text, money):
    [found] = deals(text)

    assert (found.kind, found.value.text) == ("funding", money)
    assert next(party.role for party in found.parties if party.name.startswith("Zelvo")) == "target"


def test_money_under_a_contract_is_a_trade():
    [found] = deals("Zelvo was awarded a contract worth $57.7 million by Korda Power.")

    assert found.kind == "procurement"


def test_a_stake_of_another_clause_makes_no_acquisition():
    [found] = deals(
        "Britavolt and Glenmore signed a cobalt supply deal and the miner owns a stake in the startup."
    )

    assert found.kind == "supply"


def test_the_two_companies_are_those_named_last():
    text = (
        "Stellmark Motors plans to join with French nuclear fuels firm Orvane to recycle used batteries.\n\n"
        "The two companies announced the signing of a memorandum of understanding.\n"
    )

    assert roles(text) == {"Stellmark Motors": "partner", "Orvane": "partner"}


def test_a_term_has_two_ends_and_is_no_time_of_an_option():
    [week] = deals("In a deal this week, Zelvo Power signed a supply agreement with Korda Cells.")
    [option] = deals(
        "Zelvo Power signed a supply contract with Korda Cells. "
        "The contract includes the option to extend it by three years from 2028 to 2031."
    )

    assert (week.term, option.term) == (None, None)


def test_a_deadline_is_no_day_of_signing():
    [found] = deals(
        "Zelvo Power and Korda Cells signed a term sheet to reach a supply agreement by 28 May 2025."
    )

    assert found.signed is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Mantz AG has received an order from the Askol AG for assembly lines to produce battery modules.",
            "assembly lines",
        ),
        (
            "Zelvo signed a contract with Korda for energy storage system (ESS) cathode materials.",
            "energy storage system (ESS) cathode materials",
        ),
        (
            "Zelvo signed a memorandum of understanding with Chinese cathode material producer Korda.",
            "cathode material",
        ),
        (
            "Zelvo and Korda signed a collaboration agreement to develop silicon anode products.",
            "silicon anode products",
        ),
    ],
)
def test_goods_run_from_their_first_own_word_to_their_head(text, subject):
    [found] = deals(text)

    assert found.subject == subject


def test_market_totals_share_prices_and_order_books_are_no_deals():
    document = Extractor().extract(
        "According to a report, the first half saw $5 billion in announced funding from 21 deals. "
        "Shares of Zelvo Power soared 38% on Monday to hit C$0.45. "
        "Zelvo Power has secured an accumulated 92 trillion won in orders.",
        published="2025-03-20",
    )

    assert document.deals == []
    assert "38%" not in {forecast.quantity.text for forecast in document.forecasts}


def test_who_is_to_buy_is_the_buyer_wherever_both_are_named_first():
    assert roles(
        "Zelvo Power and Nemora Metals signed a strategic cooperation agreement under which Nemora Metals "
        "will buy 5,000 tonnes of black mass a year."
    ) == {"Zelvo Power": "seller", "Nemora Metals": "buyer"}


def test_abbreviations_in_a_list_of_lenders_lend_too():
    assert roles(
        "Zelvo Power has secured €200 million in project financing from NWB, Norlandbank and KfX."
    ) == {"Zelvo Power": "target", "NWB": "investor", "Norlandbank": "investor", "KfX": "investor"}


# ── who buys and who sells ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "buyer", "seller"),
    [
        (
            "Ostravia Motors signed a purchase deal with Kaixin Battery Material for 9,000 tons of LiPF6.",
            "Ostravia Motors",
            "Kaixin Battery Material",
        ),
        (
            "Kaixin Material signed a sale and purchase agreement with Zelvo Cells for 900 tons of LiPF6.",
            "Zelvo Cells",
            "Kaixin Material",
        ),
        (
            "Tallow Chemical said its customer Zelvo Cells has promised to purchase 100 tons of electrolyte.",
            "Zelvo Cells",
            "Tallow Chemical",
        ),
        (
            "Zelvo committed to purchase 900 tons of nickel from Tallow Metals, through its unit Kemmick.",
            "Zelvo",
            "Tallow Metals",
        ),
        (
            "Zelvo secured supplies of 90 tons of LiPF6 from Kemmick Group's unit Tallow Materials.",
            "Zelvo",
            "Tallow Materials",
        ),
        (
            "Tallow Cathode clinched a contract to make cathodes for Norrfell Batteries.",
            "Norrfell Batteries",
            "Tallow Cathode",
        ),
    ],
)
def test_the_verb_of_the_trade_tells_who_buys(text, buyer, seller):
    assert roles(text) == {buyer: "buyer", seller: "seller"}


def test_who_issues_a_tender_is_its_buyer():
    text = "The tender, issued by Rajvansh Power Ltd, sought bids for 1 GW of battery storage systems."

    assert roles(text) == {"Rajvansh Power Ltd": "buyer"}


def test_who_a_licence_is_from_gives_it():
    assert roles("Norrfell Batteries licensed a coating process from Ostravia Cells for $20 million.") == {
        "Norrfell Batteries": "buyer",
        "Ostravia Cells": "seller",
    }


def test_a_list_of_winners_before_the_verb_has_one_role():
    text = (
        "Bondari Energy, Orlan Power, and Pace Digital won Telara Power Corporation's auction for 250 MW "
        "of battery energy storage systems."
    )

    assert roles(text) == {
        "Bondari Energy": "seller",
        "Orlan Power": "seller",
        "Pace Digital": "seller",
        "Telara Power Corporation": "buyer",
    }


@pytest.mark.parametrize("verb", ["include", "included", "are"])
def test_investors_in_a_round_are_those_that_it_includes(verb):
    text = f"Investors in the round {verb} Minra, Solenne and Kemmick."
    assert roles(f"Zelvo Cells closed a $20 million Series A. {text}") == {
        "Zelvo Cells": "target",
        "Minra": "investor",
        "Solenne": "investor",
        "Kemmick": "investor",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Zelvo Cells has completed the acquisition of the battery recycling company Minra.",
        "Zelvo Cells made a $94 million bid to acquire 51% of the shares in Minra.",
    ],
)
def test_what_is_acquired_is_the_target(text):
    assert roles(text) == {"Zelvo Cells": "buyer", "Minra": "target"}


def test_who_is_provided_access_buys_nothing():
    assert deals("Zelvo said the stake will provide it access to Minra's research, and to lithium.") == []


def test_they_are_who_the_sentence_before_names():
    text = (
        "Zelvo Cells and Korda Motors will build a factory in Lund. They have set up a 50-50 joint venture."
    )
    assert roles(text) == {"Zelvo Cells": "partner", "Korda Motors": "partner"}
    assert deals("The two companies have signed a memorandum of understanding on recycling.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Zelvo Cells has accepted a takeover bid from Vestra that values Zelvo at $1 billion.",
            {"Zelvo Cells": "target", "Vestra": "buyer"},
        ),
        (
            "It follows Vestra's offer to acquire Kemmick Resources in a $4.3 billion deal.",
            {"Vestra": "buyer", "Kemmick Resources": "target"},
        ),
        (
            "Vestra, a miner, will acquire Lithium Power International in a deal worth $244 million.",
            {"Vestra": "buyer", "Lithium Power International": "target"},
        ),
        (
            "Vestra signed an agreement with the Berg family to acquire 85 percent of the shares in Minra.",
            {"Vestra": "buyer", "Berg family": "seller", "Minra": "target"},
        ),
        (
            "Vestra Mining grows. It agreed to buy a stake in Minra and is financing work for Kemmick.",
            {"Vestra Mining": "buyer", "Minra": "target"},
        ),
    ],
)
def test_who_buys_a_firm_from_whom_is_told_by_the_words_beside_the_names(text, told):
    assert roles(text) == told


def test_a_development_bank_lends_by_its_initials_alone():
    assert roles("The EBRD signed a €480 million loan agreement with Zelvo Cells in March.") == {
        "EBRD": "investor",
        "Zelvo Cells": "target",
    }


def test_the_standing_of_a_company_does_not_hide_the_preposition():
    text = "A 25-year power purchase agreement has been signed with the state-owned Korda Power Corporation."
    told = f"Zelvo Energy is building a solar park. {text}"
    assert roles(told) == {"Korda Power Corporation": "buyer", "Zelvo Energy": "seller"}


def test_who_will_use_the_funding_has_borrowed_it():
    text = "Two banks signed a €135 million loan. It comes from the Bank of Lisse and Kemmick Bank. "
    text += (
        "The chemicals group Minra Chemicals will use the funding for the construction of a plant in Lund."
    )
    assert roles(text) == {
        "Bank of Lisse": "investor",
        "Kemmick Bank": "investor",
        "Minra Chemicals": "target",
    }
