"""Answers: the lines that come back from a batch, in any order, to the documents that wait for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extractor.batch_api.requests import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.batch_api.state import Planned, State
    from extractor.draft.llm.batches import BatchClient, RemoteBatch

_TRIES = 3
"""How often a request is put into a batch before its document goes without an answer."""
_EVERY = 1_000  # lines between two commits


def take_in(state: State, planned: Planned, remote: RemoteBatch, client: BatchClient) -> None:
    """Note every answer and error of a batch that has ended.

    A request that has neither (its batch expired, its line is damaged) is put into the next batch, and so is
    one whose error may pass; those of a batch that somebody cancelled get no other try. Can be repeated.
    """
    if_missing = _Missing(state, remote, client.base_url)
    for file_id in filter(None, (remote.answers, remote.errors)):
        for count, (name, told) in enumerate(_lines(client, file_id, state.folder / "answers"), start=1):
            if (number := state.waiting(*name, planned.number)) is not None:
                answer = client.read_answer(told)
                if isinstance(answer, dict):
                    state.answer(number, completion=answer)
                elif answer.may_pass:
                    if_missing(number, answer.sentence)
                else:
                    state.answer(number, error=answer.sentence, is_too_long=answer.is_too_long)
            if count % _EVERY == 0:
                state.commit()
    for number in state.members(planned.number):
        if_missing(number, f"the batch {remote.id} has no answer to it")


class _Missing:
    """What becomes of a document whose request was not answered."""

    def __init__(self, state: State, remote: RemoteBatch, base_url: str) -> None:
        self._state, self._remote, self._base_url = state, remote, base_url

    def __call__(self, number: int, why: str) -> None:
        if self._remote.status == "cancelled":
            self._state.answer(
                number, error=f"the batch {self._remote.id} was cancelled before it came to it"
            )
        elif self._state.miss(number) >= _TRIES:
            self._state.answer(number, error=f"{self._base_url} gave no answer in {_TRIES} batches ({why})")


def _lines(client: BatchClient, file_id: str, path: Path) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """Yield the lines of a file of answers that are whole, by what they answer."""
    try:
        if not client.download(file_id, path):
            return
        with path.open("rb") as lines:
            for line in lines:
                try:
                    told = json.loads(line)
                    name = parts(told["custom_id"])
                except (ValueError, TypeError, LookupError, RecursionError):
                    continue
                if name is not None:
                    yield name, told
    finally:
        path.unlink(missing_ok=True)
