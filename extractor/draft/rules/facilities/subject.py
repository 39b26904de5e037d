"""Subject: one facility with the document that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.draft.rules.facilities.events import Chronicle
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.site import Site
    from extractor.draft.rules.sites import Sites


@dataclass(frozen=True, slots=True)
class Subject:
    """One facility with the document that tells of it."""

    scene: Scene
    sites: Sites
    site: Site
    chronicle: Chronicle

    @property
    def lines(self) -> list[Line]:
        """The sentences that speak of it."""
        return [line for line in self.site.lines if not line.headline]

    def has(self, line: Line, start: int, end: int) -> bool:
        """Whether something at a place in a line belongs to it."""
        return self.sites.of(line, start, end) is self.site

    def is_mentioned_around(self, line: Line, start: int, end: int) -> bool:
        """Whether something stands inside a mention of it: the figure of "the 20-GWh plant"."""
        return self.sites.around(line, start, end) is self.site

    def is_mentioned_in(self, line: Line) -> bool:
        """Whether a line names it, or calls it "the plant"."""
        return any(mentioned.site is self.site for mentioned in self.sites.in_line(line))
