"""Totals and parts that stand in different sentences or behind a number of phases."""

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
    ],
)
def test_shares_of_one_company_must_not_exceed_it(found, text, verdicts):
    assert [problem.verdict for problem in found(RULE, text)] == verdicts
