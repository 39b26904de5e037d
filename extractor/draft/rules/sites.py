"""Sites: the facilities of a document, and which of them each sentence and each figure is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.identity import Site, same, told_before
from extractor.draft.rules.mentions import Mention, heads, mentions, parks, weak_heads
from extractor.draft.rules.vocabulary import load, pattern

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

_LIST = re.compile(
    r"(?i:\b(?:factories|plants|projects|bases|facilities|sites|mines|gigafactories))\b[^.;:]{0,60}?"
    r"(?:\b(?:such as|including|namely|like)\b|:)\s*(?P<names>[^.;:]{5,200})"
)
_INSIDE = re.compile(r"(?i)\b(?:in|at|within|into|inside|of) (?:the |a |its )?(?:[\w-]+ ){0,6}$")
_TOWARDS = re.compile(
    r"(?i)\b(?:in|for|into|on|of|at|build|building|construct|constructing|erect|expand|expanding|open|develop|with)"
    r"(?: (?:a|an|the|its|their|his|new|second|third|own|this|another))*\s*$"
)
_AT = re.compile(r" ?(?:at|in|for|from) (?:its|the|their|a)? ?(?:new )?")
_CALLED = re.compile(
    r"(?:called|named|dubbed|known as|christened) (?:the )?[\"“']?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})|"
    r"\b(?:its|the|their|new) [\"“](?P<quoted>[A-Z][\w-]+(?: [A-Z][\w-]+){1,3})[\"”]"
)
_THE_PARK = re.compile(r"\b[Tt]he (?:town|park|cluster|zone)\b(?! (?:committee|government|of))")
_OPENED = re.compile(
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?: \([^)]*\d ?[MG]Wh?\)|,? [^.;]{0,40}?\b(?:is being built|"
    r"is under construction|broke ground(?! on)|was commissioned|has been trading|came online|will be built|"
    r"was energi[sz]ed|is being commissioned|entered operation))"
)
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[IVX]+)[.)]\s*|\s*\([^()]*\)\s*$")


class Sites:
    """Reads a document's lines in order and keeps the facility at hand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[Site] = []
        self.topic: dict[int, Site] = {}
        """Start of a line → the facility that it is about."""
        self.listed = _listed(scene.text)
        """Names that the text lists as facilities."""
        self._mentioned: dict[int, list[tuple[int, int, Site]]] = {}
        """Start of a line → the facilities mentioned in it."""
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
                if heading is not None or section:
                    current = None if heading is None else self._of_heading(heading)
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
            if end <= first and _AT.fullmatch(self.scene.text[end:first]):
                return site  # "60,000 tons at its Cheongju plant"
        before = [site for first, _, site in spans if first <= start]
        if before:
            return before[-1]
        behind = next(((first, site) for first, _, site in spans if 0 <= first - end <= 90), None)
        if behind and _TOWARDS.search(self.scene.text[end : behind[0]]):
            return behind[1]
        return self.topic.get(line.start) or (spans[0][2] if spans else None)

    # ── reading ──────────────────────────────────────────────────────────────

    def _read(self, line: Line, current: Site | None) -> Site | None:
        """Find the facilities of a line; the one at hand after it."""
        found = [(start, end, self._site(name, line)) for start, end, name in self._names(line)]
        for mention in mentions(self.scene, line):
            if any(mention.start < end and start < mention.end for start, end, _ in found):
                continue
            at_hand = found[-1][2] if found else current
            if self._is_place(mention, line) or (at_hand is None and self._is_empty(mention, line)):
                continue
            site = self._resolve(mention, line, at_hand)
            if site is not None:
                found.append((mention.start, mention.end, site))
                site.mentions.append((line, mention))
                site.owner = site.owner or mention.owner
        if not found and (park := self._the_park(line)):
            found = [park]
        self._mentioned[line.start] = found = sorted(found, key=lambda item: item[0])
        for _, _, site in found:
            if line not in site.lines:
                site.lines.append(line)
        if found and (not line.headline or line is self.scene.headings[line.section]):
            self._learn_name(line, found[-1][2])
            self.topic[line.start] = found[0][2]
            return found[-1][2]
        if not found and current is not None:
            self._learn_name(line, current)
            self.topic[line.start] = current
            current.lines.append(line)
        return current

    def _is_place(self, mention: Mention, line: Line) -> bool:
        """Whether a park is only where something stands: "located in the … industrial park"."""
        inside = _INSIDE.search(self.scene.text, line.start, mention.start)
        return bool(self.all and inside and parks().fullmatch(mention.head))

    @staticmethod
    def _is_empty(mention: Mention, line: Line) -> bool:
        """Whether a mention is too general to open a facility: "the site", with nothing said of it."""
        told = mention.figures or mention.proper or mention.owner or line.figures
        return mention.head in weak_heads() and not told

    def _resolve(self, mention: Mention, line: Line, current: Site | None) -> Site | None:
        """The facility that a mention means, known or new."""
        if line.headline:
            return self._of_headline(mention, line)
        site = same(mention, line, self.all, current, self.scene.names.full)
        if site is not None and mention.figures and told_before(site, mention, line, current) and current:
            self._merge(site, current)
            site = current
        if site is None:
            site = self._site(mention.name or mention.head, line, mention.head, mention.proper)
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
        site = next((s for s in self.all if s.figures & mention.figures), None)
        if site is None:
            site = Site(None, mention.head, set(), line.section, owner=mention.owner)
            self.all.append(site)
        site.figures |= mention.figures
        site.place |= mention.place
        return site

    def _site(self, name: str, line: Line, head: str = "", proper: frozenset[str] | None = None) -> Site:
        """The facility of this name; its words are proper ones unless told otherwise."""
        for site in self.all:
            if site.name and site.name.lower() == name.lower():
                return site
        words = {w.lower() for w in name.split()} if proper is None else set(proper)
        self.all.append(Site(name, head, words, line.section, named=bool(words)))
        return self.all[-1]

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
            start: [(first, last, into if site is gone else site) for first, last, site in found]
            for start, found in self._mentioned.items()
        }

    # ── names ────────────────────────────────────────────────────────────────

    def _of_heading(self, heading: Line) -> Site | None:
        """The facility that a section's heading names: "Shiga Plant", or "Jiangsu Ruijie" over a text about one."""
        body = [x.text for x in self.scene.lines if x.section == heading.section and x is not heading]
        plain = _NUMBERED.sub("", heading.text)
        words = plain.split()
        if not 1 <= len(words) <= 6 or not all(w[0].isupper() or w in {"of", "and", "&"} for w in words):
            return None
        last = list(heads().finditer(plain))
        if last and last[-1].end() == len(plain):
            known = len(re.findall(re.escape(plain), self.scene.text, re.IGNORECASE)) > 1
            head = last[-1][0].lower()
            proper = frozenset(w.lower() for w in words) - frozenset(head.split())
            if not (known and proper):
                return None
            site = next((s for s in self.all if proper <= s.proper), None) or self._site(
                plain, heading, head, proper
            )
        elif pattern("facilities", "predicates", "words").search(" ".join(body)) and any(
            plain in x for x in body
        ):
            site = self._site(plain, heading)
            site.heading = True
        else:
            return None
        site.section = heading.section
        return site

    def _names(self, line: Line) -> list[tuple[int, int, str]]:
        """Names that are facilities without a head: listed as such, a heading's, or at the head of what tells of one."""
        if line.headline:
            return []
        out: list[tuple[int, int, str]] = []
        known = {*self.listed, *(site.name for site in self.all if site.heading and site.name)}
        for name in sorted(known, key=lambda name: (-len(name), name)):
            for hit in re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", line.text):
                start, end = line.start + hit.start(), line.start + hit.end()
                if not any(first <= start < last for first, last, _ in out):
                    tail = re.compile(rf"\s(?:{heads().pattern})").match(self.scene.text, end, line.end)
                    out.append((start, tail.end() if tail else end, name))
        if not out and (opened := _OPENED.match(line.text)) and self._is_project(opened["name"], line):
            return [(line.start, line.start + opened.end("name"), opened["name"])]
        names = list(dict.fromkeys(name for *_, name in out))
        if len(names) > 1 and not line.figures:
            # a list of several facilities makes none of them the subject, and tells of all
            for name in names:
                self._site(name, line).shared.append(line)
            return []
        return out

    def _is_project(self, name: str, line: Line) -> bool:
        """Whether a name that opens a sentence about building or running is a project's and not a company's."""
        if name.split(maxsplit=1)[0] in load("vocabulary")["companies"]["not_names"] or heads().search(name):
            return False
        if any(n.text == name and n.sort in {"place", "person"} for n in line.names):
            return False
        others = (c.text for x in self.scene.lines if x is not line for c in x.companies)
        return self.scene.names.full(name) == name and name not in others

    @staticmethod
    def _learn_name(line: Line, site: Site) -> None:
        """A name in quotes or behind "called": its "Werk Uckermark"."""
        hit = _CALLED.search(line.text)
        if hit is not None and not site.named and not site.heading:
            name = hit["name"] or hit["quoted"]
            site.name, site.named = name, True
            site.proper |= {w.lower() for w in name.split()}

    def _the_park(self, line: Line) -> tuple[int, int, Site] | None:
        """ "The town" of a document about one."""
        park = next((site for site in self.all if parks().fullmatch(site.head)), None)
        hit = _THE_PARK.search(line.text)
        return (line.start + hit.start(), line.start + hit.end(), park) if park and hit else None


def _listed(text: str) -> list[str]:
    """Names in "factories such as A, B and C"."""
    names: list[str] = []
    for hit in _LIST.finditer(text):
        for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", hit["names"]):
            words = re.sub(r"^(?:the|etc\.?)\s*", "", part.strip())
            if 1 <= len(words.split()) <= 4 and all(token[0].isupper() for token in words.split()):
                names.append(words)
    return list(dict.fromkeys(names))
