"""Data frames of results."""

import sys
from datetime import date

import pytest
from gold import DEVELOPMENT, gold_result, gold_results

import schemas
from schemas.tables import TABLES

THREE_FACTORIES = DEVELOPMENT / "01_three_factories.gold.json"


@pytest.fixture
def result():
    return gold_result(THREE_FACTORIES)


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_a_frame_has_the_numbers_of_the_records(result, engine):
    frame = result.to_dataframe("facilities", engine=engine)

    assert type(frame).__module__.split(".")[0] == engine
    assert frame["investment"].to_list() == [3.6e9, 9.8e8, 2.6e8]
    assert frame["investment_unit"].to_list() == ["CNY", "CNY", "USD"]


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_has_its_columns_and_types(result, table, engine):
    empty, full = (schemas.to_dataframe(results, table, engine=engine) for results in ([], [result]))

    assert list(empty.columns) == [column.name for column in TABLES[table].columns]
    assert list(empty.dtypes) == list(full.dtypes)
    assert len(empty) == 0


def test_numbers_dates_and_counts_can_be_computed_with(result):
    frame = result.to_dataframe("milestones")

    assert frame["when_start_date"].dt.year.min() == 2022
    assert frame["position"].sum() == sum(sum(range(1, len(f.milestones) + 1)) for f in result.facilities)
    assert result.to_dataframe("milestones", engine="polars")["when_start_date"].min() == date(2022, 5, 1)


def test_many_results_are_one_frame():
    frame = schemas.to_dataframe(iter(gold_results()), "forecasts", engine="polars")

    assert len(frame) == sum(len(result.forecasts) for result in gold_results())
    assert frame["doc_id"].n_unique() > 10


def test_an_unknown_table_is_named_with_those_there_are(result):
    with pytest.raises(ValueError, match='there is no table "plants"; there are documents, facilities,'):
        result.to_dataframe("plants")


def test_an_unknown_engine_is_named_with_those_there_are(result):
    with pytest.raises(ValueError, match='there is no engine "dask"; there are pandas, polars'):
        result.to_dataframe("facilities", engine="dask")


def test_an_engine_that_is_not_installed_is_told_with_the_command(result, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(ImportError, match=r'needs pandas: pip install "pressledger\[pandas\]"'):
        result.to_dataframe("facilities")
