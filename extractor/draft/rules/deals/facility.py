"""Facility: the plant or project that a deal is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.identity import Site
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.sites import Sites

_OF_ONE_FACILITY = frozenset({"supply", "procurement", "funding", "joint_venture"})
"""Kinds of deal that are for the one facility of a document even where its sentences do not say so."""
_TO_BUILD = frozenset({"joint_venture", "cooperation"})
"""Kinds of deal whose facility the sentences behind tell of."""
_FOLLOWING = 3
"""Sentences behind such a deal in which its facility stands."""
_EQUITY = Pattern(r"{deals.words.equity_papers}")


def facility(sites: Sites, deal: Agreement) -> Site | None:
    """The facility that a deal is for: what its sentences mention or are about, else the text's only one.

    Money that is raised for shares is a company's, and for a facility only where its own sentence says so.
    """
    if deal.kind == "acquisition" or (deal.kind == "funding" and _EQUITY.search(deal.paper or "")):
        return _mentioned(sites, [deal.line])
    found = _mentioned(sites, [deal.line]) or _mentioned(sites, deal.lines)
    if found is None:
        before = sites.scene.previous(deal.line)  # the sentence itself opens with the lender or the buyer
        about = sites.about(deal.line) or (sites.about(before) if before else None)
        found = about if about and _has_name(about) else None
    if found is None and deal.kind in _TO_BUILD:
        section = sites.scene.sections[deal.lines[-1].section]
        at = section.index(deal.lines[-1]) + 1
        found = _mentioned(sites, section[at : at + _FOLLOWING])
    if found is None and deal.kind in _OF_ONE_FACILITY:
        named = [site for site in sites.all if site.named]
        found = named[-1] if named and all(site.proper == named[0].proper for site in named) else None
    return found


def _mentioned(sites: Sites, lines: Iterable[Line]) -> Site | None:
    """The first facility with a name that sentences mention."""
    return next((m.site for line in lines for m in sites.in_line(line) if _has_name(m.site)), None)


def _has_name(site: Site) -> bool:
    return site.name is not None and site.name != site.head
