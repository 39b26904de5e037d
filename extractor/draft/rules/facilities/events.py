"""Events: what happens to a facility, where a sentence says it, and the times that its events have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.model import MilestoneDraft
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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
_CLAUSE = re.compile(r";|, (?:and|while|but|with|which)\b|\band\b")
_LIFTED = frozenset({"energy", "power", "mass", "area", "count", "volume", "length"})
"""Kinds of amount that a capacity is lifted to."""
LIFTS = Pattern(r"{facilities.verbs.lift}(?: [\w-]+){0,11} to $")
"""What stands before a capacity that is lifted to."""
_EARLY = Pattern(r"{events.parts.early}(?:[^.;,]|,(?=\d)){0,60}$")
_OUTDATED = re.compile(r"(?i)\b(?:original(?:ly)?|initially) (?:[\w-]+ ){0,5}$")
"""Before an event that was planned once: "the original completion date was 2024"."""
_HAS_BEEN = 10  # characters of " has been "
_A_SUM = Pattern(r" (?:[\w-]+ ){0,4}{events.parts.sums}(?: (?:of|worth))?(?: [\w-]+)? ")
_UNAPPROVED = Pattern(r"{events.parts.unapproved}")
_SAID = Pattern(
    r"(?:{names.people.speech}(?: in an? (?:[\w-]+ ){1,3}?)?|{events.parts.papers}(?: [a-z]+ed)?)(?: late)?"
    r"(?: on| in)? $"
)
"""Before the day on which something is said: "the company said on Thursday"."""
_GOES_ON_SAYING = re.compile(
    r" (?:that|it|its|they|their|he|she|there|we)\b(?![^.;,]{0,40}? (?:has|have|had)\b)"
)
"""Behind the day on which something is said: "revealed today it is focused on completion".

What somebody says to have happened, "said on Monday that it had halted work", goes by that day.
"""
_PLACELINE = re.compile(r"(?:[A-Z][\w.’'-]*[,/]? ?)*")
_DASH = re.compile(r",? ?(?:\([^()]*\)|/[^/]+/)? ?(?:--|—|–|-) ")
"""Before and behind the day of a dateline."""
_BREAK = re.compile(r"[;,.] ")


class Event(NamedTuple):
    """An event where a sentence tells of it."""

    start: int
    end: int
    name: str
    state: str
    """The status that it means once it has happened."""


class Chronicle:
    """The events that the sentences of a document tell of, looked for once in each."""

    def __init__(self) -> None:
        self._told: dict[int, list[Event]] = {}

    def of(self, line: Line) -> list[Event]:
        """The events that a sentence tells of, by their words."""
        if line.start not in self._told:
            self._told[line.start] = [
                Event(line.start + hit.start(), line.start + hit.end(), row.name, row.data["done"])
                for row in rows("events.event")
                for hit in row.pattern.finditer(line.text)
                if not _is_none(row.name, line.text, hit) and not _is_of_money(row.name, line, hit)
            ]
        return self._told[line.start]


def _is_none(event: str, text: str, hit: re.Match[str]) -> bool:
    """Whether words of an event tell none: piling completes no plant, a permit may be refused."""
    if _OUTDATED.search(text, max(0, hit.start() - 60), hit.start()):
        return True
    if event == "completion":
        return _EARLY.search(text[: hit.start()]) is not None
    clause = _BREAK.split(text[: hit.start()])[-1] + hit[0] + _BREAK.split(text[hit.end() :], maxsplit=1)[0]
    return event == "approved" and _UNAPPROVED.search(clause) is not None


def _is_of_money(event: str, line: Line, hit: re.Match[str]) -> bool:
    """Whether what was completed is a sum: "an output value of 8 billion yuan was completed"."""
    start = line.start + hit.start()
    sums = (figure for figure in line.figures if figure.kind == "money")
    return event == "completion" and any(
        0 <= start - figure.end <= _HAS_BEEN
        or _A_SUM.fullmatch(line.between(line.start + hit.end(), figure.start))
        for figure in sums
    )


def milestones(subject: Subject, own: Collection[str]) -> list[MilestoneDraft]:
    """The dated events, in text order: event and time that stand nearest to each other are one.

    Only to an `own` amount, by figure id, is the facility's capacity lifted.
    """
    found: dict[tuple[object, ...], MilestoneDraft] = {}
    for line in subject.lines:
        times = [
            time
            for time in line.times
            if subject.has(line, time.start, time.end) and not _is_of_saying(line, time)
        ]
        for time, event in _paired(subject, line, times, own) if times else ():
            if event.name == "founded" and not subject.is_mentioned_in(line):
                continue  # whoever has it
            told = MilestoneDraft(event=event.name, time=time.time)
            found.setdefault((event.name, time.start_date, time.end_date), told)
    return list(found.values())


def _is_of_saying(line: Line, time: When) -> bool:
    """Whether a time is only when something was said: "RENO, Oct. 3 --", "…, it said on Thursday"."""
    if _PLACELINE.fullmatch(line.between(line.start, time.start)) and _DASH.match(line.after(time.end, 30)):
        return True
    behind = line.after(time.end, 80)
    ends = behind[:1] in {"", ".", ",", ";"} or _GOES_ON_SAYING.match(behind)
    return bool(ends) and _SAID.search(line.before(time.start, 50)) is not None


def _paired(
    subject: Subject, line: Line, times: list[When], own: Collection[str]
) -> list[tuple[When, Event]]:
    """Times with their events, in text order; each has one, and words that stand for two events have one."""
    told = [*subject.chronicle.of(line), *_lifts(line, own)]
    near = sorted(
        (distance, time.start, rank)
        for time in times
        for rank, event in enumerate(told)
        if (distance := _distance(line, event, time)) < _FARTHEST
    )
    of: dict[int, Event] = {}
    for _, start, rank in near:
        event = told[rank]
        if start not in of and not any(e.start < event.end and event.start < e.end for e in of.values()):
            of[start] = event
    return [(time, of[time.start]) for time in times if time.start in of]


def _lifts(line: Line, own: Collection[str]) -> Iterator[Event]:
    """The full capacity that "lifts output to 30,000 tons" speaks of."""
    for figure in line.figures:
        if (
            figure.kind in _LIFTED
            and figure.figure in own
            and (hit := LIFTS.search(line.before(figure.start, 80)))
        ):
            yield Event(figure.start - len(hit[0]), figure.end, "full_capacity", "operational")


def _distance(line: Line, event: Event, time: When) -> int:
    """How far an event word is from a time."""
    low, high = min(event.end, time.end), max(event.start, time.start)
    between = line.between(low, high)
    others = sum(low <= other.start < high and other is not time for other in line.times)
    behind = _EVENT_BEHIND if event.start > time.end else 0
    return len(between) + _NEW_CLAUSE * len(_CLAUSE.findall(between)) + _OTHER_TIME * others + behind
