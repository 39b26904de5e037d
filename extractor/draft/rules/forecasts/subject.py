"""Subject: what a figure measures the demand, output, share … of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.forecasts.forecaster import speech
from extractor.draft.rules.forecasts.members import own_clause, respectively
from extractor.draft.rules.forecasts.metric import Metric
from extractor.draft.rules.forecasts.owner import owner
from extractor.draft.rules.forecasts.region import own_region, place_named, region, region_at_hand
from extractor.draft.rules.nouns import goods, noun_phrase, product, product_words
from extractor.draft.rules.vocabulary import Pattern, rows, words
from extractor.places import country, is_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.forecasts.statement import Statement, Told

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
_SAME = Pattern(r"(?i:its|their|this|that|the) {forecasts.subjects.shares}(?: of)?$")
_ITS = re.compile(r"\b(?:its|their) $")
_RETELLS = Pattern(r"{forecasts.subjects.retells}")
_UP_TO_TIME = re.compile(r"(?: (?:for|in|over|during|of|from|by|through|the|until))+ ?$")
_PARTED = re.compile(r"\w[ -]\w")
_OTHERS = re.compile(r"[a-z]s$")
_UNITS_OF = re.compile(r" of (?:the )?")
_THAT_OF = re.compile(r"(?i)\b(?:that|those) (?:of|for) ")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORT_FORM = re.compile(r" \([A-Z][A-Za-z]{1,7}\) $")
_NEXT_CLAUSE = re.compile(r"; |, (?:while|but|and)\b")
_JOINED = Pattern(
    r" (?:and|or) ([^,;.()]{3,40}?)"
    r"(?= (?:{forecasts.subjects.end_before}|{forecasts.subjects.verbs})|[,;.(]|$)"
)
_MARKET = Pattern(r"(?<=\w) market {forecasts.subjects.verbs}")
# before the metric word nothing is named: "However, this demand will …", "…, with sales in Spain falling"
_SAME_THING = re.compile(
    r"(?i)(?:(?:^|[,;:] )(?:(?:with|while|and|however,|total|its) )*|\b(?:this|that|the|such) )"
    r"(?:(?:newly|installed|total|cumulative|combined|annual) )*$"
)
_SHARED = re.compile(r" of (?:[\w'’-]+ ){0,4}")
_OTHER_CLAUSE = re.compile(r"; |, (?:while|but)\b")
_GROWN = frozenset({"growth_rate", "penetration", "market_share"})


class _Measured(NamedTuple):
    """What is measured, and where; whether the place is what another amount says."""

    subject: str | None
    region: str | None = None
    settled: bool = False


def subject_and_region(statement: Statement, metric: Metric) -> tuple[str | None, str | None]:
    """What is measured and where."""
    member = respectively(statement)
    if isinstance(member, str) and _is_place(place := member.removeprefix("the ")):
        same = _twin(statement)  # "costs in the US and Europe were 31% and 48% higher, respectively"
        return (same.draft.subject if same else None), place
    if not isinstance(member, str) and member is not None:
        return member.draft.subject, member.draft.region
    subject, place, settled = _Measured(member) if member else _measured(statement, metric)
    if subject in statement.scene.company_count:
        subject = statement.scene.names.full(subject or "")
    line = statement.line
    if own := own_region(line, statement.figure, metric.name):
        return subject, own
    if settled:
        return subject, place
    place = region(line, metric.start) or place_named(line, metric.end)
    if place is None and (subject not in statement.companies or metric.name == "market_share"):
        place = region_at_hand(statement, metric)
    return subject, place


def _measured(statement: Statement, metric: Metric) -> _Measured:
    """What is measured, and the region of the amount that it grows, where it is a growth."""
    clause = own_clause(statement, metric)
    if clause is not None and not _is_place(clause) and _names_something(bare := _bare(clause)):
        return _Measured(bare)
    if metric.name == "growth_rate":
        grown = _grown(statement, metric)
        if grown is None and _RETELLS.match(statement.line.text) and (retold := _retold(statement)):
            return _Measured(retold.draft.subject, retold.draft.region, settled=True)
        # "demand will reach 900 GWh, growing 20 % a year": the growth is of what grows
        if grown is None and not _before_metric(statement, metric) and (twin := _twin(statement)):
            return _Measured(twin.draft.subject, twin.draft.region, settled=True)
        metric = grown or metric
    elif metric.name in _GROWN and _is_same_share(statement, metric):
        said = (t for t in reversed(statement.told) if t.draft.metric in _GROWN - {"growth_rate"})
        if (share := next(said, None)) and statement.follows(share.line):
            return _Measured(share.draft.subject, share.draft.region, settled=True)
        # of what is "shipments were 4 GWh; their share will rise to 5%"
        if amount := next(statement.said_in(statement.line), None):
            return _Measured(amount.draft.subject)
    subject = _subject(statement, metric, _before_metric(statement, metric)) or _of_series(statement, metric)
    return _Measured(subject or _around(statement, metric))


def _grown(statement: Statement, metric: Metric) -> Metric | None:
    """The metric of what grows, by its word between the figure before and that of it: "sales rose"."""
    line, figure = statement.line, statement.figure
    start = figure.start - len(line.gap_before(figure))
    hits = (
        Metric(row.name, *hit.span())
        for row in rows("forecasts.metric")
        if row.name not in _GROWN
        for hit in row.pattern.finditer(statement.scene.text, start, max(start, metric.start))
    )
    grown = max(hits, key=lambda hit: hit.start, default=None)
    if grown is None or _NEXT_CLAUSE.search(line.between(grown.end, metric.start)):
        return None
    if "," in line.between(grown.end, figure.start) and _twin(statement):
        return None  # "9 million cars were sold, a 28% increase"
    # "…, 36% of total production, up 9%": of what the share is
    return None if _SHARED.fullmatch(line.between(start, grown.start)) else grown


def _of_series(statement: Statement, metric: Metric) -> str | None:
    """What the amount before in the sentence, or the last one of the metric, is of.

    From "EV sales were 9 million. Sales in Spain grew by 4%, reaching 0.3 million" EV twice.
    """
    opening = _TOPIC.match(statement.line.text)
    others = opening is not None and _OTHERS.search(opening[1]) and not _moves_or_measures(opening[1])
    if metric.name in {"market_share", "other"} or others:
        return None  # "The top three makers had 13 GWh"
    if (twin := _twin(statement)) is not None and twin.draft.metric != "other":
        return twin.draft.subject
    last = next((told for told in reversed(statement.told) if told.draft.metric == metric.name), None)
    return last.draft.subject if last is not None and statement.follows(last.line) else None


def _around(statement: Statement, metric: Metric) -> str | None:
    """The product of the sentence before, where "the total installed capacity" goes on, or of the heading."""
    line, scene = statement.line, statement.scene
    goes_on = _SAME_THING.search(line.between(line.start, metric.start))
    around = (scene.previous(line) if goes_on else None, scene.headings[line.section])
    return next(filter(None, (product(near.text) for near in around if near is not None)), None)


def _is_same_share(statement: Statement, metric: Metric) -> bool:
    """Whether it is the share told before: "their share", "its 35 percent share"."""
    line, figure = statement.line, statement.figure
    of_figure = figure.end <= metric.start and _ITS.search(line.before(figure.start, 8))
    return bool(of_figure or _SAME.search(line.between(metric.start - 8, metric.end)))


def _retold(statement: Statement) -> Told | None:
    """The amount of the sentence before, of which a sentence only says how it has grown: "This is up 9%"."""
    last = next((told for told in reversed(statement.told) if told.figure.kind != "percent"), None)
    before = statement.scene.previous(statement.line)
    return last if last is not None and last.line is before else None


def _twin(statement: Statement) -> Told | None:
    """The amount of the sentence that a growth or share of it is of, else the percentage before it."""
    said = list(statement.said_in(statement.line))
    amounts = (told for told in said if told.figure.kind != "percent")
    twin = next(amounts, next(iter(said), None))
    between = statement.line.between(twin.figure.end, statement.figure.start) if twin else ""
    return None if _OTHER_CLAUSE.search(between) else twin


def _subject(statement: Statement, metric: Metric, before: str) -> str | None:
    """What is measured: whose it is, else the first phrase that names something, else any of more words."""
    if (company := owner(statement, metric)) is not None:
        return company
    if metric.name == "market_share" and (named := _shares(statement)):
        return named
    phrases = [phrase for phrase in _phrases(statement, metric, before) if phrase]
    named = (phrase for phrase in phrases if _names_something(phrase))
    return next(named, next((phrase for phrase in phrases if _PARTED.search(phrase)), None))


def _phrases(statement: Statement, metric: Metric, before: str) -> Iterator[str | None]:
    """What may be measured, the likeliest first: "of" and "for" something, or before the metric word."""
    of_something = metric.name in _OF_SOMETHING
    yield _behind_figure(statement) if of_something or not _names_something(before) else None
    yield _other(statement)
    yield _behind_metric(statement, metric) if of_something else None
    yield _taker(statement) if metric.name == "penetration" else None
    yield before
    yield _behind_metric(statement, metric)
    yield _counted(statement)
    yield _topic(statement.line.text)
    yield _near(statement)


def _shares(statement: Statement) -> str | None:
    """What has a share: that whose amount is told with it, or what the sentence opens with and is no place."""
    if (shared := _amount_shared(statement)) is not None:
        return shared.draft.subject
    taker = _taker(statement)
    says = taker and (_PARTED.search(taker) or _names_something(taker))
    return taker if says and not _is_place(taker or "") else None


def _names_something(phrase: str) -> bool:
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
    whole = all(noun_phrase(part, len(part), len(part), 0, limit=7)[0] == 0 for part in _AND.split(opening[1]))
    named = head in product_words() or head in words("forecasts.subjects.parts")
    return _bare(opening[1]) if whole and named else None


def _counted(statement: Statement) -> str | None:
    """The things that are counted, where their name says which: "9.1 million electric vehicles"."""
    of = _bare(statement.figure.of or "") if statement.figure.kind == "count" else None
    return of if of and (" " in of or product(of) or not of.islower()) else None


def _amount_shared(statement: Statement) -> Told | None:
    """The amount that a share goes with: "cell output was 11 GWh, accounting for 36% of the total"."""
    twin = _twin(statement)
    if twin is None or twin.figure.kind == "percent" or twin.draft.subject is None:
        return None
    between = statement.line.between(twin.figure.end, statement.figure.start)
    return None if _NEXT_CLAUSE.search(between) else twin


def _other(statement: Statement) -> str | None:
    """The product of "and that of industrial-grade carbonate", which takes up the metric with another."""
    gap = statement.line.gap_before(statement.figure)
    hit = _THAT_OF.search(gap)
    return product(gap, hit.end()) if hit else None


def _before_metric(statement: Statement, metric: Metric) -> str:
    """The phrase that the metric word ends: the "separator" of "global separator shipments"."""
    text, line = statement.scene.text, statement.line
    others = (*line.figures, *line.times)  # "505 GWh total capacity" names nothing before its metric
    floor = max([speech(line, metric.start), *(other.end for other in others if other.end <= metric.start)])
    first, _ = noun_phrase(text, metric.start, metric.start, floor, limit=7)
    if short := _SHORT_FORM.search(text, floor, first):  # "electric vehicle (EV) battery demand"
        longer, _ = noun_phrase(text, short.start(), short.start(), floor)
        common = text[longer : short.start()].rpartition(" ")[2].islower()  # but no "European Union (EU)"
        first = longer if common else first
    return _bare(text[first : metric.start])


def _behind_metric(statement: Statement, metric: Metric) -> str | None:
    """What "demand for X will" and "the price of X" are of."""
    later = (figure for figure in statement.line.figures if figure.start > metric.end)
    behind = (figure.start for figure in later if figure.kind != "duration")  # "2-hour systems"
    hit = _BEHIND_METRIC.match(statement.scene.text, metric.end, next(behind, statement.line.end))
    if hit is None:
        return None
    times = (t.start for t in statement.line.times if t.start < hit.end(1) and hit.start(1) < t.end)
    if (time := next(times, None)) is not None:  # "capacity for the first half of 2025"
        return (
            _bare(_UP_TO_TIME.sub("", statement.scene.text[hit.start(1) : max(time, hit.start(1))])) or None
        )
    phrase, joined = hit[1], _JOINED.match(statement.scene.text, hit.end(1), statement.line.end)
    if joined and product(phrase) is None and not phrase.endswith("s"):
        phrase += joined[0]  # "sales of electric and plug-in hybrid vehicles"
    return _bare(_UP_TO_TIME.sub("", phrase))


def _behind_figure(statement: Statement) -> str | None:
    """The product of "a growth of 11 % for power batteries", the goods of "9 units of electric cars"."""
    text, figure, line = statement.scene.text, statement.figure, statement.line
    if figure.kind != "percent" and (of := _UNITS_OF.match(text, figure.end, line.end)):
        of_goods = goods(text[of.end() : line.end]) or ""
        return _bare(text[of.end() : text.index(of_goods, of.end()) + len(of_goods)])
    hit = _BEHIND_FIGURE.match(text, figure.end, line.end)
    return _bare(hit[1]) if hit and product(text, *hit.span(1)) else None


def _taker(statement: Statement) -> str | None:
    """Whose share it is: the subject of "Electric vehicles took 74%", the name before "(17.1%)"."""
    before = statement.line.between(statement.line.start, statement.figure.start)
    if hit := _BRACKETED_SHARE.search(before):
        return hit[1]
    if before.endswith(" (") and statement.line.after(statement.figure.end, 1) == ")":
        end = len(before) - 2
        start, end = noun_phrase(before, end, end, 0, limit=5)
        return _bare(before[start:end]) or None
    clause = _TAKERS_CLAUSE.split(statement.line.gap_before(statement.figure))[-1]
    taker = _TAKER.match(before) or _TAKER.match(clause)
    return _bare(taker[1]) if taker else None


def _near(statement: Statement) -> str | None:
    """A product before the figure or else behind it, a market before it, or the last company before it."""
    text, line, figure = statement.scene.text, statement.line, statement.figure
    if market := _MARKET.search(line.between(line.start, figure.start)):
        start = line.start + market.start()
        first, _ = noun_phrase(text, start, start, line.start)
        if named := _bare(text[first:start]):
            return named  # "the global household storage market will have 16 GWh"
    ends = [other.end for other in line.figures if other.end <= figure.start]
    if near := product(text, max([line.start, *ends[-1:]]), figure.start) or product(
        text, line.start, figure.start
    ):
        return _bare(near) or near
    if near := product(text, figure.end, line.end):
        return _bare(near) or near
    full = statement.scene.names.full
    telling = {statement.forecaster, statement.house, *statement.observers}
    before = [full(c.text) for c in line.companies if c.end <= figure.start and full(c.text) not in telling]
    return before[-1] if before else None


def _bare(phrase: str) -> str:
    """A phrase without words at its ends that say how much or where: "global annual battery demand"."""
    tokens = phrase.split()
    while tokens and (_says_nothing(tokens[0]) or _is_place(tokens[0])):
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


def _moves_or_measures(phrase: str) -> bool:
    """Whether the last word of a phrase is one of a metric: "European sales"."""
    word = phrase.rpartition(" ")[2]
    return any(row.pattern.fullmatch(word) for row in rows("forecasts.metric"))


def _is_place(token: str) -> bool:
    bare = token.removesuffix("'s").removesuffix("’s")
    return is_region(token) or (token[0].isupper() and country(bare) is not None)
