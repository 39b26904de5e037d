"""Statements: which forecasts of a document speak of one thing at one time.

Metric, unit, time, basis and subject must be the same; "negative electrode" and "anode" are one thing. Two
amounts of one sentence never are one thing, nor are those of two forecasters, or those of which one is a
phase, an order, or another market.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.vocabulary import pattern, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Forecast, Quantity

_MANY = 8  # statements of one thing that are compared with each other
_METRICS = {
    "demand": "demand",
    "shipments": "shipments",
    "capacity": "output",
    "output": "output",
    "output_value": "output_value",
    "penetration": "penetration",
    "growth_rate": "growth_rate",
    "market_share": "market_share",
}
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w&’'-]+|(?<![\w-])[A-Z]{2}[\w&’'-]*")
_NO_NAMES = frozenset({"CAGR", "EV", "EVs", "BESS", "ESS", "LFP", "NCM", "NMC"})
_ATTRIBUTION = re.compile(
    r"(?:^|,\s)\s*(?:according to|in the words of|as)\b[^,;]+(?:,|\.?$)"
    r"|,[^,;]*\b(?:sa(?:id|ys?)|report(?:s|ed)|announced?s?|told|wrote|writes|estimates?d?|shows?|states?d?|finds?|found"
    r"|calculates?d?|notes?d?|adds|added)\b[^,;]*$"
)
_GROWN = re.compile(
    r"(?:[^;.(]{0,80}[,(]\s?|[\s)]*\(?)"
    r"(?:(?:or|which was|which is|marking|representing|showing|with|recording)\s)?"
    r"(?:up|down|(?:an?\s)?(?:[a-z-]+\s)?(?:increase|rise|growth|gain|jump|surge|decrease|decline|drop|fall)(?:\sof)?"
    r"|(?:growing|rising|increasing|climbing|jumping|surging|soaring|falling|dropping|declining)(?:\sby)?)"
    r"(?:\sby|\sabout|\saround)?\s?"
)
_LONG = 3  # letters up to which a final s is no plural

Thing = frozenset[str]


def pairs(case: Case) -> Iterator[tuple[Forecast, Forecast]]:
    """Two forecasts each that state one thing, in text order."""
    groups: dict[tuple[object, ...], list[Forecast]] = defaultdict(list)
    for forecast in case.forecasts:
        key = _key(forecast)
        if key and forecast.quantity.value > 0 and not _increment(case, forecast):
            groups[key].append(forecast)
    for group in groups.values():
        for one, other in combinations(group[:_MANY], 2):
            if _one_statement(case, one, other):
                yield one, other


@lru_cache(maxsize=64)
def names(text: str) -> frozenset[str]:
    """Capitalised words that do not open the text, and abbreviations wherever they stand."""
    return frozenset(_NAME.findall(text))


@lru_cache(maxsize=64)
def products(text: str) -> frozenset[str]:
    """The products and materials that a text names, "negative electrode" as "anode"."""
    words = _one_name(text.lower())
    return frozenset(found[0].removesuffix("s") for found in pattern("apart.products").finditer(words))


def period(forecast: Forecast) -> str:
    """The time of a forecast in words: "2025", "2025-01-01 to 2025-06-30"."""
    when = forecast.when
    if when is None or when.start_date is None:
        return "one time"
    return f"{when.start_date.year}" if when.precision == "year" else f"{when.start_date} to {when.end_date}"


def _key(forecast: Forecast) -> tuple[object, ...] | None:
    """What two forecasts must have in common; None where a forecast does not say enough."""
    when = forecast.when
    metric = _METRICS.get(forecast.metric)
    if metric is None or when is None or when.start_date is None or when.end_date is None:
        return None
    words = _thing(forecast.subject or "")
    general = frozenset(vocabulary()["subjects"]["general"])
    thing = words - general or (words if forecast.region else frozenset())
    if not thing:
        return None
    since: date | None = forecast.since.start_date if forecast.since else None
    reported = forecast.basis == "reported"
    if reported and forecast.metric == "capacity":
        metric = "capacity"  # what was made in a year is less than what could have been
    return metric, forecast.quantity.base_unit, when.start_date, when.end_date, since, reported, thing


@cache
def _thing(subject: str) -> Thing:
    """A subject as a set of words: one name for things that have several, no plurals, no filler."""
    words = _one_name(subject.lower())
    singular = (
        word[:-1] if word.endswith("s") and len(word) > _LONG else word for word in _WORD.findall(words)
    )
    return frozenset(singular) - frozenset(vocabulary()["subjects"]["filler"])


def _one_name(words: str) -> str:
    """Lower-case words with one name for each thing that has several."""
    for name, regex, known_as in _other_names():
        if name in words:
            words = regex.sub(known_as, words)
    return words


@cache
def _other_names() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Names of things that have several, how they are found, and the one that stands for them."""
    return tuple(
        (name, re.compile(rf"(?<![\w-]){re.escape(name)}(?:e?s)?(?![\w-])"), same[0])
        for same in vocabulary()["subjects"]["same"]
        for name in sorted(same[1:], key=len, reverse=True)
    )


def _one_statement(case: Case, one: Forecast, other: Forecast) -> bool:
    """Whether nothing in the records or the sentences sets the two apart."""
    a, b = one.quantity, other.quantity
    if b.figure in (a.figure, a.same_as) or b.same_as == a.figure or case.together(a, b):
        return False
    if a.per and b.per and a.per != b.per:
        return False
    if one.forecaster and other.forecaster and one.forecaster != other.forecaster:
        return False
    if one.metric == "growth_rate":
        grown = _grown(case, a)
        if grown != _grown(case, b) or (grown is None and one.since is None):
            return False  # on a month or a year before, of sales or of profit: the record does not say
    here, there = case.sentence(a), case.sentence(b)
    if here and there and not products(one.subject or "") and _of_two_products(here, there):
        return False
    return _one_place(one, other) and (here is None or there is None or alike(here, there))


def _grown(case: Case, growth: Quantity) -> tuple[str, Decimal] | None:
    """The amount that a growth right behind it is of: "sales were 5.2 billion yuan, up 152 %"."""
    before = case.preceding(growth)
    if growth.change is None or before is None or before.kind in {"percent", "ratio", "duration"}:
        return None
    beside = _GROWN.fullmatch(case.text, before.end, growth.start)
    return (before.base_unit, before.base_value) if beside else None


def _of_two_products(here: Sentence, there: Sentence) -> bool:
    """Whether both of two sentences name products, and not the same: a company sells several."""
    first, second = products(here.bare), products(there.bare)
    return bool(first and second) and first != second


def _one_place(one: Forecast, other: Forecast) -> bool:
    """Whether the regions are one, or one of them is not given."""
    if not one.region or not other.region:
        return True
    a, b = _WORD.findall(one.region.lower()), _WORD.findall(other.region.lower())
    return set(a) <= set(b) or set(b) <= set(a)


def alike(here: Sentence, there: Sentence) -> bool:
    """Whether no word that only one of two sentences has sets their amounts apart."""
    a, b = here.bare, there.bare
    for cues in ("apart.words", "apart.markets"):
        first, second = ({found[0].lower() for found in pattern(cues).finditer(text)} for text in (a, b))
        if first != second:
            return False
    here_named, there_named = names(a), names(b)
    return not here_named or not there_named or bool(here_named & there_named)


def continues(first: Sentence, second: Sentence, *, named: bool = True) -> bool:
    """Whether the second of two sentences of one paragraph speaks of the thing of the first.

    It brings up no name, product or other thing that the first one lacks; who said it does not count, nor do
    names where a new party is nothing new (`named=False`).
    """
    here, there = first.text, _ATTRIBUTION.sub("", second.bare)
    other = pattern("apart.other").search(there)
    told = (not named or names(there) - _NO_NAMES <= names(here)) and products(there) <= products(here)
    return first.paragraph == second.paragraph and other is None and told


def _increment(case: Case, forecast: Forecast) -> bool:
    """Whether the figure is a step ("grew by 30 GWh"), not an amount reached."""
    start = forecast.quantity.start
    stepped = case.text[max(0, start - 3) : start].lower() == "by "
    return stepped or (forecast.quantity.change is not None and forecast.metric != "growth_rate")
