"""Names by rules: what the records call companies, places and plants."""

import pytest

from extractor import Extractor


def parties(text):
    return {
        party.name
        for deal in Extractor().extract(text, published="2025-03-20").deals
        for party in deal.parties
    }


def operator(text):
    [facility] = Extractor().extract(text, published="2025-03-20").facilities
    return facility.operator


@pytest.mark.parametrize(
    "name",
    [
        "Hunan Shengtai New Energy Materials Co., Ltd.",
        "Norrfell Batteries",
        "SGL Carbon SE",
        "Solenne GmbH & Co. KG",
        "LG Energy Solution",
        "Bank of Lisse",
        "Kemmick Motor Co",
    ],
)
def test_a_company_is_named_with_its_legal_form(name):
    assert name in parties(f"Minghao Films Ltd signed a supply contract with {name} on Monday.")


def test_a_short_form_means_the_full_name_of_the_text():
    text = (
        "Shenzhen Huabao New Energy Co., Ltd. makes power stations. "
        "Huabao has signed a supply agreement with Zhongke Battery."
    )

    assert parties(text) == {"Shenzhen Huabao New Energy Co., Ltd.", "Zhongke Battery"}


def test_a_possessive_ends_a_name():
    assert operator("Norrfell Batteries' Emden plant has 8 production lines.") == "Norrfell Batteries"


def test_the_first_word_of_a_sentence_is_no_name_by_itself():
    text = (
        "Sealed on Monday, the contract is worth 29 million euros. "
        "Counting all, Norrfell Batteries signed one more contract."
    )

    assert parties(text) <= {"Norrfell Batteries"}


def test_a_name_that_opens_a_sentence_and_acts_is_one():
    assert parties("Minghao signed a supply contract with Zhongke Battery.") == {"Minghao", "Zhongke Battery"}


def test_a_person_is_no_party():
    text = (
        "Minghao Films Ltd signed a supply contract with Zhongke Battery, said Anna Bergstrom, head of sales."
    )

    assert parties(text) == {"Minghao Films Ltd", "Zhongke Battery"}


def test_a_city_and_a_county_are_no_companies():
    assert (
        operator("A 100MW/400MWh storage project in Wuhai City was put into operation in January 2025.")
        is None
    )


def test_a_research_house_operates_nothing():
    assert operator("SNE Research said the Emden plant has a capacity of 12 GWh.") is None


@pytest.mark.parametrize("product", ["Solid-State Batteries", "Composite Aluminum Foil", "Lithium Hydroxide"])
def test_a_product_in_capitals_is_no_party(product):
    text = f"Minghao Films Ltd signed a supply contract for {product} with Zhongke Battery."

    assert parties(text) == {"Minghao Films Ltd", "Zhongke Battery"}


def test_a_ministry_with_commas_in_its_name_is_one():
    text = (
        "The Ministry of Economy, Trade and Industry granted Norrfell Batteries a subsidy of 7.2 billion yen."
    )

    assert parties(text) == {"Ministry of Economy, Trade and Industry", "Norrfell Batteries"}


def test_a_title_in_capitals_names_only_whom_the_text_names():
    text = (
        "Minghao Lands Big Order From Zhongke Battery\n\n"
        "Minghao Films Ltd won an order worth 90 million yuan from Zhongke Battery.\n"
    )

    assert parties(text) == {"Minghao Films Ltd", "Zhongke Battery"}


def test_the_same_text_gives_the_same_draft():
    text = "Minghao Films Ltd signed a supply contract with Zhongke Battery for 20,000 tons of separator."
    first, second = (Extractor().extract(text, published="2025-03-20") for _ in range(2))

    assert first.to_json() == second.to_json()


@pytest.mark.parametrize("name", ["Battery Astoria", "Lithium Astoria", "National Astoria"])
def test_a_word_of_the_trade_may_open_a_name_where_a_sentence_begins(name):
    assert name in parties(f"{name} has closed a 20 million euro Series B round led by Tallow Capital.")


def test_the_town_of_a_company_is_no_part_of_its_name():
    assert "InoCell" in parties(
        "Norrfell Batteries signed a supply contract with InoCell of Nitra on Monday."
    )


def test_a_company_in_a_title_is_named_by_its_legal_form():
    text = "Zhuhai Kerun Film Co., Ltd.\n\nOur Jingmen base has 4 coating lines.\n"

    assert operator(text) == "Zhuhai Kerun Film Co., Ltd."


# ── one sort and one name for the whole text ─────────────────────────────────


def test_who_is_a_company_at_one_place_is_one_everywhere():
    text = (
        "Battery maker Zelvo and its subsidiary Korda Recycling Co., Ltd. plan to form a joint venture. "
        "Zelvo said the two have signed the joint venture agreement."
    )

    assert parties(text) == {"Zelvo", "Korda Recycling Co., Ltd."}


def test_a_company_behind_whose_name_stands_what_it_is_opens_a_sentence():
    assert parties("Zelvo, a French startup, raised 20 million euros in a Series B round.") == {"Zelvo"}


def test_the_short_form_in_brackets_is_no_part_of_a_name_and_means_the_same_company():
    text = (
        "Tallow Minerals signed an offtake agreement with Lumen Energy Solution (LES). "
        "LES agreed to purchase 10,000 tonnes from Tallow Minerals."
    )

    assert parties(text) == {"Tallow Minerals", "Lumen Energy Solution"}


def test_initials_mean_the_company():
    text = (
        "Battery startup Bright Cell Power closed a 30 million dollar Series B. "
        "The round was led by Tallow Capital, and BCP pays no fee."
    )

    assert parties(text) == {"Bright Cell Power", "Tallow Capital"}


def test_the_short_form_of_a_thing_names_nobody():
    text = (
        "Zelvo signed a contract with battery energy storage system (QESS) maker Korda Power. QESS is named."
    )

    assert parties(text) == {"Zelvo", "Korda Power"}


def test_a_surname_is_that_of_the_person():
    text = (
        "Founded by Marek Olwyn, Zelvo Power signed a supply contract with Korda Cells. "
        "Olwyn told reporters so."
    )

    assert parties(text) == {"Zelvo Power", "Korda Cells"}


def test_an_office_parts_a_company_from_a_person():
    text = "Korda Cells signed a supply contract with Zelvo Power, former Tundra CTO Mia Lindqvist said."

    assert parties(text) == {"Korda Cells", "Zelvo Power"}


def test_a_name_may_start_with_a_common_word_inside_a_sentence():
    assert parties("Battery startup Our Bright Energy closed a 30 million dollar Series B.") == {
        "Our Bright Energy"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Volkan Group-backed Zelvo will buy 8,000 tons of electrolyte from Korda Chemical.",
        "Elon Larsson's Zelvo will buy 8,000 tons of electrolyte from Korda Chemical.",
        "Zelvo, a cell maker set up by Volkan Group, will buy 8,000 tons of electrolyte from Korda Chemical.",
        "Zelvo will buy 8,000 tons of electrolyte from Korda Chemical, according to Volkan Group.",
        "Volkan Group announced that Zelvo has agreed to buy 8,000 tons of electrolyte from Korda Chemical.",
    ],
)
def test_who_stands_behind_a_party_or_is_spoken_to_is_none(text):
    assert parties(text) == {"Zelvo", "Korda Chemical"}


@pytest.mark.parametrize(
    "text",
    [
        "Volkan Group and Korda Cells formed a joint venture, dubbed Zelvo Power.",
        "Volkan Group and Korda Cells formed a joint venture, Zelvo Power, to make cells.",
        "Volkan Group and Korda Cells formed Zelvo Power, a joint venture that makes cells.",
    ],
)
def test_the_venture_is_no_partner_of_itself(text):
    assert parties(text) == {"Volkan Group", "Korda Cells"}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in Yunmen, Central China's Hubei Province,", "Yunmen, Central China's Hubei Province"),
        ("in southwest China's Sichuan Province", "southwest China's Sichuan Province"),
    ],
)
def test_a_part_of_a_country_is_no_company(where, place):
    [station] = (
        Extractor()
        .extract(f"A 300 MW storage station {where} began operation on March 9.", published="2025-03-20")
        .facilities
    )

    assert (station.operator, station.place) == (None, place)


@pytest.mark.parametrize(
    ("lender", "names"),
    [
        ("the Export and Investment Fund of Denmark", {"Export and Investment Fund of Denmark"}),
        ("the National Savings and Credit Bank", {"National Savings and Credit Bank"}),
        ("the Nordic Investment Bank and Tallow Bank", {"Nordic Investment Bank", "Tallow Bank"}),
    ],
)
def test_an_office_of_two_things_is_one_name(lender, names):
    text = f"Norrfell Batteries secured a 60 million euro loan from {lender}."

    assert parties(text) == {"Norrfell Batteries", *names}


def test_a_name_may_open_with_a_digit_and_a_capital():
    text = "24M Technologies signed a supply contract with Zhongke Battery."

    assert parties(text) == {"24M Technologies", "Zhongke Battery"}


def test_a_company_called_like_a_town_is_one_where_the_text_says_so():
    deal = "signed a supply contract with Zhongke Battery."

    assert parties(f"The US company Albemarle {deal} It pays Albemarle later.") == {
        "Albemarle",
        "Zhongke Battery",
    }
    assert "Albemarle" not in parties(f"Norrfell Batteries of Albemarle, North Carolina, {deal}")


def test_the_agency_before_a_date_is_no_party():
    text = "Coastal Press, Jan. 16 - Minghao Films Ltd signed a supply contract with Zhongke Battery."

    assert parties(text) == {"Minghao Films Ltd", "Zhongke Battery"}


@pytest.mark.parametrize(
    "lender", ["Nordic Bank for Reconstruction and Development", "State Agency on Clean Technology"]
)
def test_what_an_office_is_for_is_part_of_its_name(lender):
    assert parties(f"Norrfell Batteries secured a 60 million euro loan from the {lender}.") == {
        "Norrfell Batteries",
        lender,
    }


def test_three_words_of_a_long_name_mean_its_bearer():
    text = (
        "Corvel PLC signed a supply contract with Shandong New Carbon Cosmo Advanced Material Technology. "
        "Shandong New Carbon will buy 500 tonnes of nickel."
    )

    assert parties(text) == {"Corvel PLC", "Shandong New Carbon Cosmo Advanced Material Technology"}


def test_an_office_for_something_is_not_called_by_its_first_word():
    text = (
        "Nordic banks lend for a battery plant\n\nZelvo Cells secured a 6 million euro loan from the "
        "Nordic Bank for Reconstruction and Development."
    )

    assert parties(text) == {"Zelvo Cells", "Nordic Bank for Reconstruction and Development"}


@pytest.mark.parametrize("name", ["24M", "6K", "SK vestra Co.", "Solid Volt", "New York Power Authority"])
def test_a_name_may_open_with_a_number_a_product_word_or_a_place_and_have_small_words(name):
    assert name in parties(
        f"{name} announced that it had signed a supply contract with Zelvo Cells for 9,000 tons of graphite."
    )


@pytest.mark.parametrize("text", ["Zelvo or the Company", "Zelvo told Group leaders"])
def test_small_words_before_a_legal_form_that_is_spelled_out_are_no_part_of_a_name(text):
    assert text not in parties(f"Tallow Minerals Ltd has bought a 20% stake in {text}.")


def test_a_short_form_in_brackets_is_a_name_where_a_legal_form_ends_the_long_one():
    text = "SK vestra technology Co. (SKVT) makes films. SKVT signed a supply contract with Zelvo Cells."
    assert parties(text) == {"SK vestra technology Co.", "Zelvo Cells"}


def test_a_federal_ministry_of_several_things_is_one():
    assert "Federal Department of Industry, Science and Resources" in parties(
        "Zelvo Cells was awarded a grant of $4 million by the Federal Department of Industry, Science and "
        "Resources."
    )


def test_a_company_called_like_two_towns_is_one():
    assert "Rio Tinto" in parties("Zelvo Cells has received a $75 million investment from Rio Tinto.")


def test_a_department_goes_by_its_initials_with_the_small_word():
    text = "Zelvo Cells won a $9 million grant from the Department of Energy. The DOE also gave it a loan."
    assert parties(text) == {"Zelvo Cells", "Department of Energy"}


def test_two_nations_with_a_hyphen_are_nobody():
    text = "Zelvo Cells bought a stake in German-Australian start-up miner Kemmick."
    assert parties(text) == {"Zelvo Cells", "Kemmick"}


def test_a_project_that_a_company_calls_its_own_is_nobody():
    text = "Tallow Minerals signed a contract to supply Zelvo with graphite from its Cedar Lithium project."
    assert parties(text) == {"Tallow Minerals", "Zelvo"}


def test_the_operations_that_goods_come_from_are_nobody():
    text = "Tallow Resources signed a contract with Zelvo Cells for fines from its Cedar Graphite Operations."
    assert parties(text) == {"Tallow Resources", "Zelvo Cells"}


def test_who_acts_as_a_company_is_one_wherever_it_stands():
    plant = (
        "Ostrava Fell opened a battery plant. It is run for Ostrava Fell by 40 people and makes 2 GWh a year."
    )

    assert operator(plant) == "Ostrava Fell"


def test_two_trades_before_a_legal_form_are_one_company():
    assert operator("The plant of Lumora Energy Investment and Development Group makes 2 GWh of cells.") == (
        "Lumora Energy Investment and Development Group"
    )


def test_a_nation_is_no_part_of_a_name_that_stands_alone_too():
    text = "Chinese Corvel Power is building a 2 GWh battery plant. Corvel Power will open it in 2027."

    assert operator(text) == "Corvel Power"
    assert operator("Canadian Lumen is building a 2 GWh battery plant.") == "Canadian Lumen"


def test_a_family_name_may_come_first():
    text = (
        "President Park Jae-won opened a 2 GWh battery plant of Zelvo Cells. "
        "Park noted that the plant employs 40 people."
    )

    assert operator(text) == "Zelvo Cells"


def test_whoever_announces_is_a_company_even_where_it_is_called_like_a_town():
    text = (
        "In a separate statement, Eindhoven announced its 9 GWh battery plant. The plant is to open in 2027."
    )

    assert operator(text) == "Eindhoven"
