"""Sites: mentions of facilities in the text, and which mentions are of one facility."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from extractor.places import is_country
from extractor.draft.rules.vocabulary import load, noun_phrase, pattern, phrases

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

_DETERMINER = re.compile(
    r"(?:^|\s)(the|this|that|these|those|its|their|a|an|another|each|one|said|second|third)"
    r"(?: (?:new|planned|proposed|existing|entire|whole|first|second|third|future))*\s*$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?i:\b(?:factories|plants|projects|bases|facilities|sites|mines|gigafactories))\b[^.;:]{0,60}?"
    r"(?:\b(?:such as|including|namely|like)\b|:)\s*(?P<names>[^.;:]{5,200})")  # fmt: skip
_PLACE_BEHIND = re.compile(r"(?:,| located| planned)? (?:in|at|near) (?:the )?([^;:.()]{3,60})")
_INSIDE = re.compile(r"(?i)\b(?:in|at|within|into|inside|of) (?:the |a |its )?(?:[\w-]+ ){0,6}$")
_COMPOUND = re.compile(
    r"[ -](?:visits?|managers?|developers?|operators?|owners?|workers?|finance|financing|pipeline|team|partners?|portfolio|works?|costs?|company|"
    r"companies|components?|makers?|manufacturers?|suppliers?|pack|packs|cells?|materials?|demand|market|industry|production|technology|chemistry|recycling|storage|"
    r"prices?|capacity|maker|business|sector|supply|value|health|management|swap\w*|life|exports?|sales|shipments|passport|metals?|electric|makers|cars?|electrode)\b"
)
_TOWARDS = re.compile(
    r"(?i)\b(?:in|for|into|on|of|at|build|building|construct|constructing|erect|expand|expanding|open|develop|with)(?: (?:a|an|the|its|their|his|new|second|third|own|this|another))*\s*$"
)
_CALLED = re.compile(
    r"(?:called|named|dubbed|known as|christened) (?:the )?[\"“']?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})|\b(?:its|the|their|new) [\"“](?P<quoted>[A-Z][\w-]+(?: [A-Z][\w-]+){1,3})[\"”]"
)
_THE_PARK = re.compile(r"\b[Tt]he (?:town|park|cluster|zone)\b(?! (?:committee|government|of))")
_OPENED = re.compile(
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?: \([^)]*\d ?[MG]Wh?\)|,? [^.;]{0,40}?\b(?:is being built|is under construction|broke ground(?! on)|was commissioned|has been trading|came online|"
    r"will be built|was energi[sz]ed|is being commissioned|entered operation))"
)
_BESIDE = re.compile(
    r"(?i)\b(?:together with|alongside|besides|in addition to|unlike|like|compared (?:with|to)|as well as|along with) (?:the |its |their )?$"
)
_SIZES = {"power", "energy", "mass", "money", "area", "volume"}
_KINDS = frozenset("city county province district state town the and for park zone".split())
_GENERIC = frozenset(
    "another new first second third large planned proposed existing main modern own further other major whole entire".split()
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
    figures: frozenset[tuple[object, str]] = frozenset()
    """Amounts inside the phrase: "200MW/800MWh project"."""
    place: frozenset[str] = frozenset()
    """Words of the place right behind it: "project in Wuhai City"."""
    other: bool = False
    """Whether the words say that it is another one."""


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
    figures: set[tuple[object, str]] = field(default_factory=set)
    place: set[str] = field(default_factory=set)
    shared: list[Line] = field(default_factory=list)
    """Sentences that speak of several facilities at once."""


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
    hits = list(_heads().finditer(text, line.start, line.end))
    for hit, following in zip_longest(hits, hits[1:]):
        head = hit[0].lower()
        if following is not None and following.start() - hit.end() == 1:
            continue  # "BESS project" is a project
        if _COMPOUND.match(text, hit.end(), line.end):
            continue  # "site visits", "project cost": the head is another word
        if any(start <= hit.start() < end for start, end in barred) or hit.start() < floor:
            continue
        phrase = _phrase_start(text, hit.start(), floor, line)
        if any(text[f.end : phrase] == " of " for f in line.figures):
            continue  # "30 GW of battery storage" is an amount
        if any(n.start <= hit.start() and hit.end() < n.end for n in line.companies):
            continue  # part of a company's name
        counted = [f for f in line.figures if f.start <= hit.start() < f.end and f.kind == "count"]
        if counted and not (counted[0].value == 1):
            continue
        out.append(_mention(scene, line, hit.start(), hit.end(), head, floor))
        floor = hit.end()
    return [m for m in out if m is not None]


def _mention(scene: Scene, line: Line, start: int, end: int, head: str, floor: int) -> Mention | None:
    text = scene.text
    first = _phrase_start(text, start, floor, line)
    joined = [f for f in line.figures if floor <= f.start and f.end <= first
              and re.fullmatch(r"[ ](?:[\w-]+[ ]){1,4}and[ ]", text[f.end : first])]  # fmt: skip
    if joined:
        # "250-million-yuan special graphite and hard felt project"
        first = joined[-1].start
    # a figure in front ("a 20-GWh lithium-ion cell gigafactory") belongs to the phrase and not to the name
    inner = first
    for figure in line.figures:
        if figure.start <= inner < figure.end or (inner <= figure.start and figure.end <= start):
            inner = figure.end
    while inner < start and text[inner] in " -/\u00a0,":
        inner += 1
    words = text[inner:end]
    owner = None
    before = text[floor:first].rstrip()
    if before.endswith(("'s", "’s", "s'", "s’")) and not before.endswith((" its", " their")):
        owners = [
            n
            for n in scene.names.within(floor, first)
            if n.sort in {"company", "other"} and first - n.end < 6
        ]  # noqa: PLR2004
        owner = owners[-1].text if owners else None
    tokens = words.split()
    while len(tokens) > 1 and tokens[0].lower() in _GENERIC and tokens[1] != "energy":
        words = words[words.index(tokens[0]) + len(tokens[0]) :].lstrip()
        tokens = tokens[1:]
    determiner = _DETERMINER.search(text[max(floor, first - 24) : first])
    word = determiner[1].lower() if determiner else ""
    proper = frozenset(
        token.strip("()'’").lower()
        for token in tokens
        if token[0].isupper() and len(token) > 1 and token.lower() not in head.split() and not token.isupper()
    ) | frozenset(t.lower() for t in tokens if t.isupper() and len(t) > 3 and t.lower() not in head.split())  # noqa: PLR2004
    if line.headline:
        proper = frozenset()
    last = words.split()[-2] if len(words.split()) > 1 else ""
    if head == "battery" and (line.headline or not last[:1].isupper() or is_country(last)):
        return None  # "the South Korean battery maker"
    name = words if words.lower() != head else None
    plural = head.endswith("s") and head not in {"works", "bess"} and not head.endswith("ss")
    if plural:
        return None
    definite = word in {"the", "this", "that", "these", "its", "their", "said"} or (not word and name is None)
    figures = frozenset(
        (f.base_value, f.base_unit)
        for f in line.figures
        if first <= f.start and f.end <= start and f.kind in _SIZES
    )
    place = _PLACE_BEHIND.match(re.split(r", (?=[a-z])", text[end : line.end])[0])
    behind = frozenset(re.findall(r"[A-Z][\w’'-]+", place[1])) if place else frozenset()
    behind = frozenset(w.lower() for w in behind if w.lower() not in _KINDS)
    other = bool(_BESIDE.search(text[max(line.start, first - 30) : first])) or bool(
        re.search(r"(?i)\b(?:another|second|other|further)\b", text[max(floor, first - 10) : inner + 12])
    )
    return Mention(first, end, head, name, proper - _KINDS, definite, owner, figures, behind, other)


def _phrase_start(text: str, start: int, floor: int, line: Line) -> int:
    """Where the noun phrase with this head starts, over figures in front of it: "200MW/800MWh BESS project"."""
    first, _ = noun_phrase(text, start, start, floor, limit=8)
    for figure in reversed(line.figures):
        if figure.start >= floor and figure.end <= first and re.fullmatch(r"[\s/,(-]*(?:\([^()]*\) ?)?", text[figure.end : first]):
            first = figure.start
    return first


class Sites:
    """The facilities of one document, and which of them each line is about."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[Site] = []
        self.topic: dict[int, Site] = {}
        """Start of a line → the facility that it is about."""
        self._mentioned: dict[int, list[tuple[int, int, Site]]] = {}
        """Start of a line → the facilities mentioned in it."""
        self.listed = self._enumerated()
        self._predicates = pattern("facilities", "predicates", "words")
        current: Site | None = None
        section = paragraph = -1
        told: list[Site] = []
        for line in scene.lines:
            if line.paragraph != paragraph:
                paragraph = line.paragraph
                # after a paragraph about two facilities "the output" of the next one is neither's
                current = None if len(told) > 1 else current
                told = []
            if line.section != section:
                section = line.section
                heading = scene.headings[section]
                current = (
                    self._of_heading(line, current) if heading is not None else (None if section else current)
                )
            current = self._read(line, current)
            told += [site for _, _, site in self.in_line(line) if site not in told]

    def in_line(self, line: Line) -> list[tuple[int, int, Site]]:
        """The facilities mentioned in a line as (start, end of the mention, facility)."""
        return self._mentioned.get(line.start, [])

    def of_figure(self, line: Line, start: int, end: int) -> Site | None:
        """The facility that something at a place in a line belongs to."""
        spans = self.in_line(line)
        for first, last, site in spans:
            if first <= start and end <= last:
                return site
        for first, _, site in spans:
            if end <= first and re.fullmatch(r" ?(?:at|in|for|from) (?:its|the|their|a)? ?(?:new )?", self.scene.text[end:first]):
                return site  # "60,000 tons at its Cheongju plant"
        before = [site for first, _, site in spans if first <= start]
        if before:
            return before[-1]
        close = [(first, site) for first, _, site in spans if 0 <= first - end <= 90]  # noqa: PLR2004
        if close and _TOWARDS.search(self.scene.text[end : close[0][0]]):
            return close[0][1]
        return self.topic.get(line.start) or (spans[0][2] if spans else None)

    def _quoted(self, line: Line, site: Site) -> None:
        """A name in quotes or behind "called": its "Werk Uckermark"."""
        hit = _CALLED.search(line.text)
        if hit is not None and not site.named and not site.heading:
            site.name, site.named = hit["name"] or hit["quoted"], True
            site.proper |= {w.lower() for w in site.name.split()}

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
        plain = re.sub(r"^\(?(?:\d{1,2}|[IVX]+)[.)]\s*|\s*\([^()]*\)\s*$", "", heading.text)
        last = list(_heads().finditer(plain))
        words = plain.split()
        if (
            last
            and last[-1].end() == len(plain)
            and 2 <= len(words) <= 6
            and all(w[0].isupper() for w in words)
        ):  # noqa: PLR2004
            proper = (
                frozenset(w.lower() for w in words if w.lower() not in last[-1][0].lower().split()) - _KINDS
            )
            same = next((s for s in self.all if proper and proper <= s.proper), None)
            site = same or self._site(plain, last[-1][0].lower(), proper, line)
            site.section = line.section
            return site
        body = " ".join(x.text for x in scene.lines if x.section == line.section and x is not heading)
        tokens = heading.text.split()
        proper = 1 <= len(tokens) <= 5 and all(t[0].isupper() or t in {"of", "and", "&"} for t in tokens)  # noqa: PLR2004
        if (
            proper
            and not _heads().fullmatch(heading.text)
            and self._predicates.search(body)
            and body.count(heading.text) >= 1
        ):
            site = self._site(heading.text, "", frozenset(t.lower() for t in tokens), line)
            site.heading, site.section = True, line.section
            return site
        return None

    def _site(
        self, name: str | None, head: str, proper: frozenset[str], line: Line, *, heading: bool = False
    ) -> Site:
        for site in self.all:
            if name and site.name and site.name.lower() == name.lower():
                return site
        site = Site(name, head, set(proper), line.section, named=bool(proper))
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
            at_hand = found[-1][2] if found else current
            if (
                parks().fullmatch(mention.head)
                and _INSIDE.search(self.scene.text, line.start, mention.start)
                and self.all
            ):
                continue  # "located in the … industrial park" is a place
            if (
                at_hand is None
                and mention.head in _weak()
                and not (mention.figures or mention.proper or mention.owner or line.figures)
            ):
                continue
            site = self._resolve(mention, line, at_hand)
            if site is not None:
                found.append((mention.start, mention.end, site))
                site.mentions.append((line, mention))
                site.owner = site.owner or mention.owner
        park = next((s for s in self.all if parks().fullmatch(s.head)), None)
        if park is not None and not found and (hit := _THE_PARK.search(line.text)):
            found.append((line.start + hit.start(), line.start + hit.end(), park))
        found.sort(key=lambda item: item[0])
        self._mentioned[line.start] = found
        if found:
            for _, _, site in found:
                if line not in site.lines:
                    site.lines.append(line)
            if not line.headline or line is self.scene.headings[line.section]:
                self._quoted(line, found[-1][2])
                current = found[0][2] if len({id(s) for _, _, s in found}) == 1 else found[-1][2]
                self.topic[line.start] = found[0][2]
        elif current is not None:
            self._quoted(line, current)
            self.topic[line.start] = current
            current.lines.append(line)
        return current

    def _proper_subjects(self, line: Line) -> list[tuple[int, int, str]]:
        """Names that are facilities without a head: listed as such, or a heading's name."""
        out = []
        names = [*self.listed, *(site.name for site in self.all if site.heading and site.name)]
        if line.headline:
            return out
        for name in sorted(set(names), key=len, reverse=True):
            for hit in re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", line.text):
                start, end = line.start + hit.start(), line.start + hit.end()
                if not any(s <= start < e for s, e, _ in out):
                    tail = re.compile(rf"\s(?:{_heads().pattern})").match(self.scene.text, end, line.end)
                    out.append((start, tail.end() if tail else end, name))
        if not out and (hit := _OPENED.match(line.text)) and self._is_project(hit["name"], line):
            out.append((line.start + hit.start("name"), line.start + hit.end("name"), hit["name"]))
        if len({name for *_, name in out}) > 1 and not line.figures:
            # a list of several facilities makes none of them the subject, and tells of all
            for name in dict.fromkeys(name for *_, name in out):
                self._site(name, "", frozenset(name.lower().split()), line).shared.append(line)
            return []
        return sorted(out)

    @staticmethod
    def _told_before(site: Site, mention: Mention, line: Line, current: Site | None) -> bool:
        """Whether a summary told of this size and the text at hand, by its name, of the same facility."""
        return (
            current is not None
            and current is not site
            and mention.definite
            and current.named
            and not site.named
            and not current.figures
            and site.section != line.section == current.section
            and _alike(current.head, mention.head)
        )

    def _merge(self, gone: Site, into: Site) -> None:
        """Two facilities turn out to be one."""
        into.mentions = gone.mentions + into.mentions
        into.lines = gone.lines + into.lines
        into.shared += gone.shared
        into.figures |= gone.figures
        into.place |= gone.place
        into.owner = into.owner or gone.owner
        self.all.remove(gone)
        self.topic = {start: into if site is gone else site for start, site in self.topic.items()}
        self._mentioned = {
            start: [(a, b, into if site is gone else site) for a, b, site in found]
            for start, found in self._mentioned.items()
        }

    def _is_project(self, name: str, line: Line) -> bool:
        """Whether a name that opens a sentence about building or running is a project's and not a company's."""
        names = self.scene.names
        company = names.full(name) != name or any(
            c.text == name for x in self.scene.lines if x is not line for c in x.companies
        )
        if name.split()[0] in load("vocabulary")["companies"]["not_names"]:
            return False
        return (
            not company
            and name not in {n.text for n in line.names if n.sort in {"place", "person"}}
            and not _heads().search(name)
        )

    def _resolve(self, mention: Mention, line: Line, current: Site | None) -> Site | None:
        """The facility that a mention means: one with the same amounts or proper name, the one at hand, or a new one."""
        if line.headline:
            return self._of_headline(mention, line)
        site = self._same(mention, line, current)
        if site is None:
            site = self._site(mention.name or mention.head, mention.head, mention.proper, line)
        elif mention.name and not site.heading and (site.name is None or (mention.proper and not site.named)):
            site.name, site.named, site.head = mention.name, bool(mention.proper), mention.head
        site.proper |= mention.proper
        site.figures |= mention.figures
        site.place |= mention.place
        return site

    def _of_headline(self, mention: Mention, line: Line) -> Site | None:
        """An item's heading says whose facility its text is about; capitals there name nothing."""
        if line is not self.scene.headings[line.section] or not (mention.owner or mention.figures):
            return None
        site = next((s for s in self.all if mention.figures and s.figures & mention.figures), None)
        if site is None:
            site = Site(None, mention.head, set(), line.section, owner=mention.owner)
            self.all.append(site)
        site.figures |= mention.figures
        site.place |= mention.place
        return site

    def _same(self, mention: Mention, line: Line, current: Site | None) -> Site | None:
        """A facility that the text has already and that this mention can mean."""
        headed = next((s for s in self.all if s.heading and s.section == line.section), None)
        if headed is not None and current is headed and not mention.proper - headed.proper:
            return headed
        if mention.figures:
            for site in self.all:
                if (
                    mention.figures <= site.figures
                    and _alike(site.head, mention.head)
                    and not _apart(site, mention)
                ):
                    if self._told_before(site, mention, line, current):
                        self._merge(site, current)  # type: ignore[arg-type]  told_before says that there is one
                        return current
                    return site
        if mention.proper:
            for site in reversed(self.all):
                if site.proper & mention.proper and _one(site, mention):
                    return site
        if mention.proper or mention.place:
            words = mention.proper | mention.place
            for site in reversed(self.all):
                if (
                    words & (site.place | site.proper)
                    and _alike(site.head, mention.head)
                    and not mention.other
                ):
                    return site
        if mention.proper:
            # "a factory" of the sentence before is "the Clarksville plant" of this one
            if (
                current
                and not current.named
                and not current.heading
                and mention.definite
                and not mention.other
                and _alike(current.head, mention.head)
            ):
                return current
            return None
        if current is None:
            return None
        if mention.name is None and mention.owner is not None and any(
            mention.owner in {c.text, self.scene.names.full(c.text)} for x, _ in current.mentions for c in x.companies
        ):
            return current  # "Tesla's factory", after a sentence about a plant of Tesla's
        if mention.definite and mention.owner is None:
            if mention.name is None or _alike(current.head, mention.head) and not mention.figures:
                return current
        if mention.head in _weak() and not mention.figures and mention.owner is None:
            return current
        described = {w.lower() for w in (mention.name or "").split()} - set(mention.head.split())
        for site in reversed(self.all):
            known = {w.lower() for w in (site.name or "").split()}
            if described and described <= known and _alike(site.head, mention.head) and mention.definite:
                return site
        return None


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


def _apart(site: Site, mention: Mention) -> bool:
    """Whether place or name say that a site and a mention of the same size are two."""
    if mention.place and site.place and not (mention.place & (site.place | site.proper)):
        return True
    return bool(mention.proper and site.named and not mention.proper & (site.proper | site.place))


def _one(site: Site, mention: Mention) -> bool:
    """Whether a site and a mention with a proper word in common can be one."""
    return _alike(site.head, mention.head) and (
        mention.proper <= site.proper
        or site.proper <= mention.proper
        or len(site.proper & mention.proper) > 1
    )
