"""Facility: the plant or project that a deal is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.site import Site
    from extractor.draft.rules.sites import Sites

_OF_ONE_FACILITY = frozenset({"supply", "procurement", "funding", "joint_venture"})
"""Kinds of deal that are for the one facility of a document even where its sentences do not say so."""
_TO_BUILD = frozenset({"joint_venture", "cooperation"})
"""Kinds of deal whose facility the sentences behind tell of."""
_FOLLOWING = 3
"""Sentences behind such a deal in which its facility stands."""
_BUILT = Pattern(r"{facilities.verbs.build}")
_EQUITY = Pattern(r"{deals.words.equity_papers}")


def facilities(sites: Sites, deals: list[Agreement]) -> list[Site | None]:
    """The facility that each deal is for: what its sentences tell of, else the text's only one.

    That one is of no deal by default where another company's deal tells of it, or stands nearer to it.
    """
    found = [_told(sites, deal) for deal in deals]
    named = [site for site in sites.all if site.named]
    if not named or any(site.proper != named[0].proper for site in named):
        return found
    owners = [deal for deal, site in zip(deals, found, strict=True) if site in named]
    open_ones = [
        deal for deal, site in zip(deals, found, strict=True) if site is None and _is_for_plant(deal)
    ]
    if not owners and open_ones and named[0].lines:
        first = named[0].lines[0].index
        owners = [min(open_ones, key=lambda deal: abs(deal.line.index - first))]
    return [
        named[-1] if deal in open_ones and all(_share(deal, owner) for owner in owners) else site
        for deal, site in zip(deals, found, strict=True)
    ]


def _is_for_plant(deal: Agreement) -> bool:
    return deal.kind in _OF_ONE_FACILITY and not _is_of_shares(deal)


def _is_of_shares(deal: Agreement) -> bool:
    """Whether money is raised for shares: it is the company's, and no plant's unless its sentence says so."""
    return deal.kind == "acquisition" or (
        deal.kind == "funding" and _EQUITY.search(deal.paper or "") is not None
    )


def _share(one: Agreement, other: Agreement) -> bool:
    """Whether two deals have a party in common."""
    return bool(one.parties.keys() & other.parties.keys())


def _told(sites: Sites, deal: Agreement) -> Site | None:
    """The facility that a deal's sentences mention or are about, or those behind it."""
    if _is_of_shares(deal):
        return _mentioned(sites, deal, [deal.line])
    found = _mentioned(sites, deal, [deal.line, *deal.lines])
    if found is None:
        before = sites.scene.previous(deal.line)  # the sentence itself opens with the lender or the buyer
        about = (sites.about(deal.line) or sites.about(before)) if before else None
        found = about if about and _has_name(about) else None
    if found is None and deal.kind in _TO_BUILD:
        section = sites.scene.sections[deal.lines[-1].section]
        at = section.index(deal.lines[-1].whole or deal.lines[-1]) + 1
        found = _mentioned(
            sites, deal, [line for line in section[at : at + _FOLLOWING] if _BUILT.search(line.text)]
        )
    return found


def _mentioned(sites: Sites, deal: Agreement, lines: Iterable[Line]) -> Site | None:
    """The first facility with a name that sentences mention: "A (200 MW)" is none where A is a party."""
    found = (m.site for line in lines for m in sites.in_line(line) if _has_name(m.site))
    return next((site for site in found if site.name not in deal.parties), None)


def _has_name(site: Site) -> bool:
    return site.name is not None and site.name != site.head
