"""Identity: whether a mention means a facility that the text has told of already."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractor.draft.rules.apart import (
    apart,
    has_other_name,
    has_other_rank,
    holder,
    is_anothers,
    is_for_other_money,
    is_in_other_town,
    is_of_other_maker,
    is_of_other_size,
    is_of_somebody_new,
    stands_elsewhere,
)
from extractor.draft.rules.nouns import segment
from extractor.draft.rules.vocabulary import load, words
from extractor.places import is_country, known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.draft.rules.mentions import Mention
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.site import Site


_ADDS = re.compile(r"(?i)\b(?:also|separately|similar|alongside|besides|elsewhere|meanwhile|in addition)\b")
_REGION_TOTAL = re.compile(
    r"(?i:\b(?:total|combined|cumulative|aggregate|overall)(?: [\w-]+){0,5} capacity) "
    r"(?:in|across|of) (?:the )?(?P<total>[A-Z][\w’-]+)|"
    r"[’']s? (?:[\w-]+ ){0,4}capacity (?:in|across) (?:the )?(?P<own>[A-Z][\w’-]+)"
)
_TOGETHER = re.compile(r"(?i)\b(?:combined|together|altogether|in total|totall?ing|a total of|both)\b")
_OTHER_ONE = re.compile(
    r", (?:with )?(?:the|its) (?:first|second|third|other|existing|existing one|first one|other one),? "
    r"(?:having|being|is|was|has|had|which|opened|built|located|completed|in)\b"
)


def same(
    mention: Mention, line: Line, sites: Sequence[Site], current: Site | None, full: Callable[[str], str]
) -> Site | None:
    """The site that a mention means, or None where it is a new one.

    In this order: the site of the section's heading; one of the same size; one of the same proper words or
    place; the one at hand, for "the plant"; one that the phrase describes. `full` completes a company's name.
    """
    if current is not None and _is_at_hand(mention, current):
        return current
    headed = current is not None and current.heading and current.section == line.section
    if current is not None and headed and not mention.proper - current.proper:
        return current
    alike = [site for site in sites if are_alike(site.head, mention.head)]
    if mention.sizes:
        for site in alike:
            if mention.sizes <= site.sizes and not apart(site, mention):
                return site
    by_name = _by_words(mention, line, alike, full)
    if by_name is not None or mention.proper:
        return by_name or (current if _names_the_unnamed(mention, line, current, full) else None)
    theirs = holder(mention, line, full)
    if theirs and (current is None or is_of_somebody_new(mention, line, current, full)):
        held = [site for site in alike if theirs in site.holders and _may_be(site, mention)]
        if len(held) == 1:
            return held[0]
        if current is not None and current.holders:
            return None
    if current is None:
        return _only(mention, line, alike, full)
    described = _described(mention, alike) if mention.definite else None
    if described is not None and not _words(mention.name, mention.head) & _words(current.name, current.head):
        return described
    return current if _goes_back(mention, line, current, full) else described


def told_before(site: Site, mention: Mention, line: Line, current: Site | None) -> bool:
    """Whether a summary told of this size, and the text at hand, by its name, tells of the same facility."""
    return (
        current is not None
        and current is not site
        and mention.definite
        and current.named
        and not site.named
        and not current.sizes
        and site.section != line.section == current.section
        and are_alike(current.head, mention.head)
    )


def turns_elsewhere(words: str, site: Site, *, several: bool = False) -> bool:
    """Whether the words between a facility and a figure turn to another one, or to a total of elsewhere.

    Behind `several` facilities it may also be the total of all of them.

    From "its second plant, the first having opened in 2019" and "with the station at work, total capacity
    in Hunan reached".
    """
    if turns_to_another(words) or (several and _TOGETHER.search(words)):
        return True
    hit = _REGION_TOTAL.search(words)
    where = (hit["total"] or hit["own"]).lower() if hit else ""
    return bool(hit) and where not in site.proper | site.place


def turns_to_another(words: str) -> bool:
    """Whether words turn from a facility to another of the same sort: ", the first having opened"."""
    return _OTHER_ONE.search(words) is not None


def is_weak(head: str) -> bool:
    """Whether a head is too general to open a facility by itself."""
    return head in words("facilities.heads.weak")


def _is_at_hand(mention: Mention, current: Site) -> bool:
    """Whether a mention says what the facility at hand is: "it will be the first plant in Europe"."""
    if (
        mention.other
        or not are_alike(current.head, mention.head)
        or (mention.sizes and not mention.sizes <= current.sizes)
    ):
        return False
    return mention.predicate and not apart(current, mention)


def _by_words(mention: Mention, line: Line, alike: Sequence[Site], full: Callable[[str], str]) -> Site | None:
    """One with the mention's proper words, or whose name or place has them."""
    for site in reversed(alike):
        common = site.proper & mention.proper
        if common and (mention.proper <= site.proper or site.proper <= mention.proper or len(common) > 1):
            return site
    if mention.other:
        return None
    told = mention.proper | mention.place
    for site in reversed(alike):
        if told & (site.place | site.proper) and not (
            has_other_name(site, mention)
            or is_anothers(site, mention, line, full)
            or stands_elsewhere(site, mention)
            or is_of_other_size(site, mention)
            or is_of_other_maker(site, mention, line, full)
            or is_for_other_money(site, mention, line)
            or has_other_rank(site, mention)
        ):
            return site
    if told or not mention.definite:
        return None
    there = [site for site in alike if mention.countries & site.countries]
    return there[0] if len(there) == 1 and not is_anothers(there[0], mention, line, full) else None


def _names_the_unnamed(
    mention: Mention, line: Line, current: Site | None, full: Callable[[str], str]
) -> bool:
    """Whether "the Clarksville plant" of this sentence is "a factory" of the one before.

    It is not where somebody new has it, nor where both have a state or both a city of their own.
    """
    if current is not None and (
        is_of_somebody_new(mention, line, current, full)
        or _other_place(mention, current)
        or is_in_other_town(current, mention)
    ):
        return False
    return (
        current is not None
        and not current.named
        and not current.heading
        and mention.definite
        and not mention.other
        and are_alike(current.head, mention.head)
    )


def _only(mention: Mention, line: Line, alike: Sequence[Site], full: Callable[[str], str]) -> Site | None:
    """The one facility that "the plant" under a new heading can mean, unless somebody new is told of.

    Of several it is the one that most is told of, in the section, else by far in the text.
    """
    if mention.name is not None or not mention.definite or mention.owner is not None:
        return None
    alike = [site for site in alike if site.section == line.section] or alike
    if not alike:
        return None
    site, *others = sorted(alike, key=lambda site: -len(site.lines))
    if any(other.section != line.section and 2 * len(other.lines) > len(site.lines) for other in others):
        return None
    known = {full(company.text) for told in site.lines for company in told.companies}
    return site if all(full(company.text) in known for company in line.companies) else None


def _may_be(site: Site, mention: Mention) -> bool:
    """Whether a facility and a phrase are of one step of the value chain, and neither of another place."""
    steps = {segment(site.name or ""), segment(mention.name or "")} - {None}
    return len(steps) < 2 and not apart(site, mention) and not has_other_rank(site, mention)


def _other_place(mention: Mention, site: Site) -> bool:
    """Whether a mention's name and a site's place are two states or two cities."""
    named = {word.title() for word in mention.proper if known(word.title())}
    stands = {word.title() for word in site.place if known(word.title())}
    if not named or not stands or named & stands:
        return False
    return {is_country(word) for word in named} == {is_country(word) for word in stands}


def _goes_back(mention: Mention, line: Line, current: Site, full: Callable[[str], str]) -> bool:
    """Whether a mention without a name means the facility at hand: "the plant", "Tesla's factory"."""
    if mention.countries and current.countries and not mention.countries & current.countries:
        return False
    if has_other_rank(current, mention) or is_in_other_town(current, mention):
        return False
    if mention.owner is not None:
        alike = are_alike(current.head, mention.head)
        return alike and mention.name is None and full(mention.owner) in _owners(current, full)
    if mention.sizes and not are_alike(current.head, mention.head):
        return False
    if mention.definite and (
        mention.name is None or (are_alike(current.head, mention.head) and not mention.sizes)
    ):
        return True
    if _gives_the_size(mention, line, current, full):
        return True
    if mention.name is None and not mention.other and are_alike(current.head, mention.head):
        return not apart(current, mention) and not _ADDS.search(line.between(line.start, mention.start))
    return is_weak(mention.head) and not mention.sizes


def _gives_the_size(mention: Mention, line: Line, current: Site, full: Callable[[str], str]) -> bool:
    """Whether "a 20-GWh cell plant" gives the size of the same company's plant of a sentence before."""
    if not mention.sizes or current.sizes or mention.other or not are_alike(current.head, mention.head):
        return False
    steps = {segment(current.name or ""), segment(mention.name or "")} - {None}
    opener, owners = next(iter(line.companies), None), _owners(current, full)
    return (
        len(steps) < 2
        and not apart(current, mention)
        and not _ADDS.search(line.between(line.start, mention.start))
        and (not owners or bool(opener and opener.start == line.start and full(opener.text) in owners))
    )


def _owners(site: Site, full: Callable[[str], str]) -> set[str]:
    """The companies that may have it: those of the sentences that mention it."""
    return {full(company.text) for line, _ in site.mentions for company in line.companies}


def _described(mention: Mention, alike: Sequence[Site]) -> Site | None:
    """The last whose name has all the words of "the anode material line", else the only one with some.

    What has a size or a place of its own goes by these.
    """
    told = _words(mention.name, mention.head)
    known = [(site, _words(site.name, site.head)) for site in reversed(alike)]
    exact = next((site for site, name in known if told and told <= name), None)
    if exact is not None or mention.sizes or mention.place:
        return exact
    some = [site for site, name in known if told & name and not apart(site, mention)]
    return some[0] if len(some) == 1 else None


def _words(name: str | None, head: str) -> set[str]:
    """What a name says of a facility beside its kind, in lower case."""
    return {word.lower() for word in (name or "").split()} - {
        *head.split(),
        *words("facilities.heads.inside"),
    }


@cache
def are_alike(a: str, b: str) -> bool:
    """Whether two heads can mean one facility: a plant is a factory; a mine is no production line."""
    groups = load("facilities.heads.alike")
    return a == b or any((a in group or not a) and (b in group or not b) for group in groups)
