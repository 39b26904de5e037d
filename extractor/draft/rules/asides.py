"""Asides: names that only tell who somebody is, "A, a unit of B"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line

_ALIAS = Pattern(r"{deals.sides.before_alias},? $")
_ASIDE = Pattern(
    r"[,(] ?(?:[^,;()]{1,40} )?(?:{deals.sides.belonging}|{deals.sides.ventures} (?:of|between|by|with))"
    r"(?: (?:[^,;()]|\([^()]{1,20}\)){0,60})? $"
)

_THROUGH = Pattern(r"\b(?i:through|via) (?:its|their) (?:[\w.-]+ ){0,4}{deals.sides.subsidiary},? $")

_HYPHENED = Pattern(r"-{deals.sides.hyphened}")
_UNDER = Pattern(r"{names.companies.nouns} under (?:the )?$")
_FORMED = Pattern(r"{deals.sides.forming} (?:the )?$")
_IS_VENTURE = Pattern(r",? (?:an?|the|its|their) (?:[\w:/%-]+ ){0,3}{deals.sides.ventures}")
_VENTURE_NAMED = Pattern(r"{deals.sides.ventures}(?: company)?, $")
# "whose customers include A, B and C": a comma before a capital goes on with its list
_RELATIVE = re.compile(
    r"(?:, | ?\(| [–—-] )(?:whose|which|who)\b(?P<clause>(?:[^,;()–—]|, (?=(?:and )?[A-Z]))*)"
)
_BEHIND_NAME = re.compile(r"(?:[A-Z0-9][\w.&’'-]*|\))$")
_PAPER = Pattern(r"{deals.words.papers}")
_ENDS_AS_PAPER = Pattern(r"{deals.continuing.papers}$")
_EVENT = Pattern(r"{deals.words.events}")
_SAYING = Pattern(r"{deals.words.saying}")
_ORIGIN = Pattern(r"{deals.sides.origins} (?:the )?$")
_ADDRESSEE = Pattern(r"{deals.sides.addressees} (?:(?:the|our|an?|its|{deals.sides.media}) )*$")
_VENTURE = Pattern(
    r"{deals.sides.ventures}(?: company| firm)?(?:,? {deals.sides.named_as} [“\"‘']?|,? ?[—–(] ?)$"
)
_OWNS = Pattern(
    r"['’]s? (?:(?:[a-z][\w-]* ){0,4}(?:{names.companies.nouns}|{deals.sides.subsidiary}),? )?[“\"]?(?=[A-Z])"
)


def is_aside(line: Line, name: Name) -> bool:
    """Whether a name only tells who another is, or stands beside a deal.

    "(formerly SGF Energy)", ", a unit of Yinglian Group", "Volkswagen-backed", "told Reuters", "a joint
    venture called Nordcell", "through its subsidiary B".
    """
    before = line.before(name.start, 120)
    if _HYPHENED.match(line.after(name.end, 20)) or _owns(line, name):
        return True
    if _is_formed(line, name, before) or _is_in_relative_clause(line, name):
        return True
    return any(
        words.search(before) for words in (_ALIAS, _ASIDE, _THROUGH, _UNDER, _ORIGIN, _ADDRESSEE, _VENTURE)
    )


def formed_venture(line: Line, name: Name) -> bool:
    """Whether a name is that of a venture that the sentence forms: "A and B formed X, a joint venture"."""
    behind = line.after(name.end, 60)
    return bool(_FORMED.search(line.before(name.start, 30)) and _IS_VENTURE.match(behind))


def _is_formed(line: Line, name: Name, before: str) -> bool:
    if formed_venture(line, name):
        return True
    return _VENTURE_NAMED.search(before) is not None and line.after(name.end, 1) == ","


def without_relative_clauses(words: str) -> str:
    """A passage without the clauses that only tell who somebody is: ", which supplies Ford"."""
    if "wh" not in words:
        return words  # most passages have no such clause
    for hit in reversed(list(_RELATIVE.finditer(words))):
        if _tells_who(words, hit):
            words = words[: hit.start()] + words[hit.end() :]
    return words


def _is_in_relative_clause(line: Line, name: Name) -> bool:
    at = name.start - line.start
    return "wh" in line.text and any(
        hit.start() < at < hit.end() and _tells_who(line.text, hit) for hit in _RELATIVE.finditer(line.text)
    )


def _tells_who(words: str, clause: re.Match[str]) -> bool:
    """Whether a relative clause tells of no deal: it has no word for one, or no event, or others do.

    "B, which supplies Ford," beside another event, but not "B, which won the order from Ford,".
    """
    before = words[: clause.start()]
    if _ENDS_AS_PAPER.search(before):
        return False  # "the round, which was joined by Ford"
    if _EVENT.search(clause["clause"]) is None:
        return True
    if before and not _BEHIND_NAME.search(before):
        return False
    others = (before, words[clause.end() :])
    told = (hit[0] for part in others for hit in _EVENT.finditer(part))
    return _PAPER.search(clause["clause"]) is None and any(not _SAYING.fullmatch(hit) for hit in told)


def _owns(line: Line, name: Name) -> bool:
    """Whether a name only says whose the company is that is named next: "Jan Berg's Zelvo"."""
    hit = _OWNS.match(line.after(name.end, 80))
    if hit is None:
        return False
    return any(other.start == name.end + len(hit[0]) and other.sort == "company" for other in line.names)
