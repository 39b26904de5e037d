"""Review: results on a page for a person to check, and the person's corrections back onto results."""

from extractor.review.apply import Corrections, apply_corrections
from extractor.review.compare import compared
from extractor.review.corrections import Correction, read_corrections
from extractor.review.page import write_page

__all__ = ["Correction", "Corrections", "apply_corrections", "compared", "read_corrections", "write_page"]
