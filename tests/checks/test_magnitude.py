"""What no honest figure passes."""

import pytest

RULE = "magnitude"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "The system has a round-trip efficiency of 108%.",
            "108% is impossible as efficiency: 100% is the limit",
        ),
        ("Atlas holds a 120% stake in the venture.", "120% is impossible as share: 100% is the limit"),
        ("Demand fell by 130%.", "130% is impossible as decline: 100% is the limit"),
        ("The coating is 5 m thick.", "5 m is impossible as thickness of a layer: 0.05 m is the limit"),
        (
            "Its cells reach 14,500 Wh/kg.",
            "14,500 Wh/kg is impossible as specific energy: 12,000 Wh/kg is the limit",
        ),
        (
            "The battery plant in Kassel will produce 4 TWh of cells a year.",
            "4 TWh per year is impossible as capacity of one facility: 1 TWh is the limit",
        ),
    ],
)
def test_the_impossible_is_an_error(found, text, message):
    (problem,) = found(RULE, text)

    assert (problem.verdict, problem.severity, problem.message) == ("conflict", "error", message)


@pytest.mark.parametrize(
    "text",
    ["Its cells reach 2,200 Wh/kg.", "The battery plant in Kassel will produce 400 GWh of cells a year."],
)
def test_the_improbable_is_left_open(found, text):
    (problem,) = found(RULE, text)

    assert problem.verdict == "underdetermined"
    assert "improbable" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "The system has a round-trip efficiency of 88%. Atlas holds a 51% stake. Demand fell by 13%.",
        "Net profit fell by 130%.",
        "Efficiency rose by 120%.",
        "The offer for the shares was oversubscribed by 120%, with a stake of 5% on sale.",
        "The film line is 5 m wide.",
        "Hydrogen has 33,000 Wh/kg.",
        "The plant supplies 2 TWh of power a year.",
    ],
)
def test_the_possible_is_passed_over(found, text):
    assert found(RULE, text) == []
