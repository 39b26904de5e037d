"""Dates in their order: milestones, an agreement before its term, nothing done after publication.

Milestones are compared where each stands once and no sentence speaks of phases, since a second phase may
begin long after the first one runs. Days that no record has are compared where the words of a sentence, or
of two neighbours about one thing, tie them to events and terms: "was shipped in", "takes effect in … and
ends in".

Agrees: construction start on 2025-06-26, production start in 2026.

Disagrees: "Construction started in March 2026 … and production in 2024"; "was put into operation in
December 2024", published on 2023-06-20.

Left open: a facility that is said to run and to start later, where the text does not show which.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks import told_times
from extractor.checks.statements import products
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.checks.case import Case
    from schemas import Deal, Facility, Problem, When

RULE = "timeline"
ORDER = ("construction_start", "equipment_install", "completion", "production_start", "full_capacity")
"""Events in their order."""
LOOSE = frozenset({("equipment_install", "completion"), ("completion", "production_start")})
"""Neighbours that real projects swap: equipment and production need not wait for the last building."""
ZONES = timedelta(days=2)
"""What time zones and embargoes may put between an event and the day of publication."""

_DONE = frozenset({"completion", "production_start", "full_capacity"})


def check(case: Case) -> Iterator[Problem]:
    """Compare the dates of every record and of what sentences tell, and the two ends of every time."""
    for facility in case.facilities:
        yield from _order(case, _milestones(case, facility), [facility.id])
        yield from _after_publication(case, facility)
    for events in told_times.events(case):
        yield from _order(case, dict(events), [])
    recorded = {(deal.signed.time, deal.term.time) for deal in case.deals if deal.signed and deal.term}
    for deal in case.deals:
        yield from _agreement(case, deal)
    for signed, term in told_times.signings(case):
        if (signed.time, term.time) not in recorded:
            yield from _term(case, signed, term, [])
    yield from _ends(case)
    yield from _told_too_early(case)


def _ends(case: Case) -> Iterator[Problem]:
    """First and last days that are the wrong way round."""
    for forecast in case.forecasts:
        since, when = forecast.since, forecast.when
        if since and when and _begins_after(since, when):
            message = f"the growth period begins in {_day(since)} and ends in {_day(when)}"
            yield case.problem(RULE, "conflict", message, [forecast.quantity], records=[forecast.id])
    for begin, end in told_times.terms(case):
        if begin.time not in _recorded(case) and _begins_after(begin, end):
            message = f"a term begins {_day(begin)} and ends {_day(end)}"
            yield case.problem(RULE, "conflict", message, [])
    for time in case.times:
        if time.start_date and time.end_date and time.start_date > time.end_date:
            message = f'"{time.text}" ends on {time.end_date}, before it begins on {time.start_date}'
            yield case.problem(RULE, "conflict", message, [])


def _recorded(case: Case) -> set[str]:
    """Times that stand in records."""
    times = {milestone.when.time for facility in case.facilities for milestone in facility.milestones}
    times |= {deal.signed.time for deal in case.deals if deal.signed}
    return times | {
        when.time for forecast in case.forecasts for when in (forecast.since, forecast.when) if when
    }


def _told_too_early(case: Case) -> Iterator[Problem]:
    """What sentences tell as done on a day after publication, where no record has the day."""
    early = {when.time for when in case.times if _later_than_publication(case, when)} - _recorded(case)
    for when in told_times.finished(case, early) if early else ():
        told = f'"{when.text}", published on {case.published}'
        message = f"told as done although its day is still to come: {told}"
        yield case.problem(RULE, "conflict", message, [])


def _milestones(case: Case, facility: Facility) -> dict[str, When]:
    """The times of events that stand once in a record, in sentences without other phases."""
    often = Counter(milestone.event for milestone in facility.milestones)
    return {
        milestone.event: milestone.when
        for milestone in facility.milestones
        if often[milestone.event] == 1 and not _speaks_of(case, milestone.when, "timeline.steps")
    }


def _order(case: Case, times: Mapping[str, When], records: Sequence[str]) -> Iterator[Problem]:
    """The times of one thing's events against their order."""
    pairs = [
        (earlier, later)
        for earlier, later in combinations([event for event in ORDER if event in times], 2)
        if (earlier, later) not in LOOSE
        and _resolved(times[earlier])
        and _resolved(times[later])
        and _of_one_product(case, times[earlier], times[later])
    ]
    swapped = [(a, b) for a, b in pairs if _begins_after(times[a], times[b])]
    for earlier, later in swapped:
        first, last = (f"{_event(event)} ({_day(times[event])})" for event in (earlier, later))
        message = f"{first} comes after {last}"
        yield case.problem(RULE, "conflict", message, [], records=records)
    if pairs and not swapped:
        told = dict.fromkeys(event for event in ORDER for pair in pairs if event in pair)
        message = ", ".join(f"{_event(event)} {_day(times[event])}" for event in told)
        yield case.problem(RULE, "consistent", f"{message}: in order", [], records=records)


def _of_one_product(case: Case, one: When, other: When) -> bool:
    """Whether the words before two times name no products apart, nor one alone another plant."""
    clauses = [_clause(case, when) for when in (one, other)]
    if len({pattern("timeline.other_plant").search(clause) is None for clause in clauses}) > 1:
        return False
    first, second = map(products, clauses)
    return first <= second or second <= first


def _clause(case: Case, when: When) -> str:
    """The words of a time's sentence before it, back to any other time."""
    sentence = case.sentence(when)
    if sentence is None:
        return ""
    begin = max([sentence.start, *(time.end for time in sentence.times if time.end <= when.start)])
    return case.text[begin : when.start]


def _after_publication(case: Case, facility: Facility) -> Iterator[Problem]:
    """What is told as done although its day is still to come."""
    for milestone in facility.milestones:
        if milestone.event not in _DONE or not _later_than_publication(case, milestone.when):
            continue
        told = f"{_event(milestone.event)} ({_day(milestone.when)}), published on {case.published}"
        if _told_as_done(case, milestone.when):
            message = f"told as done although its day is still to come: {told}"
            yield case.problem(RULE, "conflict", message, [], records=[facility.id])
        elif facility.status == "operational" and not _speaks_of(case, milestone.when, "timeline.ahead"):
            message = f"operational, but with a day still to come: {told}"
            yield case.problem(RULE, "underdetermined", message, [], records=[facility.id])


def _agreement(case: Case, deal: Deal) -> Iterator[Problem]:
    """The day of signing against the term and the day of publication."""
    signed = deal.signed
    if signed is None or not _resolved(signed):
        return
    if deal.term and _resolved(deal.term):
        yield from _term(case, signed, deal.term, [deal.id])
    if _later_than_publication(case, signed) and _told_as_done(case, signed):
        message = f"told as signed {_day(signed)}, but published on {case.published}"
        yield case.problem(RULE, "conflict", message, [], records=[deal.id])


def _term(case: Case, signed: When, term: When, records: Sequence[str]) -> Iterator[Problem]:
    """The day of signing against the term."""
    told = f"signed {_day(signed)}, term {_day(term)}"
    if _begins_after(signed, term):
        message = f"{told}: the term ends before the agreement is signed"
        yield case.problem(RULE, "conflict", message, [], records=records)
    elif not _begins_after_start(signed, term):
        yield case.problem(RULE, "consistent", f"{told}: in order", [], records=records)


def _resolved(when: When) -> bool:
    return when.start_date is not None and when.end_date is not None


def _begins_after(one: When, other: When) -> bool:
    """Whether one time lies wholly after the other."""
    return bool(one.start_date and other.end_date and one.start_date > other.end_date)


def _begins_after_start(one: When, other: When) -> bool:
    """Whether one time begins after the other has begun."""
    return bool(one.start_date and other.start_date and one.start_date > other.start_date)


def _later_than_publication(case: Case, when: When) -> bool:
    if case.published is None or when.start_date is None or when.start_date <= case.published:
        return False
    return when.start_date - case.published > ZONES


def _told_as_done(case: Case, when: When) -> bool:
    """Whether the sentence speaks of the past and of nothing ahead."""
    return _speaks_of(case, when, "timeline.done") and not _speaks_of(case, when, "timeline.ahead")


def _speaks_of(case: Case, when: When, cues: str) -> bool:
    """Whether the time's sentence has one of the cues outside its figures and times."""
    sentence = case.sentence(when)
    return sentence is not None and pattern(cues).search(sentence.bare) is not None


def _event(event: str) -> str:
    return event.replace("_", " ")


def _day(when: When) -> str:
    """A time as it is compared: "2026", "2026-03", "2026-03-01", or its first and last day."""
    if when.start_date is None or when.end_date is None:
        return when.text
    if when.precision == "day":
        return when.start_date.isoformat()
    if when.precision == "month":
        return f"{when.start_date:%Y-%m}"
    if when.precision == "year":
        return f"{when.start_date.year}"
    return f"{when.start_date} to {when.end_date}"
