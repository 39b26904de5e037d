"""Power and energy of a storage project."""

import pytest

from schemas import Facility
from schemas.facility import Capacity

RULE = "power_energy_pair"


def pairs(press, text, *stated):
    """A text with figures given as (slice, value, unit)."""
    document = press(text)
    for words, value, unit in stated:
        document.figure(words, value, unit)
    return document


def storage(document, *numbers):
    """A facility with these figures, counted from one, as its capacities."""
    capacities = [Capacity(quantity=document.figures[number - 1]) for number in numbers]
    return Facility(id="facility-1", capacities=capacities)


WUHAI = (
    "China Green's 200MW/800MWh project in Wuhai City. The procurement of the 200MW/800MWh system was "
    "announced. "
    "The construction scale is 200MWh/80MWh."
)
WUHAI_FIGURES = [
    ("200MW", 200, "MW"),
    ("800MWh", 800, "MWh"),
    ("200MW", 200, "MW"),
    ("800MWh", 800, "MWh"),
    ("200MWh", 200, "MWh"),
    ("80MWh", 80, "MWh"),
]


def test_two_energies_where_elsewhere_there_is_power_are_one_conflict(press):
    document = pairs(press, WUHAI, *WUHAI_FIGURES)

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert problem.message == (
        '"200MWh/80MWh" names two energies; 200 MW/800 MWh (4 h), as elsewhere in the text, is the '
        "likely reading"
    )
    assert problem.figures == ["f5", "f6", "f1", "f2"]


def test_one_unit_for_both_is_shorthand_and_no_conflict(press):
    text = "The tender is for 500 MW/1000 MWh. The 500/1000 MWh will be connected to the grid."
    figures = [
        ("500 MW", 500, "MW"),
        ("1000 MWh", 1000, "MWh"),
        ("500", 500, "MWh"),
        ("1000 MWh", 1000, "MWh"),
    ]

    [problem] = pairs(press, text, *figures).problems(RULE)

    assert (problem.verdict, problem.severity) == ("consistent", "info")
    assert problem.message == '"500/1000 MWh" is short for 500 MW/1,000 MWh (2 h)'


def test_the_conflict_names_the_records_of_either_pair(press):
    document = pairs(press, WUHAI, *WUHAI_FIGURES)

    [problem] = document.problems(RULE, facilities=[storage(document, 1, 2)])

    assert problem.records == ["facility-1"]


def test_a_repeated_slip_is_one_problem_with_all_its_figures(press):
    again = " Its scale is 200MWh/80MWh."
    document = pairs(press, WUHAI + again, *WUHAI_FIGURES, ("200MWh", 200, "MWh"), ("80MWh", 80, "MWh"))

    [problem] = document.problems(RULE)

    assert {"f5", "f6", "f7", "f8"} <= set(problem.figures)


def test_the_slip_is_found_without_the_text(press):
    document = pairs(press, WUHAI, *WUHAI_FIGURES)

    [problem] = document.problems(RULE, text=False)

    assert problem.verdict == "conflict"


def test_power_and_energy_the_wrong_way_round_are_a_conflict(press):
    document = pairs(
        press,
        "Financial close on the 300MW/1,200MWh battery. In 2027 the 1,200MW/300MWh facility will be "
        "among the largest.",
        ("300MW", 300, "MW"),
        ("1,200MWh", 1200, "MWh"),
        ("1,200MW", 1200, "MW"),
        ("300MWh", 300, "MWh"),
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert "the wrong way round; 300 MW/1,200 MWh (4 h)" in problem.message


@pytest.mark.parametrize(("between", "verdicts"), [(" ", ["conflict"]), ("\n\n", [])])
def test_a_usual_duration_the_wrong_way_round_needs_one_paragraph(press, between, verdicts):
    document = pairs(
        press,
        f"The first battery has 100MW/200MWh.{between}The other battery has 200MW/100MWh.",
        ("100MW", 100, "MW"),
        ("200MWh", 200, "MWh"),
        ("200MW", 200, "MW"),
        ("100MWh", 100, "MWh"),
    )

    assert [problem.verdict for problem in document.problems(RULE)] == verdicts


def test_a_stated_duration_that_fits_is_consistent(press):
    document = pairs(
        press,
        "A four-hour battery of 200 MW/800 MWh is on line.",
        ("four-hour", 4, "h"),
        ("200 MW", 200, "MW"),
        ("800 MWh", 800, "MWh"),
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.message == "800 MWh ÷ 200 MW = 4 h, as stated"


def test_a_stated_duration_that_does_not_fit_is_a_conflict(press):
    document = pairs(
        press,
        "A 200 MW/400 MWh plant with 4 h duration is on line.",
        ("200 MW", 200, "MW"),
        ("400 MWh", 400, "MWh"),
        ("4 h", 4, "h"),
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert problem.message == "400 MWh ÷ 200 MW = 2 h, but 4 h is stated"


def test_a_time_that_is_no_duration_of_storage_is_left_alone(press):
    document = pairs(
        press,
        "The 200 MW/400 MWh plant was built in 4 h shifts.",
        ("200 MW", 200, "MW"),
        ("400 MWh", 400, "MWh"),
        ("4 h", 4, "h"),
    )

    assert document.problems(RULE) == []


def test_different_projects_have_different_durations(press):
    document = pairs(
        press,
        "Mallee Creek is a 300MW/1,200MWh battery. Thornfield (99MW/198MWh) and the 50MW/100MWh scheme "
        "are British.",
        ("300MW", 300, "MW"),
        ("1,200MWh", 1200, "MWh"),
        ("99MW", 99, "MW"),
        ("198MWh", 198, "MWh"),
        ("50MW", 50, "MW"),
        ("100MWh", 100, "MWh"),
    )

    assert document.problems(RULE) == []


def test_two_energies_that_repeat_no_pair_are_left_alone(press):
    document = pairs(
        press,
        "A 200MW/800MWh station takes containers of 5MWh/6.25MWh.",
        ("200MW", 200, "MW"),
        ("800MWh", 800, "MWh"),
        ("5MWh", 5, "MWh"),
        ("6.25MWh", "6.25", "MWh"),
    )

    assert document.problems(RULE) == []


def test_energy_before_power_is_a_proper_pair(press):
    document = pairs(
        press,
        "The 800MWh/200MW station, also written 200MW/800MWh, is on line.",
        ("800MWh", 800, "MWh"),
        ("200MW", 200, "MW"),
        ("200MW", 200, "MW"),
        ("800MWh", 800, "MWh"),
    )

    assert document.problems(RULE) == []


def test_one_record_with_two_durations_is_left_open(press):
    document = pairs(
        press,
        "Phase one is 100MW/200MWh. The station is 100MW/400MWh.",
        ("100MW", 100, "MW"),
        ("200MWh", 200, "MWh"),
        ("100MW", 100, "MW"),
        ("400MWh", 400, "MWh"),
    )

    [problem] = document.problems(RULE, facilities=[storage(document, 1, 2, 3, 4)])

    assert problem.verdict == "underdetermined"


def test_hours_in_words_are_held_against_the_pair_wherever_it_stands(found):
    texts = {
        "The 480MW/120MWh battery can run for four hours at full power.": "conflict",
        "Etnea ordered an 80MW/160MWh battery. It is laid out for six hours of discharge.": "conflict",
        "The two-hour, 400 MW/200 MWh battery will open in May.": "conflict",
        "The battery can deliver 50 MW for two hours and stores 100 MWh.": "consistent",
    }

    assert {text: [problem.verdict for problem in found(RULE, text)] for text in texts} == {
        text: [verdict] for text, verdict in texts.items()
    }


def test_numbers_that_fit_when_exchanged_are_the_likely_reading(found):
    (problem,) = found(RULE, "The 480MW/120MWh battery can run for four hours at full power.")

    assert (
        problem.message
        == "120 MWh ÷ 480 MW = 0.25 h, but 4 h is stated; 120 MW/480 MWh is the likely reading"
    )


def test_hours_of_another_project_are_passed_over(found):
    text = "Atlas runs a 100MW/200MWh battery in Leeds. It also plans a four-hour battery in Turku."

    assert found(RULE, text) == []


def test_two_energies_of_a_battery_are_a_conflict_on_their_own(found):
    (problem,) = found(RULE, "Atlas builds a 100MWh/400MWh battery storage project in Leeds.")

    assert problem.message == '"100MWh/400MWh" names two energies; 100 MW/400 MWh (4 h) is the likely reading'


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            "The battery has a rating of 200 MW, can keep that up for two hours and stores 600 MWh.",
        ),
        ("conflict", "The 80MW/320MWh station is new. At 80MWh/320MWh it is the largest storage plant."),
        (None, "A four-hour tariff window suits the 100MW/200MWh battery."),
        (None, "The 250 MW/250 MWh battery may be extended for four hours of storage."),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found(RULE, text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
