"""Place: where a facility stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern
from extractor.places import country, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line

_CAPITAL = r"[A-ZÅÄÖÉØÁŁŚ][\w.’'-]*"
_IN_PLACE = Pattern(
    r"(?:\b(?:in|at|near|outside)\b|{facilities.roles.directions} of) (?:the )?(?P<place>"
    r"(?:(?:U\.S\. )?{facilities.places.kinds_before} of )?"
    rf"{_CAPITAL}(?:[ -](?:{_CAPITAL}|of\b|de\b|in\b|{{facilities.places.kinds_behind}}))*"
    rf"(?:, {_CAPITAL}(?: (?:[A-Z][\w.’'-]*|of\b|{{facilities.places.kinds_behind}}))*){{0,4}})"
)
_STANDS = Pattern(r"{facilities.verbs.stand}")
_LOCATION = re.compile(r"Location:\s*(.+)")
_SHORTEST = 4
"""Characters that a place of unknown country must have."""


def place(subject: Subject) -> str | None:
    """Where it stands: the first place whose country is known, else the first of all, else its name's."""
    unknown = None
    # what says that something stands somewhere comes first
    for line in sorted(subject.lines, key=lambda line: _STANDS.search(line.text) is None):
        for start, name in _places(subject, line):
            if country(name):
                return name
            sort = next((n.sort for n in line.names if n.start <= start < n.end), "other")
            if unknown is None and sort in {"place", "other"} and len(name) >= _SHORTEST:
                unknown = name
    for line in subject.lines:
        if hit := _LOCATION.match(line.text):
            return hit[1].strip()
    return unknown or _in_name(subject.site.name or "")


def _places(subject: Subject, line: Line) -> Iterator[tuple[int, str]]:
    """The places of a sentence that are this facility's, with their offsets."""
    for hit in _IN_PLACE.finditer(line.text):
        name = hit["place"].rstrip(" .,'’").removesuffix(" in")
        start = line.start + hit.start("place")
        is_time = any(time.start <= start < time.end for time in line.times)
        is_somebody = any(n.start <= start < n.end and n.sort in {"company", "person"} for n in line.names)
        owner = subject.sites.of(line, start, start + len(name))
        if not is_time and not is_somebody and owner in {subject.site, None}:
            yield start, name


def _in_name(name: str) -> str | None:
    """The place that a name starts with: "the Pohang plant" stands in Pohang."""
    tokens = name.split()
    for length in (3, 2, 1):
        leading, rest = " ".join(tokens[:length]), tokens[length:]
        if rest and (rest[0].islower() or len(rest) == 1) and known(leading):
            return leading
    return None
