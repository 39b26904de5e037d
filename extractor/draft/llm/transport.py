"""Transport: one chat completion over the wire, with every retry that the wire needs.

Worth another try: 429 (after the time that Retry-After asks for), 5xx, 408, 409, lost connections, time-outs,
and what is no completion where completions have come before. Everything else stops at once with a sentence
that says what to set. A server that is not there costs a document no try: it is waited for.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx2
import openai
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from extractor import loop
from extractor.draft.asking import Reply, Request, tokens
from extractor.draft.llm.completion import as_completion
from extractor.draft.llm.gate import Gate
from extractor.draft.llm.refusals import (
    is_about_the_text,
    is_passing,
    is_too_long,
    words_of,
    wrong_document,
    wrong_setting,
)
from extractor.errors import ModelAnswerError, ModelError, ModelSetupError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import TypeAlias

    Post: TypeAlias = Callable[[bytes], Awaitable[tuple[bytes, Mapping[str, str]]]]

_TRIES = 5
_TRIES_IF_BUSY = 8
"""Of one call where the server says "too many" each time; it is not the document's fault."""
_DOWN = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
_ABOUT_THE_REQUEST = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
_LONGEST_WAIT = 30.0
_CLOSING = 1.0  # seconds; it takes milliseconds
_CONNECTING = 10.0  # seconds; a server that is there takes milliseconds, however long it thinks afterwards


@dataclass(slots=True)
class _Tries:
    """What has come of one request so far."""

    seconds: float
    """How long the server may have it."""
    request: int = field(default_factory=count().__next__)
    """Its number."""
    calls: int = 0
    failed: int = 0
    busy: int = 0
    spent: float = 0.0

    @property
    def are_over(self) -> bool:
        return self.failed >= _TRIES or self.busy >= _TRIES_IF_BUSY or self.spent >= self.seconds


class _NoCompletionError(Exception):
    """What came with status 200 is no chat completion."""


class Transport:
    """The way to a model on an OpenAI-compatible server, for all calls of a process.

    `timeout` is the longest silence of the server in one try and `patience` how long one that was there and
    is not any more is waited for, in seconds; `backoff` is the scale of the growing waits between tries.
    `rpm` and `tpm` are requests and tokens a minute; without them, what the server's headers say is kept to.
    `key_name` is the environment variable that a wrong key is to be put right in.
    """

    def __init__(  # noqa: PLR0913  each is a setting of its own
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        timeout: float = 300,
        patience: float = 120,
        backoff: float = 1,
        rpm: float | None = None,
        tpm: float | None = None,
        key_name: str = "OPENAI_API_KEY",
    ) -> None:
        self.base_url = base_url
        self._model = model
        self.gate = Gate(patience=patience, backoff=backoff, rpm=rpm, tpm=tpm)
        self._timeout = timeout
        self._pause = backoff
        self._backoff = wait_random_exponential(multiplier=backoff, max=_LONGEST_WAIT)
        self._key_name = key_name
        self._post = self._connect(api_key, timeout)

    def _connect(self, api_key: str, timeout: float) -> Post:
        """Make what carries the body of one chat completion, once, and gives body and headers back."""
        client = openai.AsyncOpenAI(
            base_url=self.base_url,
            api_key=api_key,
            max_retries=0,
            timeout=patient(timeout),
            # on aiohttp a call costs half the processor time: httpx2 looks at every idle connection each time
            http_client=openai.DefaultAioHttpClient(timeout=patient(timeout)),
        )
        # connections that are only forgotten stay open until the server ends them, and aiohttp complains
        weakref.finalize(self, _close, client)

        async def post(body: bytes) -> tuple[bytes, Mapping[str, str]]:
            try:
                response = await client.post(
                    "/chat/completions",
                    cast_to=httpx2.Response,
                    content=body,
                    options={"headers": {"content-type": "application/json"}},
                )
            except openai.APITimeoutError as error:
                if broken := _break_off(error):
                    raise openai.APIConnectionError(request=error.request) from broken
                raise
            return response.content, response.headers

        return post

    async def send(self, request: Request) -> Reply:
        """One chat completion, or the error that says why there is none.

        A ModelSetupError where trying again is useless, a ModelAnswerError where the time is up or the
        document is too much for the model, a ModelError where the server still fails after the last try.
        """
        tries = _Tries(request.seconds)
        completion: dict[str, Any] | None = None
        error: ModelError | None = None
        try:
            completion = await self._answer(request, tries)
        except ModelError as told:
            error = told
        except openai.APIStatusError as failure:
            error = self._refused(failure, tries)
        except openai.APIConnectionError as failure:
            error = self._unreachable(failure)
        except _NoCompletionError:
            error = self._no_completion()
        except Exception as fault:  # noqa: BLE001  a fault in one call must not cost the other documents
            error = ModelError(f"a fault of the toolkit, please report it: {type(fault).__name__}: {fault}")
        return Reply(completion, error, tries.calls, tries.spent)

    async def _answer(self, request: Request, tries: _Tries) -> dict[str, Any]:
        try:
            return await self._call(request, tries)
        except (openai.APIError, _NoCompletionError) as error:
            failed = [error]

        async def call() -> dict[str, Any]:
            # retrying costs as much as half a call, so it is only begun, with the first failure, where one is
            if failed:
                raise failed.pop()
            return await self._call(request, tries)

        return await AsyncRetrying(
            retry=retry_if_exception(lambda error: self._is_passing(error, tries)),
            wait=self._wait,
            stop=lambda _: tries.are_over,
            reraise=True,
        )(call)

    async def _call(self, request: Request, tries: _Tries) -> dict[str, Any]:
        async with self.gate.turn() as turn:
            started = time.monotonic()
            tries.calls += 1
            try:
                async with asyncio.timeout(request.seconds - tries.spent):
                    content, headers = await self._post(request.body)
                completion = _completion(content)
            except TimeoutError:
                raise self._late(request.seconds) from None
            except (openai.APIError, _NoCompletionError) as error:
                self._tell_gate(error, tries)
                raise
            finally:
                tries.spent += time.monotonic() - started
            self.gate.answered(turn, headers, tokens(completion, "total_tokens"))
            return completion

    def _tell_gate(self, error: Exception, tries: _Tries) -> None:
        """Count a failed try, and say to the others what it means for them."""
        if isinstance(error, openai.APIStatusError) and error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            tries.busy += 1
            self.gate.limits.learn(error.response.headers)
            asked = _retry_after(error.response.headers)
            if asked is None or asked <= tries.seconds:
                self.gate.too_many(self._pause if asked is None else asked)
            return
        absent = _is_absent(error)
        tries.failed += not absent
        if absent or getattr(error, "status_code", None) in _DOWN:
            if self.gate.down(tries.request, absent=absent):
                raise self._gone(error)
        elif not isinstance(error, openai.APIConnectionError):
            self.gate.back()

    def _is_passing(self, error: BaseException, tries: _Tries) -> bool:
        if isinstance(error, _NoCompletionError):
            return self.gate.has_answered
        if isinstance(error, openai.APIStatusError):
            asked = _retry_after(error.response.headers)
            return is_passing(error.status_code, error.code) and (
                asked is None or asked <= tries.seconds - tries.spent
            )
        return isinstance(error, openai.APIConnectionError)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if _is_absent(error):
            return 0.0  # the gate says when
        asked = _retry_after(error.response.headers) if isinstance(error, openai.APIStatusError) else None
        return self._backoff(state) if asked is None else asked

    def _late(self, seconds: float) -> ModelAnswerError:
        return ModelAnswerError(f"no answer from {self.base_url} within {seconds:g} s; raise deadline")

    def _gone(self, error: Exception) -> ModelSetupError:
        if not self.gate.has_answered and _is_absent(error):
            return ModelSetupError(
                f"no server answers at {self.base_url} ({error.__cause__ or error}); "
                "start it or correct base_url"
            )
        return ModelSetupError(
            f"the server at {self.base_url} does not answer any more ({error.__cause__ or error}); "
            "start it again and go on"
        )

    def _no_completion(self) -> ModelError:
        if self.gate.has_answered:
            return ModelError(
                f"what {self.base_url} answered was no chat completion on any of {_TRIES} tries"
            )
        return ModelSetupError(
            f"what answers at {self.base_url} is no OpenAI-compatible server; "
            "correct base_url, which mostly ends in /v1"
        )

    def _unreachable(self, error: openai.APIConnectionError) -> ModelError:
        if isinstance(error, openai.APITimeoutError):
            return ModelAnswerError(
                f"{self.base_url} was silent for {self._timeout:g} s on every try; raise timeout"
            )
        return ModelError(
            f"{self.base_url} broke off the connection on each of {_TRIES} tries ({error.__cause__ or error})"
        )

    def _refused(self, error: openai.APIStatusError, tries: _Tries) -> ModelError:
        if wrong := wrong_setting(error, self.base_url, self._model, self._key_name):
            return wrong
        said, status = words_of(error), error.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return ModelError(
                f"{self.base_url} still asks to wait after {tries.calls} tries; "
                f"lower the concurrency ({said})"
            )
        if is_passing(status, error.code):
            return ModelError(f"{self.base_url} still fails with {status} after {tries.calls} tries ({said})")
        is_about_it = is_too_long(status, said) or is_about_the_text(error.code)
        if is_about_it or (status in _ABOUT_THE_REQUEST and self.gate.has_answered):
            return wrong_document(status, said, self.base_url, self._model)
        return ModelSetupError(
            f"{self.base_url} refuses the request ({status}); correct the model's settings ({said})"
        )


def patient(timeout: float) -> httpx2.Timeout:
    """So many seconds of silence, and fewer until a connection stands."""
    return httpx2.Timeout(timeout, connect=min(timeout, _CONNECTING))


def _close(client: openai.AsyncOpenAI) -> None:
    closing = loop.start(client.close())
    if threading.current_thread() is threading.main_thread():  # where the process may be about to end
        with suppress(TimeoutError):
            closing.result(_CLOSING)


def _break_off(error: openai.APITimeoutError) -> aiohttp.ClientConnectionError | None:
    """The end of a connection that stood, which comes from aiohttp as if none had come about in time."""
    cause = error.__cause__.__cause__ if error.__cause__ else None
    never_stood = isinstance(cause, aiohttp.ServerTimeoutError | aiohttp.ClientConnectorError)
    return cause if isinstance(cause, aiohttp.ClientConnectionError) and not never_stood else None


def _completion(body: bytes) -> dict[str, Any]:
    try:
        return as_completion(json.loads(body))
    except (ValueError, RecursionError):
        raise _NoCompletionError from None


def _is_absent(error: BaseException | None) -> bool:
    """Whether there was no server to take the call."""
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else None
    return isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait, told in one of three ways; None where it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(float(headers[name]) * unit, 0.0)
        except (KeyError, ValueError):
            pass
    try:
        date = parsedate_to_datetime(headers.get("retry-after", ""))
        return max((date - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None
