"""Groups: several facilities that a text tells of together and gives no names: "three storage projects"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.mentions import Mention
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line
    from schemas import Quantity

_MOST = 6
"""Facilities of a group; more are a company's or a country's stock of them."""
_KINDS = Pattern(r"{facilities.heads.groups}$")
_AGAIN = Pattern(r"(?i:\b(?:the|these|both|all)) (?:[a-z\d-]+ ){0,4}?{facilities.heads.groups}(?![’'])")
_OWNED = re.compile(r"(?i)\b(?:the|its|their|all|these|those|of) $")
_NEW = re.compile(r"^(?:(?:more|new|further|additional|other) )+")
_SIZES = frozenset({"power", "energy", "mass", "area", "money"})


def opened(line: Line) -> Mention | None:
    """The group that a sentence tells of with what its facilities make or hold together.

    From "begun construction of two storage projects with 300 MW in all"; "its five plants" are no new ones.
    """
    for figure in line.figures:
        if not is_several(figure) or figure.value > _MOST or _OWNED.search(line.before(figure.start, 8)):
            continue
        if any(size.kind in _SIZES for size in line.figures):
            name = _NEW.sub("", figure.text.split(maxsplit=1)[-1])
            head = name.split()[-1].lower()
            return Mention(figure.start, figure.end, head, name, frozenset(), definite=False)
    return None


def again(line: Line) -> tuple[int, int] | None:
    """Where a sentence means the group at hand: "the two projects", "these stations"."""
    hit = _AGAIN.search(line.text)
    return (line.start + hit.start(), line.start + hit.end()) if hit else None


def is_several(figure: Quantity) -> bool:
    """Whether a figure counts facilities: "23 pumped-storage stations"."""
    return figure.kind == "count" and figure.value > 1 and _KINDS.search(figure.of or "") is not None
