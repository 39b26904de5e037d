"""Mark: what a language model gets to see."""

import pytest
from readings import reading

from extractor.draft.mark import mark, unmark


def test_figures_and_times_carry_their_ids():
    marked = mark(
        reading(
            "It costs 5.2 billion yuan and opens in H1 of next year with 16 lines.",
            figures=[("5.2 billion yuan", "money"), ("16 lines", "count")],
            times=["H1 of next year"],
        )
    )

    assert marked.text == (
        "It costs [f1: 5.2 billion yuan] and opens in [t1: H1 of next year] with [f2: 16 lines]."
    )
    assert marked.ids == ("f1", "t1", "f2")


def test_figures_side_by_side_stay_apart():
    marked = mark(reading("a 200MW/800MWh plant", figures=[("200MW", "power"), ("800MWh", "energy")]))

    assert marked.text == "a [f1: 200MW]/[f2: 800MWh] plant"


def test_furniture_is_left_out_with_its_figures():
    marked = mark(
        reading(
            "It costs 5 euros.\nTel. 12 34\nIt opens soon.",
            figures=[("5 euros", "money"), ("12 34", "number")],
            furniture=["Tel. 12 34\n"],
        )
    )

    assert marked.text == "It costs [f1: 5 euros].\nIt opens soon."
    assert marked.ids == ("f1",)


def test_of_two_that_overlap_the_first_is_marked():
    marked = mark(reading("over 20 years", figures=[("over 20 years", "duration")], times=["20 years"]))

    assert marked.text == "[f1: over 20 years]"
    assert marked.ids == ("f1",)


def test_what_looks_like_a_mark_is_escaped():
    marked = mark(reading("see [f1: 9 billion] and [1] for 5 euros", figures=[("5 euros", "money")]))

    assert marked.text == r"see \[f1: 9 billion] and [1] for [f1: 5 euros]"


def test_of_a_part_of_the_text_only_what_stands_in_it_is_marked():
    text = "It costs 5 euros.\nIt opens in 2026 with 16 lines.\nIt makes 3 tons."
    whole = reading(
        text, figures=[("5 euros", "money"), ("16 lines", "count"), ("3 tons", "mass")], times=["2026"]
    )

    marked = mark(whole, start=text.index("It opens"), end=text.index("It makes"))

    assert marked.text == "It opens in [t1: 2026] with [f2: 16 lines].\n"
    assert marked.ids == ("t1", "f2")


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("the [f3: 18650] cell", "the 18650 cell"),
        ("[t1: 2025] phase of [f2: 5 GWh]", "2025 phase of 5 GWh"),
        (r"\[f1: 9 billion]", "[f1: 9 billion]"),
        ("Phase [1]", "Phase [1]"),
    ],
)
def test_words_copied_from_a_marked_text_lose_their_marks(words, plain):
    assert unmark(words) == plain
