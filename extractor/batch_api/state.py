"""State: what is under way for one output, kept beside it, for other processes on other days."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from extractor.document import Document
from extractor.draft.asking import Reply
from extractor.errors import ModelAnswerError, OutputError, TooLongError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FILE = "state.sqlite"
_VERSION = 2
_PATIENCE = 60.0  # seconds that another process may take to write
_PRICE = 0.5  # of what an answer costs that comes at once
_COLUMNS = "number, token, planned_at, requests, file_id, batch_id, told"
_OPEN = "batch IS NULL AND failure IS NULL AND NOT is_done"


@dataclass(frozen=True, slots=True)
class Held:
    """A document that waits to be gone on with, and what it was answered so far."""

    number: int
    key: str
    document: Document
    replies: tuple[Reply, ...]
    round: int
    """How often it was put into a batch."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch as it is noted here."""

    number: int
    token: str
    planned_at: float
    requests: int
    file_id: str | None
    batch_id: str | None
    told: dict[str, Any] | None


class State:
    """A folder with a database, to be entered; what was not committed is gone when it is left by an error."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether a job was begun here."""
        return (self.folder / _FILE).is_file()

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self.folder} cannot be made: {error.strerror}") from None
        try:
            self._database = sqlite3.connect(self.folder / _FILE, timeout=_PATIENCE)
            self._prepare()
        except sqlite3.Error as error:
            raise self._broken(error) from None
        return self

    def _prepare(self) -> None:
        self._database.execute("PRAGMA synchronous = FULL")
        found = self._one("PRAGMA user_version")
        if not found:
            self._database.executescript((files("extractor.batch_api") / "state.sql").read_text("utf-8"))
            self._database.execute(f"PRAGMA user_version = {_VERSION}")
        elif found != _VERSION:
            self._database.close()
            raise OutputError(f"{self.folder} was made by another version, and cannot be gone on with")

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> None:
        self._database.close()
        if isinstance(error, sqlite3.Error):
            raise self._broken(error) from None

    def _broken(self, error: sqlite3.Error) -> OutputError:
        return OutputError(
            f"{self.folder / _FILE} cannot be used: {error}; nothing is lost, and the same command goes on"
        )

    def commit(self) -> None:
        """Keep what was noted so far."""
        self._database.commit()

    # the job

    @property
    def settings(self) -> dict[str, Any] | None:
        """What results depend on, as it was when the job was begun; None before it has documents."""
        told = self._one("SELECT settings FROM job WHERE EXISTS (SELECT 1 FROM documents)")
        return None if told is None else dict(json.loads(told))

    def begin(self, settings: dict[str, Any]) -> None:
        """Note the settings of a job that has no documents yet."""
        self._database.execute("DELETE FROM job")
        self._database.execute("INSERT INTO job VALUES (?)", [json.dumps(settings)])
        self.commit()

    # documents

    def has(self, key: str) -> bool:
        """Whether a document is known here."""
        return self._one("SELECT 1 FROM documents WHERE key = ?", key) is not None

    def add(self, document: Document, key: str) -> bool:
        """Take a document in, and one that has failed in again; whether there is something to do for it."""
        row = self._row("SELECT number, failure FROM documents WHERE key = ?", key)
        if row is None:
            number = self._database.execute("INSERT INTO documents (key) VALUES (?)", [key]).lastrowid
            self._database.execute("INSERT INTO texts VALUES (?, ?)", [number, _packed(document)])
        elif row[1] is not None:
            self._database.execute("DELETE FROM replies WHERE document = ?", [row[0]])
            self._database.execute(
                "UPDATE documents SET failure = NULL, tries = 0 WHERE number = ?", [row[0]]
            )
        else:
            return False
        return True

    def put_right(self, is_finished: Callable[[str], bool]) -> None:
        """Go by what the output holds, which may have lost lines with the power, or been taken away."""
        wrong = [
            (not done, number)
            for number, key, done in self._database.execute("SELECT number, key, is_done FROM documents")
            if is_finished(key) != bool(done)
        ]
        self._database.executemany("UPDATE documents SET is_done = ? WHERE number = ?", wrong)
        self.commit()

    def held(self, *, answered: bool = False) -> Iterator[Held]:
        """Yield the open documents in the order of the input; `answered`: only those with an answer."""
        some = "AND EXISTS (SELECT 1 FROM replies WHERE document = documents.number)" if answered else ""
        query = (
            "SELECT number, key, round, content FROM documents JOIN texts ON document = number "  # noqa: S608
            f"WHERE number > ? AND {_OPEN} {some} ORDER BY number LIMIT 1"
        )
        number = 0
        while row := self._row(query, number):
            number, key, rounds, content = row
            yield Held(number, key, _unpacked(content), self._replies(number), rounds)

    def _replies(self, number: int) -> tuple[Reply, ...]:
        query = "SELECT completion, price, error, is_too_long FROM replies WHERE document = ? ORDER BY number"
        return tuple(
            Reply(json.loads(completion), calls=int(price > 0), price=price, is_known=not price)
            if error is None
            else Reply(error=(TooLongError if is_too_long else ModelAnswerError)(error), calls=is_too_long)
            for completion, price, error, is_too_long in self._database.execute(query, [number])
        )

    def enlist(self, number: int, batch: int) -> None:
        """Note that an open document goes into a batch."""
        self._database.execute(
            "UPDATE documents SET batch = ?, round = round + 1 WHERE number = ?", [batch, number]
        )

    def finish(self, key: str) -> None:
        """Note that a document has its line."""
        self._database.execute("UPDATE documents SET is_done = 1 WHERE key = ?", [key])

    def fail(self, key: str, sentence: str) -> None:
        """Note that a document has failed."""
        self._database.execute("UPDATE documents SET failure = ? WHERE key = ?", [sentence, key])

    def counts(self) -> dict[str, int]:
        """The documents, and how many of them are done, failed, under way and open."""
        names = {
            "documents": "1",
            "done": "is_done",
            "failed": "NOT is_done AND failure IS NOT NULL",
            "under_way": "NOT is_done AND failure IS NULL AND batch IS NOT NULL",
            "open": _OPEN,
        }
        sums = ", ".join(f"COALESCE(SUM({each}), 0)" for each in names.values())
        row = self._row(f"SELECT {sums} FROM documents")  # noqa: S608  names of our own
        return dict(zip(names, row or (), strict=True))

    # replies

    def waiting(self, key: str, rounds: int, batch: int) -> int | None:
        """The number of the document that waits for this answer, None where nobody does (any more)."""
        query = "SELECT number FROM documents WHERE key = ? AND round = ? AND batch = ?"
        number: int | None = self._one(query, key, rounds, batch)
        return number

    def answer(
        self,
        number: int,
        *,
        completion: dict[str, Any] | None = None,
        price: float = _PRICE,
        error: str | None = None,
        is_too_long: bool = False,
    ) -> None:
        """Note the answer to a document's request, or why there is none for good.

        `is_too_long`: the error is that the request does not fit the model.
        """
        self._database.execute(
            "INSERT INTO replies (document, number, completion, price, error, is_too_long) "
            "SELECT ?1, COUNT(*), ?2, ?3, ?4, ?5 FROM replies WHERE document = ?1",
            [number, None if completion is None else json.dumps(completion), price, error, is_too_long],
        )
        self._database.execute("UPDATE documents SET batch = NULL, tries = 0 WHERE number = ?", [number])

    def miss(self, number: int) -> int:
        """Note that no answer came, so that the document is asked again; how often that has happened."""
        self._database.execute(
            "UPDATE documents SET batch = NULL, tries = tries + 1 WHERE number = ?", [number]
        )
        tries: int = self._one("SELECT tries FROM documents WHERE number = ?", number)
        return tries

    # batches

    def plan(self) -> int:
        """Number of a new batch."""
        values = [uuid4().hex, time.time()]
        planned = self._database.execute(
            "INSERT INTO batches (token, planned_at, requests) VALUES (?, ?, 0)", values
        )
        return planned.lastrowid or 0

    def note(self, batch: int, **values: Any) -> None:  # noqa: ANN401  columns
        """Note something of a batch, for good."""
        settings = ", ".join(f"{name} = ?" for name in values)
        self._database.execute(
            f"UPDATE batches SET {settings} WHERE number = ?",  # noqa: S608  names of our own
            [*values.values(), batch],
        )
        self.commit()

    def drop(self, batch: int) -> None:
        """Forget a batch that has no documents."""
        self._database.execute("DELETE FROM batches WHERE number = ?", [batch])

    def batch(self, number: int) -> Planned:
        """One batch."""
        return next(each for each in self.batches() if each.number == number)

    def batches(self) -> list[Planned]:
        """All batches, in their order."""
        query = f"SELECT {_COLUMNS} FROM batches ORDER BY number"  # noqa: S608  names of our own
        return [
            Planned(number, token, at, requests, file_id, batch_id, told and json.loads(told))
            for number, token, at, requests, file_id, batch_id, told in self._database.execute(query)
        ]

    def members(self, batch: int) -> list[int]:
        """The documents that wait for answers of a batch."""
        query = "SELECT number FROM documents WHERE batch = ? ORDER BY number"
        return [number for (number,) in self._database.execute(query, [batch])]

    def release(self, batch: int) -> None:
        """Open the documents of a batch again, which came to nothing."""
        self._database.execute("UPDATE documents SET batch = NULL WHERE batch = ?", [batch])

    def _row(self, query: str, *values: Any) -> tuple[Any, ...] | None:  # noqa: ANN401
        row: tuple[Any, ...] | None = self._database.execute(query, values).fetchone()
        return row

    def _one(self, query: str, *values: Any) -> Any:  # noqa: ANN401
        row = self._row(query, *values)
        return None if row is None else row[0]


def _packed(document: Document) -> str:
    published = document.published and document.published.isoformat()
    return json.dumps(asdict(document) | {"published": published})


def _unpacked(content: str) -> Document:
    told = json.loads(content)
    published = told.pop("published")
    return Document(**told, published=published and date.fromisoformat(published))
