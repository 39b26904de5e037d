"""Bare names: facilities that a text names without a word of kind, by what stands around the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.mentions import HEADS
from extractor.draft.rules.runs import is_product_or_unit
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.rules.scene import Line, Scene

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
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[IVX]+)[.)]\s*|^[A-Z][a-z ]{2,20}:\s+|\s*\([^()]*\)\s*$")
_FACILITY_TEXT = Pattern(r"{facilities.predicates.of_facilities}")
_LONGEST_HEADING = 6
"""Words of a heading that is a facility's name."""
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


def short_forms(scene: Scene, line: Line, names: set[str]) -> Iterator[tuple[int, int, str]]:
    """Facilities known by a bare name, where a sentence shortens it: "Cedar Fork" of "Cedar Fork Storage"."""
    for name in line.names if names else ():
        full = scene.names.full(name.text)
        if full != name.text and full in names:
            yield name.start, name.end, full


def is_project(scene: Scene, name: str, line: Line) -> bool:
    """Whether a name before words of building or running is a project's and not a company's."""
    if name.split(maxsplit=1)[0] in words("names.not_names.words") or HEADS.search(name):
        return False
    if is_product_or_unit(name):
        return False  # "255 MW (300 MWh)"
    if any(n.text == name and n.sort in {"place", "person"} for n in line.names):
        return False
    elsewhere = scene.company_count[name] - sum(c.text == name for c in line.companies)
    return scene.names.full(name) == name and not elsewhere


class Heading(NamedTuple):
    """A facility that a heading names."""

    name: str
    head: str
    """Its word of kind, in lower case; "" where it has none."""


def heading(text: str, body: list[str], whole: str) -> Heading | None:
    """The facility that a heading over these sentences names: "Shiga Plant", or "Jiangsu Ruijie".

    `whole` is the text of the document in lower case.
    """
    plain = _NUMBERED.sub("", text)
    tokens = plain.split()
    capitals = all(token[0].isupper() or token in {"of", "and", "&"} for token in tokens)
    if not 1 <= len(tokens) <= _LONGEST_HEADING or not capitals:
        return None
    tells = _FACILITY_TEXT.search(" ".join(body))
    last = list(HEADS.finditer(plain))
    if last and last[-1].end() == len(plain):
        head = last[-1][0].lower()
        proper = {token.lower() for token in tokens} - {*head.split()}
        return Heading(plain, head) if proper and (whole.count(plain.lower()) > 1 or tells) else None
    name = as_written(plain, body) if tells else None
    return Heading(name, "") if name else None


def as_written(heading: str, body: list[str]) -> str | None:
    """A heading as the sentences under it have it: "MT CARROW" is "Mt Carrow" there."""
    forms = (heading, heading.title()) if heading.isupper() else (heading,)
    return next((form for form in forms if any(form in sentence for sentence in body)), None)
