"""What a storage system takes in and gives back."""

import pytest

RULE = "charge_discharge"


def told(problems):
    return [(problem.verdict, problem.message) for problem in problems]


def test_a_plausible_round_trip_is_consistent(found):
    text = (
        "It has an average annual charging capacity of 231 million kWh and an average annual discharging "
        "capacity of 189 million kWh."
    )

    assert told(found(RULE, text)) == [
        (
            "consistent",
            "189 million kWh per year ÷ 231 million kWh per year = 81.82% round-trip efficiency: plausible",
        )
    ]


def test_more_out_than_in_is_an_error(found):
    (problem,) = found(RULE, "The system will charge 189 GWh and discharge 231 GWh a year.")

    assert (problem.verdict, problem.severity) == ("conflict", "error")
    assert problem.message.endswith("= 122.2%: more energy is discharged than charged")


def test_words_behind_the_amounts_tell_too(found):
    (problem,) = found(RULE, "A year has 189 million kWh of charging and 231 million kWh of discharging.")

    assert problem.verdict == "conflict"


@pytest.mark.parametrize(("efficiency", "verdict"), [("82%", "consistent"), ("92%", "conflict")])
def test_a_stated_efficiency_is_held_against_the_amounts(found, efficiency, verdict):
    text = f"It charges 231 GWh and discharges 189 GWh a year, with a round-trip efficiency of {efficiency}."

    assert [problem.verdict for problem in found(RULE, text)] == [verdict]


def test_a_loss_that_no_battery_has_is_a_conflict(found):
    (problem,) = found(RULE, "The station charges 500 MWh a day and discharges 250 MWh a day.")

    assert problem.verdict == "conflict"


def test_a_loss_that_hydrogen_has_is_left_open(found):
    (problem,) = found(RULE, "The hydrogen store charges 500 MWh a day and discharges 250 MWh a day.")

    assert problem.verdict == "underdetermined"


def test_cycles_are_counted_against_the_size_of_the_storage(found):
    assert told(found(RULE, "The 100MW/200MWh project in Leeds will discharge 68 GWh a year.")) == [
        ("consistent", "68 GWh per year ÷ 200 MWh = 340 cycles per year, 0.9315 a day: plausible")
    ]


def test_ten_cycles_a_day_are_a_conflict(found):
    (problem,) = found(RULE, "The 100MW/200MWh project in Leeds will discharge 800 GWh a year.")

    assert problem.verdict == "conflict"
    assert "10.96 a day" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "The plant charges 300 euros for 20 MWh and delivers 5 GWh of cells a year.",
        "It can charge and discharge 200 MWh a day and 300 MWh a day.",
        "In 2022 it charged 100 MWh. A year later the network discharged 800 MWh a day.",
    ],
)
def test_amounts_of_something_else_are_passed_over(found, text):
    assert [problem for problem in found(RULE, text) if problem.verdict == "conflict"] == []
