"""The page docs/checks.md, built from the docstrings: `python -m extractor.checks.docs > docs/checks.md`."""

from __future__ import annotations

import inspect
import re
import sys

from extractor.checks import RULES, Rule

INTRODUCTION = """\
# Checks

What one figure says, others may confirm or contradict. After the records are assembled, each check compares
figures that belong together and reports a problem with one of three verdicts:

- `consistent`: the arithmetic was done and agrees;
- `conflict`: it was done and does not;
- `underdetermined`: something needed is missing or too vague, or the result is only derived.

A figure stands for an interval: "about" for 10 % on either side, "over" and "up to" for one open end, a
range for its two ends, any other number for what rounds to its last digit. Sums, products and quotients of
intervals are intervals, and amounts agree where they overlap. No check edits a record.

Built from the docstrings in `extractor/checks` by `python -m extractor.checks.docs > docs/checks.md`.
"""
_LABEL = re.compile(r"^(Agrees|Disagrees|Left open):", re.MULTILINE)


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([INTRODUCTION, *(_section(name, rule) for name, rule in RULES.items())])


def _section(name: str, rule: Rule) -> str:
    """One check: its name and its docstring."""
    text = _LABEL.sub(r"**\1:**", inspect.cleandoc(rule.__doc__ or ""))
    return f"## {name}\n\n{text}\n"


if __name__ == "__main__":
    sys.stdout.write(page())
