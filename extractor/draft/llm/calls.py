"""Calls: a file that keeps every request to the model and what came of it; no key is ever in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from extractor.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.draft.asking import Reply, Request


class CallLog:
    """One JSON line for each request, behind what the file holds already; raises OutputError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._add(b"")

    def write(self, request: Request, reply: Reply) -> None:
        """Keep a request with its answer, or the error in its place."""
        told = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "document": request.document,
            "calls": reply.calls,
            "seconds": round(reply.seconds, 3),
            "request": json.loads(request.body),
            "completion": reply.completion,
            "error": None if reply.error is None else str(reply.error),
        }
        self._add(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def _add(self, line: bytes) -> None:
        try:
            with self._path.open("ab", buffering=0) as file:
                file.write(line)
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {error.strerror}") from None
