"""Folding: a text in lower case whose offsets are those of the text."""

from __future__ import annotations

import re
from functools import lru_cache

# letters that a pattern in any case takes for an i or an s although their lower case is another
_ODD = re.compile("[ıİſ]")


@lru_cache(maxsize=64)
def folded(text: str) -> str | None:
    """A text in lower case, letter for letter; None where it has letters that only patterns take as equal.

    A pattern of plain letters that matches the text in any case matches this as it is.
    """
    return None if not text.isascii() and _ODD.search(text) else text.lower()
