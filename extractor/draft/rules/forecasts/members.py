"""Members: which of several things told side by side a figure is of."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement, Told
    from schemas import Quantity

_LISTED = Pattern(
    r"([^,;:()]+(?:, [^,;:()]+)*,? and [^,;:()]+?)(?: \([^()]*\))?"
    r"(?: (?i:by|{forecasts.subjects.end_list})\b[^,]*)?$"
)
_BREAK = re.compile(r"(?:,\s*|\s+)and\s+|,\s*")
_HEAD = re.compile(r" (?:in|for|of|on|with) |^with ")
_GAP = 12
"""Characters between the figures of a list."""
_OWN_CLAUSE = Pattern(
    r"\s*(?:\([^()]*\))?(?:[^,;()]{0,30}[,;] (?:(?:and|while|but|with|followed by|led by) )?| and )"
    r"(?:the |that of )?([^\W\d_][^\d,;:()]{1,60}?)(?: \([^()]{1,12}\))?"
    r"(?: {forecasts.subjects.verbs}(?: (?:to|at|by))?|,? (?:at|with)) $"
)
# as in "storage has 11% and consumer electronics 4%"
_IN_LIST = re.compile(r" and ([a-z][\w -]{3,40}) ")
_NO_MEMBER = Pattern(
    r"(?:{forecasts.subjects.anaphors}|{forecasts.subjects.verbs}|{forecasts.subjects.end_before})|"
    r".*(?:{forecasts.subjects.of_companies}|{forecasts.subjects.anaphors}$)"
)


def respectively(statement: Statement) -> str | Told | None:
    """The one of "EVs, ESS, and electronics at 11%, 27%, and 10%, respectively" that a figure is of.

    Where the sentence lists no names, the amount of the same place in the row that was told before.
    """
    line = statement.line
    at = line.text.find("respectively", statement.figure.end - line.start)
    if at < 0:
        return _further_row(statement)
    chain = _chain(statement, line.start + at)
    place = next((i for i, figure in enumerate(chain) if figure is statement.figure), None)
    if len(chain) < 2 or place is None:
        return None
    if names := _names(statement, chain):
        return names[place]
    told = [t for t in statement.said_in(line) if t.figure.end <= chain[0].start][::-1]
    amounts = [t for t in told if t.figure.kind != "percent"]
    before = line.between(line.start, chain[0].start)
    listed = _LISTED.search(before.strip())
    members = [part for part in _BREAK.split(listed[1]) if part] if listed else []
    members = members[-len(chain) :]
    opening = line.start + before.rfind(members[0]) + len(members[0]) if members else 0
    amounts_between = any(opening < figure.start < chain[0].start for figure in line.figures)
    if len(members) < len(chain) or amounts_between:
        return amounts[place] if len(amounts) == len(chain) else None
    members[0] = _HEAD.split(members[0])[-1]  # "demand for EVs" → "EVs"
    return members[place]


def _further_row(statement: Statement) -> Told | None:
    """The amount of the row before of which as long a row tells more: "…, respectively, up 2% and 3%"."""
    line = statement.line
    at = line.text.rfind("respectively", 0, statement.figure.start - line.start)
    if at < 0:
        return None
    first, row = _chain(statement, line.start + at), _chain(statement, line.end, line.start + at)
    if len(first) != len(row) or len(row) < 2 or statement.figure not in row:
        return None
    same = first[row.index(statement.figure)]
    return next((told for told in statement.said_in(line) if told.figure is same), None)


def _names(statement: Statement, chain: list[Quantity]) -> list[str]:
    """The names in a row, as many as there are figures."""
    line = statement.line
    named = [name for name in line.names if name.end <= chain[0].start]
    row = named[-len(chain) :]
    gaps = [line.between(a.end, b.start).strip() for a, b in pairwise(row)]
    in_row = len(row) == len(chain) and all(gap in {",", "and", ", and"} for gap in gaps)
    return [statement.scene.names.full(name.text) for name in row] if in_row else []


def _chain(statement: Statement, stop: int, start: int = 0) -> list[Quantity]:
    """The last figures in a row before an offset, of whatever kind, without those that restate one."""
    chain: list[Quantity] = []
    last = 0
    for figure in statement.line.figures:
        if figure.end > stop:
            break
        if figure.start < start:
            continue
        if figure.same_as is None:
            if chain and figure.start - last > _GAP:
                chain = []
            chain.append(figure)
        last = figure.end
    return chain


def own_clause(statement: Statement, metric: Metric) -> str | None:
    """What a figure is of that goes on with the metric of one before: "…, ternary cells reached 9 GWh"."""
    gap = statement.line.gap_before(statement.figure)
    if metric.end > statement.figure.start - len(gap):
        return None
    hit = _OWN_CLAUSE.match(gap) or _IN_LIST.fullmatch(gap)
    return None if hit is None or _NO_MEMBER.match(hit[1]) else hit[1]
