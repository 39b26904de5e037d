import csv
import sqlite3
from contextlib import closing
from datetime import datetime

import duckdb
import openpyxl
import pytest
from gold import gold_results
from openpyxl.utils.escape import unescape
from pyarrow import parquet

from extractor.export import export


@pytest.fixture(scope="session")
def gold():
    """The development gold as results."""
    return gold_results()


@pytest.fixture
def exported(tmp_path):
    """Exports results and gives the path."""

    def write(results, to, **settings):
        path = tmp_path / f"out.{to}"
        export(results, path, to, **settings)
        return path

    return write


@pytest.fixture
def read():
    """The rows of one table of an output, each a dict with null as None."""
    return lambda path, table: _READERS[path.suffix.removeprefix(".")](path, table)


def _csv(path, table):
    with (path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]


def _parquet(path, table):
    return parquet.read_table(path / f"{table}.parquet").to_pylist()


def _duckdb(path, table):
    with duckdb.connect(path, read_only=True) as database:
        database.execute(f"FROM {table}")
        names = [column[0] for column in database.description]
        return [dict(zip(names, row, strict=True)) for row in database.fetchall()]


def _sqlite(path, table):
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608


def _xlsx(path, table):
    with closing(openpyxl.load_workbook(path)) as book:
        heading, *rows = book[table].iter_rows(values_only=True)
        return [
            {
                name: cell.date()
                if isinstance(cell, datetime)
                else unescape(cell)  # control characters have a spelling of their own
                if isinstance(cell, str)
                else cell
                for name, cell in zip(heading, row, strict=True)
            }
            for row in rows
        ]


_READERS = {"csv": _csv, "parquet": _parquet, "duckdb": _duckdb, "sqlite": _sqlite, "xlsx": _xlsx}
