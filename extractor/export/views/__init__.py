"""Views: SQL for DuckDB that answers the first questions of an analyst; a comment in each says how."""

from __future__ import annotations

from importlib.resources import files

_VIEWS = ("capacity_parts", "capacity_by_country", "investment_per_capacity", "forecasts_by_source")


def views() -> dict[str, str]:
    """SQL of each view by name, each after those that it builds upon."""
    folder = files("extractor.export.views")
    return {name: (folder / f"{name}.sql").read_text("utf-8") for name in _VIEWS}
