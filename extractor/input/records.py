"""Records: one JSONL line to the document that it describes."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from extractor.errors import InputError
from extractor.input.decode import decode_text
from schemas import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTENT = ("text", "html", "path")
KNOWN_KEYS = frozenset({*_CONTENT, "id", "published", "title", "source"})
"""Keys of an object that mean something here; all others are carried through."""
_TAKEN = frozenset(Result.model_fields) - KNOWN_KEYS
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_JSON_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}


class Record:
    """One JSONL object. Raises InputError, with `where` as file and line, for what a record may not be."""

    def __init__(self, fields: Mapping[str, Any], where: str) -> None:
        self.where = where
        self._fields = fields
        if {"schema_version", "doc_id"} <= self._fields.keys():
            raise InputError(where, 'is a result of "extractor run", not a document')
        taken = sorted(_TAKEN & self._fields.keys())
        if taken:
            raise InputError(where, f'the key "{taken[0]}" is a field of the result; give it another name')

    @classmethod
    def of_line(cls, line: bytes, where: str) -> Record:
        """Read one line."""
        return cls(_object(line, where), where)

    @property
    def content(self) -> tuple[str, str]:
        """The first of `text`, `html` and `path` that is given, and its value."""
        for key in _CONTENT:
            value = self._string(key)
            if value is not None:
                return key, value
        raise InputError(self.where, 'has none of "text", "html" and "path"')

    @property
    def doc_id(self) -> str | None:
        """`id`, a string or a whole number."""
        value = self._fields.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self._string("id") or None

    @property
    def title(self) -> str | None:
        """Headline."""
        return self._string("title")

    @property
    def source(self) -> str | None:
        """Publisher or address."""
        return self._string("source")

    @property
    def published(self) -> date | None:
        """`published`, an ISO day or an ISO time of which the day is taken."""
        value = self._fields.get("published")
        return None if value is None else parse_day(value, self.where)

    @property
    def extra(self) -> dict[str, Any]:
        """Keys that are not known here; they are carried through to the result."""
        return {key: value for key, value in self._fields.items() if key not in KNOWN_KEYS}

    def _string(self, key: str) -> str | None:
        value = self._fields.get(key)
        if value is None or isinstance(value, str):
            return value
        raise InputError(self.where, f'"{key}" is {_json_name(value)}, not a string')


def parse_day(value: object, where: str) -> date:
    """Parse an ISO day ("2022-11-23") or the day of an ISO time; raises InputError for anything else."""
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        pass
    shown = f'"{value}"' if isinstance(value, str) else _json_name(value)
    raise InputError(where, f'"published" must be a day such as "2022-11-23", not {shown}')


def _object(line: bytes, where: str) -> dict[str, Any]:
    text = decode_text(line.rstrip(b"\r\n"), where)
    try:
        found = json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _not_json(where, f"{error.msg.removesuffix(' at')} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise _not_json(where, str(error)) from None
    if not isinstance(found, dict):
        raise InputError(where, f"is {_json_name(found)}, not a JSON object")
    if _SURROGATE.search(text) and not is_unicode(found):
        raise InputError(where, "has half of a surrogate pair, which is no character")
    return found


def _not_json(where: str, why: str) -> InputError:
    return InputError(where, f"is not JSON: {why}; JSONL has one object a line")


def is_unicode(found: object) -> bool:
    """Whether a JSON value has no half of a surrogate pair, which nothing can write."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _json_name(value: object) -> str:
    return _JSON_NAMES.get(type(value), "null")
