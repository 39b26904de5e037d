"""The page docs/tables.md, from the table definition: `python -m extractor.export.docs > docs/tables.md`."""

from __future__ import annotations

import sys

from extractor.export.views import views
from schemas.tables import TABLES, Table

INTRODUCTION = """\
# Tables

    extractor export records.jsonl --to duckdb -o records.duckdb
    extractor export records.jsonl --to xlsx -o records.xlsx
    extractor export records.jsonl --to csv -o tables/

puts the results of a run into tables that fit together by keys. CSV and SQLite need nothing more; Parquet,
DuckDB and XLSX need `pip install "pressledger[export]"`. Long files are read line by line and written some
thousand rows at a time. An output that exists is replaced with `--force` alone, and one that is stopped or
fails leaves nothing behind. A document may stand once in the results; one that comes up again is named and
left out.

Every figure stands as it was written (`text`), as it was read (`value` and `unit`, `low` and `high` for
bounds and ranges) and in base units for comparing (`base_value`, `base_unit`). Where a record has one
figure for a slot, the slot's name is the value and begins the other names: `investment`, `investment_unit`,
`investment_text`. Times have their first and last day and their words.

| | CSV | Parquet | DuckDB | SQLite | XLSX |
| --- | --- | --- | --- | --- | --- |
| output | folder, a file a table | folder, a file a table | one file | one file | one file, a sheet a table |
| `text` | UTF-8 | string | VARCHAR | TEXT | text |
| `integer` | digits | int64 | BIGINT | INTEGER | number |
| `number` | all digits | double | DOUBLE | REAL | number |
| `date` | ISO day | date32 | DATE | ISO day, TEXT | date; before March 1900 text |
| null | nothing | null | NULL | NULL | empty cell |

- **Numbers.** Results hold exact decimals, and their JSON numbers are the shortest decimals of doubles. A
  column of doubles is therefore as good: 0.55 is 0.55, and tools compute with it. Only whole numbers above
  2^53 lose digits, and what no double can hold is null; `figures.value_exact` has all digits as text, and
  so has every number in CSV.
- **Formulas.** Words of a document are never run. In XLSX every text is written as text. CSV knows no
  types, so an apostrophe is set before text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return
  and is no plain number (`'+49 30 …`); take it off where you need the exact words, or use another format.
- **CSV** has no byte order mark, line feeds, and an empty cell for null as well as for an empty text.
- **XLSX** holds 32,767 characters in a cell; longer texts are cut and end in "…". The first sheet says what
  the columns mean. A sheet has 1,048,576 rows at most; what is longer is refused.
- **DuckDB** and **Parquet** carry the meaning of tables and columns with them, as comments and as metadata.
  SQLite declares the keys.

In Python, any table of one result or of many is a data frame (`pip install "pressledger[pandas]"` or
`[polars]`):

    result.to_dataframe("capacities")
    schemas.to_dataframe(results, "forecasts", engine="polars")

Built from the definition in `schemas/tables` by `python -m extractor.export.docs > docs/tables.md`.
"""
VIEWS = """\
# Views of the DuckDB file

    duckdb records.duckdb "FROM capacity_by_country WHERE country = 'CN'"

They answer what is asked first; their SQL is here to be read and changed. What an answer stands on is one
join away: every row has `doc_id`, and `text` has the words. `docs/examples/capacity_by_country.py` draws
one of them.
"""


def page() -> str:
    """The whole page, in Markdown."""
    sections = [_table(table) for table in TABLES.values()]
    return "\n".join([INTRODUCTION, *sections, VIEWS, *(_view(*view) for view in views().items())])


def _table(table: Table) -> str:
    lines = [f"## {table.name}", "", table.doc, f"Key: {_names(table.key)}."]
    lines += [f"{_names(columns)} → `{other}`." for columns, other in table.references]
    lines += ["", "| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{column.name}` | {column.type} | {column.doc} |" for column in table.columns]
    return "\n".join([*lines, ""])


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _view(name: str, sql: str) -> str:
    comment, _, statements = sql.partition("\nCREATE")
    words = "\n".join(line.removeprefix("--").strip() for line in comment.splitlines())
    return f"## {name}\n\n{words}\n\n```sql\nCREATE{statements.rstrip()}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(page())
