"""Area × areal density = mass; thickness × density = areal density."""

import pytest

RULE = "mass_from_area"


def told(problems):
    return [(problem.verdict, problem.message) for problem in problems]


def test_an_area_times_its_density_is_the_mass(found):
    text = (
        "The buyer plans to take over 50 million square meters of foil. At an areal density of "
        "approximately 180-220 g/m², this represents a volume of approximately 10kt."
    )

    assert told(found(RULE, text)) == [
        ("consistent", "over 50 million m2 × 180–220 g/m2 = 9–11 kt, stated as about 10 kt: agrees")
    ]


def test_a_mass_ten_times_as_large_is_a_conflict_that_says_so(found):
    text = "The order is for 20 million square meters at 150 g/m², equivalent to 30,000 t."

    assert told(found(RULE, text)) == [
        ("conflict", "20 million m2 × 150 g/m2 = 3,000 t, but 30,000 t is stated: off by a factor of 10")
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "It sells 48 μm aluminum foil (approx. 128 g/m²).",
            "48 μm of aluminium × 2.7 g/cm3 = 129.6 g/m2, stated as about 128 g/m2: agrees",
        ),
        (
            "It sells 6μm copper foil with an areal density of 53.8 g/m².",
            "6 μm of copper × 8.92 g/cm3 = 53.52 g/m2, stated as 53.8 g/m2: agrees",
        ),
    ],
)
def test_a_foil_weighs_what_its_material_does(found, text, message):
    assert told(found(RULE, text)) == [("consistent", message)]


def test_a_foil_that_does_not_is_a_conflict(found):
    assert told(found(RULE, "It sells 6μm copper foil (about 80 g/m²).")) == [
        ("conflict", "6 μm of copper × 8.92 g/cm3 = 53.52 g/m2, but about 80 g/m2 is stated")
    ]


def test_a_layered_film_is_left_open(found):
    (problem,) = found(RULE, "It sells 8 μm composite copper foil (about 30 g/m²).")

    assert problem.verdict == "underdetermined"


@pytest.mark.parametrize(
    "text",
    [
        "It sold 20 million square meters. The 150 g/m² grade is new, and the site has 30,000 t of stock.",
        "A 6 μm separator (about 5 g/m²) is new.",
        "The 5 m long line makes copper foil of 53.8 g/m².",
    ],
)
def test_what_no_word_ties_is_passed_over(found, text):
    assert found(RULE, text) == []


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "The laminate's areal density is 90 g/m². The order for 80 million square meters "
                "therefore stands for roughly 72,000 tonnes."
            ),
        ),
        (
            "conflict",
            "It will ship 25 million square metres of foil at 27 g/m². The lot amounts to 1,675 tonnes.",
        ),
        ("conflict", "It sold 12 million square metres of foil with 40.5 g/m2, 860 tonnes by weight."),
        (
            None,
            "It sells 10 million square metres a year, and 500 tonnes of powder; the film weighs 7 g/m².",
        ),
        (
            "consistent",
            ("The line moved from 8μm to 6μm copper foil. The thinner product weighs about 54 g/m²."),
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("mass_from_area", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
