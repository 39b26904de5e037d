"""Times that a sentence ties to events by its words alone, whoever's records they stand in.

A time is that of the event which the words before it name last, or, at the head of a sentence, of the one
that they name last behind it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from extractor.checks.statements import continues, names, products
from extractor.checks.vocabulary import Phrases, pattern, phrases, words
from extractor.checks.windows import POINTING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from extractor.checks.windows import Window
    from schemas import When

    Event = tuple[str, When]

_REACH = 110  # characters between the words for an event and its time
_HEAD = re.compile(r"(?:in|on|since|by|during|at the end of)? ?(?:the )?$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:(?:has|have) been \w+ing|(?:was|were|has been|have been|had been) (?:\w+ly )?"
    r"\w{3,}(?:ed|en|un|ught|aid|old|ilt)"
    r"|went|came|began|broke|left|won|took|(?:enter|open|start|roll|sign|clos|reach|finish|complet|commenc|launch|ship"
    r"|deliver|inaugurat|commission|hand)ed|running|in (?:operation|service))\b[^⟦,;]{0,40}"
    r"\b(?:in|on|since|at|during) (?:early |late |mid-)?(?:the (?:end of )?)?$"
)
_RUNS = re.compile(
    r"\b(?:run|runs|ran|running|valid|cover\w*|last\w*|span\w*|term|years?|deliver\w*|suppl\w*)\b[^⟦;]*$"
)
_NTH = re.compile(
    r"\b(second|third|fourth|fifth|new|another)(?= (?:[\w-]+ ){0,3}?"
    r"(?:plant|factory|gigafactory|site|base|facility|works|refinery|project|mill)\b)",
    re.IGNORECASE,
)
_BEGINS = {"construction_start": "timeline.building", "production_start": "timeline.making"}
_ORDER = ("construction_start", "completion", "production_start", "full_capacity")


@lru_cache(maxsize=128)
def _clauses(window: Window) -> tuple[tuple[str, When, str], ...]:
    """Every time of a sentence with the words before it, and, where it opens the sentence, those behind."""
    pieces = re.split(r"⟦(\d+)⟧", window.text)
    words, numbers = pieces[::2], pieces[1::2]
    clauses = []
    for at, number in enumerate(numbers):
        opens = _HEAD.fullmatch(words[at].rpartition(",")[2].strip() if at else words[at]) is not None
        behind = words[at + 1][:_REACH] if opens else ""
        clauses.append((words[at][-_REACH:], window.times(f"⟦{number}⟧")[0], behind))
    return tuple(clauses)


def finished(case: Case, times: Collection[str]) -> Iterator[When]:
    """Those of the times, given by their ids, of what is told as done: "was completed in May 2024"."""
    for window in case.dated:
        if any(when.time in times for when in window.sentences[0].times) and not _is_ahead(window):
            for before, when, _ in _clauses(window):
                if when.time in times and _DONE.search(before):
                    yield when


def _is_ahead(window: Window) -> bool:
    """Whether it speaks of anything that is still to come."""
    return pattern("timeline.ahead").search(window.text) is not None


def terms(case: Case) -> Iterator[tuple[When, When]]:
    """The two ends of a term: "takes effect in January 2025 and ends in June 2027"."""
    for window in case.dated:
        if not pattern("timeline.ends").may_be_in(window.text):
            continue
        for (begin, first, _), (end, last, _) in pairwise(_clauses(window)):
            if pattern("timeline.starts").search(begin[-40:]) and pattern("timeline.ends").search(end):
                yield first, last


def signings(case: Case) -> Iterator[tuple[When, When]]:
    """The day of an agreement and its term, told in one sentence or in two."""
    for window in case.dated:
        if not pattern("timeline.agreed").may_be_in(window.text):
            continue
        sentence, clauses = window.sentences[0], _clauses(window)
        signed = [
            when
            for before, when, behind in clauses
            if when.precision != "range" and pattern("timeline.agreed").search(behind or before)
        ]
        if len(signed) != 1 or pattern("timeline.other_agreement").search(sentence.bare):
            continue
        spans = [w for before, w, _ in clauses if w.precision == "range" and _RUNS.search(before)]
        spans = spans or [when for other in case.around(sentence, 1) for when in _term(sentence, other)]
        if len(spans) == 1:
            yield signed[0], spans[0]


def _term(first: Sentence, second: Sentence) -> list[When]:
    """The only time of the sentence after one, where it is a term of what the first says was agreed."""
    agreement = pattern("timeline.agreement")
    told = agreement.search(second.bare) or POINTING.match(second.text)
    if second.start <= first.start or not (agreement.search(first.bare) and told):
        return []
    if pattern("timeline.other_agreement").search(second.bare) or not names(second.bare) <= names(first.bare):
        return []
    spans = [time for time in second.times if time.precision == "range"]
    return spans if len(spans) == len(second.times) == 1 else []


def events(case: Case) -> Iterator[tuple[Event, Event]]:
    """Two events of building in their order, each with its time, told of one thing.

    They stand in one sentence, or in two neighbours of which the second speaks of the thing of the first.
    """
    before: list[Event] = []
    last = None
    for window in case.dated:
        (sentence,) = window.sentences
        told = _told(window)
        if told and pattern("timeline.steps").search(_NTH.sub("", window.text)):
            told = []
        yield from _in_order(told)
        near = last is not None and last in case.sentences_before(sentence, 1)
        if last and near and told and _of_one_plant(last, sentence):
            pairs = _in_order([*before, *told])
            yield from (pair for pair in pairs if pair[0] in before or pair[1] in before)
        before, last = told, sentence


def _told(window: Window) -> list[Event]:
    """The events that a sentence dates once each, where none brings up a name or product of its own."""
    told: dict[str, list[When]] = {}
    named = [event for event in _ORDER if _words(event).may_be_in(window.text)]
    known, at = "", 0
    for before, when, behind in _clauses(window) if named else ():
        event = _event(before, named) or _event(behind, named)
        if event and told and not _brings_up_nothing(before, known):
            return []
        at = window.text.find("⟦", at) + 1
        known = window.text[:at] + behind
        if event:
            told.setdefault(event, []).append(when)
    return [(event, times[0]) for event, times in told.items() if len({when.time for when in times}) == 1]


def _brings_up_nothing(words: str, known: str) -> bool:
    """Whether words name nothing, no product and no plant besides those known."""
    alike = names(words) <= names(known) and products(words) <= products(known)
    return alike and not pattern("timeline.other_plant").search(words)


def _event(words: str, events: Iterable[str]) -> str | None:
    """The one of the events that words name last."""
    named = [(found.end(), event) for event in events for found in _named(event).finditer(words)]
    return max(named)[1] if named else None


@cache
def _words(event: str) -> Phrases:
    """The words for an event, and for the thing that begins."""
    lists = (f"timeline.{event}", *([_BEGINS[event]] if event in _BEGINS else []))
    return words(tuple(phrase for name in lists for phrase in phrases(name)))


@cache
def _named(event: str) -> re.Pattern[str]:
    """How an event is told; a thing may begin with others between: "construction of … got under way"."""
    told, begun = pattern(f"timeline.{event}").source, pattern("timeline.begun").source
    if event in _BEGINS:
        thing = pattern(_BEGINS[event]).source
        told = rf"{told}|{thing}[^;]{{0,70}}?{begun}|{begun} (?:\w+ ){{0,2}}{thing}"
        told = rf"{told}|(?:and|,|with) {thing}(?: to follow)? (?:in|from|by) (?:the )?$"
    return re.compile(told, re.IGNORECASE)


def _in_order(told: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs of different events with different times, the earlier event first."""
    ranked = sorted(told, key=lambda item: _ORDER.index(item[0]))
    for one, other in combinations(ranked, 2):
        if one[0] != other[0] and one[1].time != other[1].time:
            yield one, other


def _of_one_plant(first: Sentence, second: Sentence) -> bool:
    """Whether the second sentence speaks of the plant of the first: one that is no other one's second."""
    numbered = _NTH.search(first.bare) or _NTH.search(second.bare)
    same = not numbered or pattern("timeline.same_plant").match(second.text) is not None
    return same and continues(first, second) and not pattern("timeline.other_plant").search(second.bare)
