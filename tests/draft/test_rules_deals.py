"""Deals by rules: that there is one, of which kind, who is on which side, and which figures are its."""

import pytest

from extractor import Extractor


def deals(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).deals


def deal(text, published="2025-03-20"):
    [only] = deals(text, published)
    return only


def roles(found):
    return {party.name: party.role for party in found.parties}


def texts(parts):
    return [part.quantity.text for part in parts]


# ── whether there is one, and of which kind ──────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Minghao Film signed a supply contract with Zhongke Battery.", "supply"),
        ("Jinnan Energy awarded Suzhou Qinghe a contract for 200MWh of battery systems.", "procurement"),
        ("Tallow Minerals and Norrfell Batteries signed a memorandum of understanding.", "cooperation"),
        ("Norrfell Batteries and Ostravia Cells formed a joint venture.", "joint_venture"),
        ("Norrfell Batteries acquired a majority stake in Ostravia Cells.", "acquisition"),
        ("Norrfell Batteries raised 200 million euros in a Series B round led by Tallow Capital.", "funding"),
        ("Norrfell Batteries granted Ostravia Cells a licence for its dry coating.", "licence"),
    ],
)
def test_the_kind_is_that_of_the_words_for_the_agreement(text, kind):
    assert deal(text).kind == kind


def test_goods_bought_in_an_amount_are_a_supply_and_no_acquisition():
    assert (
        deal("Norrfell Batteries bought 8,000 tons of nickel sulphate from Tallow Minerals.").kind == "supply"
    )


def test_an_agreement_is_a_supply_where_the_next_sentence_delivers():
    found = deal(
        "Minghao Film signed a contract with Zhongke Battery. Under it Minghao delivers 20,000 tons."
    )

    assert found.kind == "supply"


def test_partners_of_whom_one_buys_goods_have_a_supply_but_not_where_they_build():
    under = "Norrfell Batteries and Tallow Minerals signed a framework agreement under which they will"

    assert deal(f"{under} buy 5,000 tons of nickel sulphate a year.").kind == "supply"
    assert deal(f"{under} build 10 GWh of cell capacity.").kind == "cooperation"


@pytest.mark.parametrize(
    "text",
    [
        "Ostravia Cells, a joint venture between Norrfell Batteries and Tallow Minerals, opened its plant.",
        "Norrfell Batteries has signed no agreement with Tallow Minerals.",
        "Norrfell Batteries supplies the car industry.",
        "The loan agreement of Norrfell Batteries was mentioned in Brussels.",
    ],
)
def test_a_sentence_that_only_mentions_a_deal_tells_of_none(text):
    assert deals(text) == []


# ── sides ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Minghao Film will supply Zhongke Battery with 20,000 tons of separator.",
        "Zhongke Battery agreed to buy 20,000 tons of separator from Minghao Film.",
        "Minghao Film received an order for 20,000 tons of separator from Zhongke Battery.",
        "Zhongke Battery has chosen Minghao Film as supplier of 20,000 tons of separator.",
        "Minghao Film was selected by Zhongke Battery to supply 20,000 tons of separator.",
        "Zhongke Battery awarded Minghao Film a contract for 20,000 tons of separator.",
        "A contract for 20,000 tons of separator has been awarded to Minghao Film by Zhongke Battery.",
        "An order for 20,000 tons of separator was placed by Zhongke Battery with Minghao Film.",
        "Zhongke Battery's tender for 20,000 tons of separator was won by Minghao Film.",
        "The winning bidder for the separator procurement of Zhongke Battery is Minghao Film.",
        "Under a framework contract with Zhongke Battery, Minghao Film will supply 20,000 tons of separator.",
        "Zhongke Battery sources 20,000 tons of separator from Minghao Film under a five-year contract.",
    ],
)
def test_the_seller_is_the_seller_however_it_is_told(text):
    assert roles(deal(text)) == {"Minghao Film": "seller", "Zhongke Battery": "buyer"}


def test_where_no_word_says_who_supplies_the_value_chain_does():
    for text in (
        "Tallow Minerals signed a supply agreement with Norrfell Batteries.",
        "Norrfell Batteries signed a supply agreement with Tallow Minerals.",
        "A supply agreement was signed between Norrfell Batteries and Tallow Minerals.",
    ):
        assert roles(deal(text)) == {"Tallow Minerals": "seller", "Norrfell Batteries": "buyer"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norrfell Batteries is to take over Ostravia Cells from Tallow Capital.",
            {"Norrfell Batteries": "buyer", "Ostravia Cells": "target", "Tallow Capital": "seller"},
        ),
        (
            "Ostravia Cells was acquired by Norrfell Batteries for 120 million euros.",
            {"Ostravia Cells": "target", "Norrfell Batteries": "buyer"},
        ),
        (
            "Norrfell Batteries sold its Emden plant to Monarch Motors for 700 million euros.",
            {"Norrfell Batteries": "seller", "Monarch Motors": "buyer"},
        ),
        (
            "Tallow Bank granted Norrfell Batteries a loan of 300 million euros.",
            {"Tallow Bank": "investor", "Norrfell Batteries": "target"},
        ),
        (
            "Norrfell Batteries obtained a licence from Ostravia Cells.",
            {"Norrfell Batteries": "buyer", "Ostravia Cells": "seller"},
        ),
    ],
)
def test_the_other_kinds_have_sides_of_their_own(text, expected):
    assert roles(deal(text)) == expected


def test_who_a_party_belongs_to_is_no_party():
    found = deal(
        "Yinglian Foil, a subsidiary of Yinglian Group, signed a supply contract with Zhongke Battery."
    )

    assert roles(found) == {"Yinglian Foil": "seller", "Zhongke Battery": "buyer"}


def test_a_parent_named_before_its_subsidiary_is_no_party():
    found = deal("Yinglian Group's subsidiary Yinglian Foil signed a supply contract with Zhongke Battery.")

    assert roles(found) == {"Yinglian Foil": "seller", "Zhongke Battery": "buyer"}


def test_an_older_name_is_no_party():
    found = deal("Norrfell Batteries, formerly Tundra Cells, signed a supply contract with Monarch Motors.")

    assert roles(found) == {"Norrfell Batteries": "seller", "Monarch Motors": "buyer"}


def test_a_list_stands_on_one_side():
    found = deal(
        "Norrfell Batteries raised 200 million euros from Tallow Capital, Korda Ventures and Lisse Fund."
    )

    assert roles(found) == {
        "Norrfell Batteries": "target",
        "Tallow Capital": "investor",
        "Korda Ventures": "investor",
        "Lisse Fund": "investor",
    }


def test_a_plant_is_no_party():
    found = deal("Tallow Bank lends 300 million euros to Norrfell Batteries for the Emden plant.")

    assert roles(found) == {"Tallow Bank": "investor", "Norrfell Batteries": "target"}
    assert found.facility == "Emden plant"


def test_the_company_that_the_text_is_about_is_the_side_that_a_sentence_leaves_out():
    found = deal(
        "Daehan Chemical makes cathode material. "
        "The company won an order worth 2 trillion won from Monarch Motors."
    )

    assert roles(found) == {"Monarch Motors": "buyer", "Daehan Chemical": "seller"}


def test_parties_that_follow_a_deal_without_any_are_its_own():
    found = deal(
        "A project loan of 310 million pounds was signed on Tuesday. "
        "The debt was underwritten by Calder Bank and Nordhaven Bank. The borrower is Thornley Storage."
    )

    assert roles(found) == {
        "Calder Bank": "investor",
        "Nordhaven Bank": "investor",
        "Thornley Storage": "target",
    }


def test_a_title_in_small_letters_names_the_parties():
    found = deal(
        "Solenne licenses coating know-how to Katori Cell\n\n"
        "Sealed on Monday, the agreement is the first of the French firm. "
        "It brings royalties, and its value is 29 million euros.\n"
    )

    assert (found.kind, roles(found)) == ("licence", {"Solenne": "seller", "Katori Cell": "buyer"})
    assert found.value.text == "29 million euros"


# ── figures ──────────────────────────────────────────────────────────────────


def test_value_unit_price_and_volume_are_told_apart():
    found = deal(
        "Jinnan Energy awarded Suzhou Qinghe a contract for 800 MWh of battery systems at a unit price of "
        "0.55 yuan/Wh, 440 million yuan in total."
    )

    assert found.value.text == "440 million yuan"
    assert found.unit_price.text == "0.55 yuan/Wh"
    assert texts(found.volumes) == ["800 MWh"]


def test_each_yearly_volume_has_its_year_and_the_total_stands_beside_them():
    found = deal(
        "Minghao Film signed a supply contract with Zhongke Battery. Under the contract, it will deliver "
        "20 million square meters in 2025 and over 30 million square meters in 2026, "
        "over 50 million square meters altogether."
    )

    assert [(v.quantity.text, v.when and v.when.text) for v in found.volumes][:2] == [
        ("20 million square meters", "2025"),
        ("over 30 million square meters", "2026"),
    ]
    assert texts(found.volumes)[2:] == ["over 50 million square meters"]


def test_a_range_of_years_is_the_term():
    found = deal("Tallow Minerals will supply Norrfell Batteries with 10,000 tons a year from 2026 to 2031.")

    assert (found.term.start_date.year, found.term.end_date.year) == (2026, 2031)


def test_the_day_of_signing_is_that_nearest_to_the_event():
    found = deal("On March 12, 2025, Minghao Film signed a supply contract with Zhongke Battery.")

    assert found.signed.text == "March 12, 2025"


def test_shares_of_the_partners_are_stakes():
    found = deal(
        "Norrfell Batteries and Ostravia Cells formed a joint venture, "
        "in which Norrfell holds a stake of 51 percent."
    )

    assert [(m.name, m.quantity.text) for m in found.metrics] == [("stake", "51 percent")]


def test_an_option_is_no_volume():
    found = deal(
        "Halsnes Kraft has placed an order for 50 MW of battery systems with Norrfell Systems, "
        "including an option for another 30 MW."
    )

    assert texts(found.volumes) == ["50 MW"]
    assert [(m.name, m.quantity.text) for m in found.metrics] == [("option", "30 MW")]


def test_an_advance_is_not_the_value():
    found = deal(
        "Minghao Film signed a supply contract with Zhongke Battery. "
        "The contract brings an advance of 9 million yuan."
    )

    assert found.value is None
    assert [(m.name, m.quantity.text) for m in found.metrics] == [("advance", "9 million yuan")]


def test_an_older_deal_told_for_comparison_gives_no_figures():
    found = deal(
        "Daehan Chemical won an order worth 2.9 trillion won from Monarch Motors. "
        "The deal comes after one worth 1.2 trillion won."
    )

    assert found.value.text == "2.9 trillion won"
    assert found.metrics == []


def test_revenue_is_not_the_value():
    found = deal(
        "Norrfell Batteries acquired Ostravia Cells. The deal brings it a revenue of 90 million euros."
    )

    assert found.value is None


def test_a_plant_s_investment_is_not_the_deal_s():
    document = Extractor().extract(
        "Norrfell Batteries signed a supply agreement with Tallow Minerals for 20,000 tons of spodumene. "
        "Norrfell plans a 16 GWh plant in Emden with a total investment of 900 million euros.",
        published="2025-03-20",
    )

    assert document.deals[0].value is None
    assert document.facilities[0].investment.text == "900 million euros"


def test_what_a_volume_would_do_is_no_volume():
    found = deal(
        "Daehan Chemical will supply Monarch Motors with 60,000 tons of cathode material, "
        "enough for 600,000 cars."
    )

    assert texts(found.volumes) == ["60,000 tons"]


# ── what it is about ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Daehan Chemical won an order for 60,000 tons of cathode material from Monarch Motors.",
            "cathode material",
        ),
        (
            "Norrfell Batteries raised 200 million euros in a Series B round led by Tallow Capital.",
            "Series B",
        ),
        ("Tallow Bank granted Norrfell Batteries an equipment loan of 90 million euros.", "equipment loan"),
        (
            "Norrfell Batteries acquired the shares in Ostravia Cells for 120 million euros.",
            "shares in Ostravia Cells",
        ),
        ("Minghao Film received an order worth 90 million yuan from Zhongke Battery.", "order"),
    ],
)
def test_the_subject_is_the_goods_the_paper_or_the_shares(text, subject):
    assert deal(text).subject == subject


# ── one or several ───────────────────────────────────────────────────────────


def test_a_second_sentence_about_the_same_parties_is_the_same_deal():
    found = deal(
        "Minghao Film signed a supply contract with Zhongke Battery. "
        "Minghao Film will supply Zhongke Battery with 20,000 tons of separator."
    )

    assert texts(found.volumes) == ["20,000 tons"]


def test_other_parties_make_another_deal():
    first, second = deals(
        "Minghao Film signed a supply contract with Zhongke Battery. "
        "Tallow Minerals signed a supply contract with Norrfell Batteries."
    )

    assert (set(roles(first)), set(roles(second))) == (
        {"Minghao Film", "Zhongke Battery"},
        {"Tallow Minerals", "Norrfell Batteries"},
    )


def test_a_deal_without_any_party_is_none_and_leaves_its_figures():
    document = Extractor().extract(
        "The Emden plant, for which an order was placed, costs 700 million euros.", published="2025-03-20"
    )

    assert document.deals == []
    assert document.facilities[0].investment.text == "700 million euros"
