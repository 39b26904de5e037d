"""Sentences with marks in the place of their figures."""

from extractor import Extractor
from extractor.checks.case import Case


def marked(text, published="2024-05-01"):
    return list(Case.of(Extractor().extract(text, published=published)).marked)


def test_figures_and_times_stand_as_marks():
    (sentence,) = marked("It grew from 20 GWh in 2020 to 40 GWh.")

    assert sentence.text == "It grew from ⟨0⟩ in ⟦0⟧ to ⟨1⟩."


def test_a_restated_amount_is_left_out():
    (sentence,) = marked("It paid 7 billion yuan ($1 billion) for 40 GWh.")

    assert sentence.text == "It paid ⟨0⟩ for ⟨2⟩."


def test_a_template_names_its_figures():
    (sentence,) = marked("It grew from 20 GWh in 2020 to 40 GWh.")

    ((found, figures),) = sentence.find("from <base>~30 to <reached>")

    assert [figure.text for figure in figures.values()] == ["20 GWh", "40 GWh"]
    assert [time.text for time in sentence.times_after(found, "base")] == ["2020"]
    assert sentence.times_before(found, "reached") == sentence.times_after(found, "base")


def test_matches_may_overlap():
    (sentence,) = marked("It has 1 MW, 2 MW, 3 MW.")

    pairs = [(figures["a"].text, figures["b"].text) for _, figures in sentence.find("<a>, <b>")]

    assert pairs == [("1 MW", "2 MW"), ("2 MW", "3 MW")]


def test_a_gap_holds_no_other_figure_and_a_double_one_no_other_statement():
    (sentence,) = marked("It has 1 MW and it sold 2 MW.")

    assert list(sentence.find("<a>~40<b>")) != []
    assert list(sentence.find("<a>~~40<b>")) == []


def test_marks_can_be_thinned():
    (sentence,) = marked("It sold 140 GWh, up 30%, a share of 70%.")

    assert sentence.only(lambda figure: figure.change is None).text == "It sold ⟨0⟩, up …, a share of ⟨2⟩."


def test_tables_and_respective_lists_are_left_out():
    row = " ".join(f"{number} MW" for number in range(30))

    assert marked(f"{row}. Plants A and B have 5 MW and 7 MW, respectively.") == []
