"""Contract: what a peer says, values and times as words, as records of the output contract.

Peers get the benefit of the doubt. Every value is read by this toolkit's reader, and of what else stands in
its words nothing is held against them; a bare number is the figure of the text that has it. A value in which
no figure is found, a choice that is none and an element without its head are left out, so that they cost no
precision.
"""

from __future__ import annotations

from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import pycountry

from extractor import read_figures, read_times
from extractor.evaluate.documents import KINDS
from schemas import Quantity, When

if TYPE_CHECKING:
    from extractor.document import Document
    from schemas.base import Model

_NOTHING = {"none", "null", "n/a", "unknown", "not stated", "not specified", "-"}
"""What models write where they have nothing to say."""


def records(told: Any, document: Document) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401  any JSON
    """The records of one document, from lists named as in the contract with words for figures and times."""
    if not isinstance(told, dict):
        told = {}
    return {kind: _value(list[model], told.get(kind), document) or [] for kind, model in KINDS.items()}  # type: ignore[valid-type]


def _record(model: type[Model], told: dict[str, Any], document: Document) -> dict[str, Any] | None:
    filled = {}
    for name, field in model.model_fields.items():
        value = _value(field.annotation, told.get(name), document)
        if name == "country":
            value = _country(value)
        if value:
            filled[name] = value
        elif field.is_required() and name != "id":
            return None
    return filled or None


def _value(annotation: Any, told: Any, document: Document) -> Any:  # noqa: ANN401  a type; JSON
    """What fits a field of this type; None where nothing does."""
    if get_origin(annotation) in {Union, UnionType}:
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    if get_origin(annotation) is list:
        elements = told if isinstance(told, list) else [told]
        found = [_value(get_args(annotation)[0], each, document) for each in elements]
        return [each for each in found if each]
    if get_origin(annotation) is Literal:
        return _choice(get_args(annotation), told)
    if annotation in {Quantity, When, str}:
        return None if told is None or isinstance(told, dict | list) else _read(annotation, told, document)
    return _record(annotation, told, document) if isinstance(told, dict) else None


def _read(annotation: type, told: object, document: Document) -> Any:  # noqa: ANN401  JSON
    """The first figure or time of some words, or the words; None where there is none."""
    words = str(told).strip()
    if annotation is str:
        return None if words.casefold() in _NOTHING else words
    if annotation is When:
        times = read_times(words, document.published)
        return times[0].model_dump(mode="json") if times else None
    figure = next(iter(read_figures(words)), None)
    if figure and figure.kind == "number":  # "1,400" where the text has "1,400 jobs"
        figure = next((each for each in _figures(document.text) if each.value == figure.value), figure)
    return figure.model_dump(mode="json") if figure else None


@lru_cache(maxsize=1)
def _figures(text: str) -> list[Quantity]:
    return read_figures(text)


def _choice(choices: tuple[str, ...], told: object) -> str | None:
    word = str(told).strip().lower().replace(" ", "_").replace("-", "_")
    return word if word in choices else "other" if "other" in choices and told else None


def _country(told: str | None) -> str | None:
    if not told:
        return None
    try:
        found = pycountry.countries.lookup(told)
    except LookupError:
        return None
    code: str = found.alpha_2
    return code
