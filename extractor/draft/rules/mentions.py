"""Mentions: the noun phrases of a sentence that mean a facility, by their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import load, noun_phrase, pattern, phrases
from extractor.places import is_country

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

_DETERMINER = re.compile(
    r"(?:^|\s)(the|this|that|these|those|its|their|a|an|another|each|one|said|second|third)"
    r"(?: (?:new|planned|proposed|existing|entire|whole|first|second|third|future))*\s*$",
    re.IGNORECASE,
)
_DEFINITE = frozenset({"the", "this", "that", "these", "its", "their", "said"})
# nouns that go on where the head seemed to end
_COMPOUND = re.compile(
    r"[ -](?:visits?|managers?|developers?|operators?|owners?|workers?|finance|financing|pipeline|team|partners?|"
    r"portfolio|works?|costs?|company|companies|components?|makers?|manufacturers?|suppliers?|packs?|cells?|"
    r"materials?|demand|market|industry|production|technology|chemistry|recycling|storage|prices?|capacity|"
    r"business|sector|supply|value|health|management|swap\w*|life|exports?|sales|shipments|passport|metals?|"
    r"electric|cars?|electrode)\b"
)
_PLACE_BEHIND = re.compile(r"(?:,| located| planned)? (?:in|at|near) (?:the )?([^;:.()]{3,60})")
_BESIDE = re.compile(
    r"(?i)\b(?:together with|alongside|besides|in addition to|unlike|like|compared (?:with|to)|as well as|"
    r"along with) (?:the |its |their )?$"
)
_OTHER = re.compile(r"(?i)\b(?:another|second|other|further)\b")
_BRACKETED = re.compile(r"[\s/,(-]*(?:\([^()]*\) ?)?")
_JOINED = re.compile(r" (?:[\w-]+ ){1,4}and ")
# amounts that tell two facilities apart; a voltage does not
_SIZES = frozenset({"power", "energy", "mass", "money", "area", "volume"})
_NO_NAME = frozenset(["city", "county", "province", "district", "state", "town", "the", "and", "for", "park", "zone"])
_GENERIC = frozenset(
    ["another", "new", "first", "second", "third", "large", "planned", "proposed", "existing", "main", "modern", "own", "further", "other", "major", "whole", "entire"]
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


@cache
def heads() -> re.Pattern[str]:
    """Words that a facility's noun phrase ends with."""
    return phrases(load("facilities")["heads"]["words"])


@cache
def weak_heads() -> frozenset[str]:
    """Heads too general to open a facility by themselves."""
    return frozenset(load("facilities")["heads"]["weak"])


@cache
def _no_heads() -> re.Pattern[str]:
    return phrases(load("facilities")["heads"]["not_after"])


def parks() -> re.Pattern[str]:
    """Words for parks and towns, whose targets are forecasts."""
    return pattern("facilities", "heads", "parks")


def mentions(scene: Scene, line: Line) -> list[Mention]:
    """The facilities that a sentence mentions, in order."""
    text = scene.text
    barred = [(m.start(), m.end()) for m in _no_heads().finditer(text, line.start, line.end)]
    found: list[Mention] = []
    floor = line.start
    hits = list(heads().finditer(text, line.start, line.end))
    for hit, following in zip_longest(hits, hits[1:]):
        if following is not None and following.start() - hit.end() == 1:
            continue  # "BESS project" is a project
        if _COMPOUND.match(text, hit.end(), line.end):
            continue  # "site visits", "project cost": the head is another word
        if hit.start() < floor or any(start <= hit.start() < end for start, end in barred):
            continue
        if any(n.start <= hit.start() and hit.end() < n.end for n in line.companies):
            continue  # part of a company's name
        if any(f.start <= hit.start() < f.end and f.kind == "count" and f.value != 1 for f in line.figures):
            continue  # "8 production lines" is an amount
        if _is_plural(hit[0].lower()):
            continue
        mention = _mention(scene, line, hit, floor)
        if mention is not None:
            found.append(mention)
        floor = hit.end()
    return found


def _is_plural(head: str) -> bool:
    return head.endswith("s") and not head.endswith(("ss", "works"))


def _mention(scene: Scene, line: Line, hit: re.Match[str], floor: int) -> Mention | None:
    text, head, start, end = scene.text, hit[0].lower(), hit.start(), hit.end()
    first = _phrase_start(text, start, floor, line)
    if any(text[f.end : first] == " of " for f in line.figures):
        return None  # "30 GW of battery storage" is an amount
    words = _name(text, line, first, start, end)
    tokens = words.split()
    last = tokens[-2] if len(tokens) > 1 else ""
    if head == "battery" and (line.headline or not last[:1].isupper() or is_country(last)):
        return None  # "the South Korean battery maker"
    determiner = _DETERMINER.search(text[max(floor, first - 24) : first])
    word = determiner[1].lower() if determiner else ""
    name = words if words.lower() != head else None
    return Mention(
        start=first,
        end=end,
        head=head,
        name=name,
        proper=frozenset() if line.headline else _proper(tokens, head),
        definite=word in _DEFINITE or (not word and name is None),
        owner=_owner(scene, text[floor:first].rstrip(), floor, first),
        figures=frozenset(
            (f.base_value, f.base_unit)
            for f in line.figures
            if first <= f.start and f.end <= start and f.kind in _SIZES
        ),
        place=_place_behind(text[end : line.end]),
        other=bool(
            _BESIDE.search(text[max(line.start, first - 30) : first])
            or _OTHER.search(text[max(floor, first - 10) : start])
        ),
    )


def _phrase_start(text: str, start: int, floor: int, line: Line) -> int:
    """Where the noun phrase with this head starts, over figures in front: "200MW/800MWh BESS project"."""
    first, _ = noun_phrase(text, start, start, floor, limit=8)
    for figure in reversed(line.figures):
        if floor <= figure.start and figure.end <= first:
            gap = text[figure.end : first]
            # "250-million-yuan special graphite and hard felt project"
            if _BRACKETED.fullmatch(gap) or _JOINED.fullmatch(gap):
                first = figure.start
    return first


def _name(text: str, line: Line, first: int, start: int, end: int) -> str:
    """The phrase without figures in front ("a 20-GWh cell gigafactory") and words that describe nothing."""
    inner = first
    for figure in line.figures:
        if figure.start <= inner < figure.end or (inner <= figure.start and figure.end <= start):
            inner = figure.end
    words = text[inner:end].lstrip(" -/\u00a0,")
    while " " in words:
        token, rest = words.split(" ", 1)
        if token.lower() not in _GENERIC or rest.startswith("energy"):
            break
        words = rest.lstrip()
    return words


def _proper(tokens: list[str], head: str) -> frozenset[str]:
    """Capitalised words and longer abbreviations, in lower case, without the head and words of kind."""
    out = set()
    for token in tokens:
        plain = token.strip("()'’")
        if plain.lower() in head.split() or not plain[:1].isupper() or len(plain) < 2:
            continue
        if not plain.isupper() or len(plain) > 3:  # LFP and ESS name no place
            out.add(plain.lower())
    return frozenset(out) - _NO_NAME


def _owner(scene: Scene, before: str, floor: int, first: int) -> str | None:
    """Who has it: "BTR New Material Group's" right before the phrase."""
    if not before.endswith(("'s", "’s", "s'", "s’")):
        return None
    names = [
        n for n in scene.names.within(floor, first) if n.sort in {"company", "other"} and first - n.end < 6
    ]
    return names[-1].text if names else None


def _place_behind(rest: str) -> frozenset[str]:
    """The capitalised words of "in Wuhai City, Inner Mongolia" right behind the phrase, in lower case."""
    place = _PLACE_BEHIND.match(re.split(r", (?=[a-z])", rest)[0])
    words = re.findall(r"[A-Z][\w’'-]+", place[1]) if place else []
    return frozenset(word.lower() for word in words) - _NO_NAME
