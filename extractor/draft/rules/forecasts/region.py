"""Region: the market, country or place that an amount is of."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.draft.rules.forecasts.timing import BESIDE_ANY
from extractor.draft.rules.vocabulary import Pattern, rows, words
from extractor.finder import Finder
from extractor.places import country, is_country, is_nation, is_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement
    from extractor.draft.rules.scene import Line, Scene
    from schemas import Quantity

_OPENING = re.compile(r"(?:[^,]{3,40}, )?(?:[Ii]n )?(?:[Tt]he )?(?=[A-Z])")
_JOINT = re.compile(r"(?:,|,? and|/) ?(?:the )?")
_AND = re.compile(r"and |/")
_IN_BEHIND = re.compile(r"(?: [\w-]+){0,3} in (?:the )?(?=[A-Z])")
_IN = re.compile(r"\b(?:in|across|throughout) (?:the )?$")
_CLAUSE = re.compile(r"[,;:]|\d")
_NEAR = 50
"""Characters between the metric word and a place behind it."""
_REACH = 120
"""Characters between the metric word and its region."""
_NEXT_CLAUSE = re.compile(r"; |, (?:while|but|whereas) ")
_WORDS = re.compile(r"(?<![\w-])(?:(?:[A-Z][\w.-]+ )?[A-Z][\w.-]*|[a-z][a-z-]+)(?!\$)(?:\b|(?<=\.))")
# where a company is at home: "South Korean rival SK On", "China's CATL", "Panasonic of Japan"
_HOME_BEFORE = Pattern(
    r"(?:[A-Z][\w.-]+[ -]){1,2}?(?:based )?(?:(?:[\w-]+ ){0,3}{names.companies.nouns},? )?$"
)
_HOME_OWNER = re.compile(r"(?:[A-Z][\w.]+ )?[A-Z][\w.]+['’]s (?:[\w-]+ ){0,3}$")
# "The South Korean company", "Chinese battery makers"
_HOME_NOUN = Pattern(r"[A-Z][\w.-]+(?: [A-Z][\w.-]+)?,? (?:[\w-]+ ){0,3}?{names.companies.nouns}")
_TITLE = Pattern(
    r"[A-Z][\w&.-]*(?: (?:(?:and|of|for) )?[A-Z][\w&-]*){0,5} "
    r"(?:(?:and|of|for) )?(?=[A-Z]){forecasts.regions.titles}"
)
_ASIDE = Pattern(r"{forecasts.regions.asides} [^.;]*")
# "North America, including the U.S. and Canada, saw": parts of the region that is told
_PARTS = re.compile(r",? (?:including|such as) (?:U\.S\.|[^.;\d])*?(?:,(?= [a-z])|[.;\d]|$)")
# "the world's third-largest market": how large a market is, not which
_RANK = Pattern(r"[\w.]+['’]s (?:[\w-]+[ -])?{forecasts.regions.ranks}")
_PARTS_OF_ROW = re.compile(r",? and |, |/")
_JOINS = re.compile(r",? and (?:an? )?|, (?:an? )?")
_REST = Finder(r"(?i:rest of the world)$|(?i:rest of) [A-Z]\w+$")
_COMPASS = re.compile(r"(?:North|South|East|West|Central)(?:ern)?(?:-?(?:[Ee]ast|[Ww]est)(?:ern)?)? ")
_HOME_BEHIND = re.compile(r" (?:of|from) (?:[A-Z][\w.]+ )?[A-Z][\w.]+")


def own_region(line: Line, figure: Quantity, metric: str) -> str | None:
    """The region that a figure's own stretch of a sentence names; a share's is that of the opening.

    From "Germany added 2 GWh, followed by Italy's 1 GWh, and a 24% jump in the UK" Italy and the UK, from
    "China, with 55% of global additions" China.
    """
    index = line.figures.index(figure)
    if index:
        before = line.figures[index - 1]
        if line.between(before.end, figure.start) == " (" and index > 1:
            figure = before  # "Italy's 1 GWh (12%)"
        behind = _IN_BEHIND.match(line.text, figure.end - line.start)
        if own := region_before(line, figure) or (behind and _region_at(line, behind.end())):
            return own
    if metric == "market_share":
        opening = _OPENING.match(line.text)
        return _region_at(line, opening.end()) if opening else None
    return None


def _region_at(line: Line, at: int) -> str | None:
    """The region that stands at an offset of a sentence."""
    return next((name for start, name in _named(line.text, _homes(line)) if start == at), None)


def region(line: Line, at: int) -> str | None:
    """The name of a market or country nearest to a place in a sentence: "global", "China's", "in Europe"."""
    asides = [(first, last) for first, last in _asides(line) if not first <= at - line.start < last]
    near = [
        (_is_apart(line, start, at - line.start), abs(line.start + start - at), name)
        for start, name in _named(line.text, _homes(line))
        if not any(first <= start < last for first, last in asides)
    ]
    within = [found for found in near if found[1] < _REACH]
    return min(within)[-1] if within else None


def _is_apart(line: Line, start: int, end: int) -> bool:
    """Whether another clause starts between two offsets of a sentence."""
    return _NEXT_CLAUSE.search(line.text, min(start, end), max(start, end)) is not None


def one_of_row(line: Line, figure: Quantity, place: str) -> str:
    """The one of regions in a row that one of as many figures is of: "in Spain and Italy by 3% and 5%"."""
    places = _PARTS_OF_ROW.split(place)
    if len(places) == 1:
        return place
    figures = line.figures
    first = last = at = figures.index(figure)
    while first and _side_by_side(line, figures[first - 1], figures[first]):
        first -= 1
    while last + 1 < len(figures) and _side_by_side(line, figures[last], figures[last + 1]):
        last += 1
    return places[at - first].removeprefix("the ") if last - first + 1 == len(places) else place


def _side_by_side(line: Line, figure: Quantity, other: Quantity) -> bool:
    """Whether two figures of a kind stand side by side: "3% and 5%"."""
    return figure.kind == other.kind and _JOINS.fullmatch(line.between(figure.end, other.start)) is not None


def place_named(line: Line, at: int) -> str | None:
    """A smaller place or a market by its name, right behind the metric word: "capacity in ERCOT"."""
    for name in line.names:
        between = line.between(at, name.start)
        if name.start >= at and len(between) <= _NEAR and _IN.search(between) and not _CLAUSE.search(between):
            acronym = name.text.isupper() and len(name.text) > 2
            if name.sort == "place" or (name.sort == "other" and (acronym or name.text.endswith("Market"))):
                return name.text
    return None


def region_before(line: Line, figure: Quantity) -> str | None:
    """The region between a figure and the one before it: "Europe's was a mere 215 GWh"."""
    start, end = figure.start - len(line.gap_before(figure)), figure.start
    named = [name for at, name in _named(line.text, _homes(line)) if start <= line.start + at < end]
    return named[-1] if named else None


def region_at_hand(statement: Statement, metric: Metric) -> str | None:
    """The region of a sentence that names none: that of the series at hand, or the only one of the text.

    A price is of where it says, and where several are told side by side, none is at hand. A share of
    shipments is of those that the document told before.
    """
    if metric.name == "price":
        return None
    if metric.name == "market_share" and (whole := _region_of_whole(statement, metric)):
        return whole
    return _region_of_series(statement, metric.name)


def _region_of_whole(statement: Statement, metric: Metric) -> str | None:
    """The region of the amount that "20% of shipments" is a share of, where all such amounts have one."""
    of = statement.scene.text[metric.start : metric.end]
    kinds = {row.name for row in rows("forecasts.metric") if row.pattern.fullmatch(of)}
    told = {t.draft.region for t in statement.told if t.draft.metric in kinds and t.figure.kind != "percent"}
    return next(iter(told)) if len(told) == 1 else None


def _region_of_series(statement: Statement, metric: str) -> str | None:
    before = statement.scene.previous(statement.line)
    named = {_key(name): name for _, name in _named(before.text, _homes(before))} if before else {}
    if len(named) == 1 and _is_market(name := next(iter(named.values()))):
        return name  # "China's market is the largest. It added 35 GWh"
    at_hand: dict[str, str] = {}
    for told in reversed(statement.told):
        if told.line is not statement.line and not statement.follows(told.line):
            break
        place = told.draft.region
        if metric in {told.draft.metric, *BESIDE_ANY} and place and _is_market(place):
            at_hand.setdefault(_key(place), place)
    if len(at_hand) == 1:
        return next(iter(at_hand.values()))
    market = None if statement.sites.all else _market_told(statement.scene)
    return market if market and (not at_hand or _key(market) in at_hand) else None


@lru_cache(maxsize=8)
def _market_told(scene: Scene) -> str | None:
    """The one country or market that the title of a document names, or else all of it."""
    for lines in (scene.headlines[:1], scene.lines):
        found: dict[str, Counter[str]] = {}
        for line in lines:
            for start, name in _named(line.text, _homes(line)):
                if not any(first <= start < last for first, last in _asides(line)):
                    found.setdefault(_key(name), Counter())[name] += 1
        if len(found) == 1:
            [(name, _)] = next(iter(found.values())).most_common(1)
            return name if _is_market(name) else None
    return None


def _key(name: str) -> str:
    """What is the same for all names of a region: a country's code, "world" for everywhere."""
    if name.lower() in words("forecasts.regions.everywhere"):
        return "world"
    return country(name, cities=False) or name.lower()


def _is_market(name: str) -> bool:
    """Whether a region is a country or larger, and no state of one."""
    return is_nation(name) or is_region(name)


@lru_cache(maxsize=64)
def _asides(line: Line) -> tuple[tuple[int, int], ...]:
    """The passages of a sentence that only add places to the one of its amount: "led by Italy"."""
    return tuple(hit.span() for hit in _ASIDE.finditer(line.text))


@lru_cache(maxsize=64)
def _homes(line: Line) -> tuple[tuple[int, int], ...]:
    """The passages of a sentence whose places are no markets, by their offsets in it.

    They name companies and where these are at home, or bodies and publications.
    """
    homes = []
    for name in line.companies:
        if name.text in words("forecasts.forecasters.no_sources"):
            continue  # "India's EV demand"
        before = line.between(line.start, name.start)
        home = _HOME_BEFORE.search(before) or _HOME_OWNER.search(before)
        start = home.start() if home else name.start - line.start
        behind = _HOME_BEHIND.match(line.text, name.end - line.start)
        homes.append((start, behind.end() if behind else name.end - line.start))
    homes.extend(
        hit.span()
        for pattern in (_HOME_NOUN, _TITLE, _PARTS, _RANK)
        for hit in pattern.finditer(line.text)
        if not is_region(hit[0].removeprefix("the "))  # "European Union"
    )
    return tuple(homes)


@lru_cache(maxsize=64)
def _named(sentence: str, barred: tuple[tuple[int, int], ...]) -> tuple[tuple[int, str], ...]:
    """The markets and countries that a sentence names, with their offsets, for all of its figures."""
    found = []
    for hit in _WORDS.finditer(sentence):
        if any(start <= hit.start() < end for start, end in barred):
            continue
        parts = hit[0].split()
        if rest := _REST.search(sentence, 0, hit.end()):
            found.append((rest.start(), rest[0]))
            continue
        if _COMPASS.match(hit[0]) and not _region(hit[0]) and _region(parts[-1]):
            found.append((hit.start(), hit[0].removesuffix(".")))  # "Southern China"
            continue
        bare = next((bare for word in (hit[0], parts[-1], parts[0]) if (bare := _region(word))), None)
        if bare is not None:
            found.append((hit.start(), bare))
    return tuple(_joined(sentence, found))


def _joined(sentence: str, found: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Regions in a row as the one that they are together: "China, Japan and Korea"."""
    row: list[tuple[int, str]] = []
    for start, name in found:
        if row and not _JOINT.fullmatch(sentence, row[-1][0] + len(row[-1][1]), start):
            yield from _one(sentence, row)
            row = []
        row.append((start, name))
    if row:
        yield from _one(sentence, row)


def _one(sentence: str, row: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """A row of regions as one where its last is joined by "and", else one by one."""
    (first, _), (last, name) = row[0], row[-1]
    if len(row) > 1 and _AND.search(sentence, row[-2][0] + len(row[-2][1]), last):
        yield first, sentence[first : last + len(name)]
    else:
        yield from row


def _region(word: str) -> str | None:
    """The word where it is a region's, without a full stop that ends the sentence."""
    bare = (word if word.startswith("U.") else word.removesuffix(".")).removesuffix("-wide")
    if bare.lower() in words("forecasts.regions.relative"):
        return None
    is_name = bare[0].isupper() and len(bare) > 1 and is_country(bare)
    return bare if is_name or is_region(bare) else None
