"""The checks on the passages of fixtures/checks: faults found by the rule meant for them, sound ones blamed.

    python benchmarks/passages.py

A planted fault is found where its rule says conflict, or raises the question (name variants are never more).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from extractor import Extractor

FIXTURES = Path(__file__).parents[1] / "fixtures" / "checks"


def show(name: str, title: str) -> None:
    """One table: by rule the faults found, and below it the sound passages that have a conflict."""
    extractor = Extractor()
    planted, found, told, agreeing = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    sound, blamed = 0, Counter[str]()
    for line in (FIXTURES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        rule, verdict = passage["rule"], passage["verdict"]
        problems = extractor.extract(passage["text"], published=passage["published"]).problems
        said = {problem.verdict for problem in problems if problem.rule == rule}
        if passage["fault"]:
            planted[rule] += 1
            found[rule] += verdict in said
            continue
        sound += 1
        blamed.update({problem.rule for problem in problems if problem.verdict == "conflict"})
        if rule:
            agreeing[rule] += 1
            told[rule] += "consistent" in said
    print(f"\n{title}\n\n| rule | faults found | agreeing told so |\n| --- | --- | --- |")
    for rule in sorted({*planted, *agreeing}):
        print(f"| {rule} | {found[rule]} of {planted[rule]} | {told[rule]} of {agreeing[rule]} |")
    print(f"| all | {found.total()} of {planted.total()} | {told.total()} of {agreeing.total()} |")
    by_rule = ", ".join(f"{rule} {number}" for rule, number in blamed.items())
    print(f"\nConflicts in {sound} sound passages: {by_rule or 'none'}")


if __name__ == "__main__":
    show("unseen", "Unseen")
    show("heldout", "Set aside")
    show("development", "Development")
    show("wordings", "Other wordings")
