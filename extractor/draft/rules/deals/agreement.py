"""Agreement: a deal while one sentence after the other adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.draft.model import MetricDraft, VolumeDraft
    from extractor.draft.rules.scene import Line

OTHER_SIDE = {"buyer": "seller", "seller": "buyer"}
"""The two sides of a trade."""


@dataclass(slots=True, eq=False)
class Agreement:
    """A deal as far as the sentences read so far tell it."""

    kind: str
    line: Line
    """The sentence that opened it."""
    parties: dict[str, str] = field(default_factory=dict)
    """Full name of a party → its role."""
    told: set[str] = field(default_factory=set)
    """Those of them whose role words tell, and not their place in a sentence alone."""
    unnamed: bool = False
    """Whether its counterpart is told of without a name."""
    goods: str | None = None
    """The product that it is about."""
    paper: str | None = None
    """What it is called: "Series C", "equipment loan", "shares in Nordpack"."""
    told_sum: str | None = None
    """Of the money in the sentence that opened it, what words say is lent, given or raised."""
    value: str | None = None
    unit_price: str | None = None
    volumes: list[VolumeDraft] = field(default_factory=list)
    amounts: set[tuple[object, str]] = field(default_factory=set)
    """The volumes told without a time, to know one that is only told again."""
    metrics: list[MetricDraft] = field(default_factory=list)
    signed: str | None = None
    term: str | None = None
    lines: list[Line] = field(default_factory=list)
    """The sentences that tell of it."""

    @property
    def section(self) -> int:
        """The section that it stands in; a date may part the title that opened it from its text."""
        return self.lines[0].section if self.lines else self.line.section

    @property
    def subject(self) -> str | None:
        """What it is about: goods, where it is not about money or a company."""
        named: tuple[str | None, ...] = (self.goods, self.paper)
        if self.kind == "funding":
            named = (self.paper, self.goods)
        elif self.kind == "acquisition":
            named = (self.paper, *(name for name, role in self.parties.items() if role == "target"))
        return next((words for words in named if words), None)

    def join(self, more: Agreement) -> None:
        """Take over what a further sentence about the same deal says of its parties and its day."""
        for name, role in more.parties.items():
            if more.kind == self.kind and name in more.told:
                self.turn(name, role)
        for name, role in more.parties.items():
            surer = more.kind == self.kind and name in more.told and name not in self.told
            if surer or name not in self.parties:
                self.parties[name] = role
        self.told |= more.told
        self.signed = self.signed or more.signed
        self.goods = self.goods or more.goods

    def turn(self, party: str, role: str) -> None:
        """Take a party's role from words, and change the sides where only the order of names told them.

        "A signed a supply contract with B. B will deliver from May": B is the seller, and A no longer.
        """
        other = OTHER_SIDE.get(role)
        if self.told or other is None or party not in self.parties:
            return
        if self.parties[party] == other:
            self.parties = {name: OTHER_SIDE.get(part, part) for name, part in self.parties.items()}
        self.told = {party}

    def agrees(self, other: Agreement) -> bool:
        """Whether two tellings name a party in common and none that contradicts."""
        mine, theirs = self.parties.keys(), other.parties.keys()
        return bool(mine & theirs) and (mine <= theirs or theirs <= mine)

    def figures(self) -> set[str]:
        """The ids of all its figures."""
        single = {figure for figure in (self.value, self.unit_price) if figure is not None}
        return single | {v.figure for v in self.volumes} | {m.figure for m in self.metrics}

    def tells_enough(self) -> bool:
        """Whether it is worth a record: two parties, or one with a value, a price or volumes."""
        terms = self.value or self.volumes or self.unit_price
        return len(self.parties) > 1 or bool(self.parties and terms)
