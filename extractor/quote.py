"""Quote: where words that were copied from a text stand in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.folding import folded
from schemas import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME = {c: f"[{re.escape(same)}]" for same in ("'’‘`", '"“”„', "-–—‑") for c in same}

_BEGIN = re.compile("[A-Za-z0-9]+")


def find_words(words: str, text: str) -> list[Span]:
    """Where words stand in a text, whatever its line breaks, capitals, quotation marks and dashes."""
    return [Span(start=found.start(), end=found.end()) for found in _found(words, text)]


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text; the first place is enough."""
    return next(_found(words, text), None) is not None


def _found(words: str, text: str) -> Iterator[re.Match[str]]:
    """The matches of words in a text, tried only where they begin: a text has far more places than those."""
    pattern = _pattern(words)
    begins, plain = _BEGIN.match(words.lstrip()), folded(text)
    if pattern is None:
        return
    if begins is None or plain is None:
        yield from pattern.finditer(text)
        return
    begin, at = begins[0].lower(), 0
    while (at := plain.find(begin, at)) >= 0:
        found = pattern.match(text, at)
        if found:
            yield found
        at = found.end() if found else at + 1


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str] | None:
    parts = words.split()
    if not parts:
        return None
    spelled = r"\s+".join("".join(_SAME.get(c, re.escape(c)) for c in part) for part in parts)
    # whole words, but for the plural of the last one; scripts without spaces have no such borders
    before = r"(?<![^\W_])" if _latin(parts[0][0]) else ""
    after = r"(?=(?:e?s)?(?![^\W_]))" if _latin(parts[-1][-1]) else ""
    return re.compile(before + spelled + after, re.IGNORECASE)


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u0250"
