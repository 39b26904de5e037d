"""Products: what a facility makes, and which step of the value chain that is."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from extractor.draft.rules.nouns import goods, product, segment
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.facilities.capacities import Capacities
    from extractor.draft.rules.facilities.subject import Subject
    from extractor.draft.rules.scene import Line

_MOST = 4
"""Products of one facility."""
_REACH = 90
"""Characters behind a verb of making in which its product stands."""
_BESIDE = 4
"""Characters between a power and its energy: "300MW/1,200MWh", "99 MW (198 MWh)"."""
_LONGEST = 6
"""Words of a product with what stands before it."""
_MAKES = Pattern(r"{facilities.verbs.make}")
_USED_UP = Pattern(r"{facilities.roles.used_up}")
"""Words of what a recycler takes in, and does not make."""
_ENOUGH = Pattern(r"{facilities.roles.equivalents}[^.;:]{0,40}$")
"""Before a verb of what an output is good for: "enough to make batteries for 900 buses"."""
_NEEDED = Pattern(r"{facilities.roles.needed_for} (?:the )?$")
"""Before a verb of what goods are needed for: "foil is a key component for the production of batteries"."""
_TAKEN_IN = Pattern(r"{facilities.verbs.take_in}$")
_TURNED_INTO = Pattern(r"\b(?i:to|and) {facilities.verbs.make}|\b(?i:into)\b")
"""Behind what is taken in: "refines ore into hydroxide", "processes ore to produce hydroxide"."""
_IS_USE = Pattern(r"\b(?:for|used (?:in|for|to)|that go into)\b|{facilities.roles.equivalents}")
"""Between goods and what they are used in: "films for lithium-ion batteries", "enough for 900 buses"."""
_RECYCLES = re.compile(r"(?i)recycling")
_FOR = Pattern(r" (?:is |are )?(?:dedicated to|designed |intended )?for (?:the )?")


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


def sold(found: list[str], segment: str | None) -> list[str]:
    """Of what stands beside words of making, what is made: no store's batteries, no recycler's scrap."""
    return [] if segment == "energy_storage" else [made for made in found if not _USED_UP.search(made)]


def step(subject: Subject, capacities: Capacities, made: list[str]) -> str | None:
    """The segment: by the words of its mentions, then its products, its sentences and at last the text's.

    What has an energy beside its power, "99 MW (198 MWh)", stores energy, whatever its cells are made of.
    """
    if subject.site.head in words("facilities.heads.wares"):
        return "energy_storage"  # "a 219MW battery"
    text = subject.scene.text
    told = (
        [text[mention.start : mention.end] for _, mention in subject.site.mentions],
        made,
        [line.text for line in subject.lines],
    )
    stores = {"power", "energy"} <= {figure.kind for figure in capacities.figures()}
    paired = any(
        {one.kind, other.kind} == {"power", "energy"} and other.start - one.end <= _BESIDE
        for one, other in pairwise(sorted(capacities.figures(), key=lambda figure: figure.start))
    )
    for passages in told:
        if passages is made and not paired and any(_USED_UP.search(product) for product in made):
            return "recycling"
        found = segment(" ; ".join(passages), uses=False)
        if found is not None or paired:
            return "energy_storage" if paired or (found == "cell" and stores) else found
    heading = subject.scene.headings[subject.site.section]
    opening = [line.text for line in subject.scene.lines[:3]]
    around = " ; ".join([heading.text if heading else "", *opening])
    return segment(around, uses=False) or segment(" ; ".join([*told[2], around]))


def _in_names(subject: Subject) -> Iterator[str]:
    """The "anode" of "the Emden anode factory"; a storage project's name has no product in it."""
    text = subject.scene.text
    for _, mention in subject.site.mentions:
        phrase = product(text, mention.start, mention.end) or ""
        tokens = phrase.split()
        while tokens and tokens[0].lower() in mention.proper | words("facilities.heads.say_nothing"):
            tokens = tokens[1:]
        made = " ".join(tokens)
        if (
            made
            and "energy_storage" not in {segment(made), segment(phrase)}
            and not made.endswith(("assembly", "recycling"))
        ):
            yield made


def _made(subject: Subject) -> Iterator[str]:
    """What stands behind a verb of making, or behind the facility and "for"."""
    text = subject.scene.text
    for line in subject.lines:
        ends = [hit.end() for hit in _MAKES.finditer(text, line.start, line.end) if _is_making(line, hit)]
        mentions = (
            m
            for m in subject.sites.in_line(line)
            if m.site is subject.site and not _RECYCLES.search(text, m.start, m.end)
        )
        behind = (_FOR.match(text, mentioned.end, line.end) for mentioned in mentions)
        ends += [hit.end() for hit in behind if hit]
        for end in sorted(ends):
            stop = min(line.end, end + _REACH)
            found = product(text, end, stop)
            if found is None or _IS_USE.search(text, end, text.index(found, end)):
                continue
            first = next((f.end for f in line.figures if f.start == end + 1), end)  # "makes 2 GWh of cells"
            named = goods(text[first:stop].lstrip().removeprefix("of "))
            # "bus and truck packs" says more than "truck packs"
            yield named if named and named.endswith(found) and len(named.split()) <= _LONGEST else found


def _is_making(line: Line, hit: re.Match[str]) -> bool:
    """Whether a verb of making tells what a facility makes, and not what it takes in or is good for."""
    before = line.between(line.start, hit.start())
    if _ENOUGH.search(before) or _NEEDED.search(before):
        return False
    taken_in = _TAKEN_IN.search(hit[0]) is not None
    return not (taken_in and _TURNED_INTO.search(line.after(hit.end(), _REACH)))
