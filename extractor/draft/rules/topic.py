"""Topic: whether a sentence without a facility goes on about the one at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules import groups
from extractor.draft.rules.companies import is_financier, is_observer
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import is_country

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.site import Site


_SEVERAL = Pattern(
    r"(?:Several|Many|Other|Some|Most|Numerous|Various|Rival)(?: [\w()-]+){0,6}? {names.companies.several}"
)
"""Others of the trade: "Several Chinese battery makers have plants there"."""
_INTRODUCTION = re.compile(r"[A-Z][a-z]+(?: [a-z\d][\w-]*){1,6}, ")


def opens_with_another(scene: Scene, line: Line, site: Site) -> bool:
    """Whether a sentence opens with somebody or something that the facility's have not named."""
    if any(figure.start == line.start and groups.is_several(figure) for figure in line.figures):
        return not site.group
    if _SEVERAL.match(line.text):
        return True
    if line.headline or not line.names:
        return False
    opening = _INTRODUCTION.match(line.text)
    if line.names[0].start - line.start > len("The "):
        # "In the past year, Ohio has …" tells of Ohio
        lead = line.names[0].start - line.start == (opening.end() if opening else -1)
        return lead and line.names[0].sort == "place" and is_country(line.names[0].text)
    name = line.names[0]
    if name.sort == "place" and is_country(name.text):
        return True
    lone = name.sort == "other" and " " not in name.text  # any word opens a sentence with a capital
    if lone or name.sort == "person":
        return False
    subjects = ((n, told) for told in site.lines for n in told.names if n.sort in {"company", "other"})
    theirs = [n.text for n, told in subjects if n.sort == "company" or n.start == told.start]
    if name.sort == "company" and all(is_financier(their) or is_observer(their) for their in theirs):
        return False  # whoever builds it has not been named yet
    first = scene.names.full(name.text).split()[0]
    return not any(first in told.text for told in (*site.lines, *scene.headlines))
