"""Page furniture: cookie notices, menus, contact lines, related news and company boilerplate."""

from __future__ import annotations

import re
from functools import cache

from extractor.ledger import Furniture
from extractor.read.units import load

_LINE = re.compile(r"[^\n]+")
_LONG = 160  # characters; a related-news headline is shorter


@cache
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    data = load("furniture.toml")
    return {
        kind: [(row["reason"], re.compile(row["pattern"])) for row in data[kind]]
        for kind in ("line", "tail", "about")
    }


def furniture(text: str) -> tuple[Furniture, ...]:
    """The lines of a text that are no press text, each with the reason, in order."""
    patterns = _patterns()
    out: list[Furniture] = []
    tail = about = None
    for line in _LINE.finditer(text):
        words = line[0].strip(" \t•*#-")
        if not words:
            continue
        if about and len(words) < _LONG and not words.endswith((".", "!", "?", "”", '"')):
            about = None  # the next heading ends a company's boilerplate
        if tail and len(words) >= _LONG:
            tail = None
        about = _reason(patterns["about"], words) or about
        tail = _reason(patterns["tail"], words) or tail
        reason = _reason(patterns["line"], words) or tail or about
        if reason is not None:
            out.append(Furniture(line.start(), line.end(), reason))
    return tuple(out)


def _reason(patterns: list[tuple[str, re.Pattern[str]]], words: str) -> str | None:
    return next((reason for reason, pattern in patterns if pattern.match(words)), None)
