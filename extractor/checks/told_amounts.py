"""Amounts that two sentences near each other give for one thing, by their words alone.

What an amount is of ("output", "site", "energy") comes from the words before and behind it. Two amounts are
of one thing where that and their unit are the same, each stands alone in its sentence with that unit, the
times are the same, both name a thing ("the town", "the factory"), and the second sentence brings up no name,
product or market that the first one lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from extractor.checks.statements import alike, continues, products
from extractor.checks.vocabulary import pattern, vocabulary, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Quantity

_APART = 2  # sentences from one amount to the other
_KINDS = frozenset({"mass", "energy", "power", "area", "money", "volume", "count"})
_REACH = 70  # characters before an amount for the word that says what it is of
_BEHIND = 35  # characters behind it for the same
# Places that speak of their plants too.
_SEATS = frozenset({"town", "city", "county", "village", "zone", "port"})
_PEOPLE = re.compile(
    r"['’]s (?:owner|operator|parent|builder|backer|neighbou?r|supplier|customer|shareholder|investor"
    r"|developer)s?\b| (?:description|documents?|papers|plan|brochure|manager|director|website|list)\b"
)
_LABEL = re.compile(r"(?<=\w )(?:[A-Z]|[IVX]+|\d+)(?!\w)")
_SCOPE = re.compile(r"\b(?:in|for|at|to|from|on|with) (?:the |its |their |a )?([\w-]+)")
_FEW = 6  # amounts of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Told:
    """An amount with the word class that says what it is of."""

    quantity: Quantity
    sentence: Sentence
    aspect: str


def pairs(case: Case) -> Iterator[tuple[Told, Told, bool | None]]:
    """Two amounts each, and whether they are of one thing: surely, perhaps (False), or not shown (None)."""
    lone = [_lone(sentence) for sentence in case.sentences]
    aspects: dict[str, str | None] = {}

    def told(figure: Quantity, sentence: Sentence) -> Told | None:
        if figure.figure not in aspects:
            aspects[figure.figure] = _aspect(case, figure)
        aspect = aspects[figure.figure]
        return Told(figure, sentence, aspect) if aspect else None

    for at, first in enumerate(case.sentences):
        for ahead, second in enumerate(case.sentences[at + 1 : at + 1 + _APART], at + 1):
            if second.paragraph != first.paragraph:
                continue
            for a, b in product(lone[at], lone[ahead]):
                # most pairs have two units, and what an amount is of takes long to find
                if a.base_unit != b.base_unit:
                    continue
                one, other = told(a, first), told(b, second)
                if one and other and _alike(case, one, other):
                    yield one, other, _one_thing(case, one, other)


def _lone(sentence: Sentence) -> list[Quantity]:
    """The amounts of a sentence that are alone with their unit."""
    amounts = [f for f in sentence.figures if f.kind in _KINDS]
    if sentence.heading or len(amounts) > _FEW:
        return []
    units = Counter(figure.base_unit for figure in amounts)
    return [
        f for f in amounts if units[f.base_unit] == 1 and f.value > 0 and not f.same_as and f.change is None
    ]


def _aspect(case: Case, figure: Quantity) -> str | None:
    """What an amount is of: the class of the word nearest to it."""
    before, behind = case.words_before(figure, _REACH), case.words_after(figure, _BEHIND)
    near: list[tuple[int, str]] = []
    for aspect, terms in vocabulary()["aspects"].items():
        if figure.kind not in terms["kinds"]:
            continue
        cues = words(tuple(terms["words"]))
        near += [(len(before) - found.end(), aspect) for found in cues.finditer(before)]
        near += [(found.start() + _REACH // 2, aspect) for found in cues.finditer(behind)]
    return min(near)[1] if near else None


def _alike(case: Case, one: Told, other: Told) -> bool:
    """Whether aspect, time and names of two amounts of one unit do not set them apart."""
    a, b = one.quantity, other.quantity
    if one.aspect != other.aspect or (a.per and b.per and a.per != b.per):
        return False
    if a.kind == "count" and (a.of or "") != (b.of or ""):
        return False
    first, second = ({(t.start_date, t.end_date) for t in s.sentence.times} for s in (one, other))
    if a.base_value == b.base_value:
        return first == second or not first or not second
    return first == second and alike(one.sentence, other.sentence) and _told_on(case, one, other)


def _told_on(case: Case, one: Told, other: Told) -> bool:
    """Whether the second sentence brings up no name and no product that the first one lacks."""
    here, there = one.sentence.bare, other.sentence.bare
    behind = [products(case.words_after(told.quantity, _BEHIND)) for told in (one, other)]
    told_on = continues(one.sentence, other.sentence)
    labels = [frozenset(_LABEL.findall(text)) for text in (here, there)]
    return told_on and labels[0] == labels[1] and (not all(behind) or behind[0] == behind[1])


def _one_thing(case: Case, one: Told, other: Told) -> bool | None:
    """Whether both name one kind of place or deal and no other; in doubt where one alone is to come."""
    here, there = (
        {
            found[0].lower()
            for found in pattern("restated.things").finditer(told.sentence.bare)
            if not _PEOPLE.match(told.sentence.bare, found.end())
        }
        for told in (one, other)
    )
    clauses = (_clause(case, told.quantity) for told in (one, other))
    ahead = {pattern("timeline.ahead").search(clause) is None for clause in clauses}
    steady = vocabulary()["aspects"][one.aspect].get("steady", False)
    scopes = [_scope(case, told.quantity) for told in (one, other)]
    if all(scopes) and not scopes[0] & scopes[1]:
        return None
    return steady or len(ahead) == 1 if here & there and there - _SEATS <= here else None


def _clause(case: Case, figure: Quantity) -> str:
    """The words before an amount, and those behind it up to a comma."""
    return case.words_before(figure, _REACH) + case.words_after(figure, _REACH).split(",")[0]


def _scope(case: Case, figure: Quantity) -> frozenset[str]:
    """What an amount is said to be in or for, right behind it: "for the north"."""
    return frozenset(_SCOPE.findall(case.words_after(figure, _REACH)))
