"""Asides: names that only tell who somebody is, "A, a unit of B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line

_ALIAS = Pattern(r"{deals.sides.before_alias},? $")
_ASIDE = Pattern(
    r"[,(] ?(?:[^,;()]{1,40} )?(?:{deals.sides.belonging}|{deals.sides.ventures} (?:of|between|by|with))"
    r"(?: [^,;()]{0,60})? $"
)

_HYPHENED = Pattern(r"-{deals.sides.hyphened}")
_ADDRESSEE = Pattern(r"{deals.sides.addressees} (?:the )?$")
_VENTURE = Pattern(
    r"{deals.sides.ventures}(?: company| firm)?(?:,? {deals.sides.named_as} [“\"‘']?|,? ?[—–(] ?)$"
)
_OWNS = Pattern(r"['’]s? (?:(?:[a-z][\w-]* ){0,4}{names.companies.nouns},? )?[“\"]?(?=[A-Z])")


def is_aside(line: Line, name: Name) -> bool:
    """Whether a name only tells who another is, or stands beside a deal.

    "(formerly SGF Energy)", ", a unit of Yinglian Group", "Volkswagen-backed", "told Reuters", "a joint
    venture called Nordcell".
    """
    before = line.before(name.start, 120)
    if _HYPHENED.match(line.after(name.end, 20)) or _owns(line, name):
        return True
    return any(words.search(before) for words in (_ALIAS, _ASIDE, _ADDRESSEE, _VENTURE))


def _owns(line: Line, name: Name) -> bool:
    """Whether a name only says whose the company is that is named next: "Elon Musk's Tesla"."""
    hit = _OWNS.match(line.after(name.end, 80))
    if hit is None:
        return False
    return any(other.start == name.end + len(hit[0]) and other.sort == "company" for other in line.names)
