"""Evaluate: the comparison of two sets of documents. Reads its two paths and touches nothing else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.evaluate.comparison import Comparison, compare
from extractor.evaluate.documents import KINDS, Document, read_documents
from extractor.evaluate.grounding import grounding
from extractor.evaluate.items import Figure, Item
from extractor.evaluate.scores import Count, Difference, Scores

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

SUFFIXES = (".txt", ".html", ".htm")
"""File endings that a doc_id may carry or leave out."""
SUMS = ("records", "slots", "figures")
"""What is counted besides the single slots."""


def evaluate(gold: Path, out: Path) -> Scores:
    """Score results against gold records; each is a folder of *.gold.json files or a JSONL file.

    Raises InputError where one of the two is missing, is not JSON, or is not made as it should be.
    """
    expected, results = read_documents(gold), read_documents(out)
    scores = Scores()
    for group in ("all", *KINDS):
        for slot in SUMS:
            scores.count(group, slot)
    answers = _answers(expected, results, str(out))
    for doc_id, document in expected.items():
        result = results[answers[doc_id]] if doc_id in answers else Document()
        comparison = compare(document, result)
        _records(scores, document, result, comparison)
        scores.documents[doc_id] = _whole(comparison)
        scores.differences[doc_id] = Difference(
            [placed.words for placed in comparison.missed], [placed.words for placed in comparison.wrong]
        )
        scores.confusion.update(comparison.confusion())
        _problems(scores, doc_id, document, result)
        _grounding(scores, doc_id, result)
        scores.not_figures += len(document.not_figures)
        scores.not_figures_read += [
            f"{doc_id}: {numeral}" for numeral in document.not_figures if _was_read(numeral, result)
        ]
    scores.missing = [doc_id for doc_id in expected if doc_id not in answers]
    answering = set(answers.values())
    scores.without_gold = [doc_id for doc_id in results if doc_id not in answering]
    scores.documents = dict(sorted(scores.documents.items(), key=lambda entry: _worst_first(entry[1])))
    return scores


def _worst_first(count: Count) -> tuple[float, int]:
    """By F1, then by how much is wrong; a document with nothing to find and nothing found is no bad one."""
    return (1.0 if count.f1 is None else count.f1, 2 * count.matched - count.predicted - count.gold)


def _answers(expected: Iterable[str], results: Collection[str], where: str) -> dict[str, str]:
    """The result of each gold document, by doc_id: the same, or the same but for a file ending."""
    by_stem: dict[str, list[str]] = {}
    for other in results:
        by_stem.setdefault(_stem(other), []).append(other)
    answers = {}
    for doc_id in expected:
        same = [doc_id] if doc_id in results else by_stem.get(_stem(doc_id), [])
        if len(same) > 1:
            raise InputError(where, f'{" and ".join(same)} could both be the gold document "{doc_id}"')
        if same:
            answers[doc_id] = same[0]
    return answers


def _stem(doc_id: str) -> str:
    return next((doc_id.removesuffix(end) for end in SUFFIXES if doc_id.endswith(end)), doc_id)


def _records(scores: Scores, document: Document, result: Document, comparison: Comparison) -> None:
    """Count the records, slots and figures of one document."""
    for kind in KINDS:
        gold, predicted, pairs = document.records[kind], result.records[kind], comparison.pairs[kind]
        matched = _tally(pair.gold for pair in pairs)
        claimed = _tally(chain.from_iterable(predicted))
        asked = _tally(chain.from_iterable(gold))
        for group in ("all", kind):
            scores.count(group, "records").add(comparison.records[kind], len(predicted), len(gold))
            for slot in claimed | asked:
                if group == kind or slot in SUMS:
                    scores.count(group, slot).add(matched[slot], claimed[slot], asked[slot])
        for one, other in pairs:
            if isinstance(one.value, Figure) and isinstance(other.value, Figure):
                scores.bounds_right += one.value.bound == other.value.bound
                scores.periods_right += one.value.per == other.value.per


def _whole(comparison: Comparison) -> Count:
    """The count of all slots of a document."""
    matched = sum(len(pairs) for pairs in comparison.pairs.values())
    return Count(matched, matched + len(comparison.wrong), matched + len(comparison.missed))


def _tally(items: Iterable[Item]) -> Counter[str]:
    """How many items each slot has, with the sums over all slots and over those that hold figures."""
    tally: Counter[str] = Counter()
    for item in items:
        tally.update([item.slot, "slots", *(["figures"] if item.sort == "figure" else [])])
    return tally


def _problems(scores: Scores, doc_id: str, document: Document, result: Document) -> None:
    """What gold expects is found once each; every other conflict is false, where gold speaks of problems."""
    if document.problems is None:
        return
    reported = list(result.problems or [])
    for problem in document.problems:
        wanted = f"{problem['rule']} {problem['verdict']}"
        found = next((each for each in reported if f"{each['rule']} {each['verdict']}" == wanted), None)
        if found:
            reported.remove(found)
            scores.problems_found.append(f"{doc_id}: {wanted}")
        else:
            scores.problems_missed.append(f"{doc_id}: {wanted}")
        if problem["verdict"] == "conflict":
            scores.conflicts.add(found is not None, found is not None, 1)
    false = [problem for problem in reported if problem["verdict"] == "conflict"]
    scores.conflicts.add(0, len(false), 0)
    scores.false_conflicts += [
        f"{doc_id}: {problem['rule']}: {problem.get('message', '')}" for problem in false
    ]


def _grounding(scores: Scores, doc_id: str, result: Document) -> None:
    asked, grounded, others = grounding(result)
    scores.quotes += asked
    scores.quotes_grounded += grounded
    scores.not_grounded += [f"{doc_id}: {words}" for words in others]


def _was_read(numeral: str, result: Document) -> bool:
    """Whether a figure stands on the numeral; where the result has no text, whether one reads like it."""
    whole = re.compile(rf"(?<!\w){re.escape(numeral)}(?!\w)")
    if result.text is None:
        return any(whole.search(figure["text"]) for figure in result.figures)
    places = [found.span() for found in whole.finditer(result.text)]
    return any(
        figure["start"] < end and start < figure["end"] for figure in result.figures for start, end in places
    )
