"""Cache: answers on disk by what was asked, so that nothing is paid for twice.

An answer is kept under the address and the body of its request: text, prompt, schema, model and parameters.
The cache is only ever a convenience: where it cannot be read or written, the model is asked.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import weakref
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs
from pydantic_core import from_json

from extractor.draft.llm.dialogue import content_of

_LOG = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds that another process may keep the file to itself
_FINISHED = ("stop", "length")


def default_folder() -> Path:
    """Where a user's answers are kept: PRESSLEDGER_CACHE, or where the system has such files."""
    if named := os.environ.get("PRESSLEDGER_CACHE"):
        return Path(named)
    return Path(platformdirs.user_cache_dir("pressledger", appauthor=False))


class AnswerCache:
    """Completions by what was asked, in one file that several processes may share; safe to delete."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "answers.sqlite"
        self._table: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            table = sqlite3.connect(
                self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            table.execute("PRAGMA journal_mode = WAL")
            table.execute("PRAGMA synchronous = OFF")  # an answer lost with the power is asked for again
            table.execute(
                "CREATE TABLE IF NOT EXISTS answers (asked BLOB PRIMARY KEY, told BLOB) WITHOUT ROWID"
            )
            self._table = table
            weakref.finalize(self, table.close)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get(self, address: str, body: bytes) -> dict[str, Any] | None:
        """The completion of a request, where it is known."""
        if self._table is None:
            return None
        try:
            found = self._table.execute("SELECT told FROM answers WHERE asked = ?", (_key(address, body),))
            row = found.fetchone()
            return None if row is None else dict(json.loads(zlib.decompress(row[0])))
        except (sqlite3.Error, zlib.error, ValueError) as error:
            self._give_up(error)
            return None

    def put(self, address: str, body: bytes, completion: dict[str, Any]) -> None:
        """Keep a completion; not one that another try may better: no JSON, a refusal, a filter."""
        if self._table is None or not _is_worth_keeping(completion):
            return
        told = zlib.compress(json.dumps(completion).encode(), 1)
        try:
            self._table.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (_key(address, body), told))
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self._table = None
        _LOG.warning("answers are not kept: %s: %s", self._file, error)


def _key(address: str, body: bytes) -> bytes:
    return sha256(address.encode() + b"\n" + body).digest()


def _is_worth_keeping(completion: dict[str, Any]) -> bool:
    """Whether there is something in it to use: a document that fails must not fail on it for ever."""
    reason = completion["choices"][0].get("finish_reason")
    try:
        told = from_json(content_of(completion), allow_partial=reason == "length")
    except ValueError:
        return False
    return reason in _FINISHED and isinstance(told, dict)
