"""Tally: documents that failed, and counts of what came of the others."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas import Result


_USAGE = ("calls", "reasks", "prompt_tokens", "cached_tokens", "answer_tokens", "known_answers")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document without a result."""

    where: str
    """Its file, or "file:line"; its id where it could be read and failed later."""
    error: str
    """One sentence: what is wrong, and what to do."""
    doc_id: str | None = None
    """Its id, where it got as far as that."""
    document: str | None = None
    """Its key, where it got as far as that."""
    attempts: int = 1
    """How many runs have tried it."""

    @property
    def key(self) -> str:
        """What tells this failure from those of other documents."""
        return self.document or self.where

    def to_json(self) -> str:
        """One JSON line without the line break."""
        return json.dumps(
            {
                "where": self.where,
                "doc_id": self.doc_id,
                "error": self.error,
                "attempts": self.attempts,
                "document": self.document,
            },
            ensure_ascii=False,
        )


@dataclass(slots=True)
class Tally:
    """What came of the documents so far."""

    documents: int = 0
    """Documents with a result."""
    failures: int = 0
    """Documents without one."""
    finished: int = 0
    """Documents that an earlier run has done already."""
    left: int = 0
    """Documents that failed in an earlier run and were not tried again."""
    changed: int = 0
    """Of the documents, those whose id an earlier run has done with another content."""
    records: Counter[str] = field(default_factory=Counter)
    """Records by type: facilities, deals, forecasts."""
    problems: Counter[str] = field(default_factory=Counter)
    """Problems by verdict: conflict, underdetermined, consistent."""
    figures: Counter[str] = field(default_factory=Counter)
    """Numerals of the texts by what became of them: read, used, dismissed, unexplained."""
    usage: Counter[str] = field(default_factory=Counter)
    """What a language model was asked for: calls, reasks, answers known from before, tokens."""
    cost_usd: float = 0.0
    """What that cost, where a price is known."""

    def to_json(self) -> str:
        """One JSON object on one line."""
        return json.dumps({each.name: getattr(self, each.name) for each in fields(self)})

    def merge(self, other: Tally) -> None:
        """Count what another has counted."""
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, each.name, mine + theirs)

    def add(self, result: Result) -> None:
        """Count one result."""
        self.documents += 1
        for kind in ("facilities", "deals", "forecasts"):
            self.records[kind] += len(getattr(result, kind))
        self.problems.update(problem.verdict for problem in result.problems)
        coverage = result.coverage
        self.figures["read"] += coverage.figures_read
        self.figures["used"] += coverage.figures_used
        self.figures["dismissed"] += len(coverage.figures_dismissed)
        self.figures["unexplained"] += len(coverage.figures_unexplained)
        for name in _USAGE:
            self.usage[name] += getattr(result.usage, name)
        self.cost_usd += result.usage.cost_usd or 0.0
