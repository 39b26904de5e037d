"""Products: what a facility makes, and which step of the value chain that is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from extractor.draft.rules.nouns import product, segment
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.facilities.capacities import Capacities
    from extractor.draft.rules.facilities.subject import Subject

_MOST = 4
"""Products of one facility."""
_REACH = 90
"""Characters behind a verb of making in which its product stands."""
_MAKES = Pattern(r"{facilities.verbs.make}")


def products(subject: Subject, capacities: Capacities) -> list[str]:
    """What it makes: named beside a capacity or behind a verb of making, else in its own name."""
    found = [*(c.product for c in capacities.all if c.product), *_made(subject)]
    if not found:
        found = list(islice(_in_names(subject), 1))
    unique: list[str] = []
    for made in found:
        if not any(made.lower() in known.lower() or known.lower() in made.lower() for known in unique):
            unique.append(made)
    return unique[:_MOST]


def step(subject: Subject, capacities: Capacities, made: list[str]) -> str | None:
    """The segment: by the words of its mentions, then its products, its sentences and at last the text's."""
    text = subject.scene.text
    told = (
        [text[mention.start : mention.end] for _, mention in subject.site.mentions],
        made,
        [line.text for line in subject.lines],
    )
    stores = {"power", "energy"} <= {figure.kind for figure in capacities.figures()}
    for passages in told:
        if (found := segment(" ; ".join(passages))) is not None:
            return "energy_storage" if found == "cell" and stores else found
    heading = subject.scene.headings[subject.site.section]
    opening = [line.text for line in subject.scene.lines[:3]]
    return segment(" ; ".join([heading.text if heading else "", *opening]))


def _in_names(subject: Subject) -> Iterator[str]:
    """The "anode" of "the Emden anode factory"; a storage project's name has no product in it."""
    text = subject.scene.text
    for _, mention in subject.site.mentions:
        words = (product(text, mention.start, mention.end) or "").split()
        while words and words[0].lower() in mention.proper:
            words = words[1:]
        made = " ".join(words)
        if made and segment(made) != "energy_storage":
            yield made


def _made(subject: Subject) -> Iterator[str]:
    text = subject.scene.text
    for line in subject.lines:
        for hit in _MAKES.finditer(text, line.start, line.end):
            if made := product(text, hit.end(), min(line.end, hit.end() + _REACH)):
                yield made
