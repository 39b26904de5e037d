"""Totals whose parts stand apart: phases numbered from one, and so many things told one by one."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks import sums
from extractor.checks.sums import NEAR, Whole
from extractor.checks.vocabulary import pattern
from extractor.checks.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Quantity

_AHEAD = 5  # sentences from a total on to parts that stand one by one


def wholes(case: Case) -> Iterator[Whole]:
    """Totals with the phases or things that make them up, or should."""
    yield from _phased(case)
    yield from _one_by_one(case)


def _phased(case: Case) -> Iterator[Whole]:
    """Phases numbered from one, and their total in the same paragraph."""
    for paragraph in case.paragraphs.values():
        text = " ".join(sentence.text for sentence in paragraph)
        named = sums.phases_in(text)
        if len(named) < 2 or named != set(range(1, len(named) + 1)):  # noqa: PLR2004  two phases
            continue
        windows = [Window.of(sentence) for sentence in paragraph if len(sentence.figures) <= sums.MANY]
        where = {figure.figure: window for window in windows for figure in window.figures}
        for group in sums.groups(figure for window in windows for figure in window.figures):
            phases: dict[int | None, list[Quantity]] = defaultdict(list)
            for figure in group:
                phases[_phase(where[figure.figure], figure)].append(figure)
            others = phases.pop(None, [])
            single = all(len({f.base_value for f in same}) == 1 for same in phases.values())
            if set(phases) == named and single:
                parts = tuple(phases[number][0] for number in sorted(named))
                yield from _of_phases(where, parts, others, text)


def _of_phases(
    where: dict[str, Window], parts: tuple[Quantity, ...], others: list[Quantity], text: str
) -> Iterator[Whole]:
    """The total that phases add up to, or the one that is called so where they do not."""
    told = [Whole(total, parts) for total in others]
    found = [whole for whole in told if whole.adds_up]
    called = [whole for whole in told if _is_called_total(where[whole.total.figure], whole.total)]
    yield from found[:1]
    for whole in called[:1] if not found and not sums.uncountable(parts) else ():
        if whole.exceeds or sums.counted(text, whole):
            yield whole


def _is_called_total(window: Window, figure: Quantity) -> bool:
    words = f"{window.before(figure, NEAR)} … {window.after(figure, NEAR)}"
    return pattern("parts.total").search(words) is not None


def _phase(window: Window, figure: Quantity) -> int | None:
    """The phase of an amount: the one named right behind it ("2 billion in phase 1") or last before it."""
    behind = sums.PHASE.search(window.after(figure, 30))
    if behind and not re.search(r"[,;.⟦]|\band\b", window.after(figure, 30)[: behind.start()]):
        return sums.number_of(behind)
    if pattern("parts.total").search(window.before(figure, NEAR)):
        return None
    before = list(sums.PHASE.finditer(window.head(figure)))
    return sums.number_of(before[-1]) if before else None


def _one_by_one(case: Case) -> Iterator[Whole]:
    """A total of so many things, and one of them in each of the next sentences or paragraphs."""
    for at, sentence in enumerate(case.sentences):
        amounts = [f for f in sums.summable(sentence.figures) if f.kind != "count"][: sums.FEW]
        for things, number in sums.things(sentence.text) if amounts else ():
            for total in [f for f in amounts if _of_things(case, f, things)]:
                parts, labels = _single(case.sentences[at + 1 : at + 1 + _AHEAD], total)
                wholes = [Whole(total, some) for some in combinations(parts, number)]
                exact = [whole for whole in wholes if whole.exact]
                staged = labels[:number] == list(range(1, number + 1))
                yield from exact[:1] or (wholes[:1] if staged else [])


def _of_things(case: Case, total: Quantity, things: str) -> bool:
    """Whether a number of things stands before a total, or right behind it: "15 GWh in two projects"."""
    behind = case.text[total.end : total.end + NEAR].partition(things)
    ahead = things in case.words_before(total, 2 * NEAR)
    return ahead or (bool(behind[1]) and not re.search("[,;]", behind[0]))


def _single(sentences: Iterable[Sentence], total: Quantity) -> tuple[list[Quantity], list[int | None]]:
    """The amounts that are alone with a total's unit in their sentences, with the stages named there."""
    parts: list[Quantity] = []
    labels: list[int | None] = []
    for sentence in sentences:
        amounts = [f for f in sums.summable(sentence.figures) if f.base_unit == total.base_unit]
        if len(amounts) == 1 and amounts[0].base_value < total.base_value:
            named = sums.phases_in(sentence.text)
            parts.append(amounts[0])
            labels.append(named.pop() if len(named) == 1 else None)
    return parts, labels
