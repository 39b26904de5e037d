"""Parties: which names of a sentence take part in a deal, and who is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.asides import is_aside, without_relative_clauses
from extractor.draft.rules.companies import gives_money, is_observer
from extractor.draft.rules.deals.agreement import OTHER_SIDE
from extractor.draft.rules.deals.beside import lead_in, told_role
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import known

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.site import Mentioned
    from extractor.draft.rules.sites import Sites

BEFORE_OBJECT = Pattern(r"(?:{deals.sides.before_object}|{deals.sides.called}|['’]s),? (?:the )?$")
"""Words before a name that stands on the other side of a deal, where another stands on the first."""
BEFORE_ANY_OBJECT = Pattern(r"(?:{deals.sides.before_object}|['’]s),? (?:the )?$")
"""Words before a name that stands there even alone: "from utility A", but not "utility A has"."""

_ACTS = Pattern(
    r"(?:['’]s?|(?: \([^)]*\))?,?(?: which| who)?(?: and (?:[\w’'-]+ ){0,4}?[A-Z][\w-]+(?: [A-Z][\w-]+)*)?) "
    r"(?:(?:has|have|had|is|are|was|were|will|to|also|today|been) )*"
    r"{deals.words.events}"
)
_DATELINE = re.compile(
    r"(?=\(|[A-Z]{3})(?:\([A-Z][\w ]{2,30}\) )?(?:[A-Z]{3}[A-Z .,]*)?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? )?(?:\([A-Z][\w ]{2,30}\) ?)?(?:--?|[–—]) "
)
_OPENING = 6
"""Characters into a sentence within which a name opens it: "The Zelvo …"."""
_OWN = re.compile(
    r"(?i)\b(?:the (?:company|group|firm|developer|project|plant|factory|investment)|its?|their)\b"
)
_OWN_PLANT = re.compile(r"\b(?:its|their)(?: [a-z][\w-]*){0,3} $")
_IT = re.compile(r"(?:It|The (?:company|group|firm)) ")
_LISTED = re.compile(r",? and |, ")
_AND = re.compile(r"(?i)(?:\band|,|&)(?: the)? $")
_NO_PARTY = Pattern(r"{deals.sides.not_parties}|^\d")
_ABBREVIATED = re.compile(r"[A-Za-z]{2,3}")
"""A name as short as those of papers, metals and units, which is a party's only where it acts."""
_REPORTS = Pattern(
    r",? {names.people.speech}(?: \w+){0,2} that (?!(?:it|its|the company|they|both|he|she)\b)"
    r"(?![^.;]{0,80}\b(?:been|was|were)\b)"
)
"""A name that only tells what another does: "A announced that B has signed", but not "that B was awarded"."""
_INSIDE = re.compile(r"(?<!invest )(?<!invested )(?<!stake )(?<!shares )(?<!interest )\bin (?:the )?$")
COUNTERPART = {
    "supply": OTHER_SIDE,
    "procurement": OTHER_SIDE,
    "cooperation": OTHER_SIDE | {"partner": "partner"},
    "funding": {"investor": "target"},
    "acquisition": {"target": "buyer"},
}
"""For kinds of deal of which the press often names one side only: a role → that of the other side."""


_SEVERAL = {"investor", "target"}
"""Parts that several may have in a deal that names no other side."""


def candidates(sites: Sites, line: Line) -> list[Name]:
    """Names that can be parties: companies, and other names where a party would stand."""
    # "Sakata Works", and "Cedar Fork (200 MW)" with its size
    plants = [m for m in sites.in_line(line) if m.site.head or line.between(m.start, m.end).endswith(")")]
    return [
        name
        for name in line.names
        if not any(_is_of_plant(line, name, m) for m in plants)
        and not _NO_PARTY.search(_long(sites.scene, name))
        and _can_be_party(line, name)
        and not sites.scene.names.restates(name)
        and not is_aside(line, name)
    ]


def acts(line: Line, name: Name) -> bool:
    """Whether a name stands before a verb of a deal: "A has signed", "A will supply"."""
    behind = line.after(name.end, 200)
    if _ACTS.match(behind, 0, 80):
        return True
    bare = without_relative_clauses(behind)
    return bare != behind and _ACTS.match(bare, 0, 80) is not None


def _is_of_plant(line: Line, name: Name, plant: Mentioned) -> bool:
    """Whether a name is that of a facility, or says which it is: "Andhra cell plant"."""
    inside = plant.start <= name.start < plant.end
    own = _OWN_PLANT.search(line.before(name.start, 30))  # "from its Cedar Lithium project"
    return inside and bool(name.end == plant.end or not plant.site.head or name.sort == "other" or own)


def _long(scene: Scene, name: Name) -> str:
    """What an abbreviation is short for, "" for any other name."""
    long = scene.names.long(name.text)
    return long if long != name.text else ""


def complete(scene: Scene, agreement: Agreement) -> None:
    """A deal that names one side is with the company that the text is about, where the text is about one."""
    if agreement.kind == "funding" and not agreement.parties and _OWN.search(agreement.line.text):
        named = _named(scene, scene.lines, agreement)  # "The company closed a loan of €40 million"
        if named:
            agreement.parties[max(dict.fromkeys(named), key=named.count)] = "target"
        return
    roles = set(agreement.parties.values())
    if agreement.unnamed or len(roles) != 1 or (len(agreement.parties) > 1 and not roles <= _SEVERAL):
        return
    (name, role), *_ = agreement.parties.items()
    missing = COUNTERPART.get(agreement.kind, {}).get(role)
    if missing is None:
        return
    sentence = agreement.line.whole or agreement.line
    before = scene.previous(sentence) if _IT.match(sentence.text) else None
    if before is not None and before.companies and (it := scene.names.full(before.companies[0].text)) != name:
        agreement.parties[it] = missing  # "It has also secured …": who the sentence before is about
        return
    sections = [*scene.sections[0], *(scene.sections[agreement.section] if agreement.section else ())]
    named = _named(scene, sections, agreement) or _named(scene, scene.lines, agreement)
    # a parent carries a word of its subsidiary's name, and is no other side; nor is whom the deal's own
    # sentence names without a part
    without_part = {scene.names.full(company.text) for company in sentence.companies}
    others = [
        company
        for company in named
        if company.split()[0] not in name
        and name.split()[0] not in company
        and company not in without_part
        and not (role == "investor" and gives_money(company))
    ]
    if others:
        last = agreement.kind == "acquisition"  # "It has also bought B" tells of who was named last
        agreement.parties[others[-1] if last else max(dict.fromkeys(others), key=others.count)] = missing


def _named(scene: Scene, lines: list[Line], agreement: Agreement) -> list[str]:
    """The companies that lines name up to the deal, by their full names, once for every time."""
    return [
        scene.names.full(company.text)
        for line in lines
        if line.start <= agreement.line.start
        for company in line.companies
        if not is_observer(company.text)
    ]


def _is_listed(line: Line, name: Name) -> bool:
    """Whether an abbreviation is listed with a name that is none: "BNP Paribas and ING"."""
    others = [other for other in line.names if not _ABBREVIATED.fullmatch(other.text)]
    before = next((other for other in reversed(others) if other.end <= name.start), None)
    behind = next((other for other in others if other.start >= name.end), None)
    gaps = [(before.end, name.start)] if before else []
    gaps += [(name.end, behind.start)] if behind else []
    return any(_LISTED.fullmatch(line.between(*gap)) for gap in gaps)


def _behind_dateline(line: Line) -> int:
    """Characters of the place, day and agency that a sentence opens with: "SEOUL, May 2 (Yonhap) -- "."""
    hit = _DATELINE.match(line.text)
    return hit.end() if hit else 0


def _can_be_party(line: Line, name: Name) -> bool:
    if _REPORTS.match(line.after(name.end, 40)):
        return False
    if name.sort == "company":
        return True
    if _INSIDE.search(line.before(name.start, 24)):
        return False
    opens = name.start - line.start - _behind_dateline(line) < _OPENING
    opens_and_acts = opens and acts(line, name)
    if _ABBREVIATED.fullmatch(name.text) and not opens_and_acts and not _is_listed(line, name):
        return False
    stands_like_one = (
        opens_and_acts
        or (opens and " " in name.text)
        or BEFORE_OBJECT.search(line.before(name.start, 24))
        or BEFORE_OBJECT.search(lead_in(line, name, 24))
        or _AND.search(line.before(name.start, 6))
        or told_role(line, None, name)
    )
    if name.sort != "other" or not stands_like_one:
        return False
    ware = product(name.text)  # "Lithium Carbonate", but not "Lithium Power International"
    return not ((ware and name.text.endswith(ware)) or _NO_PARTY.search(name.text) or known(name.text))
