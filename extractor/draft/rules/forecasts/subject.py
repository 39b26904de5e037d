"""Subject: what a figure measures the demand, output, share … of."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extractor.draft.rules.forecasts.region import region, region_at_hand
from extractor.draft.rules.names import is_observer
from extractor.draft.rules.nouns import noun_phrase, product
from extractor.draft.rules.vocabulary import Pattern, rows, words
from extractor.places import country, is_region

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.metric import Metric
    from extractor.draft.rules.forecasts.statement import Statement, Told
    from schemas import Quantity

_OF_SOMETHING = frozenset({"penetration", "growth_rate", "price", "market_share"})
"""Metrics that are told as "of" or "for" something, before or behind the figure."""
_BEHIND_METRIC = Pattern(
    r"(?: rates?)?(?: from \d{4} to \d{4})?,? (?:of|for) (?:the )?"
    r"([^,;.()]{3,80}?(?: \([^()]{1,12}\) (?!{forecasts.subjects.end_before})[^,;.()]{3,60}?)?)"
    r"(?= {forecasts.subjects.end_before}|[,;.()]|$)"
)
_BEHIND_FIGURE = re.compile(
    r" (?:for|of) (?:the )?([^,;.()]{3,60}?)(?= (?:by|in|at|to|as|from|and)\b|[,;.()]|$)"
)
_BRACKETED_SHARE = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) \($")
_TAKER = Pattern(
    r"(?:In [^,]{3,40}, )?([A-Z][\w-]*(?: [\w-]+){0,4}?)(?:['’]s)? {forecasts.subjects.verbs_of_shares}"
)
_OF_COMPANY = Pattern(r"{forecasts.subjects.of_companies}")
_OWN = Pattern(r"{forecasts.subjects.own}")
_LISTED = Pattern(r"([^,;:()]+(?:, [^,;:()]+)*,? and [^,;:()]+?)(?: {forecasts.subjects.end_list}[^,]*)?$")
_LIST_BREAK = re.compile(r"(?:,\s*|\s+)and\s+|,\s*")
_LIST_HEAD = re.compile(r" (?:in|for|of|on) ")
_POSSESSIVE = re.compile(r"['’]s?$")
_OTHER_CLAUSE = re.compile(r"[;:]|, (?:while|but|and|which)\b|\d")
_DOES = Pattern(
    r"(?:,? (?:{forecasts.forecasters.adverbs}|[a-z]+ly)){0,2} {forecasts.subjects.deeds}|"
    r"['’]s (?:[a-z-]+ ){0,2}$"
)
_THAT_OF = re.compile(r"(?i)\b(?:that|those) (?:of|for) ")
_NEXT_CLAUSE = re.compile(r"; |, (?:while|but|and)\b")
_LIST_GAP = 12
"""Characters between the figures of a list."""


def subject_and_region(statement: Statement, metric: Metric) -> tuple[str | None, str | None]:
    """What is measured and where."""
    subject, told = _subject_and_its_region(statement, metric)
    place = told or region(statement.line, metric.start)
    of_company = metric.name == "other" and _OF_COMPANY.fullmatch(
        statement.scene.text, metric.start, metric.end
    )
    if place is None and not of_company:
        place = region_at_hand(statement, metric.name)
    return subject, place


def _subject_and_its_region(statement: Statement, metric: Metric) -> tuple[str | None, str | None]:
    """What is measured, and the region of the amount that it grows, where it is a growth."""
    if member := _respectively(statement):
        return member, None
    before = _before_metric(statement, metric)
    if metric.name == "growth_rate" and not before:
        # "demand will reach 900 GWh, growing 20 % a year": the growth is of what grows
        twin = _twin(statement)
        if twin is not None and twin.draft.metric != "price":
            return twin.draft.subject, twin.draft.region
    subject = _subject(statement, metric, before)
    if subject is None and (heading := statement.scene.headings[statement.line.section]):
        subject = product(heading.text)
    return subject, None


def _twin(statement: Statement) -> Told | None:
    """The amount of the sentence that a growth or share of it is of, else the percentage before it."""
    said = list(statement.said_in(statement.line))
    amounts = (told for told in said if told.figure.kind != "percent")
    return next(amounts, next(iter(said), None))


def _subject(statement: Statement, metric: Metric, before: str) -> str | None:
    """What is measured: the phrase in front of the metric word, or behind its "of" and "for"."""
    if metric.name in {"capacity", "output"} and (company := _own_company(statement)):
        return company
    if _OF_COMPANY.fullmatch(statement.scene.text, metric.start, metric.end) and (
        company := _company(statement)
    ):
        return company
    of_something = metric.name in _OF_SOMETHING
    if (of_something or not before) and (behind := _behind_figure(statement)):
        return behind
    if (other := _other(statement)) is not None:
        return other
    if metric.name in {"market_share", "shipments"} and _OWN.match(statement.line.text):
        return _company(statement)  # "The company came second with a 14% share"
    if metric.name == "market_share" and (twin := _amount_shared(statement)):
        return twin.draft.subject
    if (of_something or not before) and (behind := _behind_metric(statement, metric)):
        return behind
    if metric.name in {"market_share", "penetration"} and (taker := _taker(statement)):
        return taker
    return before or _near(statement)


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
    ends = (figure.end for figure in line.figures if figure.end <= metric.start)
    floor = max([line.start, *ends])  # "505 GWh total capacity" names nothing before its metric
    first, _ = noun_phrase(text, metric.start, metric.start, floor, limit=7)
    return _bare(text[first : metric.start])


def _behind_metric(statement: Statement, metric: Metric) -> str | None:
    """What "demand for X will" and "the price of X" are of."""
    behind = (figure.start for figure in statement.line.figures if figure.start > metric.end)
    hit = _BEHIND_METRIC.match(statement.scene.text, metric.end, next(behind, statement.line.end))
    if hit is None or any(t.start < hit.end(1) and hit.start(1) < t.end for t in statement.line.times):
        return None  # "capacity for the first half of 2025"
    return _bare(hit[1])


def _behind_figure(statement: Statement) -> str | None:
    """The product of "a growth of 11 % for power batteries"."""
    text = statement.scene.text
    hit = _BEHIND_FIGURE.match(text, statement.figure.end, statement.line.end)
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
    taker = _TAKER.match(before)
    return _bare(taker[1]) if taker else None


def _own_company(statement: Statement) -> str | None:
    """The company whose own capacity a sentence states, "the company's capacity": the last that was named."""
    line = statement.line
    if not _OWN.search(line.between(line.start, statement.figure.start)):
        return None
    company = _company(statement)
    # "we expect US capacity to grow": the house's word, and not its capacity
    about_market = company == statement.forecaster and region(line, statement.figure.start) is not None
    return None if about_market else company


def _company(statement: Statement) -> str | None:
    """The company that was named last."""
    scene, line = statement.scene, statement.line
    stop = bisect_left(scene.companies, line.end, key=lambda company: company.start)
    named = (scene.companies[i].text for i in range(stop - 1, -1, -1))
    plants = {site.name for site in statement.sites.all}
    companies = (scene.names.full(name) for name in named if name not in plants)
    return next((company for company in companies if not is_observer(company)), None)


def _near(statement: Statement) -> str | None:
    """A product before the figure or else behind it, or the last company before it."""
    text, line, figure = statement.scene.text, statement.line, statement.figure
    if actor := _actor(statement):
        return actor
    ends = [other.end for other in line.figures if other.end <= figure.start]
    if near := product(text, max([line.start, *ends[-1:]]), figure.start) or product(
        text, line.start, figure.start
    ):
        return _bare(near) or near
    if near := product(text, figure.end, line.end):
        return _bare(near) or near
    before = [c.text for c in line.companies if c.end <= figure.start and c.text != statement.forecaster]
    return statement.scene.names.full(before[-1]) if before else None


def _actor(statement: Statement) -> str | None:
    """The company right before the verb of the figure's clause: "BYD installed 9.6 GWh"."""
    line, figure = statement.line, statement.figure
    for company in reversed([c for c in line.companies if c.end <= figure.start]):
        between = line.between(company.end, figure.start)
        if _OTHER_CLAUSE.search(between) or is_observer(company.text) or company.text == statement.forecaster:
            return None
        return statement.scene.names.full(company.text) if _DOES.match(between) else None
    return None


def _respectively(statement: Statement) -> str | None:
    """The one of "EVs, ESS, and electronics at 11%, 27%, and 10%, respectively" that a figure is of."""
    line = statement.line
    if "respectively" not in line.text:
        return None
    chain = _chain(statement, line.start + line.text.index("respectively"))
    if len(chain) < 2 or statement.figure not in chain:
        return None
    listed = _LISTED.search(line.between(line.start, chain[0].start).strip())
    members = [part for part in _LIST_BREAK.split(listed[1]) if part] if listed else []
    if len(members) < len(chain):
        return None
    members = members[-len(chain) :]
    members[0] = _LIST_HEAD.split(members[0])[-1]  # "demand for EVs" → "EVs"
    return members[chain.index(statement.figure)]


def _chain(statement: Statement, stop: int) -> list[Quantity]:
    """The figures of the kind in a row before "respectively"."""
    chain: list[Quantity] = []
    for figure in statement.line.figures:
        if figure.kind != statement.figure.kind or figure.end > stop:
            continue
        if chain and figure.start - chain[-1].end > _LIST_GAP:
            chain = []
        chain.append(figure)
    return chain


def _bare(phrase: str) -> str:
    """A phrase without words at its ends that say how much or where: "global annual battery demand"."""
    tokens = phrase.split()
    while tokens and (_says_nothing(tokens[0]) or _is_place(tokens[0])):
        tokens = tokens[1:]
    while tokens and (_says_nothing(tokens[-1]) or _moves(tokens[-1])):
        tokens = tokens[:-1]
    return _POSSESSIVE.sub("", " ".join(tokens))


def _says_nothing(token: str) -> bool:
    return token.lower() in words("forecasts.subjects.say_nothing")


def _moves(token: str) -> bool:
    """Whether a word only says that something rose or fell: "lithium carbonate slid"."""
    return any(token in row.data["words"] for row in rows("forecasts.metric") if row.name == "growth_rate")


def _is_place(token: str) -> bool:
    bare = token.removesuffix("'s").removesuffix("’s")
    return is_region(token) or (token[0].isupper() and country(bare) is not None)
