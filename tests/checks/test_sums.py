"""Totals and parts: what words say of a sum, in one sentence, in two, and over phases."""

import pytest

RULE = "parts_make_total"


def told(problems):
    return [(problem.verdict, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "The works will reach 90,000 tonnes in two phases, of 55,000 tonnes and 35,000 tonnes.",
        "Orlund has plants of 12 GWh in Skellefteå and 8 GWh in Gdańsk. Together they give it 20 GWh.",
        "Atlas ordered 25 GWh. The schedule foresees 5 GWh in 2026, 8 GWh in 2027 and 12 GWh in 2028.",
        "The group has 32 GWh: 12 GWh in Skellefteå, 8 GWh in Gdańsk and 12 GWh in Zaragoza.",
    ],
)
def test_parts_that_make_up_the_total_are_consistent(found, text):
    assert [problem.verdict for problem in found(RULE, text)] == ["consistent"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "The works will reach 90,000 tonnes in two phases, of 25,000 tonnes and 35,000 tonnes.",
            "25,000 t + 35,000 t = 60,000 t, but 90,000 t is stated as the total",
        ),
        (
            "Orlund has plants of 12 GWh in Skellefteå and 8 GWh in Gdańsk. Together they give it 30 GWh.",
            "12 GWh + 8 GWh = 20 GWh, but 30 GWh is stated as the total",
        ),
        (
            "Atlas ordered 32 GWh. The schedule foresees 5 GWh in 2026, 8 GWh in 2027 and 12 GWh in 2028.",
            "5 GWh + 8 GWh + 12 GWh = 25 GWh, but 32 GWh is stated as the total",
        ),
        (
            (
                "The round brought in €180 million: €110 million from a fund, €45 million from owners "
                "and €15 million from the founders."
            ),
            (
                "110 million EUR + 45 million EUR + 15 million EUR = 170 million EUR, but 180 million EUR is "
                "stated as the total"
            ),
        ),
        (
            (
                "The sponsors need $410 million. Banks lend $265 million, a fund gives $95 million, and they "
                "cover the outstanding $30 million."
            ),
            (
                "265 million USD + 95 million USD + 30 million USD = 390 million USD, but 410 million USD is "
                "stated as the total"
            ),
        ),
        (
            "The 1,200 MWh lot went to two bidders. Ruipeng secured 700 MWh while Zhongtai won 600 MWh.",
            "700 MWh + 600 MWh = 1,300 MWh, but 1,200 MWh is stated as the total",
        ),
        (
            "Alamo (180 MWh), Bowie (240 MWh) and Crockett (120 MWh) give it a combined 640 MWh.",
            "180 MWh + 240 MWh + 120 MWh = 540 MWh, but 640 MWh is stated as the total",
        ),
        (
            "Both stages make 60,000 tonnes.\n\nStage 1 makes 20,000 tonnes.\n\nStage 2: 30,000 tonnes.",
            "20,000 t + 30,000 t = 50,000 t, but 60,000 t is stated as the total",
        ),
        (
            "The group has 35 GWh: 12 GWh in Skellefteå, 8 GWh in Gdańsk and 12 GWh in Zaragoza.",
            "12 GWh + 8 GWh + 12 GWh = 32 GWh, but 35 GWh is stated as the total",
        ),
    ],
)
def test_parts_that_do_not_are_a_conflict(found, text, message):
    assert told(found(RULE, text)) == [("conflict", message)]


@pytest.mark.parametrize(
    "text",
    [
        "The works will reach 90,000 tonnes in two phases, of which the first makes 25,000 tonnes.",
        "Orlund has plants of 12 GWh and 8 GWh. Together with its partners it has 30 GWh.",
        "Atlas ordered 32 GWh. First deliveries are 5 GWh in 2026 and 8 GWh in 2027.",
        "Orlund has plants of 12 GWh and 8 GWh. In total the industry has 300 GWh.",
        "It has 4.2 GWh, split between 1.3 GWh up north, 1.1 GWh down south and several smaller sites.",
        "One bidder asks 320 million euros and the other 355 million euros, while the budget is 500 million.",
        "Two plants make 15 GWh and 25 GWh, lifting capacity to 50 GWh.",
        "It ships 9 GWh in 2025, 15 GWh in 2026 and 18 GWh in each of 2027 and 2028, 60 GWh altogether.",
        "Its largest sites have 320 MWh, 200 MWh and 180 MWh. The utility owns 1,400 MWh in total.",
    ],
)
def test_lists_that_need_not_be_complete_are_no_conflict(found, text):
    assert [problem for problem in found(RULE, text) if problem.verdict == "conflict"] == []


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Atlas takes 60%, Borealis 30% and the state 20% of the new joint venture.", ["conflict"]),
        ("Atlas takes 50%, Borealis 30% and the state 20% of the new joint venture.", ["consistent"]),
        ("Its owners are Atlas, with 60% of Kaivola, and Borealis, with 70% of Norvolt.", []),
        ("Two partners hold 60% and 70% of the voting rights in different matters.", []),
        ("The exports broke down into 64% phosphate, 31% ternary and 15% sodium-ion cells.", ["conflict"]),
    ],
)
def test_shares_of_one_company_must_not_exceed_it(found, text, verdicts):
    assert [problem.verdict for problem in found(RULE, text)] == verdicts
