"""Sites: the facilities of a document, and which of them each sentence and each figure is about."""

from __future__ import annotations

import re
from bisect import insort
from typing import TYPE_CHECKING

from extractor.draft.rules import bare, groups
from extractor.draft.rules.apart import apart, holder, maker
from extractor.draft.rules.identity import is_weak, same, told_before, turns_elsewhere
from extractor.draft.rules.lead import invested_before
from extractor.draft.rules.lexicon import Lexicon
from extractor.draft.rules.mentions import PARKS, mentions
from extractor.draft.rules.site import Mentioned, Site
from extractor.draft.rules.topic import opens_with_another
from extractor.draft.rules.vocabulary import Pattern, rows, words

if TYPE_CHECKING:
    from extractor.draft.rules.mentions import Mention
    from extractor.draft.rules.scene import Line, Scene

_TOWARDS_REACH = 90
"""Characters between a figure and the facility behind it that it is for."""
_INSIDE = re.compile(r"(?i)\b(?:in|at|within|into|inside|of) (?:the |a |its )?(?:[\w-]+ ){0,6}$")
_AT = re.compile(r" ?(?:at|in|for|from) (?:its|the|their|a)? ?(?:new )?")
_TOWARDS = Pattern(
    r"(?:\b(?i:in|for|into|on|of|at|with)\b|{facilities.verbs.build}|{facilities.verbs.change})"
    r"(?i: (?:a|an|the|its|their|his|new|second|third|own|this|another))*\s*$"
)
_ALTOGETHER = Pattern(
    r"(?:Altogether|Together|Combined|In total|In all)\b[^.;]{0,60}? {facilities.heads.groups}\b"
)
_TURNS = Pattern(
    r"[;,] (?:and|but|while)|\b(?:and|but) (?:[a-z]+ ){0,2}?(?:{names.people.speech}|plans?|will|would)\b"
)
"""Where another clause starts: "put it at 800 million and said that the firm plans a second plant"."""
_BUILT = Pattern(r"{facilities.verbs.build}(?: [\w’'-]+){0,3} $")
_THE_PARK = Pattern(r"\b[Tt]he {facilities.heads.parks_for_short}(?! (?:committee|government|of)\b)")
_TAIL = Pattern(r"\s{facilities.heads.words}")


class Sites:
    """Reads a document's lines in order and keeps the facility at hand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[Site] = []
        self.listed = bare.listed(scene.text)
        """Names that the text lists as facilities."""
        self._without_head = Lexicon(self.listed)
        """Names that are facilities wherever they stand: listed as such, or a section's heading."""
        self._bare: set[str] = set()
        """Names of facilities that have no head."""
        self._lower = scene.text.lower()
        self._topic: dict[int, Site] = {}
        """Start of a line → the facility that it is about."""
        self._mentioned: dict[int, list[Mentioned]] = {}
        """Start of a line → the facilities mentioned in it."""
        self._read_all()

    def in_line(self, line: Line) -> list[Mentioned]:
        """The facilities mentioned in a line, in order."""
        if line.whole is None:
            return self._mentioned.get(line.start, [])
        found = self._mentioned.get(line.whole.start, [])
        return [mentioned for mentioned in found if line.start <= mentioned.start < line.end]

    def about(self, line: Line) -> Site | None:
        """The facility that a line is about, by its own words or those before it."""
        return self._topic.get(line.start)

    def around(self, line: Line, start: int, end: int) -> Site | None:
        """The facility whose mention a passage of a line stands in: the figure of a "20-GWh plant"."""
        found = self.in_line(line)
        return next((m.site for m in found if m.start <= start and end <= m.end), None)

    def of(self, line: Line, start: int, end: int) -> Site | None:
        """The facility that something at a place in a line belongs to."""
        if (site := self.around(line, start, end)) is not None:
            return site
        found = self.in_line(line)
        for mentioned in found:
            if end <= mentioned.start and _AT.fullmatch(line.between(end, mentioned.start)):
                return mentioned.site  # "60,000 tons at its Cheongju plant"
        before = [mentioned for mentioned in found if mentioned.start <= start]
        if before:
            site, between = before[-1].site, line.between(before[-1].end, start)
            several = any(mentioned.site is not site for mentioned in before)
            return None if turns_elsewhere(between, site, several=several) else site
        behind = next((m for m in found if 0 <= m.start - end <= _TOWARDS_REACH), None)
        towards = line.between(end, behind.start) if behind else ""
        if behind and _TOWARDS.search(towards) and not _TURNS.search(towards):
            return behind.site
        topic = self._topic.get(line.start) or (found[0].site if found else None)
        if found or topic is None or PARKS.fullmatch(topic.head):
            return topic
        # "it has built 23 stations with 30 GW", "altogether, its plants will make 129 GWh"
        elsewhere = any(groups.is_several(figure) for figure in line.figures if figure.end <= end)
        return None if elsewhere or (not topic.group and _ALTOGETHER.match(line.text)) else topic

    def adopt(self, line: Line) -> None:
        """A line that mentions no facility, and is known to be about one: the one told of last before it.

        Where none is told of before, it is the first one of the text, and where there is none, a new one.
        """
        before = (self._topic.get(self.scene.lines[at].start) for at in range(line.index - 1, -1, -1))
        site = next((site for site in before if site is not None), None) or next(iter(self.all), None)
        site = site or self._added(Site(None, "", set(), line.section))
        self._topic[line.start] = site
        insort(site.lines, line, key=lambda other: other.start)

    def _adopt_lead(self) -> None:
        """The text's only facility has the money that is said to be invested before it is named."""
        if len(self.all) != 1 or not self.all[0].lines or PARKS.fullmatch(self.all[0].head):
            return
        [site] = self.all
        for line in invested_before(self.scene, site):
            self._topic[line.start] = site
            insort(site.lines, line, key=lambda other: other.start)

    # ── reading ──────────────────────────────────────────────────────────────

    def _read_all(self) -> None:
        current: Site | None = None
        section = paragraph = -1
        told: set[Site] = set()
        for line in self.scene.lines:
            if line.paragraph != paragraph:
                paragraph = line.paragraph
                # after a paragraph about two facilities "the output" of the next one is neither's
                current = None if len(told) > 1 else current
                told = set()
            if line.section != section:
                section = line.section
                heading = self.scene.headings[section]
                if heading is not None or section:
                    current = None if heading is None else self._of_heading(heading)
            current = self._read(line, current)
            told.update(mentioned.site for mentioned in self.in_line(line))
        self._adopt_lead()

    def _read(self, line: Line, current: Site | None) -> Site | None:
        """Find the facilities of a line; the one at hand after it."""
        found = [Mentioned(start, end, self._named(name, line)) for start, end, name in self._names(line)]
        told = mentions(self.scene, line)
        for mention in told:
            if any(mention.start < known.end and known.start < mention.end for known in found):
                continue
            at_hand = found[-1].site if found else current
            if mention.predicate and at_hand is None and mention is not told[-1]:
                continue  # "Billed as the largest plant in Europe, the project …"
            if self._is_place(mention, line) or (at_hand is None and self._is_empty(mention, line)):
                continue
            site = self._resolve(mention, line, at_hand)
            if site is not None:
                found.append(Mentioned(mention.start, mention.end, site))
                full = self.scene.names.full
                whose = holder(mention, line, full) or (None if site.mentions else maker(mention, line, full))
                site.holders |= {whose} if whose else set()
                site.mentions.append((line, mention))
                site.owner = site.owner or mention.owner
        if not found and (several := self._the_park(line) or self._group(line)):
            found = [several]
        self._mentioned[line.start] = found = sorted(found, key=lambda mentioned: mentioned.start)
        for mentioned in found:
            if not mentioned.site.lines or mentioned.site.lines[-1] is not line:
                mentioned.site.lines.append(line)
        if found and (not line.headline or line is self.scene.headings[line.section]):
            self._learn_name(line, found[-1].site)
            self._topic[line.start] = found[0].site
            return found[-1].site
        if not found and current is not None and not opens_with_another(self.scene, line, current):
            self._learn_name(line, current)
            self._topic[line.start] = current
            current.lines.append(line)
        return current

    def _is_place(self, mention: Mention, line: Line) -> bool:
        """Whether a park is only where something stands: "located in the … industrial park"."""
        inside = _INSIDE.search(self.scene.text, line.start, mention.start)
        return bool(self.all and inside and PARKS.fullmatch(mention.head))

    @staticmethod
    def _is_empty(mention: Mention, line: Line) -> bool:
        """Whether a mention is too general to open a facility: "the site", with nothing said of it."""
        told = bool(mention.sizes or mention.proper)
        if mention.head not in words("facilities.heads.wares"):
            told = told or bool(mention.owner or mention.place or line.figures)
        return (
            is_weak(mention.head)
            and not told
            and not (
                _BUILT.search(line.between(line.start, mention.start)) or (mention.name and _has_event(line))
            )
        )

    def _resolve(self, mention: Mention, line: Line, current: Site | None) -> Site | None:
        """The facility that a mention means, known or new."""
        if line.headline:
            return self._of_headline(mention, line)
        site = same(mention, line, self.all, current, self.scene.names.full)
        if site is not None and current and mention.sizes and told_before(site, mention, line, current):
            self._merge(site, current)
            site = current
        if site is None:
            site = self._opened(mention, line)
            if mention.definite and not mention.proper and current is None:
                self._adopt(site, line)
        elif mention.name and not site.heading and (site.name is None or (mention.proper and not site.named)):
            site.name, site.named, site.head = mention.name, bool(mention.proper), mention.head
        site.proper |= mention.proper
        site.learn(mention)
        return site

    def _of_headline(self, mention: Mention, line: Line) -> Site | None:
        """An item's heading says whose facility its text is about; capitals there name nothing."""
        if line is not self.scene.headings[line.section] or not (mention.owner or mention.sizes):
            return None
        site = next((site for site in self.all if site.sizes & mention.sizes), None)
        if site is None:
            site = self._added(Site(None, mention.head, set(), line.section, owner=mention.owner))
        site.learn(mention)
        return site

    def _named(self, name: str, line: Line) -> Site:
        """The facility of a name without a head, whose words are all proper ones."""
        known = next((site for site in self.all if (site.name or "").lower() == name.lower()), None)
        proper = {word.lower() for word in name.split()}
        self._bare.add(name)
        return known or self._added(Site(name, "", proper, line.section, named=True))

    def _opened(self, mention: Mention, line: Line) -> Site:
        """The facility of a mention that goes back to none: a new one, unless it is called just the same.

        "A cell plant" is not "a cell plant" of another section, nor one of another size or place.
        """
        name = mention.name or mention.head
        for site in self.all:
            same_name = (site.name or "").lower() == name.lower()
            if same_name and (mention.proper or (site.section == line.section and not apart(site, mention))):
                return site
        proper = set(mention.proper)
        return self._added(Site(name, mention.head, proper, line.section, named=bool(proper)))

    def _added(self, site: Site) -> Site:
        self.all.append(site)
        return site

    def _adopt(self, site: Site, line: Line) -> None:
        """The sentence before "the project" tells of it too, where it has an event and names no facility."""
        before = self.scene.previous(line)
        if before is None or self.in_line(before) or before.start in self._topic:
            return
        if _has_event(before):
            self._topic[before.start] = site
            site.lines.append(before)

    def _merge(self, gone: Site, into: Site) -> None:
        """Two facilities turn out to be one."""
        into.absorb(gone)
        self.all.remove(gone)
        for start in {line.start for line in gone.lines}:
            if self._topic.get(start) is gone:
                self._topic[start] = into
            self._mentioned[start] = [
                mentioned._replace(site=into) if mentioned.site is gone else mentioned
                for mentioned in self._mentioned.get(start, [])
            ]

    # ── names ────────────────────────────────────────────────────────────────

    def _of_heading(self, heading: Line) -> Site | None:
        """The facility that a heading names: "Shiga Plant", or "Jiangsu Ruijie" over a text about one."""
        body = [line.text for line in self.scene.sections[heading.section] if line is not heading]
        named = bare.heading(heading.text, body, self._lower)
        if named is None:
            return None
        if named.head:
            proper = frozenset(named.name.lower().split()) - frozenset(named.head.split())
            known = next((site for site in self.all if proper <= site.proper), None)
            site = known or self._added(
                Site(named.name, named.head, set(proper), heading.section, named=True)
            )
        else:
            site = self._named(named.name, heading)
            site.heading = True
            self._without_head.add(site.name or named.name)
        site.section = heading.section
        return site

    def _names(self, line: Line) -> list[tuple[int, int, str]]:
        """Facilities without a head: listed as such, a heading's, or at the head of what tells of one."""
        if line.headline:
            return []
        text = self.scene.text
        out: list[tuple[int, int, str]] = []
        for start, end in self._without_head.find(text, line.start, line.end):
            tail = _TAIL.match(text, end, line.end)
            out.append((start, tail.end() if tail else end, text[start:end]))
        out += [
            (start, end, name)
            for start, end, name in bare.sized(text, line.start, line.end)
            if bare.is_project(self.scene, name, line) and not any(a < end and start < b for a, b, _ in out)
        ]
        out += bare.items(text, line.start, line.end)
        out += bare.short_forms(self.scene, line, self._bare)
        if not out and (name := bare.opened(line.text)) and bare.is_project(self.scene, name, line):
            return [(line.start, line.start + len(name), name)]
        names = list(dict.fromkeys(name for *_, name in out))
        if len(names) > 1 and not line.figures:
            # a list of several facilities makes none of them the subject, and tells of all
            for name in names:
                self._named(name, line).shared.append(line)
            return []
        return out

    @staticmethod
    def _learn_name(line: Line, site: Site) -> None:
        """A name in quotes or behind "called": its "Werk Uckermark"."""
        if site.named or site.heading:
            return
        if name := bare.called(line.text):
            site.name, site.named = name, True
            site.proper |= {word.lower() for word in name.split()}

    def _the_park(self, line: Line) -> Mentioned | None:
        """Finds "the town" in a document about one."""
        hit = _THE_PARK.search(line.text)
        park = next((site for site in self.all if PARKS.fullmatch(site.head)), None) if hit else None
        return Mentioned(line.start + hit.start(), line.start + hit.end(), park) if park and hit else None

    def _group(self, line: Line) -> Mentioned | None:
        """Several facilities told of together, for the first time or again."""
        known = (site for site in reversed(self.all) if site.group and site.section == line.section)
        site = None if line.headline else next(known, None)
        if site is not None and (span := groups.again(line)):
            return Mentioned(*span, site)
        mention = None if line.headline else groups.opened(line)
        if mention is None:
            return None
        if not (_has_event(line) or _BUILT.search(line.between(line.start, mention.start))):
            return None
        site = self._added(Site(mention.name, mention.head, set(), line.section, group=True))
        site.mentions.append((line, mention))
        return Mentioned(mention.start, mention.end, site)


def _has_event(line: Line) -> bool:
    """Whether a sentence tells of an event in the life of a facility."""
    return any(row.pattern.search(line.text) for row in rows("events.event"))
