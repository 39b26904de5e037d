"""Two spellings that may be one company, and names that disagree with their stock codes.

Names with one word of trade ("Electronics") are one company's spellings where a single word of theirs differs
by a letter or two and the rest of the one is in the other. Places that are alike are no such words.

Agrees: nothing is reported for names that are spelled alike.

Disagrees: "Yinglian (002846)" and later "Yinglian (002864)": one company with two codes of one exchange.

Left open: "ZHUJIAN Electronics" and "Chongqing Zhijian Electronics", which may be one company; one code with
two names, one of which may be a translation of the other.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.names import Name, coded, names
from extractor.checks.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from schemas import Problem

RULE = "name_variants"

_MANY = 12  # names with one trade and first letter that are compared
_SHORT, _LONG = 5, 8  # letters from which one, and two, may differ
_ONE_EXCHANGE = 6  # digits of a code of Shanghai, Shenzhen, Beijing or Seoul
_INITIALS = 2


def check(case: Case) -> Iterator[Problem]:
    """Compare the spellings of names, then names with codes."""
    by_letter: dict[tuple[str, str], list[tuple[Name, str]]] = defaultdict(list)
    for name in names(case.text):
        for word in name.own:
            by_letter[name.trade.lower().removesuffix("s"), word[0].lower()].append((name, word))
    for alike in by_letter.values():
        for (one, a), (other, b) in combinations(alike[:_MANY], 2):
            if _one_word_apart(one, a, other, b):
                spelled = f'"{one.words}" and "{other.words}"'
                message = f"{spelled} may be one company: {a} and {b} differ by a letter or two"
                records = _records(case, one, other)
                yield case.problem(RULE, "underdetermined", message, [], severity="warning", records=records)
    yield from _codes(case)


def _one_word_apart(one: Name, a: str, other: Name, b: str) -> bool:
    """Whether two names are the same but for these two words, which differ by a letter or two."""
    first, second = a.lower(), b.lower()
    rest, others = ({w.lower() for w in name.own} - {first, second} for name in (one, other))
    if not (rest <= others or others <= rest):
        return False
    return _alike(a, b)


def _alike(a: str, b: str) -> bool:
    """Whether two words differ by a letter or two and are neither places nor singular and plural."""
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415  only documents with names alike pay for it

    first, second = sorted((a.lower(), b.lower()), key=len)
    if second in {first, f"{first}s"} or len(first) < _SHORT:
        return False
    if {a.title(), b.title()} & set(vocabulary()["company"]["alike"]):
        return False
    allowed = 2 if len(first) >= _LONG else 1
    return DamerauLevenshtein.distance(first, second, score_cutoff=allowed) <= allowed


def _spelled_apart(one: str, other: str) -> tuple[str, str] | None:
    """The two words that alone differ in two names of equally many words, and only by their spelling."""
    a, b = one.split(), other.split()
    apart = [(x, y) for x, y in zip(a, b, strict=False) if x.lower() != y.lower()]
    return apart[0] if len(a) == len(b) and len(apart) == 1 and _alike(*apart[0]) else None


def _records(case: Case, *variants: Name) -> list[str]:
    """The records that name one of the variants."""
    spelled = [" ".join(name.own).lower() for name in variants]
    named = [(facility.id, [facility.operator, facility.name]) for facility in case.facilities]
    named += [(deal.id, [party.name for party in deal.parties]) for deal in case.deals]
    return [
        record
        for record, given in named
        if any(name and spelling in name.lower() for name in given for spelling in spelled)
    ]


def _codes(case: Case) -> Iterator[Problem]:
    """One name with two codes of one exchange; one code with two names that have nothing in common."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    companies: dict[str, dict[str, None]] = defaultdict(dict)
    for company, code in coded(case):
        codes[company][code] = None
        companies[code][company] = None
    for company, given in codes.items():
        alike = [code for code in given if len(code) == _ONE_EXCHANGE]
        if len(alike) > 1:
            message = f"{company} stands with the stock codes {' and '.join(alike)}"
            yield case.problem(RULE, "conflict", message, [])
    for code, named in companies.items():
        for one, other in combinations(list(named)[:_MANY], 2):
            if apart := _spelled_apart(one, other):
                spellings = f"{apart[0]} or {apart[1]} is misspelled"
                message = f"the stock code {code} stands with {one} and with {other}: {spellings}"
                yield case.problem(RULE, "conflict", message, [])
            elif not _related(one, other):
                message = f"the stock code {code} stands with {one} and with {other}"
                yield case.problem(RULE, "underdetermined", message, [], severity="warning")


def _related(one: str, other: str) -> bool:
    """Whether two names share a word, or the one is the initials of the other."""
    a, b = ({word.lower() for word in name.split() if len(word) > _INITIALS} for name in (one, other))
    initials = {"".join(word[0] for word in name.split()).lower() for name in (one, other)}
    short = {one.lower(), other.lower()}
    return bool(a & b) or bool(initials & short)
