"""Investment ÷ capacity against what is usual."""

import tomllib
from importlib.resources import files

import pytest

RULE = "capital_intensity"
PLANT = (
    "CATL will invest {money} in a battery cell plant in Debrecen. It will have a capacity of 100 GWh a year."
)


def test_a_usual_investment_is_consistent(found):
    (problem,) = found(RULE, PLANT.format(money="7.34 billion euros"), "2022-08-12")

    assert problem.verdict == "consistent"
    assert problem.message == (
        "7.34 billion EUR ÷ 100 GWh per year = 75.49 million USD/GWh: "
        "within the 35–200 million USD/GWh usual in cell"
    )
    assert problem.records == ["facility-1"]


def test_a_thousandth_of_it_is_a_conflict_that_names_the_likely_amount(found):
    (problem,) = found(RULE, PLANT.format(money="7.34 million euros"), "2022-08-12")

    assert problem.verdict == "conflict"
    assert problem.message.endswith("; 7.34 billion EUR would fit")


def test_a_few_times_as_much_is_left_open(found):
    (problem,) = found(RULE, PLANT.format(money="40 billion euros"), "2022-08-12")

    assert problem.verdict == "underdetermined"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (PLANT.format(money="7.34 million euros"), None),
        (PLANT.format(money="NT$7.34 million"), "2022-08-12"),
        ("CATL will invest 7.34 million euros in a battery cell plant in Debrecen.", "2022-08-12"),
    ],
)
def test_without_a_rate_or_a_capacity_nothing_is_said(found, text, published):
    assert found(RULE, text, published) == []


def test_a_project_with_more_than_storage_in_it_is_no_conflict(found):
    text = "Atlas invests 4 billion pounds in the 100 MW/400 MWh battery storage project with solar in Leeds."

    assert [problem.verdict for problem in found(RULE, text) if problem.verdict == "conflict"] == []


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("capital_intensity", ["intensity"]),
        ("densities", ["material"]),
        ("magnitudes", ["figure", "capacity"]),
    ],
)
def test_every_row_of_data_names_its_source(name, tables):
    data = tomllib.loads((files("extractor.checks") / "data" / f"{name}.toml").read_text(encoding="utf-8"))

    assert [row for table in tables for row in data[table] if not row.get("source")] == []
