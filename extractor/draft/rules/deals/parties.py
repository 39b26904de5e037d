"""Parties: who takes part in a deal, and as what, by the words between the names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.names import is_observer
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern, phrases, rows
from extractor.places import country

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene

_ALIAS = Pattern(r"{deals.sides.before_alias},? $")
_BEFORE_OBJECT = Pattern(r"(?:{deals.sides.before_object}|['’]s),? (?:the )?$")
_ALWAYS_BEFORE_OBJECT = Pattern(
    r"{deals.sides.always_before_object},? (?:(?:the|another|battery maker|customer) )?$"
)
_AND = re.compile(r"(?i)(?:\band|,|&)(?: the)? $")
_LINK = re.compile(r"(?:\s\([^)]*\))?,?(?: and| &)?(?: the)? ")
_FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_WITH = re.compile(r"(?:with|,) ?(?:the )?$")
_PARENT = Pattern(r"{deals.sides.subsidiary},? (?:of )?$")
_WINNING = Pattern(r"{deals.sides.winning}")
_WINNER = Pattern(r"{deals.sides.winner}")
_NO_PARTY = Pattern(r"{deals.sides.not_parties}|^(?i:[a-z]{2,3})$|^\d")
_COUNTERPART = {"partner": "partner", "buyer": "seller", "seller": "buyer", "investor": "target"}
_ONE_SIDED = frozenset({"supply", "procurement", "funding", "cooperation"})
"""Kinds of deal of which the press often names one side only."""


class Roles(NamedTuple):
    """What the two sides of a kind of deal are."""

    subject: str
    """The part of who stands before the event: the supplier of "A supplies B"."""
    object: str
    """The part of who stands behind it, or behind "with", "from", "to"."""
    turned: re.Pattern[str] | None
    """Words with which the two change places: "A buys from B"."""


def candidates(line: Line) -> list[Name]:
    """Names that can be parties: companies, and other names where a party would stand."""
    return [name for name in line.names if not _is_alias(line, name) and _can_be_party(line, name)]


def sides(scene: Scene, line: Line, kind: str, names: list[Name], event: int) -> dict[str, str]:
    """The parties of a sentence about a deal with their roles."""
    before, after = _split(line, names, event)
    subject, other = _roles(scene, line, kind)
    full = scene.names.full
    parties: dict[str, str] = {}
    if before and _WITH.search(line.between(line.start, before[-1].start)) and _WINNING.search(line.text):
        before = before[-1:]  # "with B winning the bid": the winner stands before its verb
    for company in before:
        if len(before) > 1 and _PARENT.search(line.before(company.start, 24)):
            # a parent beside its subsidiary: the subsidiary is the party
            parties = {full(company.text): subject}
            break
        parties.setdefault(full(company.text), subject)
    for company in after:
        bought_from = kind == "acquisition" and _FROM.search(line.before(company.start, 30))
        parties.setdefault(full(company.text), "seller" if bought_from else other)
    return parties


def add_parties(scene: Scene, agreement: Agreement, line: Line) -> None:
    """The companies of a further sentence about a deal that names one side so far."""
    if len(agreement.parties) > 1 or agreement.kind == "funding":
        return
    wins = _WINNER.search(line.text) is not None
    for company in line.companies:
        role = "seller" if wins else _missing_role(set(agreement.parties.values()))
        agreement.parties.setdefault(scene.names.full(company.text), role)


def complete(scene: Scene, agreement: Agreement) -> None:
    """A deal that names one side is with the company that the text is about, where the text is about one."""
    if len(agreement.parties) != 1 or agreement.kind not in _ONE_SIDED:
        return
    (name, role), *_ = agreement.parties.items()
    if role not in _COUNTERPART:
        return
    sections = {0, agreement.section}
    named = [
        scene.names.full(company.text)
        for section in sorted(sections)
        for line in scene.sections[section]
        if line.start <= agreement.line.start
        for company in line.companies
        if not is_observer(company.text)
    ]
    others = [company for company in named if company not in name and name not in company]
    if others:
        agreement.parties[max(dict.fromkeys(others), key=others.count)] = _COUNTERPART[role]


def _is_alias(line: Line, name: Name) -> bool:
    """Whether a name is an older one of the company just named: "Northvolt (formerly SGF Energy)"."""
    return _ALIAS.search(line.before(name.start, 30)) is not None


def _can_be_party(line: Line, name: Name) -> bool:
    if name.sort == "company":
        return True
    stands_like_one = (
        name.start - line.start < 6
        or _BEFORE_OBJECT.search(line.before(name.start, 24))
        or _AND.search(line.before(name.start, 6))
    )
    if name.sort != "other" or not stands_like_one:
        return False
    return not (product(name.text) or _NO_PARTY.search(name.text) or country(name.text))


def _split(line: Line, names: list[Name], event: int) -> tuple[list[Name], list[Name]]:
    """The subjects of the event and its objects: behind it, or behind "with", "from" and the like."""
    before: list[Name] = []
    after: list[Name] = []
    side = before
    previous: Name | None = None
    for name in names:
        gap = line.before(name.start, 24)
        if previous is None or not _LINK.fullmatch(line.between(previous.end, name.start)):
            is_object = (
                name.start >= event
                or _ALWAYS_BEFORE_OBJECT.search(gap)
                or (before and _BEFORE_OBJECT.search(gap))
            )
            side = after if is_object else before
        side.append(name)  # "A and B" stand on one side
        previous = name
    return before, after


def _roles(scene: Scene, line: Line, kind: str) -> tuple[str, str]:
    """What the subject and the object of a sentence are in a deal of a kind."""
    roles = _table()[kind]
    heading = scene.headings[line.section]
    told = f"{line.text} {heading.text if heading else ''}"
    if roles.turned and roles.turned.search(told):
        return roles.object, roles.subject
    return roles.subject, roles.object


@cache
def _table() -> dict[str, Roles]:
    return {
        row.name: Roles(
            row.data["subject"],
            row.data["object"],
            re.compile(phrases(row.data["turned_by"])) if "turned_by" in row.data else None,
        )
        for row in rows("deals.kind")
    }


def _missing_role(roles: set[str]) -> str:
    """The part that is still open in a deal."""
    if "seller" in roles:
        return "buyer"
    return "seller" if "buyer" in roles else "partner" if "partner" in roles else "other"
