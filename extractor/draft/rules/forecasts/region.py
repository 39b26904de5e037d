"""Region: the market, country or place that an amount is of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.places import is_country, is_region

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line

_REACH = 120
"""Characters between the metric word and its region."""
_WORDS = re.compile(r"(?<![\w-])(?:(?:[A-Z][\w.-]+ )?[A-Z][\w.-]*|[a-z][a-z-]+)(?!\$)\b")


def region(line: Line, at: int) -> str | None:
    """The name of a market or country nearest to a place in a sentence: "global", "China's", "in Europe"."""
    near = [(abs(line.start + start - at), name) for start, name in _named(line.text)]
    distance, name = min(near, default=(_REACH, ""))
    return name if distance < _REACH else None


@lru_cache(maxsize=64)
def _named(sentence: str) -> tuple[tuple[int, str], ...]:
    """The markets and countries that a sentence names, with their offsets, for all of its figures."""
    found = []
    for hit in _WORDS.finditer(sentence):
        words = hit[0].split()
        bare = next((bare for word in (hit[0], words[-1], words[0]) if (bare := _region(word))), None)
        if bare is not None:
            found.append((hit.start(), bare))
    return tuple(found)


def _region(word: str) -> str | None:
    """The word where it is a region's, without a full stop that ends the sentence."""
    bare = word if word.startswith("U.") else word.removesuffix(".")
    is_name = bare[0].isupper() and len(bare) > 1 and is_country(bare)
    return bare if is_name or is_region(bare) else None
