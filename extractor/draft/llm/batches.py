"""Batches: the Batch API of an OpenAI-compatible server: files go up, batches are made, answers come down.

Reading and uploading cost nothing and are tried again as they are. A batch costs money, so where it is not
known whether one was made, it is looked for by its token before another is.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx2
import openai

from extractor.draft.llm.completion import as_completion
from extractor.draft.llm.refusals import brief, is_passing, said, words_of, wrong_document, wrong_setting
from extractor.errors import ModelError, ModelSetupError, OutputError, TooLongError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openai.pagination import SyncCursorPage
    from openai.types import Batch

_TOKEN = "pressledger"  # noqa: S105  the key of the metadata that tells our batches
_ABSENT = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
_SKEW = 86_400  # seconds that the server's clock may be behind ours


@dataclass(frozen=True, slots=True)
class RemoteBatch:
    """A batch as its server tells of it."""

    id: str
    status: str
    """validating, in_progress, finalizing, completed, failed, expired, cancelling or cancelled."""
    requests: int
    completed: int
    failed: int
    answers: str | None
    """The file of answers; expired and cancelled batches have one too."""
    errors: str | None
    """The file of requests without an answer."""
    faults: tuple[tuple[str, str], ...]
    """Why the batch as a whole was refused: code and sentence."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why a request of a batch has no answer."""

    sentence: str
    may_pass: bool
    is_too_long: bool = False
    """Whether the request does not fit the model."""


class BatchClient:
    """The Batch API at one address; `tries` is how often a call is tried, `pause` a wait in seconds.

    Every method raises ModelSetupError where key, model or address is wrong, and ModelError where the server
    cannot be reached or fails.
    """

    def __init__(self, base_url: str, api_key: str, model: str, *, tries: int = 4, pause: float = 2) -> None:
        self.base_url = base_url
        self._model = model
        self._tries = tries
        self._pause = pause
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, max_retries=tries - 1)

    def check(self) -> None:
        """Know before any work whether there is a Batch API for this key, and the model."""
        with self._told():
            self._listed(limit=1)
            try:
                self._client.models.retrieve(self._model)
            except openai.NotFoundError as error:
                if error.code == "model_not_found":
                    raise
            except openai.APIError:
                pass  # many servers tell of no models, and many keys may not ask; the batch itself will show

    def upload(self, path: Path, name: str) -> str:
        """Send a file of requests; gives its id."""
        with self._told(), path.open("rb") as stream:
            file = self._client.files.create(file=(name, stream, "application/jsonl"), purpose="batch")
            if not (file_id := getattr(file, "id", None)):
                raise self._no_batch_api("what it answers is no file")
            return str(file_id)

    def create(self, file_id: str, token: str, since: float) -> RemoteBatch:
        """Make a batch of an uploaded file, marked by a token of its own; `since` as in `find`."""
        with self._told():
            for tried in range(1, self._tries + 1):
                try:
                    return self._create(file_id, token)
                except openai.APIError as error:
                    if isinstance(error, openai.APIStatusError) and not _is_passing(error):
                        raise
                    if found := self.find(file_id, token, since):
                        return found
                    if tried == self._tries:
                        raise
                time.sleep(self._pause * tried)
        raise AssertionError  # the last try returns or raises

    def _create(self, file_id: str, token: str) -> RemoteBatch:
        return self._remote(
            self._client.with_options(max_retries=0).batches.create(
                input_file_id=file_id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_TOKEN: token},
            )
        )

    def find(self, file_id: str, token: str, since: float) -> RemoteBatch | None:
        """Look for a batch that was made of the file, or with the token, after the Unix time `since`.

        One that was refused does not count: it has cost nothing and will come to nothing.
        """
        with self._told():
            for batch in self._listed(limit=100):
                if batch.created_at < since - _SKEW:
                    break
                ours = (batch.metadata or {}).get(_TOKEN) == token or batch.input_file_id == file_id
                if ours and batch.status != "failed":
                    return self._remote(batch)
        return None

    def _listed(self, limit: int) -> SyncCursorPage[Batch]:
        page = self._client.batches.list(limit=limit)
        if getattr(page, "data", None) is None:
            raise self._no_batch_api("what it answers is no list of batches")
        return page

    def retrieve(self, batch_id: str) -> RemoteBatch:
        """Ask how a batch is getting on."""
        with self._told():
            try:
                return self._remote(self._client.batches.retrieve(batch_id))
            except openai.NotFoundError as error:
                raise ModelSetupError(
                    f"{self.base_url} does not know the batch {batch_id}; use a key of the project that "
                    f"submitted it ({words_of(error)})"
                ) from None

    def download(self, file_id: str, path: Path) -> bool:
        """Fetch a file to a path, whole; whether the server still has it."""
        with self._told():
            for tried in range(1, self._tries + 1):
                try:
                    with self._client.files.with_streaming_response.content(file_id) as response:
                        response.stream_to_file(path)
                except openai.NotFoundError:
                    return False
                except OSError as error:
                    raise OutputError(
                        f"{path} cannot be written: {error.strerror}; the same command goes on from here"
                    ) from None
                except httpx2.TransportError:
                    if tried == self._tries:
                        raise
                    time.sleep(self._pause * tried)
                else:
                    return True
        raise AssertionError  # as above

    def read_answer(self, line: dict[str, Any]) -> dict[str, Any] | Unanswered:
        """Read a line of the file of answers or of errors: a completion, or why there is none."""
        response, error = _object(line.get("response")), _object(line.get("error"))
        if not response or error:  # batch_expired, batch_cancelled, request_timeout
            told = (brief(error.get(key) or "") for key in ("code", "message"))
            return Unanswered(": ".join(filter(None, told)) or "without a reason", may_pass=True)
        status, body = response.get("status_code"), _object(response.get("body"))
        try:
            if status == HTTPStatus.OK:
                return as_completion(body)
        except ValueError:
            return Unanswered("what came was no chat completion", may_pass=True)
        if not isinstance(status, int) or is_passing(status, _object(body.get("error")).get("code")):
            return Unanswered(f"{status}: {said(body)}", may_pass=True)
        refused = wrong_document(status, said(body), self.base_url, self._model)
        return Unanswered(str(refused), may_pass=False, is_too_long=isinstance(refused, TooLongError))

    def _remote(self, batch: Batch) -> RemoteBatch:
        if not getattr(batch, "id", None) or not getattr(batch, "status", None):
            raise self._no_batch_api("what it answers is no batch")
        counts, told = batch.request_counts, batch.errors.data if batch.errors else None
        return RemoteBatch(
            id=batch.id,
            status=batch.status,
            requests=counts.total if counts else 0,
            completed=counts.completed if counts else 0,
            failed=counts.failed if counts else 0,
            answers=batch.output_file_id,
            errors=batch.error_file_id,
            faults=tuple((fault.code or "", fault.message or "") for fault in told or ()),
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn an error of the client into one sentence."""
        try:
            yield
        except openai.APIStatusError as error:
            raise self._refused(error) from None
        except (openai.APIConnectionError, httpx2.TransportError) as error:
            raise ModelError(
                f"{self.base_url} cannot be reached, or breaks off ({error.__cause__ or error}); "
                "the same command goes on from here"
            ) from None

        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
            # the client trips over JSON of another form than it expects
            raise self._no_batch_api(f"what it answers cannot be read: {brief(error)}") from None

    def _refused(self, error: openai.APIStatusError) -> ModelError:
        status, said = error.status_code, words_of(error)
        if status in _ABSENT and error.code != "model_not_found":
            return self._no_batch_api(said)
        if wrong := wrong_setting(error, self.base_url, self._model):
            return wrong
        if _is_passing(error):
            return ModelError(
                f"{self.base_url} still fails with {status} ({said}); the same command goes on from here"
            )
        return ModelSetupError(f"{self.base_url} refuses the batch ({status}: {said})")

    def _no_batch_api(self, said: Any) -> ModelSetupError:  # noqa: ANN401  only shown
        return ModelSetupError(
            f"there is no Batch API at {self.base_url} ({said}); correct base_url, or use extractor run"
        )


def _is_passing(error: openai.APIStatusError) -> bool:
    return is_passing(error.status_code, error.code)


def _object(told: Any) -> dict[str, Any]:  # noqa: ANN401  whatever JSON a server sends
    return told if isinstance(told, dict) else {}
