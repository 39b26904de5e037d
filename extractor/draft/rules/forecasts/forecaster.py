"""Forecaster: who says so."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.companies import is_observer
from extractor.draft.rules.vocabulary import Pattern, words
from extractor.places import known

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene

_BEFORE = Pattern(r"{forecasts.forecasters.before}(?: the)?(?: [\w’'-]+){0,3} $")
# "data released on Tuesday by the market tracker X", "the quarterly report from X"
_PUBLISHED_BY = Pattern(
    r"(?:{forecasts.forecasters.published}|{forecasts.forecasters.before})"
    r"(?: [\w’'“”\"-]+){0,6}? (?:by|from|of)(?: the)?(?: [\w’'-]+){0,5} $"
)
# "X's latest survey", "X research shows"
_OWN_WORK = Pattern(
    r"(?: \([^()]{2,20}\))?(?:['’]s? (?:[\w’'“”\"-]+ ){0,6}?{forecasts.forecasters.published}"
    r"(?! {forecasts.forecasters.no_work})|"
    r" (?:[\w-]+ ){0,2}{forecasts.forecasters.published},? {forecasts.forecasters.behind})"
)
_NAMELESS = Pattern(
    r"(?:{forecasts.forecasters.before} (?:the )?|, (?:the )?)"
    r"(?:[a-z]+ (?:figures|data|numbers|statistics) (?:from|by) (?:the )?)?"
    r"(?P<body>(?:(?!(?:from|by|in|at)\b)[a-z][\w’'-]*,? ){1,6}?{forecasts.forecasters.bodies})"
    r"(?=, (?P<name>[A-Z][\w&.’'-]*(?: [A-Z&][\w&.’'-]*){0,4})|,|\.|$| said| says| estimates| expects)"
)
# behind a name its abbreviation, and adverbs before the verb: it may have "earlier this year" said so
_ACTS = (
    r"(?: \([^()]{2,20}\))?(?:, (?!(?:an? |the )?{names.people.titles})[^,;.]{3,70}(?=,))?"
    r"(?:,? {forecasts.forecasters.adverbs}){0,2},? "
)
_BEHIND = Pattern(_ACTS + r"{forecasts.forecasters.behind}")
_SAYS = Pattern(_ACTS + r"{forecasts.forecasters.says}")
_HOUSE = Pattern(r"{forecasts.forecasters.houses},? [“\"]?$")
_REPORTS = Pattern(_ACTS + r"{forecasts.forecasters.reports}")
_NAME = r"([A-Z][\w&.’'-]*(?: [A-Z&][\w&.’'-]*){0,5})"
_TITLE = Pattern(
    rf"(?:{{forecasts.forecasters.says}}|{{forecasts.forecasters.before}}) {_NAME}$|"
    rf"[,:;–—-] {_NAME} (?:{{forecasts.forecasters.says}}|{{forecasts.forecasters.behind}})$"
)
# a title opens or ends with who says it, as in "Storage to triple by 2030: Gridpeak"
_AT_AN_END = re.compile(rf": {_NAME}$|^{_NAME}: ")
_BRACKETED = re.compile(r" \(([A-Z][\w&.-]{1,15})\)")
_TAGGED = re.compile(r"([A-Z]{2,8}) ")  # "[AMS Morning Summary]"

_OPENING = 4
"""Paragraphs in which a document names whose note it is."""


class Source(NamedTuple):
    """Who a sentence names as its source, in full."""

    name: str
    lasts: bool
    """Whether the sentences behind have it too: a company that only said something tells of itself."""


def source(scene: Scene, line: Line) -> Source | None:
    """Who a sentence names as its source: "according to X", "X expects", "X's report"."""
    for name in line.names:
        cited = _is_cited(line, name)
        speaks = line.figures and _SAYS.match(line.after(name.end, 60))
        if (speaks or cited) and not _is_no_source(line, name):
            return Source(_spelled_out(scene, name.text), cited or is_observer(name.text))
    nameless = _NAMELESS.search(line.text)
    return Source((nameless["name"] or nameless["body"]).rstrip("."), lasts=True) if nameless else None


def titled(scene: Scene) -> str | None:
    """Whom the title of a document cites."""
    for line in scene.headlines[:3]:
        tagged = scene.text[line.start - 1 : line.start] == "["
        if title := _TITLE.search(line.text) or (_TAGGED.match(line.text) if tagged else None):
            name = next(filter(None, title.groups()))
            if tagged and not re.search(rf"\b{name}\b", scene.text[line.end :]):
                continue  # "[EV News] …" is a column, and no source
            if known(name) is None and name not in words("names.not_names.words"):
                return _spelled_out(scene, name)
        if at_end := _AT_AN_END.search(line.text):
            name = _spelled_out(scene, next(filter(None, at_end.groups())))
            if name in _cited(scene):
                return name
    return None


def house(scene: Scene) -> str | None:
    """The author of what a document tells of a market: whom all of it cites, or its one observer."""
    if cited := _cited(scene):
        (usual, _), *others = cited.most_common()
        alone = all(_is_same(name, usual) or _is_same(usual, name) for name, _ in others)
        return usual if alone and _opens(scene, usual) else None
    observers = {
        scene.names.full(name.text)
        for name in scene.names.all
        if name.sort == "company" and is_observer(name.text)
    }
    return observers.pop() if len(observers) == 1 else None


@lru_cache(maxsize=8)
def _cited(scene: Scene) -> Counter[str]:
    """Whom the text of a document cites, and how often."""
    return Counter(
        _spelled_out(scene, name.text)
        for line in scene.lines
        if not line.headline
        for name in line.names
        if not _is_no_source(line, name) and _is_cited(line, name)
    )


def _opens(scene: Scene, name: str) -> bool:
    """Whether a name stands in the opening, and not only in one item of a digest."""
    return any(
        scene.names.full(other.text) == scene.names.full(name) or _is_same(other.text, name)
        for line in scene.lines
        if line.paragraph <= _OPENING
        for other in line.names
    )


def _spelled_out(scene: Scene, name: str) -> str:
    """The full name, or that which the name stands in brackets behind."""
    return _abbreviated(scene).get(name) or scene.names.full(name)


@lru_cache(maxsize=8)
def _abbreviated(scene: Scene) -> dict[str, str]:
    """An abbreviation → the name that it stands in brackets behind."""
    found: dict[str, str] = {}
    for name in scene.names.all:
        if short := _BRACKETED.match(scene.text, name.end):
            found.setdefault(short[1], name.text)
    return found


def _is_cited(line: Line, name: Name) -> bool:
    """Whether a name is a source by the words around it, which say more than that somebody spoke."""
    behind = line.after(name.end, 120)
    acts = _BEHIND.match(behind)
    if (acts and not _SAYS.match(behind)) or _OWN_WORK.match(behind):
        return True
    observes = is_observer(name.text) or _HOUSE.search(line.before(name.start, 40))
    if observes and _REPORTS.match(behind):
        return True
    if _PUBLISHED_BY.search(line.before(name.start, 100)):
        return True
    return _BEFORE.search(line.before(name.start, 40)) is not None


def _is_no_source(line: Line, name: Name) -> bool:
    """Whether a name is a place, a person, a publication, or any word that opens the sentence."""
    tokens = name.text.split()
    any_word = name.sort == "other" and name.start == line.start and len(tokens) == 1
    return (
        name.sort in {"place", "person"}
        or tokens[-1] in words("forecasts.forecasters.publications")
        or name.text in words("forecasts.forecasters.no_sources")
        or (any_word and name.text[1:].islower())
    )


def _is_same(name: str, other: str) -> bool:
    """Whether one name is a part of the other: "CABIA" of "China … Alliance (CABIA)"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", other) is not None
