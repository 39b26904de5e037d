"""Roles: what each party of a deal is, by the words beside its name, else by its side of the event."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.asides import without_relative_clauses
from extractor.draft.rules.companies import gives_money
from extractor.draft.rules.deals.beside import lead_in, told_role
from extractor.draft.rules.deals.chain import is_upstream
from extractor.draft.rules.deals.parties import BEFORE_ANY_OBJECT, BEFORE_OBJECT, COUNTERPART, acts
from extractor.draft.rules.vocabulary import Pattern, phrases, rows
from extractor.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Collection

    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene

_TRADES = frozenset({"supply", "procurement"})
"""Kinds of deal with a seller and a buyer of goods."""
_ALWAYS_BEFORE_OBJECT = Pattern(
    r"{deals.sides.always_before_object},? (?:(?:the|another|its|an?) )?(?:[a-z][\w-]+ ){0,2}$"
)
_BESIDE = r"(?:\s\([^)]*\))?(?:,? (?:of|from|in) (?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?)?"
"""What may stand between a name and the next of a list: a bracket, its home."""
_LINK = re.compile(_BESIDE + r",? (?:and|&)(?: the)? ")
_COMMA = re.compile(_BESIDE + r",(?: the)? ")
_SOLD = Pattern(r"{deals.verbs.sell}")
_WITH = re.compile(r"(?:with|,) ?(?:the )?$")
_PARENT = Pattern(r"{deals.sides.subsidiary},? $")
_TOO = re.compile(r"(?i)\b(?:and|with) (?:its|their) (?:[\w-]+ )*$")
_SUPPLY_PAPER = Pattern(r"supply (?:and [\w-]+ )?(?:{deals.words.trade_agreements})s?")
_WINNING = Pattern(r"{deals.sides.winning}")
_SUPPLIES = Pattern(r"{deals.sides.supplier_verbs}")


class Sides(NamedTuple):
    """What the two sides of a kind of deal are."""

    subject: str
    """The part of who stands before the event: the supplier of "A supplies B"."""
    object: str
    """The part of who stands behind it, or behind "with", "from", "to"."""
    turned: Finder | None
    """Words with which the two change places: "A buys from B"."""
    kept: Finder | None
    """Words with which they do not, for a sentence that has both."""


def roles(
    scene: Scene, line: Line, kind: str, names: list[Name], event: int
) -> tuple[dict[str, str], set[str]]:
    """The parties of a sentence about a deal, by their full names, with their roles.

    Beside them those whose role the words tell, and not their place in the sentence alone.
    """
    before, after = _split(line, names, event)
    if before and _WITH.search(line.between(line.start, before[-1].start)) and _WINNING.search(line.text):
        before = before[-1:]  # "with B winning the bid": the winner stands before its verb
    if len(before) > 1 and (own := [name for name in before if _is_subsidiary(line, name)]):
        before = own[:1]  # "A's subsidiary B": the subsidiary is the party
    everyone = {scene.names.full(name.text) for name in (*before, *after)}
    told = {name: role for name, role in _told(scene, line, kind, names).items() if name in everyone}
    if kind in {*_TRADES, "licence"} and len(set(told.values())) == 1 and len(everyone) == len(told) + 1:
        [role] = set(told.values())
        told |= {name: COUNTERPART["supply"][role] for name in everyone if name not in told}
    only_buyer = set(told.values()) == {"buyer"} and len(everyone) == len(told) + 1
    if kind == "acquisition" and only_buyer and not _SOLD.search(line.text):
        told |= {name: "target" for name in everyone if name not in told}  # "A accepted a bid from B"
    if kind == "acquisition" and "target" in told.values():
        for name in after:  # "an agreement with C to buy B", but not "will buy B and is financing work for C"
            if _WITH.search(line.before(name.start, 10)):
                told.setdefault(scene.names.full(name.text), "seller")
        after = [name for name in after if scene.names.full(name.text) in told]
    if kind in _TRADES:
        before, after = _both_sides(line, before, after)
    subject, other = _sides(scene, line, kind, before, after)
    parties: dict[str, str] = {}
    for side, role in ((before, subject), (after, other)):
        for name in side:
            full = scene.names.full(name.text)
            part = "investor" if kind == "funding" and gives_money(name.text) else role
            parties.setdefault(full, told.get(full, part))
    return parties, everyone if before and after and _tells_sides(line, kind, before) else {*told}


def _told(scene: Scene, line: Line, kind: str, names: list[Name]) -> dict[str, str]:
    """The roles that words beside the names give, by full names: "awarded to A and B" gives both theirs."""
    told: dict[str, str] = {}
    previous, last = None, None
    for name in names:
        role = told_role(line, kind, name)
        if role is None and previous and is_linked(line, previous, name, names):
            role = last
        if role is not None:
            told.setdefault(scene.names.full(name.text), role)
        previous, last = name, role
    carried = None  # the role of "C won" is that of A and B in "A, B and C won"
    for name, following in reversed(list(pairwise(names))):
        role = told_role(line, kind, following) if acts(line, following) else carried
        carried = role if is_linked(line, name, following, names) else None
        if carried is not None:
            told.setdefault(scene.names.full(name.text), carried)
    return told


def _is_subsidiary(line: Line, name: Name) -> bool:
    """Whether a name is that of "A's subsidiary B"; in "A and its subsidiary B" both are told of."""
    parent = _PARENT.search(line.before(name.start, 24))
    return parent is not None and not _TOO.search(line.before(name.start - len(parent[0]), 40))


def _both_sides(line: Line, before: list[Name], after: list[Name]) -> tuple[list[Name], list[Name]]:
    """The two sides of a trade where all names stand on one side of the event.

    Of "a contract between A and B" A is the subject; so is who is named alone, wherever it stands, unless it
    stands behind "from" and the like.
    """
    names = [*before, *after]
    if len(names) == 1:
        is_object = BEFORE_ANY_OBJECT.search(lead_in(line, names[0], 24))
        return ([], names) if is_object else (names, [])
    return (before, after) if before and after else (names[:1], names[1:])


def missing_role(roles: Collection[str]) -> str:
    """The part that is still open in a deal with parties of these roles."""
    open_parts = (
        COUNTERPART["cooperation"][role] for role in ("seller", "buyer", "partner") if role in roles
    )
    return next(open_parts, "other")


def _split(line: Line, names: list[Name], event: int) -> tuple[list[Name], list[Name]]:
    """The subjects of the event and its objects: behind it, or behind "with", "from" and the like."""
    before: list[Name] = []
    after: list[Name] = []
    side = before
    previous: Name | None = None
    for name in names:
        if previous is None or not is_linked(line, previous, name, names):
            gap = lead_in(line, name, 24)
            is_object = (
                name.start >= event
                or _ALWAYS_BEFORE_OBJECT.search(gap)
                or (before and BEFORE_OBJECT.search(gap))
            )
            side = after if is_object else before
        side.append(name)  # "A and B" stand on one side
        previous = name
    return before, after


def is_linked(line: Line, previous: Name, name: Name, names: list[Name]) -> bool:
    """Whether two names stand on one side: "A and B", or "A, B" where a list with "and" goes on."""
    gap = line.between(previous.end, name.start)
    if _LINK.fullmatch(gap):
        return True
    following = names[names.index(name) + 1 :][:1]
    return bool(_COMMA.fullmatch(gap) and following) and is_linked(line, name, following[0], names)


def _sides(scene: Scene, line: Line, kind: str, before: list[Name], after: list[Name]) -> tuple[str, str]:
    """What the subjects and the objects of a sentence are in a deal of a kind."""
    sides = _kinds()[kind]
    if kind == "funding" and (giver := _giver(before, after)) is not None:
        return ("investor", "target") if giver is before else ("target", "investor")
    turned = _is_turned(scene, line, sides, before)
    if kind == "acquisition" and not turned and _SOLD.search(line.text):
        return "seller", sides.object
    if kind == "supply" and not turned and not _SUPPLIES.search(_with_heading(scene, line)):
        # "Batteries Inc. signed a supply agreement with Minerals Ltd.": the miner supplies the battery maker
        turned = any(is_upstream(scene, b, a) for a in before for b in after)
    return (sides.object, sides.subject) if turned else (sides.subject, sides.object)


def _giver(before: list[Name], after: list[Name]) -> list[Name] | None:
    """The side that lends or grants, where names tell: "EIB has signed a loan agreement with LG Chem"."""
    first, second = ([gives_money(name.text) for name in side] for side in (before, after))
    if any(first) and not any(second):
        return before
    if any(first):
        return None
    return after if second and (all(second) or (not first and any(second))) else None


def _tells_sides(line: Line, kind: str, before: list[Name]) -> bool:
    """Whether a verb behind the subject says who gives and who takes."""
    sides, rest = _kinds()[kind], _without_papers(line.between(before[0].end, line.end))
    return any(verbs is not None and verbs.search(rest) for verbs in (sides.turned, sides.kept))


def _is_turned(scene: Scene, line: Line, sides: Sides, before: list[Name]) -> bool:
    """Whether the first verb behind the subject that says who gives and who takes turns the sides.

    In "A picked B, which won the order" A's verb is "picked"; a sentence with no such verb has its heading's.
    """
    if sides.turned is None:
        return False
    if sides.kept is None:
        return sides.turned.search(_with_heading(scene, line)) is not None
    heading = scene.headings[line.section]
    passages = [
        line.between(before[0].end, line.end) if before else "",
        line.text,
        heading.text if heading else "",
    ]
    for passage in map(_without_papers, map(without_relative_clauses, passages)):
        turning, keeping = sides.turned.search(passage), sides.kept.search(passage)
        if turning or keeping:
            return bool(turning and (keeping is None or turning.start() <= keeping.start()))
    return False


def _without_papers(words: str) -> str:
    """A passage without its "supply contracts", which either side may sign."""
    return _SUPPLY_PAPER.sub("", words)


def _with_heading(scene: Scene, line: Line) -> str:
    heading = scene.headings[line.section]
    return f"{line.text} {heading.text if heading else ''}"


@cache
def _kinds() -> dict[str, Sides]:
    return {
        row.name: Sides(
            row.data["subject"],
            row.data["object"],
            *(
                Finder(phrases(row.data[key])) if key in row.data else None
                for key in ("turned_by", "kept_by")
            ),
        )
        for row in rows("deal_kinds.kind")
    }
