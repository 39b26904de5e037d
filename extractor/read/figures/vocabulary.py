"""Vocabulary: words.toml as sets and tables that are looked up at a place, a group for each question."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.read.tokens import Tokens
from extractor.read.units import Spellings, load

if TYPE_CHECKING:
    from schemas.quantity import Bound, Change, Period

_ONE_SIDED: tuple[Bound, ...] = ("at_least", "at_most", "about")


class BoundWords:
    """The words that limit a figure."""

    def __init__(self, rows: dict[str, list[str]]) -> None:
        self.before: dict[str, Bound] = {phrase: bound for bound in _ONE_SIDED for phrase in rows[bound]}
        self.last_words: dict[str, int] = {}
        """What a phrase before a figure ends with, and the tokens of the longest that does."""
        for phrase in self.before:
            words = Tokens(phrase).words
            for last in {words[-1], phrase.rstrip(".").split()[-1]}:  # "approx." ends with both
                self.last_words[last] = max(len(words), self.last_words.get(last, 0))
        after: dict[str, Bound] = {phrase: bound for bound in _ONE_SIDED for phrase in rows[f"after_{bound}"]}
        self.after: Spellings[Bound] = Spellings({}, after)
        signs: tuple[Bound, ...] = ("at_least", "about")
        self.glued: dict[str, Bound] = {sign: bound for bound in signs for sign in rows[f"glued_{bound}"]}
        """What is glued behind a number or its unit."""
        self.spread = frozenset(rows["spread"])
        self.over_a_span = frozenset(rows["over_a_span"])


class PeriodWords:
    """The words that make a flow of a figure."""

    def __init__(self, data: dict[str, Any]) -> None:
        behind: dict[str, Period] = {
            phrase: period for period, row in data["periods"].items() for phrase in row
        }
        self.behind: Spellings[Period] = Spellings(behind)
        apart = data["period_of"]
        self.articles, self.stops, self.not_before, self.not_before_span = (
            frozenset(apart[name]) for name in ("articles", "stops", "not_before", "not_before_span")
        )
        self.receivers, self.no_flows = frozenset(apart["receivers"]), frozenset(apart["no_flows"])
        self.units: dict[str, Period] = apart["units"]
        self.adverbs: dict[str, Period] = apart["adverbs"]
        self.adjectives: dict[str, Period] = {
            word: period for period, row in data["period_adjectives"].items() for word in row
        }
        self.flows, self.heads = frozenset(data["flows"]["words"]), frozenset(data["flows"]["heads"])
        self.signs_before = frozenset({"year", *self.heads, *self.adjectives})
        """The words before a figure at which a period is looked for."""
        self.signs_behind = frozenset({*self.adjectives, *self.adverbs, *self.articles, *self.stops})
        """The words behind a figure at which one is."""


class ChangeWords:
    """The words that say in which direction a figure goes."""

    def __init__(self, data: dict[str, Any]) -> None:
        rows = {name: frozenset(words) for name, words in data["changes"].items()}
        self.directions: dict[str, Change] = dict.fromkeys(rows["up"], "up")
        self.directions |= dict.fromkeys(rows["down"], "down")
        self.behind: dict[str, Change] = dict.fromkeys(rows["behind_up"], "up")
        self.behind |= dict.fromkeys(rows["behind_down"], "down")
        self.between, self.after, self.not_after = rows["between"], rows["after"], rows["not_after"]
        self.made_up, self.by_someone = rows["made_up"], rows["by_someone"]
        self.growth_rates, self.growth, self.falling = (
            frozenset(data["growth_rates"][name]) for name in ("words", "nouns", "falling")
        )
        self.shares = frozenset(data["shares"]["words"])
        self.from_to, self.ranging = (
            frozenset(data["changes_from_to"][name]) for name in ("change", "range")
        )


class CountWords:
    """The words of noun phrases, and what stands in for them."""

    def __init__(self, data: dict[str, Any]) -> None:
        rows = {name: frozenset(words) for name, words in data["counting"].items()}
        self.stop, self.verbs, self.also_nouns = rows["stop"], rows["verbs"], rows["also_nouns"]
        self.singular, self.ly_nouns, self.people = rows["singular"], rows["ly_nouns"], rows["people"]
        self.hyphened, self.priced, self.visitors = rows["hyphened"], rows["priced"], rows["visitors"]
        self.of_a_year, self.before_a_count, self.plain = (
            rows[name] for name in ("of_a_year", "before_a_count", "plain")
        )
        self.dimensions = frozenset(data["dimensions"]["words"])
        self.by_millions = frozenset(data["dimensions"]["by_millions"])


class MultipleWords:
    """The words that are multiples, and those that show whether they are."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.words = _multiples(data["multiples"])
        self.bare = _multiples(data["bare_multiples"])
        self.verb_signs, self.determiners = (
            frozenset(data["around_multiples"][name]) for name in ("verb_signs", "determiners")
        )
        self.counted_after, self.counted_before = (
            frozenset(data["times_counted"][name]) for name in ("after", "before")
        )


def _multiples(rows: dict[str, list[str]]) -> dict[str, tuple[Decimal, Change | None]]:
    named: dict[str, Change | None] = {"up": "up", "down": "down", "": None}
    return {word: (Decimal(size), named[change]) for word, (size, change) in rows.items()}


class AgeWords:
    """The words that make an age of a bare number."""

    def __init__(self, rows: dict[str, list[str]]) -> None:
        self.before, self.between, self.after = (
            frozenset(rows[name]) for name in ("before", "between", "after")
        )


class PoundWords:
    """The words that show whether pounds are money or a mass."""

    def __init__(self, rows: dict[str, list[str]]) -> None:
        self.weighing, self.weighed, self.money = (
            frozenset(rows[name]) for name in ("before", "after", "money_of")
        )
        self.sterling = tuple(rows["sterling"])


class Vocabulary:
    """The closed-class words of the figure grammar."""

    def __init__(self) -> None:
        data = load("words.toml")
        self.bounds = BoundWords(data["bounds"])
        self.periods = PeriodWords(data)
        self.changes = ChangeWords(data)
        self.counts = CountWords(data)
        self.multiples = MultipleWords(data)
        self.ages = AgeWords(data["ages"])
        self.pounds = PoundWords(data["mass_of_pounds"])


@cache
def vocabulary() -> Vocabulary:
    """The words, loaded once."""
    return Vocabulary()
