"""Deals: an event word beside a word for an agreement, in a sentence that names a party.

opening.py    the deal that a sentence tells of, its kind and subject
parties.py    who takes part, and as what
figures.py    value, price, volumes, stakes
agreement.py  the deal while it is drafted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import DealDraft, PartyDraft
from extractor.draft.rules.deals import figures, parties
from extractor.draft.rules.deals.opening import opened
from extractor.draft.rules.vocabulary import Pattern
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.identity import Site
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites

__all__ = ["draft"]

_BACK = Pattern(r"{deals.continuing.openers}")
_ABOUT_A_DEAL = Pattern(r"{deals.continuing.words}")
_STRONGLY_ABOUT_A_DEAL = Pattern(r"{deals.continuing.strong}")
_DELIVERS = Pattern(
    r"(?:It|They|The {deals.continuing.sides}) (?:will|would|is to|are to|shall|plans to) "
    r"{deals.verbs.hand_over}"
)
_LABELLED = Pattern(r"[\s•●▪*-]*(?:\(?\d{1,2}[.)]\s*)?(?:\w+ )?{deals.continuing.labels}(?: [\w()/-]+){0,3}:\s")
"""A line of a contract's terms: "Quantity: 60,000 tonnes per annum"."""
_WITH_FACILITY = frozenset({"supply", "procurement", "funding"})
"""Kinds of deal that are for the one facility of a document even where its sentences do not say so."""


def draft(scene: Scene, sites: Sites, taken: set[str]) -> list[DealDraft]:
    """The deals of a document, in text order; their figures are taken."""
    found: list[Agreement] = []
    current: Agreement | None = None
    for line in scene.lines:
        if line.headline:
            continue
        if current and line.section != current.section and scene.headings[line.section]:
            current = None
        new = opened(scene, line)
        if new is not None and (current is None or not _continues(line, current, new)):
            known = next((deal for deal in found if deal.kind == new.kind and deal.agrees(new)), None)
            if known is None:
                found.append(new)
            current = known or new
        elif new is not None and current is not None:
            current.join(new)
        elif found and _LABELLED.match(line.text) and not sites.in_line(line):
            current = found[-1]
        elif current is None or not _goes_on(line, current, sites):
            continue
        if line is not current.line:
            parties.add_parties(scene, current, line)
        current.lines.append(line)
        figures.take(sites, current, line, taken)
    for deal in found:
        parties.complete(scene, deal)
    return [_finished(scene, sites, deal) for deal in found if deal.tells_enough()]


def _continues(line: Line, current: Agreement, new: Agreement) -> bool:
    """Whether a sentence with deal words goes on about the deal at hand."""
    if line.section != current.section:
        return False
    unknown = new.parties.keys() - current.parties.keys()
    goes_back = _BACK.match(line.text) and (not unknown or len(current.parties) < 2)
    return current.agrees(new) or bool(goes_back)


def _goes_on(line: Line, deal: Agreement, sites: Sites) -> bool:
    """Whether a sentence that opens no deal may still give the deal's figures."""
    if line.section != deal.section or line.paragraph - deal.lines[-1].paragraph > 1:
        return False
    if sites.in_line(line) and not (_STRONGLY_ABOUT_A_DEAL.search(line.text) or _DELIVERS.match(line.text)):
        return False
    return bool(_ABOUT_A_DEAL.search(line.text))


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
            if mentioned.site.named:
                return mentioned.site
    named = [site for site in sites.all if site.named]
    return named[0] if len(named) == 1 and deal.kind in _WITH_FACILITY else None
