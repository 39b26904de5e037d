"""Lead: what a text says of its only facility before it names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.places import is_adjective, is_nation, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.site import Site

_INVESTED = re.compile(r"(?i)\binvest(?:s|ed|ing|ments?)?\b")
_WORD = re.compile(r"U\.S\.|U\.K\.|[A-Z]\w+")


def invested_before(scene: Scene, site: Site) -> Iterator[Line]:
    """The sentences before the first about a facility that tell of money invested in one country."""
    for line in scene.lines[: site.lines[0].index]:
        invested = _INVESTED.search(line.text) and any(figure.kind == "money" for figure in line.figures)
        if invested and not line.headline and len(_nations(line)) <= 1:
            yield line


def _nations(line: Line) -> set[str | None]:
    """The countries that a sentence names: "invests in the U.S. and Japan" is for several plants."""
    words = (word for word in _WORD.findall(line.text) if is_nation(word) and not is_adjective(word))
    return {known(word) for word in words}
