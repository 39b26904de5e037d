"""Deals: an event word beside a word for an agreement, in a sentence that names a party.

opening.py    the deal that a sentence tells of, its kind and subject
financing.py  sums that are lent, given or raised
parties.py    who takes part, and as what
figures.py    value, price, volumes, stakes
listed.py     deals told as a list, an item each
terms.py      a deal told as a list of labelled lines
agreement.py  the deal while it is drafted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import DealDraft, PartyDraft
from extractor.draft.rules.deals.parties import complete
from extractor.draft.rules.deals.reader import Reader
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.identity import Site
    from extractor.draft.rules.scene import Scene
    from extractor.draft.rules.sites import Sites

__all__ = ["draft"]

_WITH_FACILITY = frozenset({"supply", "procurement", "funding"})
"""Kinds of deal that are for the one facility of a document even where its sentences do not say so."""


def draft(scene: Scene, sites: Sites, taken: set[str]) -> list[DealDraft]:
    """The deals of a document, in text order; their figures are taken."""
    reader = Reader(scene, sites, taken)
    for line in scene.lines:
        reader.read(line)
    drafts = []
    for deal in reader.found:
        complete(scene, deal)
        if deal.tells_enough():
            drafts.append(_finished(scene, sites, deal))
        else:
            taken -= deal.figures()
    return drafts


def _finished(scene: Scene, sites: Sites, deal: Agreement) -> DealDraft:
    site = _facility(sites, deal)
    roles = dict(deal.parties)
    if deal.kind == "procurement" and "buyer" not in roles.values() and site and site.owner:
        # the owner of the project that an award is for
        roles.setdefault(scene.names.full(site.owner), "buyer")
    return DealDraft(
        kind=deal.kind,
        subject=deal.subject,
        parties=[PartyDraft(name=name, role=role) for name, role in roles.items()],
        value=deal.value,
        unit_price=deal.unit_price,
        volumes=deal.volumes,
        signed=deal.signed,
        term=deal.term,
        facility=site.name if site else None,
        metrics=deal.metrics,
        evidence=[Span(start=line.start, end=line.end) for line in deal.lines],
    )


def _facility(sites: Sites, deal: Agreement) -> Site | None:
    """The facility that a deal is for: the first that its sentences mention, else the text's only one."""
    for line in deal.lines:
        for mentioned in sites.in_line(line):
            if mentioned.site.name and mentioned.site.name != mentioned.site.head:
                return mentioned.site
    named = [site for site in sites.all if site.named]
    return named[0] if len(named) == 1 and deal.kind in _WITH_FACILITY else None
