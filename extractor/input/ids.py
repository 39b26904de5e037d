"""Ids: which document has which id, for any number of documents in little memory."""

from __future__ import annotations

import sqlite3


class Ids:
    """The ids given so far, each with the place of its document; in a temporary file when they are many."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", check_same_thread=False)  # one thread at a time goes through inputs
        self._table.execute("CREATE TABLE ids (id BLOB PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def take(self, doc_id: str, place: str) -> str | None:
        """Give an id to the document at a place; where it is taken already, the place of its owner."""
        key = doc_id.encode("utf-8", "surrogatepass")
        added = self._table.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", (key, place))
        if added.rowcount:
            return None
        owner: str = self._table.execute("SELECT place FROM ids WHERE id = ?", (key,)).fetchone()[0]
        return owner

    def close(self) -> None:
        """Give the table back."""
        self._table.close()
