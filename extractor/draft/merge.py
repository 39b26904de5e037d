"""Merge: several drafts of one text become one; each thing is one record and each figure has one owner.

What an earlier draft says counts more: a later one fills what is empty, adds to lists, and adds records.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.draft.model import Draft, ForecastDraft
from extractor.draft.same import NO, SURE, apart, same, same_company
from extractor.draft.validate import draft_places, faults, valid_part, without_figures
from schemas.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.draft.validate import Path
    from extractor.ledger import Reading

Record = TypeVar("Record", bound=Model)

_UNSAID = {"role": "other"}
"""What stands in a slot of which nothing is known, where that is not None."""


def merged(drafts: Iterable[Draft], reading: Reading) -> Draft:
    """Make one draft of several of a reading, of its parts or of the whole, the most trusted first.

    Two records of one type are one where they share a figure, or by what they are called (`same`). An empty
    slot is filled, lists are united, and where two slots contradict each other the earlier one stays. A
    figure that an earlier draft has put into a record of one type is no other such record's; a later record
    that had figures, and has none left, is none of its own. What is wrong with a draft (`faults`) does not
    come in.
    """
    whole = Draft()
    for draft in drafts:
        valid = valid_part(draft, faults(draft, reading))
        whole = Draft.model_validate(
            {
                kind: _Records(kind, getattr(whole, kind), reading).with_those_of(getattr(valid, kind))
                for kind in Draft.model_fields
            }
        )
    return whole


class _Records:
    """The records of one type of earlier drafts, and who has which figure."""

    def __init__(self, kind: str, records: Sequence[Model], reading: Reading) -> None:
        self._kind = kind
        self._records = list(records)
        self._ledger = reading.ledger
        self._slots: dict[str, set[tuple[int, str]]] = {}
        """Where a figure stands: its record, and the slot or list there."""
        self._owners: dict[str, int] = {}
        """The record of a figure, or of one that restates it."""
        for (_, at, slot, *_), figure in draft_places(Draft.model_validate({kind: self._records})):
            self._slots.setdefault(figure, set()).add((int(at), str(slot)))
            self._owners.setdefault(self._amount(figure), int(at))

    def with_those_of(self, later: Sequence[Model]) -> list[Model]:
        """All records, with those of a later draft, which may be one with earlier ones alone."""
        known, joined = len(self._records), set[int]()
        for record in later:
            at = self._sharing(record)
            if at is None:
                at = self._called_the_same(record, [i for i in range(known) if i not in joined])
            left = self._left_of(record, at)
            if left is None:
                continue
            if at is None:
                self._records.append(left)
            else:
                joined.add(at)
                self._records[at] = _filled(self._records[at], left)
        return self._records

    def _sharing(self, record: Model) -> int | None:
        """The record with most of the figures; not one of another name that has the lesser part of them."""
        figures = self._figures(record)
        owners = Counter(self._owners[self._amount(f)] for f in figures if self._amount(f) in self._owners)
        if not owners:
            return None
        at, shared = min(owners.items(), key=lambda owner: (-owner[1], owner[0]))
        return None if apart(self._records[at], record) and 2 * shared <= len(figures) else at

    def _called_the_same(self, record: Model, among: Sequence[int]) -> int | None:
        likely = {at: same(self._records[at], record, self._ledger) for at in among}
        best = [at for at, how in likely.items() if how == max(likely.values()) != NO]
        return best[0] if best and (len(best) == 1 or likely[best[0]] == SURE) else None

    def _left_of(self, record: Model, at: int | None) -> Model | None:
        """The record without figures that stand elsewhere; None where nothing is left for which it is one.

        `at`: the record that it is one with, in which a figure stays in the slot where it stands already.
        """

        def is_elsewhere(path: Path, figure: str) -> bool:
            is_here = at is not None and (at, str(path[2])) in self._slots.get(figure, ())
            return self._amount(figure) in self._owners and not is_here

        left: list[Model] = getattr(without_figures(self._alone(record), is_elsewhere), self._kind)
        if not left or (at is None and self._figures(record) and not self._figures(left[0])):
            return None
        return left[0] if any(left[0].model_dump().values()) else None

    def _figures(self, record: Model) -> list[str]:
        return [figure for _, figure in draft_places(self._alone(record))]

    def _alone(self, record: Model) -> Draft:
        return Draft.model_validate({self._kind: [record]})

    def _amount(self, figure: str) -> str:
        """The figure, or the one that it restates in brackets."""
        return self._ledger.figure[figure].same_as or figure


def _filled(first: Record, later: Record) -> Record:
    """A record with what another draft says of the same thing where it says nothing."""
    if isinstance(first, ForecastDraft) and _contradicts(first, later):
        return first
    filled: dict[str, Any] = {}
    for name in type(first).model_fields:
        mine, theirs = getattr(first, name), getattr(later, name)
        if name == "evidence":
            # without its own, a record has the passages of all its figures, which are more than the other's
            filled[name] = [*mine, *(span for span in theirs if span not in mine)] if mine and theirs else []
        elif isinstance(mine, list):
            filled[name] = _united(name, mine, theirs)
        elif mine is None or mine == _UNSAID.get(name):
            filled[name] = theirs
    return first.model_copy(update=filled)


def _contradicts(one: Model, other: Model) -> bool:
    pairs = (
        (getattr(one, name), getattr(other, name)) for name in type(one).model_fields if name != "evidence"
    )
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)


def _united(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    united = list(mine)
    for element in theirs:
        at = next((i for i, each in enumerate(mine) if _is_element(name, each, element)), None)
        if at is None:
            united.append(element)
        elif isinstance(element, Model):
            united[at] = _filled(united[at], element)
    return united


def _is_element(name: str, one: Any, other: Any) -> bool:  # noqa: ANN401  words, or a part of a record
    if isinstance(one, str):
        return one.casefold() == str(other).casefold()
    if name == "parties":
        return same_company(one.name, other.name)
    return bool(one == other or (hasattr(one, "figure") and one.figure == other.figure))
