"""Totals whose parts stand apart: numbered phases, and things told one by one."""

import pytest

RULE = "parts_make_total"


def told(problems):
    return [(problem.verdict, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Phase 1 made 60,000 tons last year. Phase 2 adds 90,000 tons. The base will then make 150,000 tons.",
        (
            "It invests 8.4 billion yuan in two projects. A park costs 5.4 billion yuan. A plant, which "
            "will open in 2023, costs 3 billion yuan."
        ),
        "Both stages cost 6 million euros.\n\nStage 1 costs 2 million euros.\n\nStage 2: 4 million euros.",
    ],
)
def test_stages_and_things_that_make_up_the_total_are_consistent(found, text):
    assert [problem.verdict for problem in found(RULE, text)] == ["consistent"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Phase I has 5 GWh. Phase II of 7 GWh and phase III of 10 GWh follow, so that all 20 GWh is up.",
            "5 GWh + 7 GWh + 10 GWh = 22 GWh, but 20 GWh is stated as the total",
        ),
        (
            "Both stages make 60,000 tonnes.\n\nStage 1 makes 20,000 tonnes.\n\nStage 2: 30,000 tonnes.",
            "20,000 t + 30,000 t = 50,000 t, but 60,000 t is stated as the total",
        ),
    ],
)
def test_stages_that_do_not_are_a_conflict(found, text, message):
    assert told(found(RULE, text)) == [("conflict", message)]


@pytest.mark.parametrize(
    "text",
    [
        "A total of 100 GWh is planned. Phase 1 has 20 GWh and phase 2 has 30 GWh.",
        "Phase 2 has 30 GWh and phase 3 has 20 GWh. In total there will be 90 GWh.",
        "It paid 96 million euros, the two sides said. It invests 22 million euros. Sales were 74 million.",
    ],
)
def test_stages_of_which_others_may_be_missing_are_passed_over(found, text):
    assert found(RULE, text) == []
