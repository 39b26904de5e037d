"""Facilities: what each site's sentences say of it, by dimension and trigger words.

figures.py     which slot a figure fills: investment, land, lines, capacity, jobs …
capacities.py  what a facility makes or holds, of which product, and whether today or later
events.py      what happens to it, and its dated milestones
status.py      where it stands on the day of publication
operator.py    whose it is
place.py       where it stands
products.py    what it makes, and its segment
subject.py     one facility with the document that tells of it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import FacilityDraft
from extractor.draft.rules.facilities.events import Chronicle, milestones
from extractor.draft.rules.facilities.figures import Figures
from extractor.draft.rules.facilities.operator import operator, outsiders
from extractor.draft.rules.facilities.place import place
from extractor.draft.rules.facilities.products import products, sold, step
from extractor.draft.rules.facilities.status import status
from extractor.draft.rules.facilities.subject import Subject
from extractor.draft.rules.mentions import PARKS
from extractor.draft.rules.vocabulary import words
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.model import DealDraft
    from extractor.draft.rules.scene import Scene
    from extractor.draft.rules.sites import Sites

__all__ = ["draft"]

KIND = "facilities"
"""The record type that labels call a facility's."""


def draft(scene: Scene, sites: Sites, taken: set[str], deals: list[DealDraft]) -> list[FacilityDraft]:
    """The facilities of a document, in text order; their figures are taken."""
    outside = outsiders(deals)
    chronicle = Chronicle()
    for line in scene.lines:
        labelled = (f for f in line.figures if (label := scene.labels.get(f.figure)) and label.record == KIND)
        if not line.headline and any(sites.of(line, f.start, f.end) is None for f in labelled):
            sites.adopt(line)
    in_order = sorted(sites.all, key=lambda site: site.lines[0].start if site.lines else 0)
    drafts = (_facility(Subject(scene, sites, site, chronicle), taken, outside) for site in in_order)
    return [made for made in drafts if made is not None]


def _facility(subject: Subject, taken: set[str], outside: set[str]) -> FacilityDraft | None:
    """One facility, or None where the text says nothing of it but its name."""
    site, lines = subject.site, subject.lines
    if site.head in words("facilities.heads.others"):
        return None
    figures = Figures(subject)
    for line in lines:
        figures.read(line, taken)
    events, state = milestones(subject, figures.own), status(subject, figures.capacities.all)
    if not (figures.has_any() or events or ((site.named or figures.metrics) and state)):
        return None
    if PARKS.search(site.name or "") and not (figures.investment or figures.land_area or events):
        return None
    made = products(subject, figures.capacities)
    segment = step(subject, figures.capacities, made)
    made = sold(made, segment)
    return FacilityDraft(
        name=site.name if site.name != site.head else None,
        operator=operator(subject, outside),
        place=place(subject),
        segment=segment,
        products=made,
        status=state,
        # a plant with one product has its capacity of that
        capacities=figures.capacities.finished(state, made),
        investment=figures.investment,
        land_area=figures.land_area,
        lines=figures.lines,
        milestones=events,
        metrics=figures.metrics,
        evidence=[Span(start=line.start, end=line.end) for line in lines],
    )
