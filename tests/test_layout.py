"""A text as sections, paragraphs and sentences."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.layout import sections

NEWSROOM = """North Plant

The plant stands in Lodz. It makes 5 GWh a year.

South Plant

The second plant follows in 2027.
"""


def told(text):
    return [
        (
            text[slice(*section.heading)] if section.heading else None,
            [text[s.start : s.end] for s in section.sentences],
        )
        for section in sections(text)
    ]


def test_a_short_capitalised_line_is_the_heading_of_what_follows():
    assert told(NEWSROOM) == [
        ("North Plant", ["The plant stands in Lodz.", "It makes 5 GWh a year."]),
        ("South Plant", ["The second plant follows in 2027."]),
    ]


def test_a_bracketed_opening_is_the_heading_of_its_item_alone():
    text = "[Separator: Minghao Lands Contract] The contract runs two years.\nThe market was quiet."

    assert told(text) == [
        ("Separator: Minghao Lands Contract", ["The contract runs two years."]),
        (None, ["The market was quiet."]),
    ]


def test_a_company_suffix_ends_no_sentence():
    text = "Rongjie Co., Ltd. won the bid. Dr. Lorenz of U.S. Steel Corp. agreed."

    assert told(text) == [
        (None, ["Rongjie Co., Ltd. won the bid.", "Dr. Lorenz of U.S. Steel Corp. agreed."])
    ]


def test_the_letter_of_a_round_ends_a_sentence_and_an_initial_does_not():
    text = "Zelvo closed its Series B. John F. Kendall led it."

    assert told(text) == [(None, ["Zelvo closed its Series B.", "John F. Kendall led it."])]


def test_a_labelled_line_is_no_heading():
    text = "Investment:    980 million yuan\nThe plant is being built in two phases by the group."

    assert told(text)[0][0] is None


def test_lines_that_are_furniture_are_left_out():
    text = "Home > News\nThe plant opened."

    assert [text[s.start : s.end] for section in sections(text, ((0, 11),)) for s in section.sentences] == [
        "The plant opened."
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_sentences_are_ordered_slices_of_any_text(text):
    spans = [(s.start, s.end) for section in sections(text) for s in section.sentences]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
