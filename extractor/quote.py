"""Quote: where words that were copied from a text stand in it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from schemas import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# what one character is written as: quotation marks, dashes, and letters of which the other case is odd
_SAME = [(c, same[0]) for same in ("'’‘`", '"“”„', "-–—‑", "iİı", "sſ") for c in same[1:]]


def find_words(words: str, text: str) -> list[Span]:
    """Where words stand in a text, whatever its line breaks, capitals, quotation marks and dashes."""
    return [Span(start=start, end=end) for start, end in _found(words, text)]


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text; the first place is enough."""
    return next(_found(words, text), None) is not None


def _found(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Places of whole words, the last one perhaps in the plural; scripts without spaces have no borders."""
    first, *others = _levelled(words).split() or [""]
    if not first:
        return
    inside, at = _levelled(text), 0
    opens, closes = _latin(first[0]), _latin((others or [first])[-1][-1])
    while (at := inside.find(first, at)) >= 0:
        end = _end(inside, at + len(first), others)
        if end < 0 or (opens and inside[at - 1 : at].isalnum()) or (closes and not _closes(inside, end)):
            at += 1
        else:
            yield at, end
            at = end


def _end(text: str, at: int, words: Sequence[str]) -> int:
    """Where words end that stand from a place on, with space before each; -1 where they do not."""
    for word in words:
        begin = at
        while text[at : at + 1].isspace():
            at += 1
        if at == begin or not text.startswith(word, at):
            return -1
        at += len(word)
    return at


def _closes(text: str, end: int) -> bool:
    """Whether a word ends at a place, or only the ending of its plural follows."""
    for ending in ("", "s", "es"):
        after = end + len(ending)
        if text.startswith(ending, end) and not text[after : after + 1].isalnum():
            return True
    return False


@lru_cache(maxsize=64)
def _levelled(text: str) -> str:
    """A text in lower case with one character for those that mean the same; no offset changes."""
    for character, same in _SAME:
        text = text.replace(character, same)
    return text.lower()


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u0250"
