"""History: what earlier runs have finished, read back from the lines that they wrote.

A result line carries the key of its document and of the settings that made it. So the output itself says
what is done, and there is no second file that could disagree with it after a crash.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from hashlib import blake2b
from typing import TYPE_CHECKING

from extractor.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_MARK = re.compile(rb'"run":\{"document":"([0-9a-f]{32})","settings":"([0-9a-f]{16})"\}')
_MARK_START = b'"run":{"document":"'  # cannot stand in a JSON string, where every quote is escaped
_DOC_ID = re.compile(rb'\{"schema_version":\d+,"doc_id":("(?:[^"\\]|\\.)*")')
_EIGHT_BYTES = 16  # hexadecimal digits of a key: among a million documents two agree once in 10⁷ runs


class History:
    """The finished documents of one output; eight bytes of memory for each key and each id."""

    def __init__(self) -> None:
        self.size = 0
        """Bytes of the whole lines."""
        self.documents = 0
        self._keys, self._ids = array("Q"), array("Q")

    @classmethod
    def read(cls, path: Path, settings: str) -> History:
        """Read the lines of an output; a last one that was cut off is none.

        Raises OutputError where a line was made with other settings, or by something else.
        """
        history = cls()
        try:
            with path.open("rb") as lines:
                for line in lines:
                    if line.endswith(b"\n"):
                        history._add(line, path, settings)
        except OSError as error:
            raise OutputError(f"{path} cannot be read, so it cannot be continued: {error.strerror}") from None
        for name in ("_keys", "_ids"):
            setattr(history, name, array("Q", sorted(getattr(history, name))))
        return history

    def _add(self, line: bytes, path: Path, settings: str) -> None:
        self.documents += 1
        mark, doc_id = _MARK.match(line, max(line.rfind(_MARK_START), 0)), _DOC_ID.match(line)
        if mark is None or doc_id is None:
            raise OutputError(
                f"{path} holds something else than results that could be continued (line {self.documents}); "
                "choose another name, or replace it with --force"
            )
        if mark[2].decode() != settings:
            drafter = json.loads(line).get("drafter")
            raise OutputError(
                f'{path} was made with other settings (drafter "{drafter}") or by another version, and '
                "cannot be continued: give the same options, choose another name, or start over with --force"
            )
        self.size += len(line)
        self._keys.append(int(mark[1][:_EIGHT_BYTES], 16))
        self._ids.append(_number(json.loads(doc_id[1])))

    def has(self, key: str) -> bool:
        """Whether the document of this key is finished."""
        return _holds(self._keys, int(key[:_EIGHT_BYTES], 16))

    def has_id(self, doc_id: str) -> bool:
        """Whether a document of this id is finished, with this content or another."""
        return _holds(self._ids, _number(doc_id))


def _holds(numbers: array[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _number(doc_id: str) -> int:
    return int.from_bytes(blake2b(doc_id.encode("utf-8", "replace"), digest_size=8).digest(), "big")
