"""Same: whether records of two drafts of one text mean one thing, where no figure tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.draft.model import DealDraft, FacilityDraft
from extractor.draft.rules.identity import are_alike
from extractor.draft.rules.mentions import HEADS, Size, proper_words
from extractor.draft.rules.runs import without_legal_form
from extractor.draft.rules.vocabulary import words
from extractor.read import read_figures

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from extractor.ledger import Ledger
    from schemas.base import Model

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_NUMBER = re.compile(r"\d+|[A-Z]|[IVX]+")
_NO_SIZE = {"count", "number", "ratio", "percent"}

SURE, MAYBE, NO = 2, 1, 0
"""How likely two records are one; MAYBE is enough where no other one is as likely."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A facility's name, taken apart."""

    head: str
    """The word of kind, "plant"; empty where it has none."""
    words: frozenset[str]
    """What describes it, in lower case: its proper words and others."""
    proper: frozenset[str]
    numbers: tuple[str, ...]
    """What counts facilities of one name: "Phase 2", "Line B"."""
    sizes: frozenset[Size]

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but "the plant", and is no name; "pilot line" may be one."""
        return not (self.words or self.numbers or self.sizes or " " in self.head)


def same(one: Model, other: Model, ledger: Ledger) -> int:
    """SURE, MAYBE or NO: whether two records of one type are of one thing, by what they are called.

    Facilities by name, or by operator and place where one has no name; deals by kind and parties. Forecasts
    have no names.
    """
    if isinstance(one, FacilityDraft) and isinstance(other, FacilityDraft):
        return _same_facility(one, other)
    if isinstance(one, DealDraft) and isinstance(other, DealDraft):
        return _same_deal(one, other, ledger)
    return NO


def apart(one: Model, other: Model) -> bool:
    """Whether what two records are called says that they are two."""
    if isinstance(one, FacilityDraft) and isinstance(other, FacilityDraft):
        first, second = _taken_apart(one.name or ""), _taken_apart(other.name or "")
        return not (first.is_bare or second.is_bare) and not _fits(first, second)
    if isinstance(one, DealDraft) and isinstance(other, DealDraft):
        names, others = _parties(one), _parties(other)
        return bool(names and others) and not any(same_company(a, b) for a in names for b in others)
    return False


def _same_facility(one: FacilityDraft, other: FacilityDraft) -> int:
    operators, places = (one.operator, other.operator), (one.place, other.place)
    first, second = _taken_apart(one.name or ""), _taken_apart(other.name or "")
    if first.is_bare or second.is_bare:
        is_same = all(operators) and all(places) and not _differ(operators) and not _differ_in_place(places)
        return SURE if is_same else NO
    if not _fits(first, second) or _differ(operators) or _differ_in_place(places):
        return NO
    of_operators = {word for name in operators if name for word in _words(name)}
    if (first.proper & second.proper) - of_operators:
        return SURE  # a company may have several plants, so its name tells none of them
    told = (first.head, first.words, first.sizes)
    return MAYBE if told == (second.head, second.words, second.sizes) else NO


def _fits(one: _Name, other: _Name) -> bool:
    """Whether two names can be those of one facility: one may say more, neither anything else."""
    return (
        one.numbers == other.numbers
        and are_alike(one.head, other.head)
        and _nested(one.words, other.words)
        and (not (one.sizes and other.sizes) or _nested(one.sizes, other.sizes))
    )


@lru_cache(maxsize=4096)
def _taken_apart(name: str) -> _Name:
    name = _POSSESSIVE.sub("", name)
    heads = list(HEADS.finditer(name))
    head = heads[-1][0].lower() if heads else ""
    sizes = [figure for figure in read_figures(name) if figure.kind not in _NO_SIZE]
    for figure in reversed(sizes):
        name = f"{name[: figure.start]} {name[figure.end :]}"
    tokens = _WORD.findall(name)
    numbering = [
        token for token in tokens if _NUMBER.fullmatch(token) or token.lower() in _words_of("numbers")
    ]
    told = {token.lower() for token in tokens if token not in numbering}
    told -= {*head.split(), *_words_of("inside"), *_words_of("say_nothing"), *_words_of("not_proper")}
    return _Name(
        head,
        frozenset(told),
        proper_words(tokens, head) & told,
        tuple(sorted(token.lower() for token in numbering)),
        frozenset((figure.base_value, figure.base_unit) for figure in sizes),
    )


def _words_of(name: str) -> frozenset[str]:
    return words(f"facilities.heads.{name}")


def _same_deal(one: DealDraft, other: DealDraft, ledger: Ledger) -> int:
    fewer, more = sorted((_parties(one), _parties(other)), key=len)
    if one.kind != other.kind or not fewer or (len(fewer) == 1 < len(more)):
        return NO  # one party alone has more than one such deal
    if not all(any(same_company(name, named) for named in more) for name in fewer):
        return NO
    amounts = [ledger.figure[figure] for figure in (one.value, other.value) if figure]
    days = [ledger.time[time] for time in (one.signed, other.signed) if time]
    differ = (
        len({figure.same_as or figure.figure for figure in amounts}) > 1
        and len({(figure.base_value, figure.base_unit) for figure in amounts}) > 1
    ) or len({day.start_date or day.text for day in days}) > 1
    return NO if differ else SURE


def _parties(deal: DealDraft) -> list[str]:
    return [party.name for party in deal.parties]


def _differ(names: Sequence[str | None]) -> bool:
    one, other = names
    return one is not None and other is not None and not same_company(one, other)


def same_company(one: str, other: str) -> bool:
    """Whether a name is the other, or a part of it: "Huabao" of "Shenzhen Huabao New Energy Co., Ltd."."""
    short, long = sorted((_words(without_legal_form(one)), _words(without_legal_form(other))), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _differ_in_place(names: Sequence[str | None]) -> bool:
    """Whether neither place is the other said more exactly: "Aldhavn" and "Aldhavn, Vestland"."""
    one, other = names
    return one is not None and other is not None and not _nested(set(_words(one)), set(_words(other)))


def _words(name: str) -> list[str]:
    return _WORD.findall(_POSSESSIVE.sub("", name).lower())


def _nested(one: Collection[object], other: Collection[object]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)
