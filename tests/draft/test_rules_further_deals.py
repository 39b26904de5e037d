"""Further deals by rules: which sentences go on about the deal at hand and which tell of another."""

import pytest

from extractor import Extractor


def deals(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).deals


def roles(found):
    return {party.name: party.role for party in found.parties}


def volumes(found):
    return [volume.quantity.text for volume in found.volumes]


def test_a_counterpart_without_a_name_makes_another_deal():
    first, second = deals(
        "Tincor Chemical penned a supply deal with Korda Cells for 725,000 tons of electrolytes. "
        "In July, Tincor Chemical penned long-term supply agreements with two storage battery suppliers "
        "for a total of 1.35 million tons."
    )

    assert (volumes(first), volumes(second)) == (["725,000 tons"], ["1.35 million tons"])
    assert roles(second) == {"Tincor Chemical": "seller"}


def test_a_round_of_another_letter_is_another_deal():
    first, second = deals(
        "Zelvo Power raised an 87 million dollar Series D round led by Tallow Capital. "
        "Zelvo Power raised a 20 million dollar Series A in 2021 from Korda Ventures."
    )

    assert (first.value.text, second.value.text) == ("87 million dollar", "20 million dollar")


def test_an_earlier_round_told_in_passing_gives_no_figure():
    [found] = deals(
        "Zelvo Power closed a 300 million dollar Series B. "
        "The new round is a rise for the firm, which closed a 25 million dollar Series A in 2021."
    )

    assert "25 million dollar" not in {metric.quantity.text for metric in found.metrics}


def test_a_grant_of_a_sum_of_its_own_is_no_part_of_a_round():
    first, second = deals(
        "Zelvo Power raised a 60 million dollar Series B. "
        "The company was awarded a 100 million dollar grant from the Department of Energy."
    )

    assert (first.value.text, second.value.text) == ("60 million dollar", "100 million dollar")


def test_the_round_is_still_the_one_told_of_paragraphs_before():
    [found] = deals(
        "Battery startup Zelvo Power closed a 300 million dollar Series B.\n\n"
        "The firm makes cells.\n\nIts founder was with a carmaker before.\n\n"
        "The new round was led by Fifth Gate and Franklin Tembo, and it was joined by Coatra.\n"
    )

    assert roles(found) == {
        "Zelvo Power": "target",
        "Fifth Gate": "investor",
        "Franklin Tembo": "investor",
        "Coatra": "investor",
    }


def test_a_sentence_that_opens_with_a_party_that_delivers_is_the_deal_s():
    [found] = deals(
        "Liontor Resources signed an offtake agreement with Zelvo Motors for its Kath Valley project. "
        "Liontor Resources is to supply up to 150,000 dry metric tonnes (DMT) per annum of concentrate. "
        "The agreement with Zelvo Motors is the second after that with Korda Cells."
    )

    assert volumes(found) == ["up to 150,000 dry metric tonnes (DMT) per annum"]
    assert roles(found) == {"Liontor Resources": "seller", "Zelvo Motors": "buyer"}


GRANTS = """\
The Department of Energy has selected recycling projects.

The awarded projects were:

  • Zelvo – $150M for a material recovery plant in South Carolina

  • Korda Elements – $125M for a graphite recovery plant in Kentucky

  • Minra Solutions – $200M for its second plant
"""


def test_a_list_of_names_and_sums_under_awards_is_a_deal_for_each():
    found = deals(GRANTS)

    assert [deal.kind for deal in found] == ["funding"] * 3
    assert [deal.value.text for deal in found] == ["$150M", "$125M", "$200M"]
    assert roles(found[0]) == {"Zelvo": "target", "Department of Energy": "investor"}


def test_a_list_of_names_and_amounts_under_no_award_is_none():
    text = GRANTS.replace("awarded projects", "largest makers").replace("$150M", "20 GWh")

    assert deals(text) == []


# ── the plant or project that a deal is for ──────────────────────────────────

_PLANT = (
    "Norrfell Batteries is building its Emden plant, a 20 GWh cell factory, which will cost €900 million."
)
_FORMED = (
    "Norrfell Batteries and Ostravia Cells signed an agreement to form a joint venture. Each holds half."
)
_BUILT = "It will build the Emden plant, a 20 GWh cell factory."


@pytest.mark.parametrize(
    "text",
    [
        # the sentence itself opens with the lender, the one before is about the plant
        f"{_PLANT} Tallow Bank is lending Norrfell €300 million. Its Lund factory makes packs.",
        # of a venture the next sentences tell what it builds
        f"{_FORMED} {_BUILT}",
    ],
)
def test_the_sentences_beside_a_deal_tell_which_plant_it_is_for(text):
    assert next(iter(deals(text))).facility == "Emden plant"


def test_money_raised_for_shares_is_for_no_plant_unless_its_sentence_says_so():
    raised = "Norrfell Batteries raised $80 million in a Series B round led by Tallow Capital"

    assert deals(f"{raised}. {_PLANT}")[0].facility is None
    assert deals(f"{raised} to build its Emden plant. {_PLANT}")[0].facility == "Emden plant"


# ── sentences that go on about the deal told last ────────────────────────────

_SUPPLY = "Tallow Film signed a contract to supply separators to Norrfell Batteries."
_BACKGROUND = "Separators keep the electrodes of a cell apart.\n\nDemand has grown fast in Europe."


def test_a_sentence_about_the_deal_goes_on_about_it_however_far_behind():
    found = deals(f"{_SUPPLY}\n\n{_BACKGROUND}\n\nThe size of the deal is put at around 1.4 billion yuan.")

    assert [deal.value.text for deal in found] == ["around 1.4 billion yuan"]


def test_a_sentence_about_something_else_does_not():
    [found] = deals(f"{_SUPPLY}\n\n{_BACKGROUND}\n\nThe size of the market is around 1.4 billion yuan.")

    assert found.value is None


def test_what_a_contract_covers_is_its_own_even_where_it_names_the_mine():
    [found] = deals(
        "Tallow Minerals signed an offtake agreement with Norrfell Batteries. The contract covers 30% of the "
        "output of the Kemmick mine and runs for seven years."
    )

    assert [metric.quantity.text for metric in found.metrics] == ["30%", "seven years"]


def test_deposits_are_no_value():
    [found] = deals(
        "Norrfell Batteries signed a purchase contract with Tallow Film and paid 6 million euros in deposits."
    )

    assert found.value is None
    assert [(metric.name, metric.quantity.text) for metric in found.metrics] == [
        ("deposits", "6 million euros")
    ]


def test_a_deal_that_replaces_an_earlier_one_leaves_it_its_own_amounts():
    new, old = deals(
        "Norrfell Batteries agreed to buy 100,000 tons of electrolyte from Tallow Chemical. It replaces a "
        "contract that the two signed in 2021, under which Tallow Chemical was to supply Norrfell Batteries "
        "with 24,000 tons."
    )

    assert (volumes(new), volumes(old)) == (["100,000 tons"], ["24,000 tons"])


def test_what_the_shares_of_a_party_cost_is_no_term_of_the_deal():
    [found] = deals(
        "Norrfell Batteries signed a contract to buy electrolyte from Tallow Chemical. Its shares closed "
        "up 10 percent at 11.50 euros."
    )

    assert (found.value, found.metrics) == (None, [])


def test_another_borrower_named_behind_a_time_has_a_loan_of_its_own():
    found = deals(
        "Harrow Storage closed a 180 million euro loan. This week, Solvane Energy secured 90 million euros "
        "in debt financing."
    )

    assert [list(roles(deal)) for deal in found] == [["Harrow Storage"], ["Solvane Energy"]]


def test_who_is_to_hold_a_stake_of_the_venture_buys_none():
    [found] = deals(
        "Norrfell Batteries and Ostravia Cells formed a joint venture. Norrfell will hold a majority "
        "51% stake in it."
    )

    assert found.kind == "joint_venture"
    assert [metric.quantity.text for metric in found.metrics] == ["51%"]


def test_every_good_of_a_delivery_from_a_mine_is_a_volume():
    [found] = deals(
        "Tallow Mines signed an offtake agreement with Norrfell Batteries. Norrfell will purchase 710 "
        "tonnes of nickel and 70 tonnes of cobalt from the Kemmick mine. This represents all of its output."
    )

    assert volumes(found) == ["710 tonnes", "70 tonnes"]


def test_goods_bought_from_a_firm_are_a_supply():
    [found] = deals(
        "Norrfell Batteries signed a deal to buy 900 tons of graphite from the firm Tallow Carbon."
    )

    assert found.kind == "supply"


def test_a_tariff_whose_unit_stands_behind_a_second_currency_is_a_price():
    [found] = deals(
        "Zelvo Power won Korda Utility Ltd's auction for battery storage at a tariff of ₹245,153 "
        "(~$2,860)/MW/month."
    )

    assert (found.value, found.unit_price.text) == (None, "₹245,153")


def test_what_is_paid_in_cash_and_shares_is_the_deals_even_beside_a_mine():
    [found] = deals(
        "Zelvo Cells agreed to buy Tallow Lithium's 20% stake in the Kemmick mine for $3 million. The deal "
        "includes $2 million in cash and $1 million worth of Zelvo shares for the mine."
    )

    assert [metric.quantity.text for metric in found.metrics] == ["20%", "$2 million", "$1 million"]


def test_who_subscribes_for_shares_acquires_them():
    [found] = deals("Tallow Lithium will pay $16 million to subscribe for new shares in Kemmick Brines Ltd.")

    assert (found.kind, found.value.text) == ("acquisition", "$16 million")


def test_a_volume_told_again_is_one_volume():
    [found] = deals(
        "Zelvo Cells will buy 75,000 tonnes of nickel concentrate from Tallow Metals. Under the deal it may "
        "buy more nickel beyond the initial order of 75,000 tonnes."
    )

    assert volumes(found) == ["75,000 tonnes"]


def test_a_count_that_goods_are_for_is_no_volume():
    [deal] = Extractor().extract("Kanto Film will supply films for 300,000 cars to Zelvo Cells.").deals
    assert deal.volumes == []
    [deal] = Extractor().extract("Zelvo Cells won an order for 300 buses from Korda Transport.").deals
    assert [volume.quantity.text for volume in deal.volumes] == ["300 buses"]


def test_another_contract_of_the_same_company_is_a_further_deal():
    found = Extractor().extract(
        "Zelvo Cells signed a 60 million euro contract with Minra. In addition, Zelvo Cells signed another "
        "long-term agreement in February worth 91 million euros to supply batteries to a global client."
    )
    assert [deal.value.text for deal in found.deals] == ["60 million euro", "91 million euros"]


def test_what_a_company_makes_is_not_what_its_deal_is_about():
    [deal] = Extractor().extract("Lithium-ion battery maker Zelvo has raised $12 million from Minra.").deals
    assert deal.subject is None
    [deal] = (
        Extractor().extract("Battery maker Zelvo has ordered graphite worth $12 million from Minra.").deals
    )
    assert deal.subject == "graphite"


def test_the_purchase_of_a_firm_is_an_acquisition_and_of_goods_none():
    [deal] = (
        Extractor()
        .extract("Zelvo Cells completed the purchase of the graphite maker Minra for $30 million.")
        .deals
    )
    assert (deal.kind, {party.name: party.role for party in deal.parties}) == (
        "acquisition",
        {"Zelvo Cells": "buyer", "Minra": "target"},
    )
    found = Extractor().extract("Zelvo Cells signed a contract for the purchase of graphite from Minra Ltd.")
    assert [deal.kind for deal in found.deals] == ["supply"]


@pytest.mark.parametrize(
    "dateline", ["", "LUND (Reuters) – ", "SEOUL, May 2 (Yonhap) -- ", "(Yicai) May 2 -- "]
)
def test_who_stands_behind_a_dateline_opens_the_sentence(dateline):
    [deal] = (
        Extractor()
        .extract(f"{dateline}Vestra and Chinese battery maker Zelvo will sign a joint venture agreement.")
        .deals
    )
    assert {party.name for party in deal.parties} == {"Vestra", "Zelvo"}


def test_a_plant_that_is_to_supply_the_buyer_tells_of_the_deal():
    text = "Zelvo Cells secured a contract worth 6 billion yuan from a carmaker. The company's plant in Lund "
    [deal] = Extractor().extract(f"{text}is set to supply 9 GWh to the carmaker.").deals
    assert [volume.quantity.text for volume in deal.volumes] == ["9 GWh"]
    [plant] = Extractor().extract(f"{text}will deliver 9 GWh a year.").facilities
    assert [capacity.quantity.text for capacity in plant.capacities] == ["9 GWh a year"]


def test_goods_behind_an_amount_go_without_it():
    [deal] = Extractor().extract("Korda Power has concluded its tender for 500 MW of battery storage.").deals
    assert deal.subject == "battery storage"


def test_what_a_market_pays_and_what_a_company_sells_are_of_no_deal():
    text = "Zelvo Cells signed a contract with Minra for graphite worth $9 million. "
    [deal] = Extractor().extract(f"{text}The assessment for graphite was $15.00 per kg on June 24.").deals
    assert deal.unit_price is None
    [deal] = (
        Extractor().extract(f"{text}The contract equals 4 percent of annual sales of $225 million.").deals
    )
    assert [metric.quantity.text for metric in deal.metrics] == ["4 percent"]


def test_how_far_shares_go_up_is_of_no_deal():
    [deal] = (
        Extractor()
        .extract("Zelvo Cells signed a contract with Minra, sending its shares up nearly 20%.")
        .deals
    )
    assert deal.metrics == []


def test_what_an_expansion_costs_is_not_what_the_contract_is_worth():
    [deal] = (
        Extractor()
        .extract(
            "Zelvo Carbon signed an offtake agreement with Minra as it plans a $137.5 million expansion of "
            "its Lund plant."
        )
        .deals
    )
    assert deal.value is None


def test_a_sentence_about_the_share_price_does_not_part_a_deal_from_its_volume():
    [deal] = (
        Extractor()
        .extract(
            "Zelvo Cells secured a contract worth 6 billion yuan from a carmaker.\n\nZelvo's shares jumped "
            "10% today.\n\nThe company's plant in Lund is set to supply 9 GWh to the carmaker."
        )
        .deals
    )
    assert [volume.quantity.text for volume in deal.volumes] == ["9 GWh"]
