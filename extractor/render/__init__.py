"""Render: results, ledgers, tallies and scores as a person reads them in a terminal of 80 columns or a pipe.

Nothing is told by colour alone, and nothing of a document can steer the terminal.
"""

from extractor.render.batches import show_standing
from extractor.render.ledger import ledger_json, show_ledger
from extractor.render.progress import progress
from extractor.render.result import show_result
from extractor.render.scores import scores_markdown, show_runs, show_scores
from extractor.render.scores_page import scores_page
from extractor.render.tally import show_failure, show_tally

__all__ = [
    "ledger_json",
    "progress",
    "scores_markdown",
    "scores_page",
    "show_failure",
    "show_ledger",
    "show_result",
    "show_runs",
    "show_scores",
    "show_standing",
    "show_tally",
]
