"""Runs: the scores of two runs over the same gold, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.evaluate.scores import Difference, Scores


class Change(NamedTuple):
    """A metric in both runs; None where a run has nothing to measure it on."""

    metric: str
    before: float | None
    after: float | None

    @property
    def delta(self) -> float | None:
        """How much more the second run has."""
        return None if self.before is None or self.after is None else self.after - self.before


class DocumentChange(NamedTuple):
    """A document that the two runs do not answer alike."""

    doc_id: str
    before: float | None
    """F1 of its slots in the first run."""
    after: float | None
    gained: list[str]
    """What gold has and only the second run found, and what only the first had wrong."""
    lost: list[str]
    """What gold has and only the first run found, and what only the second has wrong."""

    @property
    def delta(self) -> float:
        """How much its F1 grew; a document that has none counts as 0."""
        return (self.after or 0.0) - (self.before or 0.0)


def changed_metrics(first: Scores, second: Scores) -> list[Change]:
    """The metrics that differ, in the order of the tables."""
    before, after = first.metrics(), second.metrics()
    changes = [Change(name, before.get(name), after.get(name)) for name in {**before, **after}]
    return [change for change in changes if change.before != change.after]


def changed_documents(first: Scores, second: Scores) -> list[DocumentChange]:
    """The documents that differ, those that lost most first."""
    changes = []
    for doc_id in first.documents:
        one, two = first.differences[doc_id], second.differences[doc_id]
        gained = _gained(one, two)
        lost = _gained(two, one, "now wrong: ")
        if gained or lost:
            before, after = first.documents[doc_id].f1, second.documents[doc_id].f1
            changes.append(DocumentChange(doc_id, before, after, gained, lost))
    return sorted(changes, key=lambda change: change.delta)


def _gained(before: Difference, after: Difference, label: str = "no longer wrong: ") -> list[str]:
    """What is no longer missed, and what is no longer wrong; what is both, because it moved, stands once."""
    found = _without(before.missed, after.missed)
    return found + [label + each for each in _without(_without(before.wrong, after.wrong), found)]


def _without(some: list[str], others: list[str]) -> list[str]:
    """What is in `some` more often than in `others`."""
    left = list(others)
    rest = []
    for each in some:
        if each in left:
            left.remove(each)
        else:
            rest.append(each)
    return rest
