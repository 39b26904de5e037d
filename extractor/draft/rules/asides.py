"""Asides: names that only tell who somebody is, "A, a unit of B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line

_ALIAS = Pattern(r"{deals.sides.before_alias},? $")
_ASIDE = Pattern(
    r"[,(] ?(?:[^,;()]{1,40} )?(?:{deals.sides.belonging}|{deals.sides.ventures} (?:of|between|by))"
    r"(?: [^,;()]{0,60})? $"
)


def is_aside(line: Line, name: Name) -> bool:
    """Whether a name only tells who another is: "(formerly SGF Energy)", ", a unit of Yinglian Group"."""
    return bool(_ALIAS.search(line.before(name.start, 30)) or _ASIDE.search(line.before(name.start, 120)))
