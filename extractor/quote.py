"""Quote: where words that were copied from a text stand in it."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas import Span

_SAME = {c: f"[{re.escape(same)}]" for same in ("'’‘`", '"“”„', "-–—‑") for c in same}


def find_words(words: str, text: str) -> list[Span]:
    """Where words stand in a text, whatever its line breaks, capitals, quotation marks and dashes."""
    pattern = _pattern(words)
    return [Span(start=m.start(), end=m.end()) for m in pattern.finditer(text)] if pattern else []


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text; the first place is enough."""
    pattern = _pattern(words)
    return pattern is not None and pattern.search(text) is not None


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
