"""Windows: where a long text is cut, and what a part is told of what comes before it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import reading

from extractor.document import Document
from extractor.draft.llm.windows import SMALLEST, Window, halves, part, subject, windows
from extractor.draft.mark import mark
from extractor.read import read

SENTENCE = "The Aldhavn plant of Nordlys Cells went from one shift to two."


def texts(text, size):
    return [text[window.start : window.end] for window in windows(reading(text), size)]


class TestWindows:
    def test_a_text_that_fits_is_one(self):
        assert windows(reading("It opens soon.\nIt is large."), 28) == [Window(0, 27)]

    def test_a_text_without_words_is_one(self):
        assert windows(reading(""), 200) == [Window(0, 0)]

    def test_marks_count(self):
        whole = reading("It costs 5 euros.\nIt is large.", figures=[("5 euros", "money")])

        assert len(windows(whole, 36)) == 1
        assert len(windows(whole, 35)) == 2

    def test_furniture_does_not(self):
        whole = reading("It is large.\nHome\nNews\nIt is new.", furniture=["Home\n", "News\n"])

        assert len(windows(whole, 24)) == 1

    def test_a_cut_is_where_a_paragraph_begins(self):
        text = f"{SENTENCE} {SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE}"

        assert texts(text, 150) == [f"{SENTENCE} {SENTENCE}\n\n", f"{SENTENCE}\n\n{SENTENCE}"]

    def test_better_where_a_section_begins_if_that_is_near(self):
        rest = f"The second plant\n{SENTENCE}\n{SENTENCE}\nIt makes copper foil and more."

        assert texts(f"{SENTENCE}\n{rest}", 220) == [f"{SENTENCE}\n", rest]

    def test_no_heading_stands_at_the_end_of_a_window(self):
        text = f"{SENTENCE} {SENTENCE}\nThe second plant\n{SENTENCE}"

        assert all(not piece.rstrip().endswith("The second plant") for piece in texts(text, 140))

    def test_a_paragraph_that_is_too_long_is_cut_where_a_sentence_begins(self):
        assert texts(f"{SENTENCE} {SENTENCE} {SENTENCE}", 130) == [f"{SENTENCE} ", f"{SENTENCE} {SENTENCE}"]

    def test_a_sentence_that_is_too_long_is_cut_at_a_space(self):
        assert texts("copper foil and " * 4, 40) == ["copper foil and copper foil and "] * 2

    def test_a_word_that_is_too_long_is_cut_anywhere(self):
        assert texts("x" * 100, 50) == ["x" * 50] * 2

    def test_a_figure_is_never_cut(self):
        text = "It costs 5.2 billion yuan in all"
        whole = reading(text, figures=[("5.2 billion yuan", "money")])

        pieces = [text[window.start : window.end] for window in windows(whole, 5)]

        assert "5.2 billion yuan" in [piece.strip() for piece in pieces]

    def test_they_are_about_equally_long(self):
        lengths = [len(piece) for piece in texts("\n".join([SENTENCE] * 100), 1_000)]

        assert len(lengths) == 7
        assert max(lengths) < 1.2 * min(lengths)

    figure = st.sampled_from(["5.2 billion yuan", "200MW/800MWh", "3,000 tons", "about 16 production lines"])
    time = st.sampled_from(["March 3, 2025", "the first half of 2026", "2022-2030"])
    word = st.sampled_from(["plant", "costs", "in", "[f1:", "Nordlys", "x" * 60, "铜箔", "will", "Home"])
    between = st.sampled_from([" ", " ", " ", ". ", "\n", "\n\n", ", ", "。", ""])

    @given(
        pieces=st.lists(st.tuples(st.one_of(word, word, figure, time), between), max_size=60),
        size=st.integers(1, 300),
    )
    def test_whatever_the_text_they_tile_it_and_cut_nothing_in_two(self, pieces, size):
        whole = read(Document("".join(word + between for word, between in pieces), "doc"))
        found = windows(whole, size)

        assert (found[0].start, found[-1].end) == (0, len(whole.document.text))
        assert all(one.end == other.start for one, other in pairwise(found))
        cuts = [window.end for window in found[:-1]]
        for passage in (*whole.ledger.figures, *whole.ledger.times):
            assert not any(passage.start < cut < passage.end for cut in cuts)
        ids = [name for window in found for name in mark(whole, window.start, window.end).ids]
        assert sorted(ids) == sorted(mark(whole).ids)
        for window in found:
            marked = mark(whole, window.start, window.end)
            assert len(marked.text) <= size or window.end - window.start == 1 or marked.ids


class TestHalves:
    TEXT = "\n".join([SENTENCE] * 40)

    def test_a_window_is_halved_where_it_parts(self):
        whole = reading(self.TEXT)

        first, second = halves(whole, Window(0, len(self.TEXT)))

        assert (first.start, second.end, first.depth, second.depth) == (0, len(self.TEXT), 1, 1)
        assert first.end == second.start == len(SENTENCE) * 20 + 20

    def test_not_for_ever(self):
        whole = reading(self.TEXT)
        open_, smallest = [Window(0, len(self.TEXT))], []
        while open_:
            window = open_.pop()
            open_ += halves(whole, window) or smallest.append(window) or []

        assert len(smallest) == 4
        assert all(window.end - window.start < SMALLEST for window in smallest)

    def test_nor_more_often_than_helps(self):
        assert halves(reading(self.TEXT), Window(0, len(self.TEXT), depth=3)) == []


TOLD = reading(
    "Nordlys builds in Aldhavn\nNordlys Cells has begun to build for 400 million euros. More will follow.\n"
    "It hires 200 people.\nThe second hall\nThat one is for [f9: packs] alone. It opens in 2027.\n"
    "It gets 16 lines.",
    figures=[("400 million euros", "money"), ("200 people", "count"), ("16 lines", "count")],
    times=["2027"],
)


class TestSubject:
    @pytest.mark.parametrize(
        ("begins", "before"),
        [
            ("Nordlys builds in", []),
            (
                "It hires",
                [
                    "Nordlys builds in Aldhavn",
                    "Nordlys Cells has begun to build for 400 million euros.",
                ],
            ),
            ("The second hall", ["Nordlys builds in Aldhavn"]),
            (
                "It gets",
                ["Nordlys builds in Aldhavn", "The second hall", r"That one is for \[f9: packs] alone."],
            ),
        ],
    )
    def test_a_window_is_told_what_it_is_about_without_marks(self, begins, before):
        start = TOLD.document.text.index(begins)

        assert subject(TOLD, Window(start, len(TOLD.document.text))).splitlines() == before

    def test_what_is_long_is_shortened(self):
        text = "very " * 200 + "long.\nIt opens."

        assert len(subject(reading(text), Window(text.index("It opens"), len(text)))) <= 300


def test_a_part_has_the_ids_of_the_document():
    text = TOLD.document.text

    ledger = part(TOLD, Window(text.index("It hires"), text.index("It gets"))).ledger

    assert [figure.figure for figure in ledger.figures] == ["f2"]
    assert [time.time for time in ledger.times] == ["t1"]
