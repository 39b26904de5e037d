"""Sites: mentions of facilities in the text, and which mentions are of one facility."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import load, noun_phrase, pattern, phrases

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

_DETERMINER = re.compile(
    r"(?:^|\s)(the|this|that|these|those|its|their|a|an|another|new|second|first|third|each|one|said)\s*$",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(r"([^\W\d_][^,;:()]{1,80}?)(?:['’]s?)\s*$")
_LIST = re.compile(
    r"(?i:\b(?:factories|plants|projects|bases|facilities|sites|mines|gigafactories))\b[^.;:]{0,60}?"
    r"(?:\b(?:such as|including|namely|like)\b|:)\s*(?P<names>[^.;:]{5,200})")  # fmt: skip
_GENERIC = frozenset(
    "new first second third large planned proposed existing main modern own further other major whole entire".split()
)


@dataclass(slots=True)
class Mention:
    """A noun phrase that means a facility."""

    start: int
    end: int
    head: str
    name: str | None
    """The phrase from its first proper or descriptive word; None where it is a bare "the plant"."""
    proper: frozenset[str]
    """Its capitalised words, in lower case: what tells two facilities apart."""
    definite: bool
    owner: str | None = None
    """Who has it, from a possessive: "BTR's line"."""


@dataclass(slots=True, eq=False)
class Site:
    """One facility: its mentions, and the lines that speak of it."""

    name: str | None
    head: str
    proper: set[str]
    section: int
    mentions: list[tuple[Line, Mention]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    named: bool = False
    """Whether the name is a proper one."""
    heading: bool = False
    owner: str | None = None


@cache
def _heads() -> re.Pattern[str]:
    return phrases(load("facilities")["heads"]["words"])


@cache
def _not_heads() -> re.Pattern[str]:
    return phrases(load("facilities")["heads"]["not_after"])


def parks() -> re.Pattern[str]:
    """Words for parks and towns, whose targets are forecasts."""
    return pattern("facilities", "heads", "parks")


@cache
def _weak() -> frozenset[str]:
    return frozenset(load("facilities")["heads"]["weak"])


def mentions(scene: Scene, line: Line) -> list[Mention]:
    """The facilities that a sentence mentions, in order."""
    text, out = scene.text, []
    barred = [(m.start(), m.end()) for m in _not_heads().finditer(text, line.start, line.end)]
    floor = line.start
    for hit in _heads().finditer(text, line.start, line.end):
        head = hit[0].lower()
        if any(start <= hit.start() < end for start, end in barred) or hit.start() < floor:
            continue
        counted = [f for f in line.figures if f.start <= hit.start() < f.end and f.kind == "count"]
        if counted and not (counted[0].value == 1):
            continue
        out.append(_mention(scene, line, hit.start(), hit.end(), head, floor))
        floor = hit.end()
    return [m for m in out if m is not None]


def _mention(scene: Scene, line: Line, start: int, end: int, head: str, floor: int) -> Mention | None:
    text = scene.text
    first, _ = _phrase_start(text, start, floor)
    # a figure in front ("a 20-GWh lithium-ion cell gigafactory") belongs to the phrase and not to the name
    inner = first
    for figure in line.figures:
        if figure.start <= inner < figure.end or (inner <= figure.start and figure.end <= start):
            inner = figure.end
    while inner < start and text[inner] in " -/\u00a0,":
        inner += 1
    words = text[inner:end]
    owner = None
    before = text[floor:inner].rstrip()
    if (hit := _POSSESSOR.search(before[-90:])) and not _DETERMINER.search(before):
        owners = [n for n in scene.names.within(floor, inner) if n.sort in {"company", "other"}]
        owner = owners[-1].text if owners else None
        del hit
    tokens = words.split()
    while len(tokens) > 1 and tokens[0].lower() in _GENERIC:
        words = words[words.index(tokens[0]) + len(tokens[0]) :].lstrip()
        tokens = tokens[1:]
    determiner = _DETERMINER.search(text[max(floor, first - 12) : first] + "")
    word = determiner[1].lower() if determiner else ""
    proper = frozenset(
        token.strip("()'’").lower()
        for token in tokens
        if token[0].isupper() and len(token) > 1 and token.lower() not in head.split() and not token.isupper()
    ) | frozenset(t.lower() for t in tokens if t.isupper() and len(t) > 3 and t.lower() not in head.split())  # noqa: PLR2004
    if line.headline:
        proper = frozenset()
    name = words if words.lower() != head else None
    plural = head.endswith("s") and head not in {"works", "bess"} and not head.endswith("ss")
    if plural:
        return None
    definite = word in {"the", "this", "that", "these", "its", "their", "said"} or (not word and name is None)
    return Mention(first, end, head, name, proper, definite, owner)


def _phrase_start(text: str, start: int, floor: int) -> tuple[int, int]:
    """Where the noun phrase with this head starts; figures in front of the head may be part of it."""
    first, end = noun_phrase(text, start, start, floor, limit=8)
    # figures such as "200MW/800MWh" stop the phrase; step over them once
    back = re.compile(r"[\d.,]+[\w/-]*\s$").search(text[max(floor, first - 24) : first])
    if back:
        first -= len(back[0])
    return first, end


class Sites:
    """The facilities of one document, and which of them each line is about."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[Site] = []
        self.topic: dict[int, Site] = {}
        """Start of a line → the facility that it is about."""
        self.owners: list[tuple[Line, list[tuple[int, int, Site]]]] = []
        self._listed = self._enumerated()
        self._predicates = pattern("facilities", "predicates", "words")
        current: Site | None = None
        section = -1
        for line in scene.lines:
            if line.section != section:
                section = line.section
                heading = scene.headings[section]
                current = (
                    self._of_heading(line, current) if heading is not None else (None if section else current)
                )
            current = self._read(line, current)

    def in_line(self, line: Line) -> list[tuple[int, int, Site]]:
        """The facilities mentioned in a line as (start, end of the mention, facility)."""
        return next((found for known, found in self.owners if known is line), [])

    def of_figure(self, line: Line, start: int, end: int) -> Site | None:
        """The facility that something at a place in a line belongs to."""
        spans = self.in_line(line)
        for first, last, site in spans:
            if first <= start and end <= last:
                return site
        before = [site for first, _, site in spans if first <= start]
        if before:
            return before[-1]
        close = [site for first, _, site in spans if 0 <= first - end <= 60]  # noqa: PLR2004
        if close and not self.scene.text[line.start : start].count(","):
            return close[0]
        return self.topic.get(line.start) or (spans[0][2] if spans else None)

    def _enumerated(self) -> list[str]:
        """Names in "factories such as A, B and C"."""
        names: list[str] = []
        for hit in _LIST.finditer(self.scene.text):
            for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", hit["names"]):
                words = re.sub(r"^(?:the|etc\.?)\s*", "", part.strip())
                tokens = words.split()
                if 1 <= len(tokens) <= 4 and all(t[0].isupper() for t in tokens):  # noqa: PLR2004
                    names.append(words)
        return list(dict.fromkeys(names))

    def _of_heading(self, line: Line, current: Site | None) -> Site | None:
        """A heading that is a name of its own ("Jiangsu Ruijie") opens a facility where its section speaks of one."""
        scene = self.scene
        heading = scene.headings[line.section]
        if heading is None:
            return None
        body = " ".join(x.text for x in scene.lines if x.section == line.section and x is not heading)
        tokens = heading.text.split()
        proper = 1 <= len(tokens) <= 5 and all(t[0].isupper() or t in {"of", "and", "&"} for t in tokens)  # noqa: PLR2004
        if proper and self._predicates.search(body) and body.count(heading.text) >= 1:
            return self._site(heading.text, "", frozenset(t.lower() for t in tokens), line, heading=True)
        return None

    def _site(
        self, name: str | None, head: str, proper: frozenset[str], line: Line, *, heading: bool = False
    ) -> Site:
        for site in self.all:
            if name and site.name and site.name.lower() == name.lower():
                return site
        site = Site(name, head, set(proper), line.section, named=bool(proper), heading=heading)
        self.all.append(site)
        return site

    def _read(self, line: Line, current: Site | None) -> Site | None:
        found: list[tuple[int, int, Site]] = []
        for start, end, name in self._proper_subjects(line):
            site = self._site(name, "", frozenset(name.lower().split()), line)
            found.append((start, end, site))
        for mention in mentions(self.scene, line):
            if any(
                start <= mention.start < end or mention.start <= start < mention.end
                for start, end, _ in found
            ):
                continue
            site = self._resolve(mention, line, found[-1][2] if found else current)
            if site is not None:
                found.append((mention.start, mention.end, site))
                site.mentions.append((line, mention))
                site.owner = site.owner or mention.owner
        found.sort(key=lambda item: item[0])
        self.owners.append((line, found))
        if found:
            for _, _, site in found:
                if line not in site.lines:
                    site.lines.append(line)
            if not line.headline:
                current = found[0][2] if len({id(s) for _, _, s in found}) == 1 else found[-1][2]
                self.topic[line.start] = found[0][2]
        elif current is not None:
            self.topic[line.start] = current
            current.lines.append(line)
        return current

    def _proper_subjects(self, line: Line) -> list[tuple[int, int, str]]:
        """Names that are facilities without a head: listed as such, or a heading's name."""
        out = []
        names = [*self._listed, *(site.name for site in self.all if site.heading and site.name)]
        for name in sorted(set(names), key=len, reverse=True):
            for hit in re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", line.text):
                start, end = line.start + hit.start(), line.start + hit.end()
                if not any(s <= start < e for s, e, _ in out):
                    tail = re.compile(rf"\s(?:{_heads().pattern})").match(self.scene.text, end, line.end)
                    out.append((start, tail.end() if tail else end, name))
        listed = [item for item in out if item[2]]
        # a list of several facilities in one sentence makes none of them the subject
        return sorted(listed) if len({name for *_, name in listed}) == 1 or line.figures else []

    def _resolve(self, mention: Mention, line: Line, current: Site | None) -> Site | None:
        """The facility that a mention means: one of the same proper name, the current one for "the plant", or a new one."""
        if line.headline:
            return None
        if mention.proper:
            for site in reversed(self.all):
                if site.proper & mention.proper and _one(site, mention):
                    if (
                        not site.named
                        or len(mention.name or "") > len(site.name or "")
                        and not site.heading
                        and site.head
                    ):
                        site.name, site.named = mention.name, True
                    site.proper |= mention.proper
                    return site
            unnamed = (
                current
                if current and not current.named and mention.definite and not current.heading
                else None
            )
            if unnamed is not None and unnamed.section == line.section and _alike(unnamed.head, mention.head):
                unnamed.name, unnamed.named, unnamed.proper = mention.name, True, set(mention.proper)
                return unnamed
            return self._site(mention.name, mention.head, mention.proper, line)
        if (
            mention.definite
            and current is not None
            and (mention.name is None or _alike(current.head, mention.head) or not current.head)
        ):
            if mention.name is None or mention.owner is None:
                return current
        if mention.definite and mention.name is None:
            return current
        described = {w.lower() for w in (mention.name or "").split()} - set(mention.head.split())
        for site in reversed(self.all):
            if site.section == line.section or mention.definite:
                known = {w.lower() for w in (site.name or "").split()}
                if described and described <= known and _alike(site.head, mention.head):
                    return site
        if mention.head in _weak() and not line.figures and mention.owner is None:
            return current
        if mention.definite and not mention.owner and current is None and not line.figures:
            return None
        return self._site(mention.name or mention.head, mention.head, frozenset(), line) if not self._bare(mention) else Site(
            None, mention.head, set(), line.section)  # fmt: skip

    def _bare(self, mention: Mention) -> bool:
        return False


_LIKE = [
    {"plant", "factory", "gigafactory", "megafactory", "facility", "project", "base", "site", "production facility",
     "manufacturing facility", "unit", "complex", "works", "manufacturing base", "production base", "refinery", "smelter", ""},
    {"project", "station", "storage station", "power station", "bess", "energy storage system", "battery system", "battery park",
     "energy station", "battery storage", "facility", "site", "plant", "storage park", ""},
    {"mine", "project", "operation", "concentrator", "brine operation", "site", ""},
    {"production line", "pilot line", "assembly line", "line", "project", ""},
]  # fmt: skip


def _alike(a: str, b: str) -> bool:
    """Whether two heads can mean one facility: a plant is a factory; a mine is no production line."""
    return a == b or any(a in group and b in group for group in _LIKE)


def _one(site: Site, mention: Mention) -> bool:
    """Whether a site and a mention with a proper word in common can be one."""
    return _alike(site.head, mention.head) and (
        mention.proper <= site.proper
        or site.proper <= mention.proper
        or len(site.proper & mention.proper) > 1
    )
