"""Windows: figures with the words that stand before, behind and between them."""

import pytest

from extractor import Extractor
from extractor.checks.case import Case
from extractor.checks.windows import as_percent


def case(text, published="2024-05-01"):
    return Case.of(Extractor().extract(text, published=published))


def test_figures_and_times_stand_as_marks():
    (window,) = case("It grew from 20 GWh in 2020 to 40 GWh.").windows

    assert window.text == "It grew from ⟨0⟩ in ⟦0⟧ to ⟨1⟩."


def test_a_restated_amount_is_left_out():
    (window,) = case("It paid 7 billion yuan ($1 billion) for 40 GWh.").windows

    assert window.text == "It paid ⟨0⟩ for ⟨2⟩."
    assert [figure.text for figure in window.figures] == ["7 billion yuan", "40 GWh"]


def test_words_are_given_from_figure_to_figure():
    (window,) = case("It has 1 MW in Leeds, 2 MW in York and 3 MW in Hull.").windows
    first, second, third = window.figures

    assert window.before(second) == " in Leeds, "
    assert window.after(second) == " in York and "
    assert window.between(first, third) == " in Leeds, ⟨1⟩ in York and "


def test_an_amount_has_the_time_behind_it_or_else_the_one_before():
    (window,) = case("It made 20 GWh in 2020, and in 2023 it made 40 GWh.").windows

    assert [window.dated(figure).text for figure in window.figures] == ["2020", "2023"]


def test_two_neighbours_are_one_window():
    (window,) = case("It made 20 GWh in 2020. Today it makes 40 GWh.").neighbours

    assert window.text == "It made ⟨0⟩ in ⟦0⟧. ¶ ⟦1⟧ it makes ⟨1⟩."
    assert window.before(window.figures[1]) == " ⟦1⟧ it makes "


@pytest.mark.parametrize(
    ("text", "percent"),
    [("A quarter of the 40 GWh is sold.", 25), ("It sold 30 percent of the 40 GWh.", 30)],
)
def test_a_fraction_in_words_is_a_percentage(text, percent):
    (window,) = case(text).windows

    assert as_percent(window.figures[0]).value == percent
    assert as_percent(window.figures[1]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Plants A and B have 5 MW and 7 MW, respectively.",
        " ".join(f"{number} MW" for number in range(30)),
    ],
)
def test_tables_and_respective_lists_are_left_out(text):
    assert case(text).windows == ()
