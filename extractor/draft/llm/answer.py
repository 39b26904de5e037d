"""Answer: the shape that a model's answer has to have, and what can be saved of one that has not."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Self, get_args

from pydantic import ConfigDict, ValidationError, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError, from_json

from extractor.draft.mark import unmark
from extractor.draft.model import Draft, FigureId, TimeId
from extractor.draft.validate import (
    Path,
    claimed,
    draft_problem,
    faults,
    spelled,
    valid_part,
    without,
)
from extractor.errors import ModelAnswerError
from schemas.base import Model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from extractor.ledger import Reading
    from schemas import Problem

MAX_WORDS = 120
"""Longest string in an answer, in characters."""
MAX_ITEMS = 20
"""Longest list in an answer."""
_MAX_TOLD = 12  # faults told at once; a model that has made more will not put them right by reading on


@dataclass(frozen=True, slots=True)
class Task:
    """What an answer is about, and the answers so far that are drafts, with or without faults."""

    reading: Reading
    drafts: list[Draft] = field(default_factory=list)

    @property
    def document(self) -> str:
        """The id of the document that it is about."""
        return self.reading.document.doc_id

    @property
    def has_any(self) -> bool:
        """Whether an answer was a draft."""
        return bool(self.drafts)

    def read(self, content: str) -> None:
        """Take an answer; raises pydantic's ValidationError with a sentence for each fault."""
        Answer.model_validate_json(content, context=self)

    def saved(self, content: str) -> tuple[Draft, list[Problem]]:
        """What can be used of an answer that is no draft; raises ModelAnswerError where nothing can."""
        return usable_part(content)

    def best(self) -> Draft:
        """The draft whose valid part explains most figures, the latest of these.

        A model that is asked again often forgets what it had right.
        """
        if len(self.drafts) == 1:
            return self.drafts[0]
        return max(
            reversed(self.drafts),
            key=lambda draft: len(claimed(valid_part(draft, faults(draft, self.reading)))),
        )


class Answer(Draft):
    """A draft as a model gives it: checked against the text while there is somebody to ask again.

    Validation takes the Task as its context.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _without_marks(cls, told: Any) -> Any:  # noqa: ANN401
        return _plain(told)

    @model_validator(mode="after")
    def _without_faults(self, info: ValidationInfo[Task]) -> Self:
        task = info.context
        draft = Draft(facilities=self.facilities, deals=self.deals, forecasts=self.forecasts)
        task.drafts.append(draft)
        if found := [fault.message for fault in faults(draft, task.reading) if fault.mendable]:
            raise PydanticCustomError("draft", "{faults}", {"faults": "\n".join(found[:_MAX_TOLD])})
        return self


def _plain(told: Any) -> Any:  # noqa: ANN401
    """An answer without marks, and without offsets: a model was not asked for them and cannot count."""
    if isinstance(told, dict):
        return {key: _plain(value) for key, value in told.items() if key != "evidence"}
    if isinstance(told, list):
        return [_plain(value) for value in told]
    return unmark(told) if isinstance(told, str) else told


def response_format(schema: dict[str, Any]) -> dict[str, Any]:
    """What asks a server for an answer of this schema, as instructor's JSON_SCHEMA mode does."""
    return {"type": "json_schema", "json_schema": {"name": Answer.__name__, "schema": schema}}


def static_schema() -> dict[str, Any]:
    """JSON Schema of an answer, the same for every document: no evidence, every string and list bounded.

    It is shared and not to be changed.
    """
    return _bounded_schema()


def schema_with_ids(reading: Reading, ids: Collection[str]) -> dict[str, Any]:
    """JSON Schema of an answer about one reading: a slot offers those of `ids` that fit it, and nothing else.

    A slot that nothing fits is left out. For servers that enforce a schema per request cheaply. What is the
    same for every reading is shared with the static schema.
    """
    ids = frozenset(ids)
    offered: dict[str, dict[str, Any]] = {}
    choices: dict[str, int] = {}
    for model in _draft_models():
        properties = offered[model.__name__] = dict(_definition(static_schema(), model)["properties"])
        for name, slot in model.model_fields.items():
            takes = next((mark for mark in slot.metadata if isinstance(mark, FigureId | TimeId)), None)
            if takes is None:
                continue
            fitting = [i for i in _fitting(takes, reading) if i in ids]
            if slot.is_required():
                choices[f"#/$defs/{model.__name__}"] = len(fitting)
            if fitting:
                properties[name] = _choice(properties[name], fitting)
            else:
                del properties[name]
    for properties in offered.values():
        for name, node in list(properties.items()):
            # a list is no longer than the ids that its elements can be about: small models like to go on
            longest = choices.get(node.get("items", {}).get("$ref"), MAX_ITEMS)
            if not longest:
                del properties[name]
            elif "items" in node:
                properties[name] = {**node, "maxItems": min(longest, MAX_ITEMS)}
    schema = static_schema()
    definitions = {
        name: {**definition, "properties": offered[name]} for name, definition in schema["$defs"].items()
    }
    return {**schema, "$defs": definitions, "properties": offered[Draft.__name__]}


def _choice(node: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """The schema of a slot that takes one of these ids, or nothing where it did so before."""
    if "anyOf" in node:
        first, *others = node["anyOf"]
        return {**node, "anyOf": [_choice(first, ids), *others]}
    return {name: value for name, value in node.items() if name != "maxLength"} | {"enum": ids}


def _fitting(takes: FigureId | TimeId, reading: Reading) -> list[str]:
    if isinstance(takes, TimeId):
        return [time.time for time in reading.ledger.times]
    return [f.figure for f in reading.ledger.figures if not takes.kinds or f.kind in takes.kinds]


@cache
def _bounded_schema() -> dict[str, Any]:
    schema = Draft.model_json_schema()
    del schema["$defs"]["Span"]
    for model in _draft_models():
        definition = _definition(schema, model)
        definition["properties"].pop("evidence", None)
        del definition["title"]
        for node in definition["properties"].values():
            _bound(node)
    return schema


def _bound(node: dict[str, Any]) -> None:
    node.pop("title", None)
    node.pop("default", None)
    if node.get("type") == "string" and "enum" not in node:
        node["maxLength"] = MAX_WORDS
    if node.get("type") == "array":
        node["maxItems"] = MAX_ITEMS
    for inner in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else ())):
        _bound(inner)


@cache
def _draft_models() -> tuple[type[Model], ...]:
    """Every model that a draft is made of."""
    return tuple(dict.fromkeys(_models(Draft)))


def _models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for name, slot in model.model_fields.items():
        for part in get_args(slot.annotation):
            if name != "evidence" and isinstance(part, type) and issubclass(part, Model):
                yield from _models(part)


def _definition(schema: dict[str, Any], model: type[Model]) -> dict[str, Any]:
    found: dict[str, Any] = schema if model is Draft else schema["$defs"][model.__name__]
    return found


def usable_part(answer: str) -> tuple[Draft, list[Problem]]:
    """Read what can be read of an answer that is no valid draft, or is cut off.

    Each part that had to go is a problem. Raises ModelAnswerError where nothing of it is a draft.
    """
    if not answer.strip():
        raise ModelAnswerError("the model's answer is empty")
    try:
        told = _plain(from_json(answer, allow_partial=True))
    except ValueError:
        raise ModelAnswerError("the model's answer is not JSON") from None
    problems: list[Problem] = []
    while True:
        try:
            return Draft.model_validate(told), problems
        except ValidationError as error:
            faulty = error.errors(include_url=False, include_input=False)
        paths: set[Path] = set()
        for fault in faulty:
            # a slot that is missing takes with it the element that is nothing without it
            path = fault["loc"][:-1] if fault["type"] == "missing" else fault["loc"]
            if not path:
                raise ModelAnswerError(f"the model's answer is no draft ({fault['msg']})")
            paths.add(path)
            problems.append(draft_problem(f"{spelled(fault['loc'])}: {fault['msg']}; left out."))
        told = without(told, paths)
