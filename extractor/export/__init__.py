"""Export: results as tables for spreadsheets, databases and data frames.

    export(results, Path("records.duckdb"), "duckdb")

The tables are defined once, in `schemas.tables`; a module here for each format writes them. Memory holds some
thousand rows of each table, however long the results are. An output comes into being whole or not at all.
"""

from extractor.export.export import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
