"""Site: one facility of a text, with what its mentions have told of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.draft.rules.mentions import Mention, Size
    from extractor.draft.rules.scene import Line


@dataclass(slots=True, eq=False)
class Site:
    """One facility: its mentions, and the lines that speak of it."""

    name: str | None
    head: str
    """The word of kind that it goes by, "plant"; "" where it is known by its name alone."""
    proper: set[str]
    section: int
    named: bool = False
    """Whether the name is a proper one."""
    heading: bool = False
    """Whether a section's heading is its name."""
    group: bool = False
    """Whether it is several facilities that the text tells of together."""
    owner: str | None = None
    holders: set[str] = field(default_factory=set)
    """The companies that its mentions give it to, in full."""
    sizes: set[Size] = field(default_factory=set)
    place: set[str] = field(default_factory=set)
    town: set[str] = field(default_factory=set)
    ranks: set[str] = field(default_factory=set)
    """Which of a company's it is said to be: "second"."""
    countries: set[str] = field(default_factory=set)
    mentions: list[tuple[Line, Mention]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shared: list[Line] = field(default_factory=list)
    """Sentences that speak of several facilities at once."""

    def learn(self, mention: Mention) -> None:
        """Keep what a mention says to tell the facility from others."""
        self.sizes |= mention.sizes
        self.place |= mention.place
        self.town |= mention.town
        self.ranks |= mention.ranks
        self.countries |= mention.countries

    def absorb(self, other: Site) -> None:
        """Take over what is known of another, which turns out to be this one and is told of before it."""
        self.mentions = other.mentions + self.mentions
        self.lines = other.lines + self.lines
        self.shared += other.shared
        self.sizes |= other.sizes
        self.place |= other.place
        self.town |= other.town
        self.ranks |= other.ranks
        self.countries |= other.countries
        self.holders |= other.holders
        self.owner = self.owner or other.owner


class Mentioned(NamedTuple):
    """A facility where a line mentions it."""

    start: int
    end: int
    site: Site
