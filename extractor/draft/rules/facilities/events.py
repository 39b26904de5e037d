"""Events: the dated milestones of a facility, and the status that its events and states amount to."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from extractor.draft.model import MilestoneDraft
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line
    from schemas import When

_FARTHEST = 150
"""Distance, in characters and penalties, from which on an event is not of a time."""
_NEW_CLAUSE = 40
"""Penalty for each clause that starts between event and time."""
_OTHER_TIME = 60
"""Penalty for each other time between them."""
_EVENT_BEHIND = 8
"""Penalty where the event stands behind the time."""
_DATE_REACH = 40
"""Characters behind an event word within which a date says whether it is past."""
_CLAUSE = re.compile(r";|, (?:and|while|but|with|which)\b|\band\b")
_STILL_TO_COME = Pattern(r"{facilities.tense.future}")
_HAS_HAPPENED = Pattern(r"{facilities.tense.past}")
_NEEDS_PAST = frozenset({"completion", "production_start", "full_capacity"})
"""Events whose words may also tell a purpose: "equipment for mass production"."""
_PRONOUN = re.compile(r"It\b")
_PHASE = Pattern(r"{facilities.roles.phase}")

_OVERRULING = ("cancelled", "suspended")
_STRONGEST_FIRST = ("under_construction", "operational", "expanding", "announced", "planned")


def milestones(subject: Subject) -> list[MilestoneDraft]:
    """The dated events, in text order: each time goes to the nearest event word of its sentence."""
    found: dict[tuple[object, ...], MilestoneDraft] = {}
    for line in subject.lines:
        for time in line.times:
            event = _event_of(line, time) if subject.has(line, time.start, time.end) else None
            if event is not None:
                told = MilestoneDraft(event=event, time=time.time)
                found.setdefault((event, time.start_date, time.end_date), told)
    return list(found.values())


def status(subject: Subject) -> str | None:
    """The strongest state that the sentences say is reached; what is still to come counts only as planned."""
    lines = [*subject.lines, *subject.site.shared]
    reached: set[str] = set()
    planned = False
    for line in lines:
        for state in _states_by_events(subject, line):
            planned = planned or state is None
            reached |= {state} if state else set()
        speaks_of_it = _PRONOUN.match(line.text) or _PHASE.match(line.text)
        if speaks_of_it or subject.is_mentioned_in(line) or line in subject.site.shared:
            reached |= {row.name for row in rows("facilities.status") if row.pattern.search(line.text)}
    for state in _OVERRULING:
        if state in reached:
            return state
    if {"operational", "under_construction"} <= reached:
        in_phases = any(_PHASE.search(line.text) for line in lines)
        if in_phases or "expanding" in reached:
            return "expanding"
    return next((state for state in _STRONGEST_FIRST if state in reached), "planned" if planned else None)


def _event_of(line: Line, time: When) -> str | None:
    best: tuple[int, str] | None = None
    for row in rows("facilities.event"):
        for hit in row.pattern.finditer(line.text):
            score = (_distance(line, line.start + hit.start(), line.start + hit.end(), time), row.name)
            best = min(best, score) if best else score
    return best[1] if best and best[0] < _FARTHEST else None


def _distance(line: Line, start: int, end: int, time: When) -> int:
    """How far an event word is from a time."""
    low, high = min(end, time.end), max(start, time.start)
    between = line.between(low, high)
    others = sum(low <= other.start < high and other is not time for other in line.times)
    behind = _EVENT_BEHIND if start > time.end else 0
    return len(between) + _NEW_CLAUSE * len(_CLAUSE.findall(between)) + _OTHER_TIME * others + behind


def _states_by_events(subject: Subject, line: Line) -> Iterator[str | None]:
    """The states that the events of a sentence mean where they have happened; None for one still to come."""
    published = subject.scene.published or date.max
    for row in rows("facilities.event"):
        for hit in row.pattern.finditer(line.text):
            start, end = line.start + hit.start(), line.start + hit.end()
            clause = line.between(start - 50, end + 12)
            times = [time for time in line.times if start < time.start < end + _DATE_REACH]
            if _STILL_TO_COME.search(clause) or any(
                (time.start_date or published) > published for time in times
            ):
                yield None
            elif (
                row.name not in _NEEDS_PAST
                or _HAS_HAPPENED.search(clause)
                or any((time.end_date or published) < published for time in times)
            ):
                yield row.data["done"]
