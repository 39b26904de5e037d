"""Bare names: facilities that a text names without a word of kind, by what stands around the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}"
_LIST = Pattern(
    r"{facilities.heads.several}(?:[^.;:]{0,60}?\b(?:such as|including|namely|like)\b|[^.;:,]{0,60}:)\s*"
    r"(?P<names>[^.;:]{5,200})"
)
_LIST_BREAK = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_SIZED = re.compile(rf"({_NAME}) \([^()]*\d ?(?:MW|GW|MWh|GWh)\)")
_ITEM = rf"\d[\d.,]* ?[MG]W(?:h|/\d[\d.,]* ?[MG]Wh)? ({_NAME})"
_ITEMS = Pattern(rf"(?:{_ITEM}(?:, (?:and )?| and ))+{_ITEM} {{facilities.heads.several}}")
_OPENED = Pattern(rf"(?P<name>{_NAME})(?:,? [^.;]{{0,40}}?{{facilities.predicates.of_projects}}(?! on\b))")
_CALLED = Pattern(
    rf"{{facilities.verbs.call}} (?:the )?[\"“']?(?P<name>{_NAME})|"
    r"\b(?:its|the|their|new) [\"“](?P<quoted>[A-Z][\w-]+(?: [A-Z][\w-]+){1,3})[\"”]"
)
_FORMERLY = Pattern(r"{deals.sides.before_alias} (?:the )?$")


def listed(text: str) -> list[str]:
    """Names in "factories such as A, B and C"."""
    names: list[str] = []
    for hit in _LIST.finditer(text):
        for part in _LIST_BREAK.split(hit["names"]):
            name = re.sub(r"^(?:the|etc\.?)\s*", "", part.strip())
            if 1 <= len(name.split()) <= 4 and all(token[0].isupper() for token in name.split()):
                names.append(name)
    return list(dict.fromkeys(names))


def sized(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Names with a size behind them, "Elm Fork (200 MW / 400 MWh)", as (start, end, name)."""
    yield from ((hit.start(), hit.end(), hit[1]) for hit in _SIZED.finditer(text, start, end))


def items(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The names in "the 80 MW Elm Fork, 9.5 MW Dry Mesa and 5 MW Oak Hill projects", each with its size."""
    for run in _ITEMS.finditer(text, start, end):
        for item in re.finditer(_ITEM, run[0]):
            yield run.start() + item.start(), run.start() + item.end(), item[1]


def opened(sentence: str) -> str | None:
    """The project that opens a sentence about what becomes of it: "Burra Flat is being built"."""
    hit = _OPENED.match(sentence)
    return hit["name"] if hit else None


def called(sentence: str) -> str | None:
    """A name in quotes or behind "called": its "Werk Uckermark"."""
    hit = _CALLED.search(sentence)
    if hit is None or (hit["name"] and _FORMERLY.search(sentence[: hit.start("name")])):
        return None
    return hit["name"] or hit["quoted"]
