"""Grounding: what stands in the records must stand in the text."""

from builders import money, plant

TEXT = "Lumora builds a plant in Debrecen for 183 million\neuros."


def result(text=TEXT, **slots):
    return {"text": text, "facilities": [plant("Debrecen", **slots)]}


def grounded(scores):
    return dict(scores.quotes_grounded), dict(scores.quotes)


def figure(words, start):
    return money(5) | {"text": words, "start": start, "end": start + len(words)}


def test_a_figure_and_a_name_of_the_text_are_grounded(scored):
    scores = scored([], result(operator="lumora", investment=figure("183 million\neuros", 38)))

    assert grounded(scores) == ({"figures": 1, "names": 2}, {"figures": 1, "names": 2})
    assert scores.metrics()["grounding"] == 1.0


def test_a_figure_whose_offsets_give_other_words_is_not(scored):
    scores = scored([], result(investment=figure("183 million\neuros", 37)))

    assert scores.metrics()["grounding.figures"] == 0.0
    assert scores.not_grounded == ["doc: facilities.investment: 183 million\neuros"]


def test_a_figure_without_offsets_is_looked_for_by_its_words(scored):
    scores = scored([], result(investment=money(5) | {"text": "183 million euros"}, land_area=money(7)))

    assert grounded(scores)[0]["figures"] == 1


def test_a_name_that_is_not_in_the_text_is_not_grounded(scored):
    scores = scored([], result(operator="Lumora Energy"))

    assert scores.metrics()["grounding.names"] == 0.5
    assert scores.not_grounded == ["doc: facilities.operator: Lumora Energy"]


def test_of_a_result_without_its_text_nothing_is_said(scored):
    scores = scored([], result(text=None))

    assert scores.metrics()["grounding"] is None
