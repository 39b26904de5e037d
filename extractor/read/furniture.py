"""Page furniture: cookie notices, menus, contact lines, related news and company boilerplate."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from extractor.folding import folded
from extractor.ledger import Furniture
from extractor.read.units import load

_Pattern: TypeAlias = tuple[str, tuple[str, ...], re.Pattern[str]]
"""The reason, the words of which a line must have one, where there are any, and the pattern."""

_LINE = re.compile(r"[^\n]+")
_LONG = 160  # characters; a related-news headline is shorter


@cache
def _patterns() -> dict[str, list[_Pattern]]:
    data = load("furniture.toml")
    return {
        kind: [(row["reason"], tuple(row.get("words", ())), re.compile(row["pattern"])) for row in data[kind]]
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


def _reason(patterns: list[_Pattern], line: str) -> str | None:
    plain = folded(line)
    for reason, words, pattern in patterns:
        may_match = not words or plain is None or any(word in plain for word in words)
        if may_match and pattern.match(line):
            return reason
    return None
