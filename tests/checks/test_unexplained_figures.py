"""Figures beside a record that no slot took."""

from schemas import Coverage, Facility, Span

RULE = "unexplained_figures"


def plant(press, left):
    text = "The Turku plant has 20 GWh, 30 MW and 40 h. Weather was 50 h of rain."
    document = press(text)
    document.figure("20 GWh", 20, "GWh")
    document.figure("30 MW", 30, "MW")
    document.figure("40 h", 40, "h")
    document.figure("50 h", 50, "h")
    facility = Facility(id="facility-1", name="Turku plant", evidence=[Span(start=0, end=44)])
    return document.problems(RULE, facilities=[facility], coverage=Coverage(figures_unexplained=left))


def test_all_that_is_left_beside_a_record_is_one_problem(press):
    (problem,) = plant(press, ["f2", "f3"])

    assert (problem.verdict, problem.severity) == ("underdetermined", "info")
    assert problem.message == "2 figures beside facility-1 in no slot: 30 MW, 40 h"
    assert (problem.figures, problem.records) == (["f2", "f3"], ["facility-1"])


def test_what_is_explained_is_not_told(press):
    assert plant(press, []) == []


def test_figures_far_from_any_record_are_not_told(press):
    assert plant(press, ["f4"]) == []


def test_long_rows_are_cut(press):
    text = "The plant: " + ", ".join(f"{n} MW" for n in range(1, 10)) + "."
    document = press(text)
    for number in range(1, 10):
        document.figure(f"{number} MW", number, "MW")
    ids = [figure.figure for figure in document.figures]
    facility = Facility(id="facility-1", evidence=[Span(start=0, end=len(text))])

    (problem,) = document.problems(RULE, facilities=[facility], coverage=Coverage(figures_unexplained=ids))

    assert problem.message.endswith("5 MW, 6 MW and 3 more")
    assert problem.figures == ids
