"""One thing with the same digits, a scale word apart."""

import pytest

RULE = "scale_slip"


def test_a_plant_in_gwh_and_in_mwh_is_a_conflict(found):
    text = (
        "Last week Lahn Energie opened its 20 GWh plant in Kassel.\n\n"
        "It took three years to build the 20 MWh plant, said Lahn Energie."
    )

    (problem,) = found(RULE, text)

    assert problem.verdict == "conflict"
    assert problem.message == "20 GWh and 20 MWh for one thing differ by a factor of 1,000: one is a slip"
    assert problem.ratio * 1000 == 1


def test_what_the_text_says_more_often_is_the_likely_reading(found):
    text = (
        "Last week Lahn Energie opened its 20 GWh plant in Kassel.\n\nThe 20 GWh plant is its first.\n\n"
        "It took three years to build the 20 MWh plant, said Lahn Energie."
    )

    (problem,) = found(RULE, text)

    assert problem.message.endswith("20 GWh, as elsewhere in the text, is the likely reading")


def test_a_forecast_in_mwh_for_gwh_is_a_conflict(found):
    text = (
        "Global battery demand will be 2,800 GWh in 2030, SMM says.\n\n"
        "Global battery demand will be 2,800 MWh in 2030."
    )

    assert [problem.verdict for problem in found(RULE, text)] == ["conflict"]


@pytest.mark.parametrize(
    "text",
    [
        # a container is no plant
        "Lahn Energie sells a 5 MWh container.\n\nThe 5 GWh plant of Lahn Energie makes cells.",
        # two projects of nobody in common
        "The 100 MW project in Leeds is Atlas's.\n\nA 100 kW project in Turku is Suomen Akku's.",
        # both in one sentence are two things
        "Lahn Energie has a 20 GWh plant and a 20 MWh plant.",
        # a hundred times is no scale word
        "Lahn Energie opened its 20 GWh plant.\n\nThe first was a 200 MWh plant of Lahn Energie.",
    ],
)
def test_amounts_of_different_things_are_passed_over(found, text):
    assert found(RULE, text) == []
