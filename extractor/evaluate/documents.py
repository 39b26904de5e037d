"""Documents: gold and results as read from files, one shape for both."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError
from extractor.evaluate.items import Item, items
from schemas import Deal, Facility, Forecast, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS: dict[str, type[Record]] = {"facilities": Facility, "deals": Deal, "forecasts": Forecast}
"""The record types, by the field of a result that holds them."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is compared of one document; fields that only gold or only a result has are empty in the other."""

    records: dict[str, list[list[Item]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    problems: list[dict[str, Any]] | None = None
    """None where nothing is said about problems, which is not the same as none expected."""
    not_figures: list[str] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    """The ledger without the figures that were dismissed."""
    text: str | None = None


def read_documents(path: Path) -> dict[str, Document]:
    """The documents of a folder of *.gold.json files or of a JSONL file, by doc_id, in order.

    Raises InputError where there is none, or one is not made as it should be.
    """
    if path.is_dir():
        files = sorted(path.glob("*.gold.json"))
        if not files:
            raise InputError(str(path), "no file in this folder ends in .gold.json")
        sources = ((str(file), _text(file)) for file in files)
    else:
        lines = enumerate(_text(path).splitlines(), start=1)
        sources = ((f"{path}:{number}", line) for number, line in lines if line.strip())
    documents: dict[str, Document] = {}
    for where, source in sources:
        doc_id, document = _document(where, source)
        if doc_id in documents:
            raise InputError(where, f'the doc_id "{doc_id}" has come up before; each document may stand once')
        documents[doc_id] = document
    return documents


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8 text; give gold records or results as JSON") from None


def _document(where: str, source: str) -> tuple[str, Document]:
    try:
        told = json.loads(source, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise InputError(where, f"is not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(told, dict) or not isinstance(told.get("doc_id"), str):
        raise InputError(where, 'is not an object with a "doc_id"; give gold records or the results of a run')
    dismissed = {entry.get("figure") for entry in (told.get("coverage") or {}).get("figures_dismissed", [])}
    return told["doc_id"], Document(
        records={kind: list(_records(where, kind, told.get(kind) or [])) for kind in KINDS},
        problems=told.get("problems"),
        not_figures=told.get("not_figures") or [],
        figures=[figure for figure in told.get("figures") or [] if figure["figure"] not in dismissed],
        text=told.get("text"),
    )


def _records(where: str, kind: str, records: list[dict[str, Any]]) -> Iterator[list[Item]]:
    for index, record in enumerate(records):
        for slot in record:
            if slot not in KINDS[kind].model_fields:
                raise InputError(
                    where, f'{kind}[{index}] has a slot "{slot}", which the schema does not know'
                )
        try:
            yield items(record)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise InputError(where, f"{kind}[{index}] is not made as the schema says ({error!r})") from None
