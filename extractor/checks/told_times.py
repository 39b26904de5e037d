"""Times that a sentence ties to events by its words alone, whoever's records they stand in."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.statements import names, products
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.marked import Marked
    from extractor.checks.sentences import Sentence
    from schemas import When

    Event = tuple[str, When]

_CROWD = 24  # times of a sentence beyond which it is a table
_PASSIVE = r"\b(?:was|were|has been|have been|had been) (?:\w+ly )?\w{3,}(?:ed|en|un|ught|aid|old|ilt)\b"
_ON = r"(?<!\w)(?:in|on|since|at|during|early in|late in|at the end of) (?:the )?"
_FINISHED = (rf"{_PASSIVE}~~12{_ON}@day", rf"{{timeline.finished}}~~30{_ON}@day")
_BEGIN = r"{timeline.starts} (?:in |on |from |at )?(?:the )?@begin"
_END = r"{timeline.ends} (?:in |on |at )?(?:the )?@end"
_TERM = rf"{_BEGIN}[^⟦;]{{0,40}}?{_END}"
_RUNS = "(?:runs|running|valid|covers|covering|lasts|term)"
_SIGNED = rf"signed ~~25@day[^⟦;]{{0,40}}?{_RUNS} ~~20@term"
_AGREED = (
    r"{timeline.agreed}~~80(?:on|in) (?:the )?@day",
    r"(?:^|, )(?:on|in) (?:the )?@day,? ~80{timeline.agreed}",
)
_AFTER = "{{timeline.{0}}}~~25@day"
_BEGUN = "~~60{timeline.begun}~~25@day"
_SUBJECTS = {
    "construction_start": (f"{{timeline.building}}{_BEGUN}",),
    "production_start": (
        f"{{timeline.making}}{_BEGUN}",
        "{timeline.begun} ~~15{timeline.making}~~25@day",
        r"(?:and|,|with) (?:the start of )?production(?: to follow)? (?:in|from|by) (?:the )?@day",
    ),
}
_NTH = re.compile(
    r"\b(second|third|fourth|fifth|new|another)(?= (?:[\w-]+ ){0,3}?"
    r"(?:plant|factory|gigafactory|site|base|facility|works|refinery|project|mill)\b)",
    re.IGNORECASE,
)
_BEFORE = "(?:^|, |and )(?:in|on) (?:the )?@day,? ~~15{{timeline.{0}}}"
_ORDER = ("construction_start", "completion", "production_start", "full_capacity")
_TEMPLATES = {
    event: (_AFTER.format(event), _BEFORE.format(event), *_SUBJECTS.get(event, ())) for event in _ORDER
}


def _dated(case: Case) -> Iterator[Marked]:
    for sentence in case.sentences:
        if 0 < len(sentence.times) <= _CROWD and len(sentence.figures) <= _CROWD:
            yield sentence.marked


def finished(case: Case) -> Iterator[When]:
    """Times of what is told as done: "was completed in May 2024"."""
    for marked in _dated(case):
        if not pattern("timeline.ahead").search(marked.text):
            for words in _FINISHED:
                for found, _ in marked.find(words):
                    yield marked.time(found, "day")


def terms(case: Case) -> Iterator[tuple[When, When]]:
    """The two ends of a term: "takes effect in January 2025 and ends in June 2027"."""
    for marked in _dated(case):
        for found, _ in marked.find(_TERM):
            yield marked.time(found, "begin"), marked.time(found, "end")


def signings(case: Case) -> Iterator[tuple[When, When]]:
    """The day of an agreement and its term, told in one sentence."""
    for marked in _dated(case):
        for found, _ in marked.find(_SIGNED):
            yield marked.time(found, "day"), marked.time(found, "term")
        after = [time for other in case.around(marked.sentence, 1) for time in _term(marked.sentence, other)]
        for words in _AGREED if len(after) == 1 else ():
            for found, _ in marked.find(words):
                yield marked.time(found, "day"), after[0]


def _term(first: Sentence, second: Sentence) -> list[When]:
    """The only time of the sentence after one, where it is a term of what the first says was agreed."""
    agreement = pattern("timeline.agreement")
    if second.start <= first.start or not (agreement.search(first.bare) and agreement.search(second.bare)):
        return []
    if pattern("timeline.other_agreement").search(second.bare) or not names(second.bare) <= names(first.bare):
        return []
    spans = [time for time in second.times if time.precision == "range"]
    return spans if len(spans) == len(second.times) == 1 else []


def events(case: Case) -> Iterator[tuple[Event, Event]]:
    """Two events of building in their order, each with its time, told of one thing.

    They stand in one sentence with one name at the most, or in two neighbours of which the second brings up
    no name of its own.
    """
    before: list[Event] = []
    last = None
    for marked in _dated(case):
        told = [] if pattern("timeline.steps").search(_NTH.sub("", marked.text)) else _told(marked)
        yield from _in_order(told)
        if (
            last
            and told
            and last in case.sentences_before(marked.sentence, 1)
            and _told_on(last, marked.sentence)
        ):
            yield from (
                pair for pair in _in_order([*before, *told]) if pair[0] in before or pair[1] in before
            )
        before, last = told, marked.sentence


def _told(marked: Marked) -> list[Event]:
    """The events that a sentence dates once each, where no two names part them."""
    told = []
    for event in _ORDER:
        found = [match for words in _TEMPLATES[event] for match, _ in marked.find(words)]
        if len({match["day"] for match in found}) == 1:
            told.append((event, found[0]))
    ends = sorted((match.start(), match.end()) for _, match in told)
    if len(ends) > 1:
        first, last = marked.text[: ends[0][1]], marked.text[ends[0][1] : ends[-1][1]]
        one = len(names(marked.text[ends[0][0] : ends[-1][1]])) <= 1
        if not one or not products(last) <= products(first):
            return []
    return [(event, marked.time(match, "day")) for event, match in told]


def _in_order(told: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs of different events with different times, the earlier event first."""
    ranked = sorted(told, key=lambda item: _ORDER.index(item[0]))
    for one, other in combinations(ranked, 2):
        if one[0] != other[0] and one[1].time != other[1].time:
            yield one, other


def _told_on(first: Sentence, second: Sentence) -> bool:
    """Whether the second sentence speaks of the plant of the first: one that is no other one's second."""
    one = first.paragraph == second.paragraph and names(second.bare) <= names(first.bare)
    one = one and products(second.bare) <= products(first.bare)
    one = one and not pattern("timeline.other_plant").search(second.bare)
    if not _NTH.search(first.bare) and not _NTH.search(second.bare):
        return one
    same = pattern("timeline.same_plant").match(second.text) is not None
    return one and same
