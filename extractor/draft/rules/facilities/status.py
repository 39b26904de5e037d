"""Status: where a facility stands on the day of publication, by its events, states and capacities."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.draft.rules.facilities.events import Event
from extractor.draft.rules.identity import turns_to_another
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.model import CapacityDraft
    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line

_DATE_REACH = 40
"""Characters behind an event word within which a date says whether it is past."""
_BEFORE, _BEHIND = 50, 12
"""Characters around an event word that say whether it is past."""
_NEGATED_BEHIND = 20
"""Characters behind an event word in which it may be negated: "the start-up has not …"."""
_STILL_TO_COME = Pattern(r"{events.tense.future}")
_CONDITION = Pattern(
    r"(?:{events.tense.condition}|\b(?i:when)\b(?![^.;,]*\b(?:was|were|had|began|opened|started)\b))[^.;,]{0,40}$"
)
_ONCE = re.compile(r"(?i)\bafter (?:(?:it|they) (?:is|are) |being |fully )*(?:put|placed|brought|taken)\b")
"""What it can do "after being put into operation" it does not yet."""
_NEGATED = Pattern(r"{events.tense.negated}(?! only)")
_HAS_HAPPENED = Pattern(r"{events.tense.past}")
_CLAUSE_BREAK = re.compile(r".*(?:[;:]|, (?:and|while|but|with|which)\b)", re.DOTALL)
_OTHER_CLAUSE = re.compile(r"[;:] |, (?:and|while|but|whereas) | while ")
_NEEDS_PAST = frozenset({"completion", "production_start", "full_capacity"})
"""Events whose words may also tell a purpose: "equipment for mass production"."""
_EXPECTED = frozenset({"planned", "announced", "cancelled"})
"""States that speak of the future themselves: what "will be scrapped" is given up today."""
_PROGRESSIVE = frozenset({"under_construction", "expanding"})
"""States that go on: what stands behind them is how they end."""
_PRONOUN = re.compile(r"It\b")
_PHASE = Pattern(r"{facilities.roles.phase}")
# what it makes grows, and not an industry; and it is not only possible
_GROWING = Pattern(
    r"(?:{facilities.predicates.of_growth}|(?i:expand(?:ing)?) (?:the |its |their )?(?:[\w’-]+ ){0,4}?"
    r"(?:{facilities.heads.words}|(?i:capacity|output|production|lines?)\b))"
)
_POSSIBLE = Pattern(r"{events.tense.possible}[^.;,]{0,20}$")

_OVERRULING = ("cancelled", "suspended")
_STRONGEST_FIRST = ("under_construction", "operational", "expanding", "announced", "planned")


def status(subject: Subject, capacities: list[CapacityDraft]) -> str | None:
    """The strongest state that the sentences say is reached; what is still to come counts only as planned.

    A facility of which no sentence says so runs where it has a capacity that runs.
    """
    lines = [*subject.lines, *subject.site.shared]
    happened: set[str] = set()
    worded: set[str] = set()
    planned = False
    for line in lines:
        for state in _by_events(subject, line):
            planned = planned or state is None
            happened |= {state} if state else set()
        speaks_of_it = _PRONOUN.match(line.text) or _PHASE.match(line.text)
        if speaks_of_it or subject.is_mentioned_in(line) or line in subject.site.shared:
            worded |= set(_by_words(subject, line))
    if "operational" in happened and not any(_PHASE.search(line.text) for line in lines):
        happened.discard("under_construction")  # its building is told as history
    reached = happened | worded
    if any(capacity.stage == "operating" for capacity in capacities) and not reached - {
        "planned",
        "announced",
    }:
        reached.add("operational")
    for state in _OVERRULING:
        if state in reached:
            return state
    if "operational" in reached and (
        "expanding" in reached
        or ("operational" in happened and "under_construction" in worded)
        or ("under_construction" in reached and any(_PHASE.search(line.text) for line in lines))
        or any(_is_growing(line) for line in lines)
    ):
        return "expanding"
    return next((state for state in _STRONGEST_FIRST if state in reached), "planned" if planned else None)


def _is_growing(line: Line) -> bool:
    """Whether a sentence tells that a facility grows or will, and not only that it could."""
    hits = (hit for hit in _GROWING.finditer(line.text) if not (hit.start() and hit[0][0].isupper()))
    return any(not _POSSIBLE.search(line.text[: hit.start()]) for hit in hits)


def _by_words(subject: Subject, line: Line) -> Iterator[str]:
    """The states that the words of a sentence name, not those that it expects: "once operational"."""
    for row in rows("events.status"):
        for hit in row.pattern.finditer(line.text):
            state = Event(line.start + hit.start(), line.start + hit.end(), row.name, row.name)
            told = row.name in _EXPECTED
            if told or _has_happened(subject, line, state):
                yield row.name
                break


def _by_events(subject: Subject, line: Line) -> Iterator[str | None]:
    """The states that the events of a sentence mean where they have happened; None for one still to come."""
    for event in subject.chronicle.of(line):
        if turns_to_another(line.between(line.start, event.start)) or _is_of_another(subject, line, event):
            continue
        has_happened = _has_happened(subject, line, event)
        if has_happened is not None:
            yield event.state if has_happened else None


def _is_of_another(subject: Subject, line: Line, event: Event) -> bool:
    """Whether the clause that tells of an event is only about another facility of the sentence."""
    told = subject.sites.in_line(line)
    if all(mentioned.site is subject.site for mentioned in told):
        return False
    breaks = [line.start, *(line.start + hit.end() for hit in _OTHER_CLAUSE.finditer(line.text)), line.end]
    start, end = next((a, b) for a, b in pairwise(breaks) if a <= event.start < b)
    within = [mentioned.site for mentioned in told if start <= mentioned.start < end]
    return bool(within) and subject.site not in within


def _has_happened(subject: Subject, line: Line, event: Event) -> bool | None:
    """Whether an event is past; None where its words may tell no event."""
    published = subject.scene.published
    before = _CLAUSE_BREAK.sub("", line.between(event.start - _BEFORE, event.start))
    goes_on = event.name in _PROGRESSIVE
    clause = before + line.between(event.start, event.end + (0 if goes_on else _BEHIND))
    times = [time for time in line.times if event.start < time.start < event.end + _DATE_REACH]
    times = [] if goes_on else times
    if published and any((time.start_date or published) > published for time in times):
        return False
    if _STILL_TO_COME.search(clause) or _CONDITION.search(before) or _ONCE.search(clause):
        return False
    if _NEGATED.search(before + line.between(event.start, event.end + _NEGATED_BEHIND)):
        return False
    # a date says nothing where the day of publication is unknown
    undated = published or all(time.start_date is None for time in times)
    if _HAS_HAPPENED.search(clause) or (event.name not in _NEEDS_PAST and undated):
        return True
    past = published and any((time.end_date or published) < published for time in times)
    return True if past else None
