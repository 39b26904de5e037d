"""Scores: what an evaluation found, as numbers, as JSON and as rows for printing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import NamedTuple


@dataclass(slots=True)
class Count:
    """How many are in gold, how many were predicted, and how many of these agree."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, matched: int, predicted: int, gold: int) -> None:
        """Count some more."""
        self.matched += matched
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None where nothing was predicted."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of gold that was found; None where gold has nothing."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where neither side has anything."""
        both = self.predicted + self.gold
        return 2 * self.matched / both if both else None

    def as_dict(self) -> dict[str, float | int | None]:
        """The three shares, rounded to four digits, and the three counts."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        rounded = {name: None if share is None else round(share, 4) for name, share in shares.items()}
        return {**rounded, "matched": self.matched, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not right in one document, as "facilities.investment: 3.6 billion yuan"."""

    missed: list[str]
    """What gold alone has."""
    wrong: list[str]
    """What the result alone has."""


class Row(NamedTuple):
    """A line of the table, ready for printing; a share that has no meaning is "–"."""

    group: str
    slot: str
    precision: str
    recall: str
    f1: str
    matched: str
    predicted: str
    gold: str


@dataclass(slots=True)
class Scores:
    """What an evaluation found.

    `counts[group][slot]`: the group is "all" or a record type; the slot is one of a record's slots
    ("capacities.product"), or "records", "slots" (all of them), "figures" (those that hold a quantity).
    """

    counts: dict[str, dict[str, Count]] = field(default_factory=dict)
    documents: dict[str, Count] = field(default_factory=dict)
    """All slots of each document, the worst F1 first."""
    differences: dict[str, Difference] = field(default_factory=dict)
    """What is missed and wrong in each document."""
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Figures that are not right, by the slot that gold has them in and the slot of the result; "nowhere" for
    the side that has none."""
    bounds_right: int = 0
    """Matched figures whose bound agrees too."""
    periods_right: int = 0
    """Matched figures whose period agrees too."""
    problems_found: list[str] = field(default_factory=list)
    """Problems that gold expects and a check reported, as "document: rule verdict"."""
    problems_missed: list[str] = field(default_factory=list)
    """Problems that gold expects and no check reported."""
    conflicts: Count = field(default_factory=Count)
    """Conflicts in documents whose gold speaks of problems."""
    false_conflicts: list[str] = field(default_factory=list)
    """Those of them that gold does not expect, as "document: rule: message"."""
    quotes: Counter[str] = field(default_factory=Counter)
    """Figures and names in the records of results that have their texts."""
    quotes_grounded: Counter[str] = field(default_factory=Counter)
    """Those of them that stand in the text."""
    not_grounded: list[str] = field(default_factory=list)
    """The others, as "document: slot: words"."""
    not_figures: int = 0
    """Numerals that gold says are no figures."""
    not_figures_read: list[str] = field(default_factory=list)
    """Those of them that were read as figures, as "document: numeral"."""
    missing: list[str] = field(default_factory=list)
    """Gold documents without a result; all that they hold counts as not found."""
    without_gold: list[str] = field(default_factory=list)
    """Results without gold, which count nowhere."""

    def count(self, group: str, slot: str) -> Count:
        """The count of one slot in one group, zeros where nothing has been counted."""
        return self.counts.setdefault(group, {}).setdefault(slot, Count())

    def metrics(self) -> dict[str, float | None]:
        """Every single number by a name of its own, such as "figures.f1"; None where nothing was measured.

        Precision, recall and F1 of a slot of a record type are "facilities.capacities.f1", those over all
        types leave the type out.
        """
        told: dict[str, float | None] = {}
        for group, slots in self.counts.items():
            for slot, count in slots.items():
                name = slot if group == "all" else f"{group}.{slot}"
                told |= _shares(name, count)
        matched = self.count("all", "figures").matched
        return {
            **told,
            **_shares("conflicts", self.conflicts),
            "false_conflicts": float(len(self.false_conflicts)),
            "bounds": _share(self.bounds_right, matched),
            "periods": _share(self.periods_right, matched),
            "grounding": _share(self.quotes_grounded.total(), self.quotes.total()),
            "grounding.figures": _share(self.quotes_grounded["figures"], self.quotes["figures"]),
            "grounding.names": _share(self.quotes_grounded["names"], self.quotes["names"]),
            "not_figures_read": float(len(self.not_figures_read)),
            "missing": float(len(self.missing)),
        }

    def as_dict(self) -> dict[str, object]:
        """Everything, as JSON takes it."""
        return {
            "scores": {
                group: {slot: count.as_dict() for slot, count in slots.items()}
                for group, slots in self.counts.items()
            },
            "matched_figures": {
                "all": self.count("all", "figures").matched,
                "bound_right": self.bounds_right,
                "per_right": self.periods_right,
            },
            "problems": {
                "found": self.problems_found,
                "missed": self.problems_missed,
                "false_conflicts": self.false_conflicts,
            },
            "conflicts": self.conflicts.as_dict(),
            "grounding": {
                sort: {"all": self.quotes[sort], "grounded": self.quotes_grounded[sort]}
                for sort in ("figures", "names")
            },
            "not_grounded": self.not_grounded,
            "confusion": [
                {"gold": gold, "found": found, "figures": number}
                for (gold, found), number in self.confusion.most_common()
            ],
            "not_figures": {"all": self.not_figures, "read": self.not_figures_read},
            "documents": {doc_id: count.as_dict() for doc_id, count in self.documents.items()},
            "differences": {doc_id: asdict(each) for doc_id, each in self.differences.items()},
            "missing": self.missing,
            "without_gold": self.without_gold,
        }

    def to_json(self) -> str:
        """Everything, as one JSON object."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def table(self) -> list[Row]:
        """Each group's records, slots and figures, then its single slots; last the documents, worst first."""
        slots = [
            _row(group, slot, count) for group, slots in self.counts.items() for slot, count in slots.items()
        ]
        return slots + [_row(doc_id, "slots", count) for doc_id, count in self.documents.items()]


def _shares(name: str, count: Count) -> dict[str, float | None]:
    return {f"{name}.precision": count.precision, f"{name}.recall": count.recall, f"{name}.f1": count.f1}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _row(group: str, slot: str, count: Count) -> Row:
    precision, recall, f1 = (
        "–" if share is None else f"{share:.2f}" for share in (count.precision, count.recall, count.f1)
    )
    return Row(group, slot, precision, recall, f1, str(count.matched), str(count.predicted), str(count.gold))
