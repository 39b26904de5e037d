"""Parts: a sentence that tells of several deals, each with a party and an amount of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.deals.beside import lead_in, told_role
from extractor.draft.rules.deals.goods import goods_in
from extractor.draft.rules.deals.opening import event_start
from extractor.draft.rules.deals.parties import COUNTERPART, acts, candidates
from extractor.draft.rules.deals.roles import is_linked, roles
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity

_T = TypeVar("_T")
_TRADES = frozenset({"supply", "procurement"})
"""Kinds of deal of which a sentence may tell several."""
_AMOUNTS = frozenset({"money", "energy", "power", "mass", "area", "count", "rate"})
"""Kinds of amount of which each deal has its own."""
_JOINED = re.compile(r"(?:[;,]|[;,]? (?:and|while|whereas|but)(?: the)?) $")
_SIZED = re.compile(r" ?\((?=\d)")
_BESIDE = Pattern(r"{deals.sides.always_before_object} (?:the )?$")
_LINK_REACH = 16
"""Characters before a part in which the word that links it stands."""
_TENDER = Pattern(r"{deals.words.tenders}")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_WINS = Pattern(r"(?: have| had)? {deals.words.wins}")
_ROW = re.compile(r"(?: \([^()]*\))?(?:/[\w/]+)?(?:,? and |, )(?:an? )?")
_FEWEST_SIZED = 2
"""Names with an amount in brackets that make a list of winners."""


def parts(sites: Sites, line: Line) -> list[Line]:
    """The passages of a sentence that tell of a deal each, [] where it tells of one.

    "A will supply 300 tons; B will supply 20", "7,000 tons from A and 6,000 from B".
    """
    if len(line.names) < 2 or len(line.figures) < 2:
        return []
    named = candidates(sites, line)
    starts = [line.start, *(at for at in _openings(line, named) if at > line.start)]
    cut = [line.part(start, end) for start, end in pairwise([*starts, line.end])]
    if len(cut) < 2 or not all(_stands_alone(part, named) for part in cut):
        return []
    return cut


def _openings(line: Line, named: Sequence[Name]) -> list[int]:
    """Where a name with its verb, or an amount with the name that it is from or for, may open a deal."""
    found = [
        name.start
        for name in named[1:]
        if _JOINED.search(line.before(name.start, _LINK_REACH)) and acts(line, name)
    ]
    for figure in line.figures[1:]:
        if figure.kind not in _AMOUNTS or not _JOINED.search(line.before(figure.start, _LINK_REACH)):
            continue
        before = [name for name in named if name.end < figure.start and _is_beside(line, name)]
        behind = [name for name in named if name.start > figure.end and _is_beside(line, name)]
        if before and behind and figure.start - before[-1].end < _LINK_REACH:
            found.append(figure.start)
    return sorted(found)


def _is_beside(line: Line, name: Name) -> bool:
    return _BESIDE.search(lead_in(line, name, 24)) is not None


def _stands_alone(part: Line, named: Sequence[Name]) -> bool:
    """Whether a passage has a party and an amount of its own."""
    own = any(part.start <= name.start < part.end for name in named)
    return own and any(figure.kind in _AMOUNTS for figure in part.figures)


def further(scene: Scene, sites: Sites, part: Line, first: Agreement) -> Agreement | None:
    """The deal of a further passage of a sentence, of the first one's kind and with its other side.

    None where it is the same deal: it names no further party on the side on which the first has one.
    """
    if first.kind not in _TRADES:
        return None
    named = candidates(sites, part)
    parties, told = roles(scene, part, first.kind, named, event_start(part))
    if parties.keys() & first.parties.keys() or len(set(parties.values())) != 1:
        return None
    [role] = set(parties.values())
    if role not in first.parties.values():
        return None
    return _beside(scene, part, first, parties, told)


def winners(scene: Scene, line: Line) -> list[tuple[Line, str]]:
    """The winners that a sentence lists with what each has won, "A (200 MW), B (150 MW)", and their names."""
    listed = [
        (name, figure)
        for name in line.names
        if name.sort in {"company", "other"}
        and (opens := _SIZED.match(line.text, name.end - line.start))
        and (figure := next((f for f in line.figures if f.start == line.start + opens.end()), None))
    ]
    if len(listed) < _FEWEST_SIZED:
        return []
    names = [name for name, _ in listed]
    if all(told_role(line, "procurement", name) != "seller" for name in (names[0], names[-1])):
        return []
    ends = [*(name.start for name in names[1:]), line.end]
    return [
        (line.part(name.start, end), scene.names.full(name.text))
        for name, end in zip(names, ends, strict=True)
    ]


def _in_rows(items: Iterable[_T], linked: Callable[[_T, _T], bool]) -> list[list[_T]]:
    """Items in the rows that they stand in."""
    rows: list[list[_T]] = []
    for item in items:
        if rows and linked(rows[-1][-1], item):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def respective(scene: Scene, line: Line) -> list[tuple[Line, str]]:
    """The winners of a sentence that tells "respectively" what each has won, and their names.

    "A and B won 200 MW and 150 MW at 2.1 and 2.2 rupees a unit, respectively": as many amounts as names in a
    row, each name with its own of every row.
    """
    if not _RESPECTIVELY.search(line.text):
        return []
    named = [name for name in line.names if name.sort in {"company", "other"}]
    linked = _in_rows(named, lambda one, other: is_linked(line, one, other, named))
    names = max(linked, key=len, default=[])
    if len(names) < _FEWEST_SIZED or not any(_won(line, name) for name in (names[0], names[-1])):
        return []
    own = [figure for figure in line.figures if figure.same_as is None and figure.kind in _AMOUNTS]
    rows = [row for row in _in_rows(own, lambda *pair: _in_row(line, *pair)) if len(row) == len(names)]
    if not rows:
        return []
    return [
        (
            replace(line, names=[name], companies=[name], figures=list(figures), whole=line),
            scene.names.full(name.text),
        )
        for name, *figures in zip(names, *rows, strict=True)
    ]


def _won(line: Line, name: Name) -> bool:
    return (
        told_role(line, "procurement", name) == "seller" or _WINS.match(line.after(name.end, 40)) is not None
    )


def _in_row(line: Line, one: Quantity, other: Quantity) -> bool:
    """Whether an amount goes on with the row of another of its kind: "200 MW, 150 MW and 100 MW"."""
    return one.kind == other.kind and _ROW.fullmatch(line.between(one.end, other.start)) is not None


def tender_of(scene: Scene, line: Line, at_hand: Agreement | None) -> Agreement | None:
    """The tender whose winners a sentence may list: the one at hand, else that which it tells of itself."""
    if at_hand is not None and at_hand.kind == "procurement":
        return at_hand
    if not _TENDER.search(line.text):
        return None  # "the largest suppliers are A (37 GWh) and B (20 GWh)"
    buyers = [name for name in line.names if told_role(line, "procurement", name) == "buyer"]
    return Agreement("procurement", line, {scene.names.full(name.text): "buyer" for name in buyers})


def won(scene: Scene, part: Line, name: str, first: Agreement) -> Agreement:
    """The award of one of the winners that a sentence lists, under a tender."""
    return _beside(scene, part, first, {name: "seller"}, {name})


def _beside(scene: Scene, part: Line, first: Agreement, parties: dict[str, str], told: set[str]) -> Agreement:
    """A deal of the same kind as another, with the other side of that."""
    [role] = set(parties.values())
    other = COUNTERPART[first.kind][role]
    shared = {name: side for name, side in first.parties.items() if side == other}
    deal = Agreement(first.kind, part, {**parties, **shared}, told={*told, *(shared.keys() & first.told)})
    deal.goods, deal.paper, deal.term = goods_in(scene, part) or first.goods, first.paper, None
    return deal
