"""Place: where a facility stands."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.mentions import PARKS
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import country, is_country, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line

_CAPITAL = r"[A-ZÅÄÖÉÎØÁÓÍŁŚŠŽČ][\w.’'-]*"
_PLACE = (
    r"(?:(?:U\.S\. )?{facilities.places.kinds_before} of )?(?:{facilities.places.relative} )?"
    rf"{_CAPITAL}(?:[ -](?:{_CAPITAL}|(?:of|de|del|do|da|la|am|in)\b|{{facilities.places.relative}}|"
    r"{facilities.places.kinds_behind}))*"
    rf"(?:, (?:near |in )?(?:{{facilities.places.relative}} )?{_CAPITAL}"
    rf"(?: (?:{_CAPITAL}|of\b|{{facilities.places.kinds_behind}}))*){{0,4}}"
)
_OF_KIND = r"(?:(?:[\w’'-]+ ){1,3}(?=(?=[a-z]){facilities.places.kinds_before} of [A-Z]))?"
"""What may stand before the kind of a place, but in a name: "China's lithium-rich province of Qinghai"."""
# "near Pune" and "70 km south of Coolgardie" are places themselves
_IN_PLACE = Pattern(
    r"\b(?:in|at|outside|within) (?:the )?" + _OF_KIND + r"(?P<place>" + _PLACE + r")|"
    r"(?P<near>(?:\bnear|\b\d[\d.,]* ?(?:km|kilomet(?:er|re)s?|miles?) (?:to the )?"
    r"{facilities.roles.directions} of)"
    r" (?:the )?" + _OF_KIND + _PLACE + r")|"
    r"{facilities.roles.directions} of (?:the )?(?P<beside>" + _PLACE + r")"
)
_IN_BRACKETS = Pattern(r" ?\((?P<place>" + _PLACE + r")[,)]")
_IS_WHERE = Pattern(r"(?P<place>" + _PLACE + r"),? is (?:where|home to|the site of)\b")
_CHOSEN = Pattern(
    r"\b(?:cho(?:se|sen|oses?)|picked|selected|named) (?P<place>" + _PLACE + r"),? (?:as|for|to be) "
    r"(?:the |its |their )?(?:\w+ )?(?:location|site|home|place|base|host)\b"
)
_LINK = re.compile(r",? ?(?:located |situated |planned |to be built )?")
_RELATIVE = Pattern(r"^{facilities.places.relative} ")
_KIND = Pattern(r"{facilities.places.kinds_before} of [A-Z]|[A-Z]\S+ {facilities.places.kinds_behind}\b")
_STANDS = Pattern(r"{facilities.verbs.stand}")
_LOCATION = re.compile(r"(?:Location|Address|Place):\s*(.+)")
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]+")
_POSSESSIVE = re.compile(r"['’]s? (?=[A-Z])")
_SHORTEST = 4
"""Characters that a place of unknown country must have."""


class Found(NamedTuple):
    """A place where a line names it."""

    line: Line
    start: int
    name: str


def place(subject: Subject) -> str | None:
    """Where it stands: the best place whose country is known, else the first of all, else its name's."""
    unknown = of_kind = None
    # what stands right behind the facility, or in a sentence that says where something stands, comes first
    lines = sorted(subject.lines, key=lambda line: _STANDS.search(line.text) is None)
    attached = (found for line in subject.lines for found in _attached(subject, line))
    known_places = []
    for found in chain(attached, *(_places(subject, line) for line in lines)):
        if country(found.name):
            known_places.append(found.name)
        sort = next((n.sort for n in found.line.names if n.start <= found.start < n.end), "other")
        if unknown is None and sort in {"place", "other"} and len(found.name) >= _SHORTEST:
            unknown = found.name
        if of_kind is None and _KIND.search(found.name):
            of_kind = found.name
    if of_kind and known_places and all(map(_is_of_countries, known_places)):
        return of_kind  # "the town of Alzira" says more than "Spain"
    if known_places:
        return _with_region(subject, _best(known_places))
    for line in subject.lines:
        if hit := _LOCATION.search(line.text):
            return hit[1].strip()
    return _with_region(subject, unknown or _in_name(subject.site.name or "") or _park(subject))


def _best(places: list[str]) -> str:
    """The first of places that is more than a country, in its fullest form: "Wuhai City, Inner Mongolia"."""
    first = next((name for name in places if not _is_of_countries(name)), places[0])
    return next((name for name in places if "," in name and first in name), first)


def _is_of_countries(name: str) -> bool:
    """Whether a place is no more than a country or several: "eastern Germany", "Malaysia, Spain"."""
    return all(is_country(_RELATIVE.sub("", part)) for part in name.split(", "))


def _attached(subject: Subject, line: Line) -> Iterator[Found]:
    """The place right behind a mention: "in Miskolc", "(Lincolnshire, 99 MW)", ", near Horsham"."""
    for mentioned in subject.sites.in_line(line):
        if mentioned.site is not subject.site:
            continue
        at = mentioned.end - line.start
        link = _LINK.match(line.text, at)
        hit = _IN_PLACE.match(line.text, link.end() if link else at) or _IN_BRACKETS.match(line.text, at)
        hit = hit or _IN_BRACKETS.search(line.text, mentioned.start - line.start, at)
        if hit and (found := _found(line, hit)):
            yield found


def _places(subject: Subject, line: Line) -> Iterator[Found]:
    """The places of a sentence that are this facility's."""
    theirs = {word for told, mention in subject.site.mentions if told is line for word in mention.place}
    for hit in chain(_CHOSEN.finditer(line.text), _IS_WHERE.finditer(line.text), _in_places(line)):
        found = _found(line, hit)
        if found is None:
            continue
        of = subject.sites.of(line, found.start, found.start + len(found.name))
        # "a plant at its Oakvale mine in Kansas": both are there
        if of in {subject.site, None} or theirs.issuperset(_CAPITALISED.findall(found.name.lower())):
            yield found


def _in_places(line: Line) -> Iterator[re.Match[str]]:
    """What stands in a place; a time does not reach over the place behind it: "in March in Goa"."""
    start = 0
    while hit := _IN_PLACE.search(line.text, start):
        at = line.start + hit.start(hit.lastgroup or 0)
        time = next((time for time in line.times if time.start <= at < time.end), None)
        start = hit.end() if time is None else max(time.end - line.start, hit.start() + 1)
        if time is None:
            yield hit


def _found(line: Line, hit: re.Match[str]) -> Found | None:
    """What a pattern has found, unless it is a time or somebody."""
    group = hit.lastgroup or "place"
    name = hit[group].rstrip(" .,'’").removesuffix(" in")
    start = line.start + hit.start(group)
    if owner := next((n for n in line.names if n.start == start and n.sort == "company"), None):
        own = _POSSESSIVE.match(line.text, owner.end - line.start)
        start += own.end() + line.start - start if own else 0  # "at Zelvo's Oakvale mine"
        name = name[start - line.start - hit.start(group) :]
    stop = start + len(name)
    is_time = any(start < time.end and time.start < stop for time in line.times)
    if hit[0].startswith("outside") and is_country(_RELATIVE.sub("", name)):
        return None  # "the only one outside China"
    is_somebody = any(start <= n.start < stop and n.sort in {"company", "person"} for n in line.names)
    return None if is_time or is_somebody or not name else Found(line, start, name)


def _with_region(subject: Subject, name: str | None) -> str | None:
    """A place with the region that the text gives it elsewhere."""
    return subject.scene.regions.get(name, name) if name else None


def _in_name(name: str) -> str | None:
    """The place that a name starts with: "the Pohang plant" stands in Pohang."""
    tokens = name.split()
    for length in (3, 2, 1):
        leading, rest = " ".join(tokens[:length]), tokens[length:]
        if rest and (rest[0].islower() or len(rest) == 1) and known(leading):
            return leading
    return None


def _park(subject: Subject) -> str | None:
    """The park or town that the text is about, for what is built in it."""
    if PARKS.search(subject.site.head):
        return None
    parks = [site.name for site in subject.sites.all if PARKS.search(site.name or "")]
    return parks[0] if len(parks) == 1 else None
