"""Unit price × volume = value."""

import pytest

from schemas import Deal, Volume

RULE = "unit_price_times_volume"

BID = (
    "The list of winning candidates for the 200MW/800MWh system was announced, with Qingtao winning the "
    "bid at "
    "440 million yuan, equivalent to a unit price of 0.55 yuan/Wh. The construction scale is 200MWh/80MWh."
)


def bid(press, text=BID, value=440_000_000, price="0.55"):
    document = press(text, "2025-11-20")
    document.figure("200MW", 200, "MW")
    document.figure("800MWh", 800, "MWh")
    document.figure("440 million yuan", value, "CNY")
    document.figure(f"{price} yuan/Wh", price, "CNY/Wh")
    return document


def award(document, **slots):
    return Deal(
        id="deal-1", kind="procurement", value=document.figures[2], unit_price=document.figures[3], **slots
    )


def test_a_bid_that_multiplies_out_is_consistent(press):
    [problem] = bid(press).problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.message == "0.55 CNY/Wh × 800 MWh = 440 million CNY, as stated"
    assert problem.figures == ["f4", "f2", "f3"]


def test_the_volume_may_stand_elsewhere_in_the_paragraph(press):
    document = press(
        "Party A buys 15,000 tons in 2026, 25,000 tons in 2027, i.e. 40,000 tons altogether. The price "
        "is 36,500 yuan "
        "per ton. On this basis the total value is about 1.46 billion yuan.",
    )
    document.figure("15,000 tons", 15_000, "t")
    document.figure("25,000 tons", 25_000, "t")
    document.figure("40,000 tons", 40_000, "t")
    document.figure("36,500 yuan per ton", 36_500, "CNY/t")
    document.figure("about 1.46 billion yuan", 1_460_000_000, "CNY", bound="about")

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.figures == ["f4", "f3", "f5"]


def test_a_price_far_from_value_over_volume_is_a_conflict(press):
    document = bid(press, BID.replace("0.55", "0.75"), price="0.75")

    [problem] = document.problems(RULE, deals=[award(document)])

    assert problem.verdict == "conflict"
    assert problem.message == "0.75 CNY/Wh × 800 MWh = 600 million CNY, but 440 million CNY is stated"
    assert problem.records == ["deal-1"]


def test_a_slip_by_a_power_of_ten_is_named(press):
    document = bid(press, BID.replace("0.55", "5.5"), price="5.5")

    [problem] = document.problems(RULE, deals=[award(document)])

    assert problem.verdict == "conflict"
    assert problem.message.endswith("off by a factor of 10")


def test_a_difference_within_tax_is_left_open(press):
    document = bid(press, BID.replace("0.55", "0.50"), price="0.50")

    [problem] = document.problems(RULE, deals=[award(document)])

    assert problem.verdict == "underdetermined"


def test_a_market_price_beside_an_order_is_no_conflict(press):
    document = press("The order for 800MWh is worth 440 million yuan. Cells cost 0.305 yuan/Wh on March 13.")
    document.figure("800MWh", 800, "MWh")
    document.figure("440 million yuan", 440_000_000, "CNY")
    document.figure("0.305 yuan/Wh", "0.305", "CNY/Wh")

    assert document.problems(RULE) == []


def test_a_yearly_volume_is_no_volume_of_a_price(press):
    document = press("440 million yuan at 0.55 yuan/Wh for 800MWh a year")
    document.figure("440 million yuan", 440_000_000, "CNY")
    document.figure("0.55 yuan/Wh", "0.55", "CNY/Wh")
    document.figure("800MWh", 800, "MWh", per="year")

    assert document.problems(RULE) == []


def test_a_price_in_another_currency_is_left_alone(press):
    document = press("worth $440 million at 0.55 yuan/Wh for 800MWh")
    document.figure("$440 million", 440_000_000, "USD")
    document.figure("0.55 yuan/Wh", "0.55", "CNY/Wh")
    document.figure("800MWh", 800, "MWh")

    assert document.problems(RULE) == []


def test_a_deal_without_a_unit_price_gets_a_derived_one(press):
    document = press("a 2.9 trillion-won deal for 85,000 tons of cathode material")
    value = document.figure("2.9 trillion-won", 2_900_000_000_000, "KRW")
    volume = document.figure("85,000 tons", 85_000, "t")
    deal = Deal(id="deal-1", kind="supply", value=value, volumes=[Volume(quantity=volume)])

    [problem] = document.problems(RULE, deals=[deal])

    assert problem.verdict == "underdetermined"
    assert problem.message == (
        "2.9 trillion KRW ÷ 85,000 t = 34.12 million KRW/t, derived: no unit price is stated"
    )


def test_no_price_is_derived_from_volumes_that_are_not_one_total(press):
    document = press("2.9 trillion won for 85,000 tons of cathode and 20,000 tons of precursor")
    value = document.figure("2.9 trillion won", 2_900_000_000_000, "KRW")
    volumes = [document.figure("85,000 tons", 85_000, "t"), document.figure("20,000 tons", 20_000, "t")]
    deal = Deal(
        id="deal-1", kind="supply", value=value, volumes=[Volume(quantity=volume) for volume in volumes]
    )

    assert document.problems(RULE, deals=[deal]) == []


def test_no_price_is_derived_from_a_volume_far_from_the_value(press):
    document = press(
        "The deal is worth 3.7 billion dollars. It was signed in May. On average 2 GWh a quarter are due."
    )
    value = document.figure("3.7 billion dollars", 3.7e9, "USD")
    volume = Volume(quantity=document.figure("2 GWh", 2, "GWh"))

    assert (
        document.problems(RULE, deals=[Deal(id="deal-1", kind="supply", value=value, volumes=[volume])]) == []
    )


def test_a_deal_is_multiplied_without_its_text_too(press):
    document = bid(press)
    deal = award(document, volumes=[Volume(quantity=document.figures[1])])

    [problem] = document.problems(RULE, text=False, deals=[deal])

    assert problem.verdict == "consistent"


def test_the_price_of_an_order_is_multiplied_whoever_owns_its_figures(found):
    text = (
        "Zhonghui booked an order for 420 million square meters of film. It charges 0.95 yuan per square "
        "meter and put the order at 520 million yuan."
    )

    (problem,) = found(RULE, text)

    assert problem.verdict == "conflict"
    assert problem.message == "0.95 CNY/m2 × 420 million m2 = 399 million CNY, but 520 million CNY is stated"


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "The mill agreed to sell 6,000 tonnes of copper foil. The two sides settled on "
                "€14.5 per kg and value the transaction at €145 million."
            ),
        ),
        ("conflict", "The miner sold 20,000 tonnes for $26 million, achieving a price of $1,030 per tonne."),
        (
            "conflict",
            "Zhong buys 5 GWh of cells. The price is 0.31 yuan/Wh with tax; the value is 15.5 billion yuan.",
        ),
        (
            None,
            "Carbonate fetched $11,500 per tonne. Marlow shipped 3,000 tonnes and had sales of $51 million.",
        ),
        (None, "A fund of 900 million euros for 400 MWh of storage aims at a cost of 0.06 euros per kWh."),
        (None, "The EPC contract for 200MWh is worth 248 million yuan; cells were bought at 0.36 yuan/Wh."),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("unit_price_times_volume", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
