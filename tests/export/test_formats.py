"""What each format holds: the same tables, read back."""

import sqlite3
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from filled import filled_result
from pyarrow import parquet

from extractor.export import FORMATS
from schemas import Quantity, Result
from schemas.tables import TABLES, double

TYPED = [name for name in FORMATS if name != "csv"]
HOSTILE = ('=HYPERLINK("http://x")', "+49 30 1", "-5 °C", "@cmd", "\tx", 'a "b", c\nd; 储能 €', "a\x00b\x0b")


def amount(**fields):
    told = {"figure": "f1", "text": "x", "start": 0, "end": 1, "kind": "number", "value": 1, "unit": "",
            "base_value": 1, "base_unit": "", **fields}  # fmt: skip
    return Quantity.model_validate(told)


def of(*figures, **fields):
    return Result(doc_id="a", drafter="rules", figures=list(figures), **fields)


def expected(table, results, *, dates=str):
    """The rows of a table as a format with doubles has them."""
    columns = TABLES[table].columns
    return [
        {
            column.name: double(cell)
            if column.type == "number"
            else dates(cell)
            if isinstance(cell, date)
            else cell
            for column, cell in zip(columns, row, strict=True)
        }
        for result in results
        for row in TABLES[table].cells(result)
    ]


@pytest.mark.parametrize("to", ["parquet", "duckdb"])
def test_every_table_reads_back_equal(exported, read, gold, to):
    results = [*gold, filled_result()[0]]
    path = exported(results, to)

    for table in TABLES:
        assert read(path, table) == expected(table, results, dates=lambda day: day), table


def test_sqlite_reads_back_equal_with_iso_days(exported, read, gold):
    path = exported(gold, "sqlite")

    for table in TABLES:
        assert read(path, table) == expected(table, gold), table


def test_a_workbook_reads_back_equal(exported, read, gold):
    path = exported(gold, "xlsx")

    for table in TABLES:
        found = [
            {name: None if cell == "" else cell for name, cell in row.items()} for row in read(path, table)
        ]
        told = [
            {name: None if cell == "" else cell for name, cell in row.items()}
            for row in expected(table, gold, dates=lambda day: day)
        ]
        assert found == told, table


def test_csv_has_all_digits(exported, read):
    values = ["0.55", "5200000000", "12345678901234567890.123456789", "-20", "1" + "0" * 400]
    figures = [amount(figure=f"f{n}", value=Decimal(value)) for n, value in enumerate(values)]

    rows = read(exported([of(*figures)], "csv"), "figures")

    assert [row["value"] for row in rows] == values


@pytest.mark.parametrize("to", TYPED)
def test_a_number_stays_the_number(exported, read, to):
    values = [Decimal("0.55"), Decimal("5.2E+9"), Decimal("-1E-7"), Decimal(10) ** 300, Decimal(10) ** 400]
    figures = [amount(figure=f"f{n}", value=value) for n, value in enumerate(values)]

    rows = read(exported([of(*figures)], to), "figures")

    assert [row["value"] for row in rows] == [0.55, 5_200_000_000, -1e-7, 1e300, None]
    assert rows[-1]["value_exact"] == "1" + "0" * 400


@pytest.mark.parametrize("to", TYPED)
@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_the_words(exported, read, words, to):
    [row] = read(exported([of(title=words)], to), "documents")

    assert row["title"] == words


@pytest.mark.parametrize("words", HOSTILE)
def test_csv_sets_an_apostrophe_before_what_a_spreadsheet_would_run(exported, read, words):
    [row] = read(exported([of(title=words)], "csv"), "documents")

    assert row["title"] == (f"'{words}" if words[0] in "=+-@\t" else words)


def test_csv_leaves_plain_numbers_alone(exported, read):
    [row] = read(exported([of(amount(value=-20, text="-20"))], "csv"), "figures")

    assert (row["value"], row["value_exact"], row["text"]) == ("-20", "-20", "-20")


def test_a_workbook_has_no_formula_and_no_link(exported):
    path = exported([of(title="=1+1", source="http://example.org")], "xlsx")

    cells = {cell.value: cell for row in openpyxl.load_workbook(path)["documents"].rows for cell in row}

    assert cells["=1+1"].data_type == "s"
    assert cells["http://example.org"].hyperlink is None


def test_a_workbook_cuts_what_no_cell_can_hold(exported, read):
    [row] = read(exported([of(text="ab" * 20_000)], "xlsx"), "documents")

    assert len(row["text"]) == 32_767
    assert row["text"].endswith("b…") or row["text"].endswith("a…")


def test_a_workbook_begins_with_what_the_columns_mean(exported, gold):
    book = openpyxl.load_workbook(exported(gold, "xlsx"))

    assert book.sheetnames == ["tables", *TABLES]
    assert [cell.value for cell in book["tables"][1]] == ["table", "column", "type", "meaning"]
    assert book["facilities"].freeze_panes == "C2"
    assert book["facilities"].auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize(("day", "cell"), [("1899-12-31", "1899-12-31"), ("2024-03-08", date(2024, 3, 8))])
def test_a_workbook_has_days_that_spreadsheets_know_as_dates(exported, day, cell):
    book = openpyxl.load_workbook(exported([of(published=date.fromisoformat(day))], "xlsx"))

    found = book["documents"]["D2"]

    assert (found.value.date() if found.is_date else found.value) == cell


def test_parquet_says_what_its_columns_mean(exported, gold):
    schema = parquet.read_schema(exported(gold, "parquet") / "capacities.parquet")

    assert schema.metadata[b"primary_key"] == b"doc_id, facility_id, position"
    assert schema.field("stage").metadata[b"description"].startswith(b"`operating` where it runs today")


def test_sqlite_holds_its_keys(exported, gold):
    database = sqlite3.connect(exported(gold, "sqlite"))

    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA foreign_key_list(capacities)").fetchone()[2] == "facilities"
    database.close()
