"""Evaluate: results against gold records, slot by slot.

    scores = evaluate(Path("fixtures/press/development"), Path("out.jsonl"))
    for row in scores.table():
        print(*row)

Records of one type are aligned one-to-one within a document, then compared item by item (see `items`). A
figure counts only in the right slot of the right record; a repeated record, or a figure put everywhere, costs
precision. Slots that neither side fills count nowhere.
"""

from extractor.evaluate.evaluate import evaluate
from extractor.evaluate.requirements import Requirement
from extractor.evaluate.runs import Change, DocumentChange, changed_documents, changed_metrics
from extractor.evaluate.scores import Count, Difference, Row, Scores

__all__ = [
    "Change",
    "Count",
    "Difference",
    "DocumentChange",
    "Requirement",
    "Row",
    "Scores",
    "changed_documents",
    "changed_metrics",
    "evaluate",
]
