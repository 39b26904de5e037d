"""People: which names are a person's, in full or by the surname alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern, words
from extractor.places import known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from extractor.draft.rules.runs import Run

_BEHIND = 40
"""Characters behind a name that tell that it is a person's."""
_BEFORE = 30
"""Characters before it that do."""
_LONGEST = 4
"""Words of a person's name."""
_TITLE_BEHIND = Pattern(r",? {names.people.titles}")
_TITLE_BEFORE = Pattern(r"{names.people.words_before} $")
_SPEAKS_BEHIND = Pattern(r",? (?:also |later )?{names.people.speech}")
_SPEAKS_BEFORE = Pattern(r"[,”\"] {names.people.speech} $")


class People:
    """The people whom a text names."""

    def __init__(self, text: str, runs: Sequence[Run], companies: Collection[str]) -> None:
        """Of its runs of capitals those that are people's, and none of `companies`."""
        self._text = text
        self._names = frozenset(self._find(runs, companies))

    def __contains__(self, name: str) -> bool:
        """Whether a name is a person's, in full or by the surname: "Van Dorn"."""
        *before, last = name.split()
        if name in self._names:
            return True
        particles = all(word.lower() in words("names.people.particles") for word in before)
        return last in self._names and len(before) <= 1 and particles

    def _find(self, runs: Sequence[Run], companies: Collection[str]) -> Iterator[str]:
        """People's names and the last words of them.

        A person is known by the words around the name, or as one who speaks and goes by the last word alone:
        "Anna Berg … Berg told". A company goes by its first.
        """
        alone = {self._text[run.start : run.end] for run in runs}
        speaking = {self._text[run.start : run.end] for run in runs if self._speaks(run)}
        for run in runs:
            name = self._text[run.start : run.end]
            first, *rest = name.split()
            if not 0 < len(rest) < _LONGEST or name in companies or known(first):
                continue
            titled = self._is_titled(run)
            if titled and first in speaking and rest[-1] not in alone:
                yield from (name, first)  # "Moon Jae-in", where the family's name comes first
            elif titled or (rest[-1] in speaking and first not in alone):
                yield from (name, rest[-1])

    def _is_titled(self, run: Run) -> bool:
        """Whether a person's title stands beside a name: "Anna Bergstrom, head of sales"."""
        return self._is_beside(run, _TITLE_BEHIND, _TITLE_BEFORE)

    def _speaks(self, run: Run) -> bool:
        """Whether a name's bearer says something there: "Berg told"."""
        return self._is_beside(run, _SPEAKS_BEHIND, _SPEAKS_BEFORE)

    def _is_beside(self, run: Run, behind: Pattern, before: Pattern) -> bool:
        """Whether words stand right behind a name, or others right before it."""
        follows = behind.match(self._text, run.end, run.end + _BEHIND)
        return follows is not None or bool(before.search(self._text[max(0, run.start - _BEFORE) : run.start]))
