"""Mentions: the noun phrases of a sentence that mean a facility, by their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from extractor.draft.rules.nouns import is_product, noun_phrase
from extractor.draft.rules.vocabulary import Pattern, words
from extractor.places import country, is_adjective, is_country, known

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.draft.rules.scene import Line, Scene
    from schemas import Quantity

HEADS = Pattern(r"{facilities.heads.words}")
"""Words that a facility's noun phrase ends with."""
PARKS = Pattern(r"{facilities.heads.parks}")
"""Of these, parks and towns, whose targets are forecasts."""

_NO_HEADS = Pattern(r"{facilities.heads.not_in}")
_NO_ONE = Pattern(r"(?<![\w-]){facilities.heads.no_one}(?: [\w-]+){0,4} ?$")
_COMPOUND = Pattern(r"(?: \([A-Z][A-Za-z]{1,5}\))?[ -]{facilities.heads.not_before}")
_OF_LOANS = Pattern(r"{facilities.heads.of_loans}")
_OF_MARKET = Pattern(r"(?: \([A-Z][A-Za-z]{1,5}\))?[ -]{facilities.heads.not_behind_store}")
_DETERMINER = re.compile(
    r"(?:^|\s)(the|this|that|these|those|its|their|a|an|another|each|one|said|second|third)"
    r"(?: (?:new|planned|proposed|existing|entire|whole|first|second|third|future))*\s*$",
    re.IGNORECASE,
)
# "its second plant", but not "the world's first plant" nor "the second-largest plant"
_RANK = re.compile(
    r"(?i)\b(?:its|their|an?|the|(?:company|group|firm)['’]s) (first|second|third|fourth|fifth) "
    r"(?!(?:phase|stage)\b)"
)
# "its first store in Bavaria, a 45MW/90MWh system"
_APPOSED = re.compile(r"(?: (?:in|near|at) [A-Z][\w’' -]{2,30})?, an? (?:\d[\d.,]* ?[A-Za-z]{1,3}/)?")
_RANK_REACH = 24
"""Characters before a phrase in which its rank may stand."""
_LONGEST_BETWEEN = 40
"""Characters between two heads of one phrase."""
_DEFINITE = frozenset({"the", "this", "that", "these", "its", "their", "said"})
_IS_ONE = Pattern(
    # "As a pilot project, the station …", "Billed as the largest plant in Europe, the project …"
    r"(?:(?:[A-Z][a-z]+ed (?:as|to be)|As|Once) (?:an?|the|one of (?:the|its)|[\w’'-]+['’]s)"
    r"(?: [\w’'-]+){0,3} $)|"
    # "Once completed, the Oakvale plant will be Zelvo's third"
    r"(?:[A-Z][a-z]+(?: [a-z]+){0,3}, )?"
    r"(?:[Ii]t|[Tt]his|That|(?:[Tt]he|[Tt]his) (?:[\w-]+ ){0,3}{facilities.heads.for_short}\b[^,;]{0,50}?)"
    r"(?:[’']s| (?:[\w-]+ ){0,2}?(?:is|was|be|becomes?|became|remains?|represents?|marks?)) (?:also )?"
    r"(?:(?:the|an?|its|their|one of (?:the|its))|(?:[A-Z][\w-]+ ){0,3}[\w’'-]+['’]s?)(?: [\w’'-]+){0,3} $"
)
_BESIDE = re.compile(
    r"(?i)\b(?:together with|alongside|besides|in addition to|unlike|like|compared (?:with|to)|as well as|"
    r"along with) (?:the |its |their )?$"
)
_DEED = Pattern(r"(?: (?:has|have|had|will|to|is|was))? {deals.words.events}")
_OTHER = re.compile(r"(?i)\b(?:another|second|other|further)\b")
_PLACE_BEHIND = re.compile(
    r"(?:(?:,| located| planned| situated|(?: to be| being)? built|"
    r" with an? (?:[^,;:.()]|(?<=\d)[,.](?=\d)){3,60}?)? (?:in|at|near)|(?: so far)? is in) "
    r"(?!the (?:history|world)\b)(?:the )?((?:U\.S\.|U\.K\.|[^;:.()]){3,60})"
)
_UNIT = re.compile(r"^\([\w/]+\)\s*")
_NEXT_CLAUSE = re.compile(r", (?=[a-z])| and (?=[a-z\d]|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)* [a-z])")
_STANDS_IN = re.compile(r" (?:in|at|near) (?:[A-ZÅÄÖÉØÁŁŚ][\w’'-]*)(?:[ -][A-ZÅÄÖÉØÁŁŚ][\w’'-]*){0,2}")
_VERB_BEHIND = re.compile(r" (?:with|out|on|as|for|to|towards|closely|well|hard|like)\b")
# what may stand between a figure and the phrase that it opens
_BRACKET_BETWEEN = re.compile(r"[\s/,()-]*(?:\([^()]*\) ?)?")
_COMPOUND_ADJECTIVE = re.compile(r"[A-Z][\w.]*-[a-z]+")  # "Seoul-based", "BMW-certified"
_CAPITALISED = re.compile(r"[A-Z][\w’'-]+")
_CAPITALS = re.compile(r"(?:[A-Z][\w’'-]+ ){1,3}")
_CAPITALS_BEFORE = re.compile(rf"(?<=the ){_CAPITALS.pattern}$")
_PRODUCT_BETWEEN = re.compile(r" (?:[\w-]+ ){1,4}and ")
_SIZES = frozenset({"power", "energy", "mass", "money", "area", "volume"})
"""Kinds of amount that tell two facilities apart; a voltage does not."""

SMALLEST_STORE = 1_000_000
"""W or Wh of the smallest power or energy that is a storage project's or a cell plant's."""
LARGEST_SITE = 5_000_000
"""m2 from which on an area beside words of making is an output and no site."""

Size = tuple["Decimal", str]
"""An amount as (base value, base unit)."""


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
    """Whether it points back: "the", "this", "its", or a bare name."""
    owner: str | None = None
    """Who has it, from a possessive: "BTR's line"."""
    sizes: frozenset[Size] = frozenset()
    """Amounts inside the phrase: "200MW/800MWh project"."""
    place: frozenset[str] = frozenset()
    """Words of the place right behind it: "project in Wuhai City, Inner Mongolia"."""
    town: frozenset[str] = frozenset()
    """Of these, the words of its narrowest part: "Wuhai"."""
    countries: frozenset[str] = frozenset()
    """Codes of the countries that the phrase or its place tells: "the Hungarian plant"."""
    other: bool = False
    """Whether the words say that it is another one."""
    ranks: frozenset[str] = frozenset()
    """Which of a company's it is: "its second plant"."""
    predicate: bool = False
    """Whether it only says what the one at hand is: "it will be its first factory in Europe"."""


def mentions(scene: Scene, line: Line) -> list[Mention]:
    """The facilities that a sentence mentions, in order."""
    text = scene.text
    barred = [hit.span() for hit in _NO_HEADS.finditer(text, line.start, line.end)]
    found: list[Mention] = []
    floor = line.start
    hits = list(HEADS.finditer(text, line.start, line.end))
    for hit, following in zip_longest(hits, hits[1:]):
        if following is not None and _goes_on(text, line, hit, following):
            continue
        inside_other_words = any(start <= hit.start() < end for start, end in barred)
        if hit.start() < floor or inside_other_words or not _is_head(text, line, hit):
            continue
        mention = _mention(scene, line, hit, floor)
        if mention is not None:
            found.append(mention)
            floor = hit.end()
    return found


def _goes_on(text: str, line: Line, hit: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a head only stands in the phrase of the next: "BESS project", "battery manufacturing plant"."""
    between = following.start() - hit.end()
    if between <= 1 or between > _LONGEST_BETWEEN:
        return between == 1
    return noun_phrase(text, following.start(), following.end(), line.start, limit=8)[0] <= hit.start()


def _is_head(text: str, line: Line, hit: re.Match[str]) -> bool:
    """Whether the word ends a phrase about one facility."""
    compound = _COMPOUND.match(text, hit.end(), line.end)
    if compound and not any(0 <= figure.start - compound.end() < 4 for figure in line.figures):
        return (
            False  # "site visits", "project cost": the head is another word; but "the plant costs 5 million"
        )
    if any(name.start <= hit.start() and hit.end() < name.end for name in line.companies):
        return False  # part of a company's name
    if any(f.start <= hit.start() < f.end and f.kind == "count" and f.value != 1 for f in line.figures):
        return False  # "8 production lines" is an amount
    if text[hit.start() - 1 : hit.start()] == "(" and text[hit.end() : hit.end() + 1] == ")":
        return False  # "(BESS)" only says what the words before it are called for short
    head = hit[0].lower()
    if head in words("facilities.heads.wares") and _OF_MARKET.match(text, hit.end(), line.end):
        return False
    if head == "facility" and _OF_LOANS.search(line.text):
        return False
    if head == "works" and _is_verb(text, line, hit):
        return False
    if head in words("facilities.heads.only_capitals") and not hit[0][0].isupper():
        return False  # "Casa Grande Spoke", but "the governor spoke"
    return not head.endswith("s") or head.endswith(("ss", "works"))  # several have no figure of one


def _stands_in(text: str, line: Line, end: int) -> str | None:
    """The words behind a phrase that tell a "factory in Miskolc" from other factories."""
    place = _STANDS_IN.match(text, end, line.end)
    if place is None or any(time.start < place.end() and end < time.end for time in line.times):
        return None
    return place[0]


def _is_verb(text: str, line: Line, hit: re.Match[str]) -> bool:
    """Whether "works" is what somebody does, and not "Sakata Works" or "its Kulim works"."""
    if hit[0][0].isupper():
        return hit.start() == line.start
    first, _ = noun_phrase(text, hit.start(), hit.start(), line.start, limit=4)
    owned = _DETERMINER.search(text[max(line.start, first - 24) : first]) or text[:first].endswith(
        ("'s ", "’s ")
    )
    return not owned or _VERB_BEHIND.match(text, hit.end(), line.end) is not None


def _mention(scene: Scene, line: Line, hit: re.Match[str], floor: int) -> Mention | None:
    text, head, start, end = scene.text, hit[0].lower(), hit.start(), hit.end()
    first = _phrase_start(text, start, end, floor, line.figures)
    if any(text[f.end : first] == " of " for f in line.figures):
        return None  # "30 GW of battery storage" is an amount
    phrase = _without_figures(text, line.figures, first, start, end)
    tokens = phrase.split()
    is_store = head != "battery" or _is_sized(line, first, start)
    if not (is_store or _names_battery(tokens, line, first, end)):
        return None
    if _NO_ONE.search(text, max(line.start, first - 12), start):
        return None
    determiner = _DETERMINER.search(text[max(floor, first - 24) : first])
    word = determiner[1].lower() if determiner else ""
    name = phrase if phrase.lower() != head else None
    if name and name not in text[first:end]:
        name = text[first:end]  # "Burra Flat four hour battery": figures stand inside
    proper = frozenset() if line.headline else proper_words(tokens, head)
    if not proper and not line.headline and not PARKS.fullmatch(head):
        name = f"{phrase}{place}" if (place := _stands_in(text, line, end)) else name
    stop = next((time.start for time in line.times if time.start > end), line.end)
    where = _place_behind(text[end:stop])
    located = _place_words(where)
    owner = _owner(scene, text[floor:first].rstrip(), floor, first)
    sizes = frozenset(
        (f.base_value, f.base_unit)
        for f in line.figures
        if (first <= f.start and f.end <= start) or _APPOSED.fullmatch(line.between(end, f.start))
        if f.kind in _SIZES and not _is_floor(f)
    )
    if head in words("facilities.heads.wares") and not (word or proper or owner or sizes or located):
        return None  # "the price of battery storage" is of no one store
    rank = _RANK.search(line.between(first - _RANK_REACH, start))
    return Mention(
        start=first,
        end=end,
        head=head,
        name=name,
        proper=proper,
        definite=word in _DEFINITE or (not word and name is None),
        owner=owner,
        sizes=sizes,
        place=located,
        town=_place_words(re.split(r", | in |\(", where, maxsplit=1)[0]) or located,
        countries=frozenset(filter(None, (country(where, cities=False), *map(_nation, tokens)))),
        ranks=frozenset({rank[1].lower()} if rank else ()),
        predicate=_IS_ONE.match(line.between(line.start, first)) is not None,
        other=bool(
            _BESIDE.search(line.before(first, 30)) or _OTHER.search(text[max(floor, first - 10) : start])
        ),
    )


def _phrase_start(text: str, start: int, end: int, floor: int, figures: list[Quantity]) -> int:
    """Where the noun phrase with this head starts, over figures in front: "200MW/800MWh BESS project"."""
    first, _ = noun_phrase(text, start, end, floor, limit=8)
    for figure in reversed(figures):
        if floor <= figure.start < first < figure.end:
            first = figure.start  # "the 1.5 million-square-foot plant"
        elif floor <= figure.start and figure.end <= first:
            gap = text[figure.end : first]
            # "250-million-yuan special graphite and hard felt project"
            if _BRACKET_BETWEEN.fullmatch(gap) or _PRODUCT_BETWEEN.fullmatch(gap):
                first = figure.start
    capitals = _CAPITALS_BEFORE.search(text, max(floor, first - 40), first)
    # "the Burra Flat 1,000 MWh battery"
    return capitals.start() if capitals and any(figure.start == first for figure in figures) else first


def _is_floor(figure: Quantity) -> bool:
    """Whether an area is of a building, which tells no two facilities apart, and not what is made."""
    return figure.kind == "area" and figure.base_value < LARGEST_SITE and figure.per is None


def _without_figures(text: str, figures: list[Quantity], first: int, start: int, end: int) -> str:
    """The phrase without figures and words in front that describe nothing: "a new 20-GWh cell plant"."""
    inner = first
    for figure in figures:
        if figure.start <= inner < figure.end or (inner <= figure.start and figure.end <= start):
            inner = figure.end
    opening = text[first : next((figure.start for figure in figures if figure.start > first), first)]
    named = _CAPITALS.fullmatch(opening)
    phrase = _UNIT.sub("", text[inner:end].lstrip(" -/\u00a0,)"))
    while " " in phrase:
        token, rest = phrase.split(" ", 1)
        if token.lower() not in words("facilities.heads.say_nothing") or rest.startswith("energy"):
            break
        phrase = rest.lstrip()
    return f"{named[0]}{phrase}" if named and inner > first else phrase


def _is_sized(line: Line, first: int, start: int) -> bool:
    """Whether a battery is a store by its size: "a 219MW battery", "a 200 MW (800 MWh) battery"."""
    return any(
        figure.kind in {"power", "energy"} and figure.base_value >= SMALLEST_STORE
        for figure in line.figures
        if first <= figure.start and figure.end <= start
    )


def _names_battery(tokens: list[str], line: Line, start: int, end: int) -> bool:
    """Whether "battery" ends a project's name: "the Waratah battery", and not "the Korean battery maker"."""
    while len(tokens) > 2 and tokens[-2] in words("facilities.heads.battery_kinds"):
        tokens = [*tokens[:-2], tokens[-1]]
    before = tokens[-2] if len(tokens) > 1 else ""
    if line.headline or not before[:1].isupper() or is_country(before) or is_product(" ".join(tokens[-2:])):
        return False
    if before.isupper() or (len(tokens) == 2 and start == line.start and tokens[-1].islower()):
        return False  # "NCM battery installations", "Ternary battery shipments"
    # "Mallee Creek Battery is a 300MW system", but "Zhongke Battery signed …" is a company
    has_power = any(figure.kind == "power" for figure in line.figures)
    return tokens[-1].islower() or (has_power and not _DEED.match(line.after(end, 40)))


def proper_words(tokens: list[str], head: str) -> frozenset[str]:
    """Capitalised words and longer abbreviations, in lower case, without heads and words of kind."""
    out = set()
    for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        plain = token.strip("()'’")
        if plain.lower() in head.split() or not plain[:1].isupper() or len(plain) < 2:
            continue
        if (
            is_adjective(plain)
            or _COMPOUND_ADJECTIVE.fullmatch(plain)
            or (plain in {"North", "South"} and is_adjective(following))
        ):
            continue
        if not plain.isupper() or len(plain) > 3:  # LFP and ESS name no place
            out.add(plain.lower())
    return frozenset(out) - words("facilities.heads.not_proper") - words("facilities.heads.words")


def _owner(scene: Scene, before: str, floor: int, first: int) -> str | None:
    """Who has it: "BTR New Material Group's" right before the phrase."""
    if not before.endswith(("'s", "’s", "s'", "s’")):
        return None
    near = [name for name in scene.names.within(floor, first) if first - name.end < 6]
    return next((name.text for name in reversed(near) if name.sort in {"company", "other"}), None)


def _place_behind(rest: str) -> str:
    """The place right behind the phrase: "Wuhai City, Inner Mongolia"."""
    place = _PLACE_BEHIND.match(_NEXT_CLAUSE.split(rest, maxsplit=1)[0])
    return place[1] if place else ""


def _place_words(where: str) -> frozenset[str]:
    """The words of a place that tell it from others, in lower case."""
    return frozenset(word.lower() for word in _CAPITALISED.findall(where)) - words(
        "facilities.heads.not_proper"
    )


def _nation(token: str) -> str | None:
    """The country of "Hungarian"."""
    return known(token) if is_adjective(token) else None
