r"""Mark: the text that a language model sees, with the id of every figure and time written beside it.

>>> unmark("a total investment of [f2: 5.2 billion yuan]")
'a total investment of 5.2 billion yuan'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.ledger import Reading

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
    text, ledger = reading.document.text[:end], reading.ledger
    passages = sorted(
        [
            *((span.start, span.end, "") for span in reading.furniture),
            *((figure.start, figure.end, figure.figure) for figure in ledger.figures),
            *((time.start, time.end, time.time) for time in ledger.times),
        ]
    )
    pieces, ids, position = [], [], start
    for first, last, name in passages:
        if first < position or last > len(text):
            continue
        pieces.append(_LOOKS_MARKED.sub(r"\\[", text[position:first]))
        if name:
            pieces.append(f"[{name}: {text[first:last]}]")
            ids.append(name)
        position = last
    pieces.append(_LOOKS_MARKED.sub(r"\\[", text[position:]))
    return Marked("".join(pieces), tuple(ids))


def unmark(words: str) -> str:
    """Give words copied from a marked text as the document has them."""
    return _MARK.sub(r"\1", words).replace("\\[", "[")
