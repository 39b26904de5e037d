"""Second opinion: where two drafts of one reading say different things of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.draft.validate import draft_places, faults, valid_part
from schemas import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.model import Draft
    from extractor.ledger import Reading

RULE = "second_opinion"

_RECORD = {"facilities": "facility", "deals": "deal", "forecasts": "forecast"}


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What a draft says of its figures."""

    slots: dict[str, dict[str, str]]
    """By figure, its slots in words, by the record that they stand in."""
    figures: dict[str, frozenset[str]]
    """By record, its figures."""

    @classmethod
    def of(cls, draft: Draft, reading: Reading) -> _Opinion:
        slots: dict[str, dict[str, str]] = {}
        figures: dict[str, set[str]] = {}
        for path, figure in draft_places(valid_part(draft, faults(draft, reading))):
            record = f"{path[0]}[{path[1]}]"
            slots.setdefault(figure, {})[record] = _words(path)
            figures.setdefault(record, set()).add(figure)
        return cls(slots, {record: frozenset(members) for record, members in figures.items()})


def disagreements(
    draft: Draft, other: Draft, reading: Reading, *, names: tuple[str, str]
) -> Iterator[Problem]:
    """Tell of each figure that both drafts use, and use differently; `names` say whose drafts they are.

    A figure that only one of them uses is none: that is a matter of coverage.
    """
    mine, theirs = _Opinion.of(draft, reading), _Opinion.of(other, reading)
    for figure in reading.ledger.figures:
        here, there = mine.slots.get(figure.figure), theirs.slots.get(figure.figure)
        if not here or not there:
            continue
        shown = f'{figure.figure} "{figure.text}"'
        if not set(here.values()) & set(there.values()):
            what = f"{shown} is {_listed(here)} for {names[0]}, but {_listed(there)} for {names[1]}."
        elif _is_of_another(figure.figure, mine, theirs):
            what = f"{shown} is {_listed(here)} for {names[0]} and {names[1]}, but not of the same one."
        else:
            continue
        yield Problem(
            rule=RULE, verdict="underdetermined", severity="warning", message=what, figures=[figure.figure]
        )


def _is_of_another(figure: str, mine: _Opinion, theirs: _Opinion) -> bool:
    """Whether the figure's neighbours in one draft stand together in the other, but without it."""
    for here in mine.slots[figure]:
        kind, neighbours = here.partition("[")[0], mine.figures[here] - {figure}
        with_it = {record for record in theirs.slots[figure] if theirs.figures[record] & neighbours}
        without = any(
            record.startswith(kind) and members & neighbours and figure not in members
            for record, members in theirs.figures.items()
        )
        if neighbours and without and not with_it:
            return True
    return False


def _words(path: tuple[str | int, ...]) -> str:
    """Put ("facilities", 0, "capacities", 1, "figure") as "a capacity of a facility"."""
    names = [part for part in path[2:] if isinstance(part, str)]
    owner = f"of a {_RECORD[str(path[0])]}"
    if names == ["figure"]:
        return f"the amount {owner}"
    slot = names[0].replace("_", " ")
    if len(names) == 1:
        return f"the {slot} {owner}"
    return f"a {slot[:-3] + 'y' if slot.endswith('ies') else slot.removesuffix('s')} {owner}"


def _listed(slots: dict[str, str]) -> str:
    return " and ".join(dict.fromkeys(slots.values()))
