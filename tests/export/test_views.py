"""The views of the DuckDB file answer with the numbers of the gold records."""

import duckdb
import pytest
from gold import DEVELOPMENT, gold_result

from extractor.export import export
from extractor.export.views import views
from schemas import Problem


@pytest.fixture(scope="module")
def answer(gold, tmp_path_factory):
    """Rows of a query on the exported gold."""
    path = tmp_path_factory.mktemp("views") / "gold.duckdb"
    export(gold, path, "duckdb")
    with duckdb.connect(path, read_only=True) as database:
        yield lambda query: database.execute(query).fetchall()


def test_capacity_by_country_segment_and_start_year(answer):
    rows = answer(
        "SELECT start_year, amount, operating, planned, unit, per, facilities FROM capacity_by_country"
        " WHERE country = 'CN' AND segment = 'cathode' ORDER BY start_year"
    )

    # 2024: Guizhou Tianyue's 60,000 + 90,000 t without its total of 150,000 t, and Yibin Yuelin's 100 kt
    assert rows == [
        (2023, 80_000, 50_000, 30_000, "t", "year", 1),
        (2024, 250_000, 60_000, 190_000, "t", "year", 2),
        (2025, 20_000, None, 20_000, "t", "year", 1),
        (None, 90_000, 90_000, None, "t", "year", 1),
    ]


def test_a_storage_project_has_no_yearly_capacity(answer):
    rows = answer("SELECT amount, unit, per FROM capacity_by_country WHERE country = 'CL' ORDER BY unit")

    assert rows == [(1.0, "GWh", None), (220.0, "MW", None)]


def test_a_capacity_that_is_the_sum_of_others_is_a_total(answer):
    rows = answer(
        "SELECT text, is_total FROM capacity_parts WHERE facility_name = 'Guizhou Tianyue' ORDER BY amount"
    )

    assert rows == [("60,000 tons per year", False), ("90,000 tons", False), ("150,000 tons", True)]


def test_a_total_that_its_parts_do_not_make_is_one_all_the_same(tmp_path):
    result = gold_result(DEVELOPMENT / "08_indian_gigafactory.gold.json")
    figures = [capacity.quantity.figure for capacity in result.facilities[0].capacities]
    conflict = Problem(
        rule="parts_make_total", verdict="conflict", message="5 + 7 + 10 ≠ 20", figures=figures
    )
    export([result.model_copy(update={"problems": [conflict]})], tmp_path / "out.duckdb", "duckdb")

    with duckdb.connect(tmp_path / "out.duckdb", read_only=True) as database:
        rows = database.execute(
            "SELECT amount, is_total FROM capacity_parts WHERE facility_id = 'facility-1' ORDER BY amount"
        ).fetchall()

    assert rows == [(5, False), (7, False), (10, False), (20, True)]


def test_investment_per_capacity(answer):
    rows = answer(
        "SELECT name, investment, currency, capacity, unit, capacities, investment_per_unit"
        " FROM investment_per_capacity WHERE doc_id = '01_three_factories' ORDER BY facility_id"
    )

    assert rows == [
        ("Guizhou Tianyue", 3.6e9, "CNY", 150_000, "t", 2, 24_000),
        ("Yibin Yuelin", 9.8e8, "CNY", 100_000, "t", 1, 9_800),
        ("Tianyue Malaysia", 2.6e8, "USD", 25_000, "t", 1, 10_400),
    ]


def test_forecasts_by_source(answer):
    rows = answer(
        "SELECT metric, year, amount, unit FROM forecasts_by_source"
        " WHERE forecaster = 'Northgate Insight' AND metric = 'demand'"
        " AND subject = 'lithium-ion battery' ORDER BY year"
    )

    assert rows == [
        ("demand", 2024, 1545, "GWh"),
        ("demand", 2025, 1930, "GWh"),
        ("demand", 2030, 4100, "GWh"),
    ]


def test_views_lose_no_record(answer):
    [(capacities, parts)] = answer(
        "SELECT (SELECT count(*) FROM capacities), (SELECT count(*) FROM capacity_parts)"
    )
    [(forecasts, told)] = answer(
        "SELECT (SELECT count(*) FROM forecasts), (SELECT count(*) FROM forecasts_by_source)"
    )

    assert (capacities, forecasts) == (parts, told)


@pytest.mark.parametrize("name", views())
def test_a_view_says_in_its_first_line_what_it_answers(name):
    assert views()[name].startswith("-- ")
