"""Operator: the company that owns, builds or runs a facility."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from extractor.draft.rules.asides import is_aside
from extractor.draft.rules.companies import is_financier, is_observer
from extractor.draft.rules.mentions import HEADS, PARKS
from extractor.draft.rules.nouns import product, segment
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from extractor.draft.model import DealDraft
    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.mentions import Mention
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene

_OWN = re.compile(r"\b(?:its|their) (?:\w+ )?$")
_BY = re.compile(r"\b(?:by|of|from) (?:the )?$")
_OWNED_BY = re.compile(
    r"(?i)(?<!site )(?<!land )(?<!property )(?<!parcel )(?<!plot )"
    r"\b(?:owned|operated)(?: and (?:operated|developed|owned|financed|run))? by (?:the )?$"
)
_CLAUSE = re.compile(r";|, (?:while|but)\b")
_OUTSIDE = frozenset({("funding", "investor"), ("procurement", "seller")})
"""Parts in deals of who only pays for a facility or builds it for somebody."""
_DELIVERED = frozenset({"energy_storage", "equipment"})
"""Segments whose goods are what a facility is made of."""
_HELPER = Pattern(r"{facilities.roles.helpers},? $")
_WITH = Pattern(
    r"\b(?:its|their|an?|the) (?:[\w-]+ ){0,2}?{deals.sides.ventures} (?:[\w-]+ )?with (?:the )?$"
)
"""Before the other partner of a venture: "Lumora said its joint venture with Norrfell builds a plant"."""
_HELPER_REACH = 40
"""Characters before a company in which its part is told: "given system integrator Nidora the order"."""
_THE_COMPANY = Pattern(r"(?:It|They|The {forecasts.of_companies.owners})\b")
_OPENING = 24
"""Characters from the start of a sentence in which its subject stands."""


def outsiders(deals: list[DealDraft]) -> set[str]:
    """The names of those who by some deal only pay for a facility or build it for somebody.

    Who sells goods, "cells" or "separator film", may well make them in a plant of its own.
    """
    parts = {
        (party.name, (deal.kind, party.role))
        for deal in deals
        if not _is_of_goods(deal)
        for party in deal.parties
    }
    inside = {name for name, part in parts if part not in _OUTSIDE}
    return {name for name, part in parts if part in _OUTSIDE} - inside


def _is_of_goods(deal: DealDraft) -> bool:
    """Whether a deal is about goods, and not about a plant or a store."""
    what = deal.subject or ""
    return product(what) is not None and segment(what) not in _DELIVERED and not HEADS.search(what)


def operator(subject: Subject, outside: Collection[str]) -> str | None:
    """Who has it: its owner, else the company nearest to its mentions, else the first of section or text."""
    site, names = subject.site, subject.scene.names
    if PARKS.fullmatch(site.head):
        return None  # nobody's, but the place of many
    if site.owner:
        return names.full(site.owner)
    if (namesake := _namesake(subject)) is not None:
        return namesake
    facilities = [s.name for s in subject.sites.all if s.heading] + subject.sites.listed
    known = {other.name for other in subject.sites.all if other.named}
    scene = subject.scene
    near = chain.from_iterable(_near_mention(scene, line, mention) for line, mention in site.mentions)
    told = chain.from_iterable(_subjects(line) for line in subject.lines)
    section = (c.text for line in subject.scene.sections[site.section] for c in line.companies)
    document = (company.text for company in subject.scene.companies)
    owners = (company for line in subject.lines for company in _owners(subject, line))
    for name in chain(owners, near, told, section, document):
        if (site.name or "").startswith(f"{name} ") and site.head in words("facilities.heads.wares"):
            continue  # "Waratah" of the Waratah battery
        is_facility = name in known or any(other and other in name for other in facilities)
        full = names.full(name)
        if not (is_facility or is_observer(full) or is_financier(name) or full in outside):
            return full
    return None


def _namesake(subject: Subject) -> str | None:
    """The company whose short name the facility carries."""
    name, full = subject.site.name or "", subject.scene.names.full
    forms = (
        form
        for form in subject.scene.company_count
        if f"{name} ".startswith(f"{form} ") and full(form) != form
    )
    longest = max(forms, key=len, default=None)
    known = {site.name for site in subject.sites.all if site.named}
    return full(longest) if longest and full(longest) not in known else None


def _owners(subject: Subject, line: Line) -> Iterator[str]:
    """Who owns or operates it in so many words."""
    for name in line.names:
        by = name.sort in {"company", "other"} and _OWNED_BY.search(line.before(name.start, _HELPER_REACH))
        if by and subject.has(line, name.start, name.end):
            yield name.text


def _near_mention(scene: Scene, line: Line, mention: Mention) -> Iterator[str]:
    """Who may have it by the words around a mention: "A for its plant", "A is building a plant", "by A"."""
    if _OWN.search(line.before(mention.start, 8)):
        named = [
            n.text
            for n in line.names
            if n.end <= mention.start and n.sort in {"company", "other"} and _may_have(line, n)
        ]
        yield from [name for name in named if not is_observer(name)][-1:]
    before = [
        company
        for company in line.companies
        if company.end <= mention.start
        and _may_have(line, company)
        and not _CLAUSE.search(line.between(company.end, mention.start))
    ]
    yield from (company.text for company in before[-1:])
    previous = scene.previous(line)
    if not before and previous is not None and _THE_COMPANY.match(line.text):
        yield from (c.text for c in previous.companies[:1] if c.start - previous.start < _OPENING)
    for company in line.companies:
        if company.start >= mention.end and _BY.search(line.before(company.start, 16)):
            yield company.text


def _may_have(line: Line, name: Name) -> bool:
    """Whether a name is not only told beside whoever has a facility: as a helper or the other partner."""
    before = line.before(name.start, _HELPER_REACH)
    return not (is_aside(line, name) or _HELPER.search(before) or _WITH.search(before))


def _subjects(line: Line) -> Iterator[str]:
    """The company that a sentence is about, or by which something is done."""
    for company in line.companies:
        if not _may_have(line, company):
            continue
        if company.start - line.start < _OPENING or _BY.search(line.before(company.start, 16)):
            yield company.text
