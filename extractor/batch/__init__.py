"""Batch: a stream of documents to a file of result lines that can be continued, and a tally of what came."""

from extractor.batch.desk import DocumentExtractor
from extractor.batch.job import extract_jsonl
from extractor.batch.keys import document_key, settings_key
from extractor.batch.output import Output
from extractor.batch.run import run
from extractor.batch.tally import Failure, Tally

__all__ = [
    "DocumentExtractor",
    "Failure",
    "Output",
    "Tally",
    "document_key",
    "extract_jsonl",
    "run",
    "settings_key",
]
