"""Two amounts for one thing at one time."""

import pytest

from schemas import Forecast

RULE = "same_quantity_differs"

TOWN = (
    '"By the end of this year, the production scale of lithium-ion battery anode materials in the new '
    "energy battery "
    'industrial town is expected to reach 220,000 tons," said Guo Haicheng, deputy head of Zhangzhuang '
    "town.\n\n"
    "The development will be promoted in three steps.\n\n"
    "This year, the annual production of lithium battery negative electrode material finished products "
    "is expected to "
    "reach 300,000 tons, placing it in the top three in the country."
)


def town(press, region=None, metric="output", basis="projection"):
    document = press(TOWN, "2023-06-20")
    first = document.figure("220,000 tons", 220_000, "t")
    second = document.figure("300,000 tons", 300_000, "t", per="year")
    this_year = document.time("the end of this year", "2023"), document.time("This year", "2023")
    forecasts = [
        Forecast(
            id="forecast-1",
            metric=metric,
            subject="lithium-ion battery anode materials",
            region="new energy battery industrial town",
            quantity=first,
            when=this_year[0],
        ),
        Forecast(
            id="forecast-2",
            metric="output",
            subject="lithium battery negative electrode material finished products",
            region=region,
            quantity=second,
            when=this_year[1],
            basis=basis,
        ),
    ]
    return document, forecasts


def forecast(number, figure, when, subject, **fields):
    return Forecast(
        id=f"forecast-{number}", metric="shipments", subject=subject, quantity=figure, when=when, **fields
    )


def two(press, text, amounts, subjects=("all-solid-state battery shipments",) * 2, fields=({}, {})):
    """Two forecasts for 2028, of amounts in GWh given as (slice, value)."""
    document = press(text)
    forecasts = [
        forecast(number, document.figure(*amount, "GWh"), document.time("2028", "2028"), subject, **more)
        for number, (amount, subject, more) in enumerate(zip(amounts, subjects, fields, strict=True), 1)
    ]
    return document.problems(RULE, forecasts=forecasts)


@pytest.mark.parametrize("region", [None, "new energy battery industrial town in Zhangzhuang"])
@pytest.mark.parametrize("metric", ["output", "capacity"])
def test_two_amounts_for_one_material_and_year_are_a_conflict(press, region, metric):
    document, forecasts = town(press, region, metric)

    [problem] = document.problems(RULE, forecasts=forecasts)

    assert problem.verdict == "conflict"
    assert problem.severity == "warning"
    assert problem.figures == ["f1", "f2"]
    assert problem.records == ["forecast-1", "forecast-2"]
    assert "220,000 t" in problem.message
    assert "300,000 t per year" in problem.message


def test_reported_and_expected_amounts_are_two_things(press):
    document, forecasts = town(press, basis="reported")

    assert document.problems(RULE, forecasts=forecasts) == []


def test_amounts_of_different_years_are_no_conflict(press):
    document = press("Output value of 10 billion yuan in 2023. It may exceed 30 billion yuan in 2025.")
    figures = document.figure("10 billion yuan", 1e10, "CNY"), document.figure("30 billion yuan", 3e10, "CNY")
    years = document.time("2023", "2023"), document.time("2025", "2025")
    forecasts = [
        Forecast(
            id=f"forecast-{n}", metric="output_value", subject="anode materials", quantity=figure, when=year
        )
        for n, (figure, year) in enumerate(zip(figures, years, strict=True))
    ]

    assert document.problems(RULE, forecasts=forecasts) == []


def test_one_amount_in_two_units_is_consistent(press):
    document = press("Anode shipments reach 13 GWh by 2028. Later: about 13,000 MWh of anode by 2028.")
    figures = (
        document.figure("13 GWh", 13, "GWh"),
        document.figure("about 13,000 MWh", 13_000, "MWh", bound="about"),
    )
    years = document.time("2028", "2028"), document.time("2028", "2028")
    forecasts = [
        forecast(n, figure, year, "anodes")
        for n, (figure, year) in enumerate(zip(figures, years, strict=True))
    ]

    [problem] = document.problems(RULE, forecasts=forecasts)

    assert problem.verdict == "consistent"


def test_two_amounts_in_one_sentence_mean_two_things(press):
    text = "Shipments of all-solid-state batteries reach 13.5 GWh in 2028 or 16 GWh in 2028 with vehicles."

    assert two(press, text, [("13.5 GWh", "13.5"), ("16 GWh", 16)]) == []


APART = "All-solid-state battery shipments reach 13.5 GWh in 2028. {} 20 GWh in 2028."


@pytest.mark.parametrize(
    "second",
    [
        "In Europe all-solid-state shipments reach",
        "In the optimistic scenario all-solid-state shipments reach",
        "Phase 2 brings all-solid-state shipments to",
        "All-solid-state shipments rise by",
    ],
)
def test_words_that_set_two_statements_apart_prevent_a_conflict(press, second):
    assert two(press, APART.format(second), [("13.5 GWh", "13.5"), ("20 GWh", 20)]) == []


def test_sentences_about_different_names_are_about_different_things(press):
    text = (
        "At Tianyue, all-solid-state battery shipments reach 13.5 GWh in 2028. "
        "At Yuelin, all-solid-state shipments then reach 20 GWh in 2028."
    )

    assert two(press, text, [("13.5 GWh", "13.5"), ("20 GWh", 20)]) == []


def test_amounts_of_different_periods_are_not_compared(press):
    document, (first, second) = town(press)
    monthly = first.quantity.model_copy(update={"per": "month"})

    assert document.problems(RULE, forecasts=[first.model_copy(update={"quantity": monthly}), second]) == []


def test_without_such_words_the_same_sentences_are_a_conflict(press):
    [problem] = two(
        press, APART.format("All-solid-state shipments then reach"), [("13.5 GWh", "13.5"), ("20 GWh", 20)]
    )

    assert problem.verdict == "conflict"


def test_semi_solid_is_not_all_solid(press):
    text = APART.format("Semi-solid-state shipments then reach")
    subjects = ("all-solid-state battery shipments", "semi-solid-state battery shipments")

    assert two(press, text, [("13.5 GWh", "13.5"), ("20 GWh", 20)], subjects=subjects) == []


def test_a_subject_that_could_be_anything_is_no_evidence(press):
    text = APART.format("Shipments then reach")

    assert two(press, text, [("13.5 GWh", "13.5"), ("20 GWh", 20)], subjects=("battery shipments",) * 2) == []


@pytest.mark.parametrize(
    "fields",
    [
        ({"forecaster": "Tideline"}, {"forecaster": "Crestline"}),
        ({"region": "China"}, {"region": "Hungary"}),
    ],
)
def test_two_forecasters_and_two_places_may_differ(press, fields):
    text = APART.format("All-solid-state shipments then reach")

    assert two(press, text, [("13.5 GWh", "13.5"), ("20 GWh", 20)], fields=fields) == []


def test_amounts_of_another_order_of_magnitude_are_left_to_other_checks(press):
    text = APART.format("All-solid-state shipments then reach").replace("20 GWh", "160 GWh")

    assert two(press, text, [("13.5 GWh", "13.5"), ("160 GWh", 160)]) == []


def test_two_investments_in_one_plant_are_a_conflict(found):
    text = (
        "Ground was broken on Monday. The plant has a total investment of 2.8 billion yuan. The plant, "
        "whose total investment is 3.4 billion yuan, will employ 500 people."
    )

    (problem,) = found(RULE, text)

    assert problem.verdict == "conflict"
    assert problem.message == ("2.8 billion CNY and 3.4 billion CNY as investment: two amounts for one thing")


@pytest.mark.parametrize(
    "text",
    [
        "It has a total investment of 2.8 billion yuan. Phase 2 has a total investment of 3.4 billion yuan.",
        "Kaivola has a total investment of 2 billion yuan. Norvolt has a total investment of 3 billion.",
    ],
)
def test_investments_in_two_phases_or_plants_may_differ(found, text):
    assert found(RULE, text) == []


@pytest.mark.parametrize(
    ("first", "verdicts"),
    [
        pytest.param(("5.2 billion yuan", 5_200_000_000, "CNY"), [], id="of two amounts"),
        pytest.param(("12,000 t", 12_000, "t"), ["conflict"], id="of one amount"),
    ],
)
def test_growths_are_of_the_amounts_that_they_stand_behind(press, first, verdicts):
    document = press(
        f"Ferrolith sold {first[0]} of foil in 2025, up 41 percent.\n\n"
        "Ferrolith sold 12,000 t of foil in 2025, up 63 percent."
    )
    growths = []
    for amount, percent in (first, ("41 percent", 41)), (("12,000 t", 12_000, "t"), ("63 percent", 63)):
        document.figure(*amount)
        growths.append((document.figure(*percent, "%", change="up"), document.time("2025", "2025")))
    forecasts = [
        Forecast(
            id=f"forecast-{number}",
            metric="growth_rate",
            subject="Ferrolith",
            quantity=figure,
            when=when,
            basis="reported",
        )
        for number, (figure, when) in enumerate(growths, 1)
    ]

    assert [problem.verdict for problem in document.problems(RULE, forecasts=forecasts)] == verdicts
