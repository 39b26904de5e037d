"""What all checks cost on one document: processor time for a figure, and how that grows with the figures.

    python benchmarks/checks.py

The documents are made up of paragraphs like those of announcements, with different numbers in each. Reading
and drafting are not counted.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from typing import TYPE_CHECKING

from extractor.assemble import assemble
from extractor.checks import RULES, check
from extractor.checks.case import Case
from extractor.derive import derive
from extractor.document import Document
from extractor.draft.rules import RulesDrafter
from extractor.input import parse_day
from extractor.read import read

if TYPE_CHECKING:
    from schemas import Result

SIZES = (500, 1_000, 2_000, 5_000)
RUNS = 5
PARAGRAPHS = (
    """Plant {n} of Lahn Energie in Kassel has a total investment of {a} million euros (${b} million).
    It will make {c} GWh of cells a year from {y}, specifically {d} GWh in hall A and {e} GWh in hall B.
    Construction began in May 2021.""",
    """The {c}MW/{f}MWh battery storage project number {n} will charge {g} million kWh and discharge {h}
    million kWh a year. Atlas Power won the order at {a} million yuan, a unit price of 0.{e} yuan/Wh.""",
    """Shipments of maker {n} rose {d}% to {f} GWh in 2023 from {c} GWh a year earlier. Among them, phosphate
    cells were {e} GWh, up {d}%, accounting for {e}% of the total. Demand will reach {g} GWh by {y}.""",
    """The buyer plans to take over {a} million square meters of foil. Based on {e}μm of aluminium (about {b}
    g/m²), that is {h} tonnes. Line {n} makes {c} tons a month, or {f} tons a year.""",
)
_FIGURES = 7  # of a paragraph, on average


def document(size: int) -> Document:
    """A press text with about so many figures."""
    paragraphs, figures = [], 0
    for n in count(1):
        if figures >= size:
            break
        text = PARAGRAPHS[n % len(PARAGRAPHS)].format(
            n=n,
            y=2025 + n % 10,
            **{name: 2 + (n * step) % (97 + 10 * step) for step, name in enumerate("abcdefgh", 3)},
        )
        paragraphs.append(" ".join(text.split()))
        figures += _FIGURES
    return Document("\n\n".join(paragraphs), f"{size} figures", parse_day("2024-05-01", "benchmark"))


def main() -> None:
    """Print the table."""
    print("figures  problems  check ms  µs/figure  cost ÷ figures, against the first")
    first = None
    drafter = RulesDrafter()
    check(extracted(drafter, SIZES[0]))  # loads what is loaded once
    for size in SIZES:
        result = extracted(drafter, size)
        seconds = min(timed(result) for _ in range(RUNS))
        each = seconds / len(result.figures) * 1e6
        first = first or each
        found = len(check(result).problems)
        print(f"{len(result.figures):7,}  {found:8,}  {seconds * 1e3:8.1f}  {each:9.1f}  {each / first:.2f}")
    if "--rules" in sys.argv:
        case = Case.of(result)
        for name, rule in RULES.items():
            begin = time.process_time()
            list(rule.check(case))
            print(f"  {name:24} {(time.process_time() - begin) * 1e3:8.1f} ms")


def extracted(drafter: RulesDrafter, size: int) -> Result:
    """The result of a document before any check."""
    reading = read(document(size))
    return derive(assemble(reading, drafter.draft(reading), drafter.name))


def timed(result: Result) -> float:
    begin = time.process_time()
    check(result)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
