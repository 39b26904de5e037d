"""Subject: what a figure measures the demand, output, share … of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.forecasts.members import own_clause, respectively
from extractor.draft.rules.forecasts.metric import Metric
from extractor.draft.rules.forecasts.owner import owner
from extractor.draft.rules.forecasts.phrases import (
    bare,
    before_metric,
    is_place,
    likeliest,
    names_something,
    opens_with_others,
    phrases,
    taker,
    taker_of_clause,
)
from extractor.draft.rules.forecasts.region import one_of_row, own_region, place_named, region, region_at_hand
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from extractor.draft.rules.forecasts.statement import Statement, Told

_SAME = Pattern(r"(?i:its|their|this|that|the) {forecasts.subjects.shares}(?: of)?$")
_ITS = re.compile(r"\b(?:its|their) $")
_RETELLS = Pattern(r"{forecasts.subjects.retells}")
PARTED = re.compile(r"\w[ -]\w")
_NEXT_CLAUSE = re.compile(r"; |, (?:while|but|and)\b")
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
    if isinstance(member, str) and is_place(member.removeprefix("the ")):
        same = _twin(statement)  # "costs in the US and Europe were 31% and 48% higher, respectively"
        return (same.draft.subject if same else None), member.removeprefix("the ")
    if not isinstance(member, str) and member is not None:
        return member.draft.subject, member.draft.region
    subject, place, settled = _Measured(member) if member else _measured(statement, metric)
    if subject in statement.scene.company_count:
        subject = statement.scene.names.full(subject or "")
    line = statement.line
    if own := own_region(line, statement.figure, metric.name):
        place = own
    elif settled:
        row = region(line, metric.start)  # of the row the other amount has one
        place = row if row and place and place in row else place
    else:
        place = region(line, metric.start) or place_named(line, metric.end)
        if place is None and subject not in statement.companies:
            place = region_at_hand(statement, metric)
    return subject, one_of_row(line, statement.figure, place) if place else None


def _measured(statement: Statement, metric: Metric) -> _Measured:
    """What is measured, and the region of the amount that it grows, where it is a growth."""
    clause = own_clause(statement, metric)
    if clause is not None and not is_place(clause) and names_something(member := bare(clause)):
        return _Measured(member)
    if metric.name == "growth_rate":
        grown = _grown(statement, metric)
        if grown is None and _RETELLS.match(statement.line.text) and (retold := _retold(statement)):
            return _Measured(retold.draft.subject, retold.draft.region, settled=True)
        # "demand will reach 900 GWh, growing 20 % a year": the growth is of what grows
        if grown is None and not before_metric(statement, metric) and (twin := _twin(statement)):
            return _Measured(twin.draft.subject, twin.draft.region, settled=True)
        metric = grown or metric
    elif metric.name in _GROWN and _is_same_share(statement, metric):
        if (company := _its(statement, metric)) is not None:
            return _Measured(company)
        said = (t for t in reversed(statement.told) if t.draft.metric in _GROWN - {"growth_rate"})
        if (share := next(said, None)) and statement.follows(share.line):
            return _Measured(share.draft.subject, share.draft.region, settled=True)
        # of what is "shipments were 4 GWh; their share will rise to 5%"
        if amount := next(statement.said_in(statement.line), None):
            return _Measured(amount.draft.subject)
    subject = _subject(statement, metric, before_metric(statement, metric)) or _of_series(statement, metric)
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
    if metric.name in {"market_share", "other"} or opens_with_others(statement.line.text):
        return None
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


def _its(statement: Statement, metric: Metric) -> str | None:
    """Whose "its share" is: the company that the sentence opens with, or that of the last amount told."""
    line, full = statement.line, statement.scene.names.full
    opens = [full(company.text) for company in line.companies if company.end <= metric.start]
    own = [company for company in opens if company in statement.companies - statement.observers]
    last = statement.told[-1] if statement.told else None
    told = last.draft.subject if last is not None and statement.follows(last.line) else None
    return own[0] if own else told if told in statement.companies else None


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
    return likeliest(phrases(statement, metric, before))


def _shares(statement: Statement) -> str | None:
    """What has a share: that whose amount is told with it, or what the sentence opens with."""
    if own := likeliest([taker_of_clause(statement)]):
        return own
    if (shared := _amount_shared(statement)) is not None:
        return shared.draft.subject
    return likeliest([taker(statement)])


def _amount_shared(statement: Statement) -> Told | None:
    """The amount that a share goes with: "cell output was 11 GWh, accounting for 36% of the total"."""
    twin = _twin(statement)
    if twin is None or twin.figure.kind == "percent" or twin.draft.subject is None:
        return None
    between = statement.line.between(twin.figure.end, statement.figure.start)
    return None if _NEXT_CLAUSE.search(between) else twin
