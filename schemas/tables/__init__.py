"""Tables: how results lie in flat tables, for spreadsheets, databases and data frames.

The one definition that every export, `Result.to_dataframe` and docs/tables.md are made from.
"""

from schemas.tables.column import Cell, Column, Row, Table, Type, double
from schemas.tables.ledger import (
    DISMISSED,
    DOCUMENTS,
    FIGURES,
    PROBLEM_FIGURES,
    PROBLEM_RECORDS,
    PROBLEMS,
    TIMES,
)
from schemas.tables.records import (
    CAPACITIES,
    DEAL_PARTIES,
    DEALS,
    EVIDENCE,
    FACILITIES,
    FORECASTS,
    LINES,
    METRICS,
    MILESTONES,
    PRODUCTS,
    VOLUMES,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS, FACILITIES, CAPACITIES, MILESTONES, LINES, PRODUCTS, DEALS, DEAL_PARTIES, VOLUMES,
        FORECASTS, METRICS, PROBLEMS, PROBLEM_FIGURES, PROBLEM_RECORDS, FIGURES, TIMES, DISMISSED, EVIDENCE,
    )
}  # fmt: skip
"""All tables by name, each after those that it refers to."""

__all__ = ["TABLES", "Cell", "Column", "Row", "Table", "Type", "double"]
