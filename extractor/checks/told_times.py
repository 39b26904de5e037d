"""Times that a sentence ties to events by its words alone, whoever's records they stand in."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.marked import Marked
from extractor.checks.statements import names
from extractor.checks.vocabulary import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import When

_CROWD = 24  # times of a sentence beyond which it is a table
_PASSIVE = r"\b(?:was|were|has been|have been|had been) (?:\w+ly )?\w{3,}(?:ed|en|un|ught|aid|old|ilt)\b"
_ON = r"(?<!\w)(?:in|on|since|at|during|early in|late in|at the end of) (?:the )?"
_FINISHED = (rf"{_PASSIVE}~~12{_ON}@day", rf"{{timeline.finished}}~~30{_ON}@day")
_BEGIN = r"{timeline.starts} (?:in |on |from |at )?(?:the )?@begin"
_END = r"{timeline.ends} (?:in |on |at )?(?:the )?@end"
_TERM = rf"{_BEGIN}[^⟦;]{{0,40}}?{_END}"
_ORDER = ("construction_start", "completion", "production_start", "full_capacity")


def _dated(case: Case) -> Iterator[Marked]:
    for sentence in case.sentences:
        if 0 < len(sentence.times) <= _CROWD and len(sentence.figures) <= _CROWD:
            yield Marked.of(sentence)


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


def events(case: Case) -> Iterator[tuple[tuple[str, When], tuple[str, When]]]:
    """Two events of building in their order, each with its time, told of one thing in one sentence."""
    for marked in _dated(case):
        if len(marked.sentence.times) < 2 or pattern("timeline.steps").search(marked.text):  # noqa: PLR2004  a pair
            continue
        told = []
        for event in _ORDER:
            found = [match for match, _ in marked.find(f"{{timeline.{event}}}~~25@day")]
            if len(found) == 1:
                told.append((event, found[0]))
        for (earlier, first), (later, last) in combinations(told, 2):
            begin, end = sorted((first.start(), last.start()))
            if first["day"] != last["day"] and not names(marked.text[begin:end]):
                yield (earlier, marked.time(first, "day")), (later, marked.time(last, "day"))
