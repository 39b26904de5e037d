r"""Mark: the text that a language model sees, with the id of every figure and time written beside it.

>>> unmark("a total investment of [f2: 5.2 billion yuan]")
'a total investment of 5.2 billion yuan'
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ledger import Furniture, Reading
    from schemas import Quantity, When

Passage = TypeVar("Passage", bound="Furniture | Quantity | When")

_LOOKS_MARKED = re.compile(r"\[(?=[ft]\d+:)")
_MARK = re.compile(r"(?<!\\)\[[ft]\d+: ([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text, and the ids that stand in it, in text order."""

    text: str
    ids: tuple[str, ...]


def mark(reading: Reading, start: int = 0, end: int | None = None) -> Marked:
    r"""Write "[f2: 5.2 billion yuan]" for every figure and "[t1: H1 of next year]" for every time.

    Of the text from `start` to `end`, which cut no figure, time or furniture in two. Furniture is left out.
    What looks like a mark already gets a backslash: "\[f2: ". Of two passages that overlap, only the first
    is marked.
    """
    text, ledger = reading.document.text, reading.ledger
    end = len(text) if end is None else end
    passages = sorted(
        [
            *((span.start, span.end, "") for span in within(reading.furniture, start, end)),
            *((figure.start, figure.end, figure.figure) for figure in within(ledger.figures, start, end)),
            *((time.start, time.end, time.time) for time in within(ledger.times, start, end)),
        ]
    )
    pieces, ids, position = [], [], start
    for first, last, name in passages:
        if first < position or last > end:
            continue
        pieces.append(escape(text[position:first]))
        if name:
            pieces.append(f"[{name}: {text[first:last]}]")
            ids.append(name)
        position = last
    pieces.append(escape(text[position:end]))
    return Marked("".join(pieces), tuple(ids))


def within(passages: Sequence[Passage], start: int, end: int) -> Sequence[Passage]:
    """Those that begin in the text from `start` to `end`, of passages in text order."""
    first = bisect_left(passages, start, key=lambda passage: passage.start)
    return passages[first : bisect_left(passages, end, lo=first, key=lambda passage: passage.start)]


def escape(text: str) -> str:
    r"""Put a backslash before what looks like a mark and is none: "\[f2: "."""
    return _LOOKS_MARKED.sub(r"\\[", text) if "[" in text else text


def unmark(words: str) -> str:
    """Give words copied from a marked text as the document has them."""
    return _MARK.sub(r"\1", words).replace("\\[", "[") if "[" in words else words
