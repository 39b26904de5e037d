"""The output contract: what a record is, and how records lie in tables. Nothing here reads a text."""

from schemas.base import Record, Span
from schemas.deal import Deal, Party, Volume
from schemas.facility import Capacity, Facility, Lines, Metric, Milestone
from schemas.forecast import Forecast
from schemas.frames import to_dataframe
from schemas.problem import Problem
from schemas.quantity import Derived, Quantity, quantities
from schemas.result import SCHEMA_VERSION, Coverage, Dismissed, Result, Run, Usage
from schemas.when import When

__all__ = [
    "SCHEMA_VERSION",
    "Capacity",
    "Coverage",
    "Deal",
    "Derived",
    "Dismissed",
    "Facility",
    "Forecast",
    "Lines",
    "Metric",
    "Milestone",
    "Party",
    "Problem",
    "Quantity",
    "Record",
    "Result",
    "Run",
    "Span",
    "Usage",
    "Volume",
    "When",
    "quantities",
    "to_dataframe",
]
