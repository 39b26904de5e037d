"""What every check sees of a result."""

from extractor.checks.case import Case
from schemas import Capacity, Facility, Forecast

TEXT = "Two Plants\n\nA plant of 20 GWh opened. Another, of 30 GWh, follows in 2026.\n\nA third has 5 GWh."


def built(press, **records):
    document = press(TEXT, "2025-01-31")
    for words, value in [("20 GWh", 20), ("30 GWh", 30), ("5 GWh", 5)]:
        document.figure(words, value, "GWh")
    document.time("2026", "2026")
    return document, Case.of(document.result(**records))


def test_every_figure_and_time_stands_in_its_sentence(press):
    document, case = built(press)

    assert [case.sentence(figure).text for figure in document.figures] == [
        "A plant of 20 GWh opened.",
        "Another, of 30 GWh, follows in 2026.",
        "A third has 5 GWh.",
    ]
    assert case.sentence(document.figures[1]).times == (document.times[0],)


def test_a_heading_is_a_sentence_of_its_own(press):
    document = press("Two Plants of 50 GWh Planned\n\nA plant opened yesterday in the north of the country.")
    figure = document.figure("50 GWh", 50, "GWh")

    sentence = Case.of(document.result()).sentence(figure)

    assert sentence.heading
    assert sentence.text == "Two Plants of 50 GWh Planned"


def test_sentences_of_a_paragraph_belong_together(press):
    document, case = built(press)

    one, other, third = (case.sentence(figure) for figure in document.figures)

    assert one.paragraph == other.paragraph != third.paragraph
    assert case.paragraphs[one.paragraph] == (one, other)


def test_a_bare_sentence_has_lost_its_figures_and_times(press):
    document, case = built(press)

    assert case.sentence(document.figures[1]).bare.split() == ["Another,", "of", ",", "follows", "in", "."]


def test_figures_know_the_records_that_own_them(press):
    document, _ = built(press)
    facility = Facility(id="facility-1", capacities=[Capacity(quantity=document.figures[0])])
    forecast = Forecast(id="forecast-1", metric="capacity", quantity=document.figures[0])

    case = Case.of(document.result(facilities=[facility], forecasts=[forecast]))

    assert case.owners == {"f1": ("facility-1", "forecast-1")}


def test_without_a_text_there_are_no_sentences(press):
    document, _ = built(press)

    case = Case.of(document.result(text=False))

    assert case.sentences == ()
    assert case.sentence(document.figures[0]) is None
