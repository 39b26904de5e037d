"""Where words stand in a text."""

import pytest

from extractor.quote import find_words


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Beta Foil", "and Beta\n  Foil said"),
        ("beta foil", "BETA FOIL"),
        ("Nature's Own", "Nature’s Own cells"),
        ("lithium-ion", "lithium–ion"),
        ("battery cell", "battery cells"),
        ("(EVE)", "Huizhou(EVE)"),
        ("宁德时代", "据宁德时代公告"),
        ("izmir", "in İzmir"),
        ("Elazığ", "the ELAZIĞ plant"),
        ("51.8 GWh", "some 51.8\u00a0gwh"),
    ],
)
def test_words_stand_in_the_text(words, text):
    assert find_words(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [("EVE", "the development"), ("cell", "cellar"), ("a.b", "aXb"), ("", "text"), ("  ", "text")],
)
def test_words_do_not_stand_in_the_text(words, text):
    assert not find_words(words, text)


def test_every_place_is_given():
    assert [(span.start, span.end) for span in find_words("foil", "Foil, foils")] == [(0, 4), (6, 10)]


def test_a_beginning_that_leads_nowhere_is_passed_over():
    assert [(span.start, span.end) for span in find_words("Beta Foil", "Beta, betas, Beta Foil")] == [
        (13, 22)
    ]
