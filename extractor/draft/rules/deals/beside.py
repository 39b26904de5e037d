"""Beside: the role that the words right beside a name give its bearer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.nouns import noun_phrase
from extractor.draft.rules.vocabulary import Pattern, load, phrases
from extractor.finder import Finder

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line

_FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_NOUN = Pattern(r"{names.companies.nouns},? [“\"‘]?$")
_ARTICLE = re.compile(r"(?i)(?:^|(?<= ))(?:the|an?|its|their) $")
_HOME = re.compile(r"['’]s? |[ -]")
_PARENT = Pattern(
    r"(?:[A-Z][\w’'&.-]* ){0,3}[A-Z][\w’'&.-]*['’]s? (?:[\w-]+ ){0,2}{deals.sides.subsidiary} $"
)
_STANDING = Pattern(r"{deals.sides.standing} $")
_LONGEST_LEAD = 3
"""Homes, parents and nouns before a name that describe its bearer: "from Canada's mining giant A"."""
_ORDERED_FROM = Pattern(r"{deals.words.goods_contracts}[^,;]{0,60} from (?:the )?$")
_TO = re.compile(r"\bto\s(?:the\s)?$", re.IGNORECASE)
_GIVEN_TO = re.compile(r"(?i)(?<!according) to (?:the )?$")
_BIDS = Pattern(r"['’]s? (?:[\w-]+ ){0,3}?{deals.words.bids}")
_SOLD = Pattern(r"{deals.verbs.sell}")


class Beside(NamedTuple):
    """What may stand right before and right behind the name of who has a role."""

    name: str
    kinds: list[str]
    """The kinds of deal that have the role."""
    before: Finder
    behind: Finder


def lead_in(line: Line, name: Name, width: int) -> str:
    """The words before a name, at most `width` characters, without those that say who bears it.

    "from" of "from Japan's trading giant Tadano", where `before` would give all four words.
    """
    start = name.start
    for _ in range(_LONGEST_LEAD):
        before = line.between(line.start, start)
        home = next((other for other in reversed(line.names) if other.end < start), None)
        if home and home.sort == "place" and _HOME.fullmatch(line.between(home.end, start)):
            start = home.start
        elif parent := _PARENT.search(before):
            start = line.start + parent.start()
        elif owned := _STANDING.search(before):
            start = line.start + owned.start()
        elif noun := _NOUN.search(before):
            first, _ = noun_phrase(before, noun.start(), noun.end(), 0, limit=5)
            start = line.start + first
        else:
            break
    before = (
        _ARTICLE.sub("", line.between(line.start, start)) if start < name.start else line.before(start, width)
    )
    return before[-width:]


def told_role(line: Line, kind: str | None, name: Name) -> str | None:
    """The role that the words beside a name give it: "awarded to A", "the winner is B", "C, the buyer".

    In a deal of any kind where `kind` is None.
    """
    before, behind = line.before(name.start, 140), line.after(name.end, 40)
    led_in = lead_in(line, name, 140)
    for role in _roles_beside():
        if (kind is None or kind in role.kinds) and (
            role.before.search(before) or role.before.search(led_in) or role.behind.match(behind)
        ):
            return role.name
    before = led_in
    if kind in {None, "acquisition"} and _BIDS.match(behind):
        return "buyer"
    if kind == "acquisition":
        if _FROM.search(before):
            return "seller"
        return "buyer" if _TO.search(before) and _SOLD.search(line.text) else None
    if kind == "funding" and _FROM.search(before):
        return "investor"
    if kind == "funding" and _GIVEN_TO.search(before):
        return "target"
    if kind == "licence" and _FROM.search(before):
        return "seller"
    if kind == "supply" and _FROM.search(before):
        return "buyer" if _ORDERED_FROM.search(before) else "seller"
    return None


@cache
def _roles_beside() -> tuple[Beside, ...]:
    return tuple(
        Beside(
            row["name"],
            row["kinds"],
            Finder(
                rf"(?:{phrases(row['before'])}|{phrases(row['nouns'])}"
                r"(?:,|(?: (?:of|for|in) [^;.]{1,100}?)?"
                r"(?:,? (?:is|are|was|were|being|included?|includes)|:))?) (?:the )?$"
            ),
            Finder(
                rf",? (?:(?:\((?:the )?[“\"]?|the |as (?:the )?){phrases(row['nouns'])}"
                + (rf"|{phrases(row['verbs'], row.get('patterns', ()))})" if "verbs" in row else ")")
            ),
        )
        for row in load("deals.role")
    )
