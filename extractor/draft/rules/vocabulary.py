"""The rules' words, from the data files, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def phrases(words: Iterable[str], patterns: Iterable[str] = ()) -> re.Pattern[str]:
    """Any of the words or phrases as whole words, in any case, the longest first; spaces match spaces and hyphens.

    `patterns` are regular expressions, for words with a gap between them.
    """
    ordered = sorted(set(words), key=len, reverse=True)
    joined = "|".join([*(re.escape(w).replace(r"\ ", r"[ \u00a0-]") for w in ordered), *patterns])
    return re.compile(rf"(?<![^\W_])(?i:{joined})(?![^\W_])")


@cache
def load(name: str) -> dict[str, Any]:
    """One of the rules' TOML files."""
    return tomllib.loads(
        (files("extractor.draft.rules") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    )


@dataclass(frozen=True)
class Named:
    """A name for the phrases that it goes by."""

    name: str
    pattern: re.Pattern[str]
    row: dict[str, Any]


@cache
def named(file: str, table: str, key: str = "name") -> tuple[Named, ...]:
    """The rows of an array of tables, each with its phrases compiled."""
    return tuple(
        Named(row[key], phrases(row["words"], row.get("patterns", ())), row) for row in load(file)[table]
    )


@cache
def pattern(file: str, table: str, key: str) -> re.Pattern[str]:
    """The phrases of one list."""
    return phrases(load(file)[table][key])


@cache
def products() -> re.Pattern[str]:
    """Any product word."""
    return phrases(word for words in load("vocabulary")["products"].values() for word in words)


@cache
def _segment_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words that tell the segment, and which they tell."""
    data = load("vocabulary")
    named = {
        word.lower(): name
        for table in ("products", "segments")
        for name, words in data[table].items()
        for word in words
    }
    return phrases(named), named


def segment(text: str) -> str | None:
    """The step of the value chain that the first chain of such words points to, by its last word.

    >>> segment("wet lithium-ion battery separator lines"), segment("lithium iron phosphate cell plant")
    ('separator', 'cell')
    """
    words, names = _segment_words()
    hit = words.search(text)
    if hit is None:
        return None
    while following := words.match(text, hit.end() + 1):
        if text[hit.end()] not in " -":
            break
        hit = following
    return (
        names[re.sub(r"[ \u00a0-]", " ", hit[0].lower())]
        if re.sub(r"[ \u00a0-]", " ", hit[0].lower()) in names
        else names[hit[0].lower()]
    )


_STOP = frozenset(
    ["the", "a", "an", "of", "in", "on", "at", "by", "for", "to", "from", "with", "into", "onto", "and", "or", "but", "as", "is", "are", "was", "were", "be", "been", "will", "would", "can", "could", "may", "might", "must", "that", "which", "who", "its", "their", "his", "our", "this", "these", "those", "each", "every", "said", "has", "have", "had", "than", "via", "per", "such", "also", "make", "makes", "making", "produce", "produces", "producing", "manufacture", "manufactures", "manufacturing", "supply", "supplies", "supplying", "deliver", "delivers", "including", "more", "over", "about", "around", "up", "mainly", "using", "while", "whereas", "where", "recycle", "recycling", "process", "processing", "sell", "world-class", "leading", "high-performance", "advanced", "reported", "posted", "recorded", "logged", "company", "million", "billion", "thousand", "hundred", "lift", "raise", "boost", "expand", "increase", "reach", "bring", "put", "puts", "take", "sees", "push", "double", "triple", "achieve", "drive", "expects", "expect", "hit", "grow", "cut", "halve", "adds", "adding", "largest", "biggest", "purchase", "buy", "between", "against", "under", "it", "they", "he", "she", "we", "all", "both", "other", "further", "additional", "about", "first", "global", "worldwide", "domestic", "overseas", "china's"]
)
_TOKEN = re.compile(r"[^\s,;:()\[\]“”\"]+")


def noun_phrase(text: str, start: int, end: int, floor: int, limit: int = 6) -> tuple[int, int]:
    """The phrase that ends at `end`, widened to the left of `start` over its modifiers, not past `floor`."""
    tokens = list(_TOKEN.finditer(text, max(floor, start - 120), start))
    for token in reversed(tokens[-limit:]):
        gap = text[token.end() : start]
        if (
            gap.strip(" \u00a0")
            or token[0].lower().rstrip(".") in _STOP
            or token[0].endswith(("’s", "'s", ".", "%"))
        ):
            break
        if token[0].lower() == "new" and not text[token.end() :].lstrip().startswith("energy"):
            break
        if token[0][0].isdigit() and not token[0].endswith(("Ah", "V", "+")):
            break
        start = token.start()
    return start, end


def product(text: str, start: int, end: int, barred: Sequence[tuple[int, int]] = ()) -> str | None:
    """The first product named in a passage, outside `barred` ones, with its modifiers: "wet lithium-ion battery separator"."""
    hits = products().finditer(text, start, end)
    hit = next((h for h in hits if not any(low <= h.start() < high for low, high in barred)), None)
    if hit is None:
        return None
    # a chain of product words is one product: "lithium-ion battery separator"
    last = hit
    while following := products().match(text, last.end() + 1, end):
        if text[last.end()] not in " -":
            break
        last = following
    first, stop = noun_phrase(text, hit.start(), last.end(), start)
    return text[first:stop]
