"""Phrases: the words around a metric and its figure that may say what is measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.forecasts.forecaster import speech
from extractor.draft.rules.nouns import goods, noun_phrase, product, product_words
from extractor.draft.rules.vocabulary import Pattern, rows, words
from extractor.places import country, is_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement

_OF_SOMETHING = frozenset({"penetration", "growth_rate", "price", "market_share"})
"""Metrics that are told as "of" or "for" something, before or behind the figure."""
_BEHIND_METRIC = Pattern(
    r"(?: rates?)?(?: from \d{4} to \d{4})?,? (?:of|for) (?:the )?"
    r"([^,;.()]{3,80}?(?: \([^()]{1,12}\) (?!{forecasts.subjects.end_before}|{forecasts.subjects.verbs})"
    r"[^,;.()]{3,60}?)?)"
    r"(?= (?:{forecasts.subjects.end_before}|{forecasts.subjects.verbs})|[,;.()]|$)"
)
_BEHIND_FIGURE = re.compile(
    r" (?:for|of) (?:the )?([^,;.()]{3,60}?)(?= (?:by|in|at|to|as|from|and)\b|[,;.()]|$)"
)
_BRACKETED_SHARE = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) \($")
_TAKER = Pattern(
    r"(?:(?:In|By) [^,]{3,40}, )?(?!{forecasts.subjects.anaphors})"
    r"([^\W\d_][\w-]*(?: [\w-]+){0,4}?)(?:['’]s)? {forecasts.subjects.verbs_of_shares}"
)
# what a sentence opens with: "Pumped storage has the largest share", "The home segment of the market led"
_TOPIC = Pattern(
    r"(?:(?:In|By|At|As of) [^,]{3,40}, )?(?:[Tt]he )?(?!{forecasts.subjects.anaphors})"
    r"([^\W\d_][\w-]*(?:(?: |, )[\w-]+){0,6}?(?: \([A-Z&]{2,8}\))?(?: {forecasts.subjects.parts})?)"
    r"(?: of the [\w -]{3,30}?)?(?: \([^()]{1,12}\))?(?:['’]s?| {forecasts.subjects.verbs}|"
    r" {forecasts.subjects.verbs_of_shares}| {forecasts.subjects.deeds}| [a-z]+ed)(?= )"
)
_AND = re.compile(r",? (?:and|or) |, ")
_TAKERS_CLAUSE = re.compile(r"[,;] (?:with|while|and|as) |; ")
_UP_TO_TIME = re.compile(r"(?: (?:for|in|over|during|of|from|by|through|the|until))+ ?$")
_PARTED = re.compile(r"\w[ -]\w")
_SEVERAL = re.compile(r"[a-z]s$")
_UNITS_OF = re.compile(r" of (?:the )?")
_THAT_OF = re.compile(r"(?i)\b(?:that|those) (?:of|for) ")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORT_FORM = re.compile(r" \([A-Z][A-Za-z]{1,7}\) $")
_JOINED = Pattern(
    r" (?:and|or) ([^,;.()]{3,40}?)"
    r"(?= (?:{forecasts.subjects.end_before}|{forecasts.subjects.verbs})|[,;.(]|$)"
)
_MARKET = Pattern(r"(?<=\w) market {forecasts.subjects.verbs}")


def phrases(statement: Statement, metric: Metric, before: str) -> Iterator[str | None]:
    """What may be measured, the likeliest first: "of" and "for" something, or before the metric word."""
    of_something = metric.name in _OF_SOMETHING
    yield _behind_figure(statement) if of_something or not names_something(before) else None
    yield _other(statement)
    yield _behind_metric(statement, metric) if of_something else None
    yield taker(statement) if metric.name == "penetration" else None
    yield before
    yield _behind_metric(statement, metric)
    yield _counted(statement)
    yield _topic(statement.line.text)
    yield _near(statement)


def likeliest(found: Iterable[str | None]) -> str | None:
    """The first phrase that names something, else the first of more words; a place is none."""
    parted = None
    for phrase in found:
        if not phrase or is_place(phrase):
            continue
        if names_something(phrase):
            return phrase
        parted = parted or (phrase if _PARTED.search(phrase) else None)
    return parted


def opens_with_others(sentence: str) -> bool:
    """Whether a sentence opens with several of something, and not "sales": "The top three makers had …"."""
    opening = _TOPIC.match(sentence)
    if opening is None or not _SEVERAL.search(opening[1]):
        return False
    word = opening[1].rpartition(" ")[2]
    return not any(row.pattern.fullmatch(word) for row in rows("forecasts.metric"))


def names_something(phrase: str) -> bool:
    """Whether a phrase names goods, by a word of a product, in the plural, or by a capital inside."""
    tokens = phrase.split()
    return (
        any(token.lower() in product_words() for token in tokens)
        or (phrase.endswith("s") and phrase[-2:] not in {"ss", "us", "is"})
        or any(not token.islower() and token[0].isalpha() for token in tokens[1:] or tokens)
    )


def _topic(sentence: str) -> str | None:
    """The goods or the part of a market that a sentence opens with and tells of."""
    opening = _TOPIC.match(sentence)
    if opening is None:
        return None
    head = opening[1].rpartition(" ")[2].lower()
    parts = _AND.split(opening[1])
    whole = all(noun_phrase(part, len(part), len(part), 0, limit=7)[0] == 0 for part in parts)
    named = head in product_words() or head in words("forecasts.subjects.parts")
    return bare(opening[1]) if whole and named else None


def _counted(statement: Statement) -> str | None:
    """The things that are counted, where their name says which: "9.1 million electric vehicles"."""
    of = bare(statement.figure.of or "") if statement.figure.kind == "count" else None
    return of if of and (" " in of or product(of) or not of.islower()) else None


def _other(statement: Statement) -> str | None:
    """The product of "and that of industrial-grade carbonate", which takes up the metric with another."""
    gap = statement.line.gap_before(statement.figure)
    hit = _THAT_OF.search(gap)
    return product(gap, hit.end()) if hit else None


def before_metric(statement: Statement, metric: Metric) -> str:
    """The phrase that the metric word ends: the "separator" of "global separator shipments"."""
    text, line = statement.scene.text, statement.line
    # "505 GWh total capacity" names nothing before its metric
    ends = [*(figure.end for figure in line.figures), *(time.end for time in line.times)]
    floor = max([speech(line, metric.start), *(end for end in ends if end <= metric.start)])
    first, _ = noun_phrase(text, metric.start, metric.start, floor, limit=7)
    if short := _SHORT_FORM.search(text, floor, first):  # "electric vehicle (EV) battery demand"
        longer, _ = noun_phrase(text, short.start(), short.start(), floor)
        common = text[longer : short.start()].rpartition(" ")[2].islower()  # but no "European Union (EU)"
        first = longer if common else first
    return bare(text[first : metric.start])


def _behind_metric(statement: Statement, metric: Metric) -> str | None:
    """What "demand for X will" and "the price of X" are of."""
    later = (figure for figure in statement.line.figures if figure.start > metric.end)
    behind = (figure.start for figure in later if figure.kind != "duration")  # "2-hour systems"
    hit = _BEHIND_METRIC.match(statement.scene.text, metric.end, next(behind, statement.line.end))
    if hit is None:
        return None
    times = (t.start for t in statement.line.times if t.start < hit.end(1) and hit.start(1) < t.end)
    if (time := next(times, None)) is not None:  # "capacity for the first half of 2025"
        return bare(_UP_TO_TIME.sub("", statement.scene.text[hit.start(1) : max(time, hit.start(1))])) or None
    phrase, joined = hit[1], _JOINED.match(statement.scene.text, hit.end(1), statement.line.end)
    if joined and product(phrase) is None and not phrase.endswith("s"):
        phrase += joined[0]  # "sales of electric and plug-in hybrid vehicles"
    return bare(_UP_TO_TIME.sub("", phrase))


def _behind_figure(statement: Statement) -> str | None:
    """The product of "a growth of 11 % for power batteries", the goods of "9 units of electric cars"."""
    text, figure, line = statement.scene.text, statement.figure, statement.line
    if figure.kind != "percent" and (of := _UNITS_OF.match(text, figure.end, line.end)):
        of_goods = goods(text[of.end() : line.end]) or ""
        return bare(text[of.end() : text.index(of_goods, of.end()) + len(of_goods)])
    hit = _BEHIND_FIGURE.match(text, figure.end, line.end)
    return bare(hit[1]) if hit and product(text, *hit.span(1)) else None


def taker(statement: Statement) -> str | None:
    """Whose share it is: the subject of "Electric vehicles took 74%", the name before "(17.1%)"."""
    before = statement.line.between(statement.line.start, statement.figure.start)
    if hit := _BRACKETED_SHARE.search(before):
        return hit[1]
    if before.endswith(" (") and statement.line.after(statement.figure.end, 1) == ")":
        end = len(before) - 2
        start, end = noun_phrase(before, end, end, 0, limit=5)
        return bare(before[start:end]) or None
    taker = _TAKER.match(before)
    return _without_metric(bare(taker[1])) if taker else None


def _without_metric(phrase: str) -> str:
    """A phrase without a word of a metric at its end: "power battery sales"."""
    rest, _, last = phrase.rpartition(" ")
    return rest if rest and any(row.pattern.fullmatch(last) for row in rows("forecasts.metric")) else phrase


def taker_of_clause(statement: Statement) -> str | None:
    """Whose share it is by a clause of its own: "…, with storage accounting for 12%"."""
    *others, clause = _TAKERS_CLAUSE.split(statement.line.gap_before(statement.figure))
    taker = _TAKER.match(clause) if others else None
    return bare(taker[1]) if taker else None


def _near(statement: Statement) -> str | None:
    """A product before the figure or else behind it, a market before it, or the last company before it."""
    text, line, figure = statement.scene.text, statement.line, statement.figure
    if market := _MARKET.search(line.between(line.start, figure.start)):
        start = line.start + market.start()
        first, _ = noun_phrase(text, start, start, line.start)
        if named := bare(text[first:start]):
            return named  # "the global household storage market will have 16 GWh"
    ends = [other.end for other in line.figures if other.end <= figure.start]
    if near := product(text, max([line.start, *ends[-1:]]), figure.start) or product(
        text, line.start, figure.start
    ):
        return bare(near) or near
    if near := product(text, figure.end, line.end):
        return bare(near) or near
    full = statement.scene.names.full
    telling = {statement.forecaster, statement.house, *statement.observers}
    before = [full(c.text) for c in line.companies if c.end <= figure.start and full(c.text) not in telling]
    return before[-1] if before else None


def bare(phrase: str) -> str:
    """A phrase without words at its ends that say how much or where: "global annual battery demand"."""
    tokens = phrase.split()
    while tokens and (_says_nothing(tokens[0]) or is_place(tokens[0])):
        if tokens[0].lower() == "new" and tokens[1:2] == ["energy"]:
            break  # "new energy storage" is a kind of it
        tokens = tokens[1:]
    while tokens and (_says_nothing(tokens[-1]) or _moves(tokens[-1])):
        tokens = tokens[:-1]
    return _POSSESSIVE.sub("", " ".join(tokens))


def _says_nothing(token: str) -> bool:
    return {token, token.lower()} & words("forecasts.subjects.say_nothing") != set()


def _moves(token: str) -> bool:
    """Whether a word only says that something rose or fell: "lithium carbonate slid"."""
    return any(token in row.data["words"] for row in rows("forecasts.metric") if row.name == "growth_rate")


def is_place(token: str) -> bool:
    """Whether a phrase is a country's, a city's or a market's name."""
    name = token.removesuffix("'s").removesuffix("’s")
    return is_region(token) or (token[0].isupper() and country(name) is not None)
