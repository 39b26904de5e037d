"""The tables: nothing of a result is lost, and keys hold them together."""

from datetime import date
from decimal import Decimal

import pytest
from filled import filled_result
from gold import gold_results

from schemas import Quantity
from schemas.base import Model
from schemas.tables import TABLES, double


@pytest.fixture(scope="module")
def results():
    return gold_results()


def rows(table, results):
    names = [column.name for column in TABLES[table].columns]
    return [dict(zip(names, cells, strict=True)) for each in results for cells in TABLES[table].cells(each)]


def test_every_value_of_a_result_stands_in_a_table():
    result, values = filled_result()

    cells = [cell for table in TABLES.values() for row in table.cells(result) for cell in row]
    texts = "\n".join(cell for cell in cells if isinstance(cell, str))

    assert [value for value in values if value not in cells and str(value) not in texts] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_key_tells_the_rows_apart(name, results):
    keys = [
        tuple(row[part] for part in TABLES[name].key) for row in rows(name, [*results, filled_result()[0]])
    ]

    assert len(set(keys)) == len(keys)
    assert all(None not in key for key in keys)


@pytest.mark.parametrize("name", TABLES)
def test_a_reference_leads_to_a_row(name, results):
    for columns, other in TABLES[name].references:
        known = {tuple(row[part] for part in TABLES[other].key) for row in rows(other, results)}

        assert {tuple(row[column] for column in columns) for row in rows(name, results)} <= known


@pytest.mark.parametrize("name", TABLES)
def test_a_cell_has_the_type_of_its_column(name, results):
    types = {"text": str, "integer": int, "number": (int, float, Decimal), "date": date}
    columns = {column.name: types[column.type] for column in TABLES[name].columns}

    for row in rows(name, [*results, filled_result()[0]]):
        assert {
            c for c, cell in row.items() if cell is not None and not isinstance(cell, columns[c])
        } == set()


def test_every_column_says_what_it_means():
    assert [
        c.name for table in TABLES.values() for c in table.columns if not c.doc.endswith((".", '"', "…"))
    ] == []


def test_a_figure_of_a_record_leads_to_the_ledger(results):
    known = {(row["doc_id"], row["figure"]) for row in rows("figures", results)}

    for name in ("capacities", "lines", "volumes", "forecasts", "metrics"):
        assert {(row["doc_id"], row["figure"]) for row in rows(name, results)} <= known


def test_the_ends_of_a_range_stand_in_base_units_too():
    quantity = Quantity(
        figure="f1", text="180–220 g/m2", start=0, end=12, kind="rate", value=200, unit="g/m2",
        low=180, high=220, bound="range", base_value=Decimal("0.2"), base_unit="kg/m2",
    )  # fmt: skip
    result = gold_results()[0].model_copy(update={"figures": [quantity]})

    [row] = rows("figures", [result])

    assert (row["low"], row["high"]) == (180, 220)
    assert (row["base_low"], row["base_high"]) == (Decimal("0.18"), Decimal("0.22"))


def test_money_of_two_currencies_is_filled_where_it_was_computed():
    class Derived(Model):
        usd_value: Decimal
        eur_value: Decimal
        usd_rate: Decimal
        eur_rate: Decimal
        rate_date: date
        source: str

    class Converted(Quantity):
        derived: Derived | None = None

    told = gold_results()[0].facilities[0].investment.model_dump(exclude={"derived"})
    rates = Derived(
        usd_value=500, eur_value=460, usd_rate="0.14", eur_rate="0.13", rate_date="2024-03-08", source="ECB"
    )
    figures = [Converted(**told, derived=rates), Converted(**told | {"figure": "f2"})]

    first, second = rows("figures", [gold_results()[0].model_copy(update={"figures": figures})])

    columns = ("value_usd", "value_eur", "rate_usd", "rate_eur", "rate_date", "rate_source")
    assert [first[name] for name in columns] == [
        500,
        460,
        Decimal("0.14"),
        Decimal("0.13"),
        date(2024, 3, 8),
        "ECB",
    ]
    assert [second[name] for name in columns] == [None] * 6


def test_a_figure_has_its_fate():
    result, _ = filled_result()
    dismissed = {numeral.figure for numeral in result.coverage.figures_dismissed}
    figures = [
        result.figures[0].model_copy(update={"figure": name})
        for name in ("f-used", *result.coverage.figures_unexplained, *dismissed)
    ]

    found = [row["fate"] for row in rows("figures", [result.model_copy(update={"figures": figures})])]

    assert found == ["used", "unexplained", "unexplained", "dismissed", "dismissed"]


@pytest.mark.parametrize(
    ("exact", "nearest"),
    [
        ("0.55", 0.55),
        ("5.2E+9", 5.2e9),
        ("9007199254740993", 9007199254740992.0),
        ("1E+400", None),
        ("-1E+400", None),
    ],
)
def test_a_number_becomes_the_nearest_double_or_null(exact, nearest):
    assert double(Decimal(exact)) == nearest
