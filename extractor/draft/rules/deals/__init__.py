"""Deals: an event word beside a word for an agreement, in a sentence that names a party.

opening.py    the deal that a sentence tells of, its kind and papers
goods.py      what it is about
financing.py  sums that are lent, given or raised
parties.py    who takes part
roles.py      as what
beside.py     by the words beside a name
chain.py      by the place in the value chain
facility.py   the plant or project that it is for
figures.py    value, price, volumes, stakes
listed.py     deals told as a list, an item each
parts.py      deals of which one sentence tells several
reader.py     which sentences tell of which deal
continuing.py whether one goes on about the deal at hand
terms.py      a deal told as a list of labelled lines
agreement.py  the deal while it is drafted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import DealDraft, PartyDraft
from extractor.draft.rules.deals.facility import facilities
from extractor.draft.rules.deals.parties import complete
from extractor.draft.rules.deals.reader import Reader
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.scene import Scene
    from extractor.draft.rules.site import Site
    from extractor.draft.rules.sites import Sites

__all__ = ["draft"]


def draft(scene: Scene, sites: Sites, taken: set[str]) -> list[DealDraft]:
    """The deals of a document, in text order; their figures are taken."""
    reader = Reader(scene, sites, taken)
    for line in scene.lines:
        reader.read(line)
    finished = []
    for deal in reader.found:
        complete(scene, deal)
        if deal.tells_enough():
            finished.append(deal)
        else:
            taken -= deal.figures()
    sites_of = facilities(sites, finished)
    return [_finished(scene, deal, site) for deal, site in zip(finished, sites_of, strict=True)]


def _finished(scene: Scene, deal: Agreement, site: Site | None) -> DealDraft:
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
