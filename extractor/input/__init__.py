"""Input: paths to a stream of documents, and what a text says about its own publication."""

from extractor.input.dateline import publication_date
from extractor.input.decode import MAX_CHARACTERS
from extractor.input.position import Position
from extractor.input.records import is_unicode, parse_day
from extractor.input.results import results
from extractor.input.stream import documents

__all__ = [
    "MAX_CHARACTERS",
    "Position",
    "documents",
    "is_unicode",
    "parse_day",
    "publication_date",
    "results",
]
