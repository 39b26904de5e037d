"""Transport: one chat completion over the wire, with every retry that the wire needs.

Worth another try: 429 (after the time that Retry-After asks for), 5xx, 408, 409, lost connections, time-outs.
Everything else stops at once with a sentence that says what to set. All tries together end at a deadline: the
SDK's own time-out is for silence between two bytes, which a server that trickles never trips.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from extractor.errors import ModelAnswerError, ModelError, ModelSetupError
from schemas import Usage

_TRANSIENT = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_QUOTED = 200  # characters of a server's own words in a message


@dataclass(slots=True)
class Account:
    """What one document has cost so far, and when its time is up."""

    deadline: float
    """Seconds that all calls together may take."""
    started: float = field(default_factory=time.monotonic)
    calls: int = 0
    answers: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0

    @property
    def left(self) -> float:
        """Seconds until the deadline; negative when it has passed."""
        return self.started + self.deadline - time.monotonic()

    def book(self, completion: ChatCompletion) -> None:
        """Count an answer and its tokens; a server need not tell them."""
        self.answers += 1
        if usage := completion.usage:
            self.prompt_tokens += usage.prompt_tokens or 0
            self.answer_tokens += usage.completion_tokens or 0
            self.cached_tokens += getattr(usage.prompt_tokens_details, "cached_tokens", None) or 0

    def usage(self, prompt_hash: str) -> Usage:
        """The same as a result reports it."""
        return Usage(
            calls=self.calls,
            reasks=max(self.answers - 1, 0),
            prompt_tokens=self.prompt_tokens,
            cached_tokens=self.cached_tokens,
            answer_tokens=self.answer_tokens,
            seconds=round(time.monotonic() - self.started, 3),
            prompt_hash=prompt_hash,
        )


class Transport:
    """A connection to an OpenAI-compatible server, safe to share between threads.

    `timeout` is the longest silence of the server in one try, `backoff` the scale of the growing waits
    between tries, both in seconds.
    """

    def __init__(
        self, base_url: str, api_key: str, *, timeout: float = 300, attempts: int = 5, backoff: float = 1
    ) -> None:
        self.base_url = base_url
        self._timeout = timeout
        self._attempts = attempts
        self._backoff = wait_random_exponential(multiplier=backoff, max=30)
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, max_retries=0)

    def create(self, account: Account, **request: Any) -> ChatCompletion:  # noqa: ANN401  the SDK's parameters
        """One chat completion.

        Raises ModelSetupError where trying again is useless, ModelAnswerError where the deadline passes or
        the document is too long for the model, ModelError where the server still fails after the last try.
        """
        retrying = Retrying(
            retry=retry_if_exception(_worth_another_try),
            wait=self._wait,
            stop=stop_after_attempt(self._attempts) | stop_before_delay(account.left),
            reraise=True,
        )
        try:
            return retrying(self._once, account, request)
        except openai.APIStatusError as error:
            raise self._refused(error, request["model"]) from error
        except openai.APIConnectionError as error:
            raise self._unreachable(error, account) from error

    def _once(self, account: Account, request: dict[str, Any]) -> ChatCompletion:
        if account.left <= 0:
            raise self._late(account)
        account.calls += 1
        body = bytearray()
        completions = self._client.chat.completions.with_streaming_response
        parameters, timeout = dict(request), min(self._timeout, account.left)
        # the SDK walks through every parameter but those of extra_body, and a schema has hundreds of nodes
        as_it_is = {name: parameters.pop(name) for name in ("response_format",) if name in parameters}
        with completions.create(**parameters, extra_body=as_it_is, timeout=timeout) as response:
            try:
                for chunk in response.iter_bytes():
                    body += chunk
                    if account.left <= 0:
                        raise self._late(account)
            except httpx2.TimeoutException as error:
                raise openai.APITimeoutError(response.http_request) from error
            except httpx2.TransportError as error:
                raise openai.APIConnectionError(request=response.http_request) from error
        completion = self._completion(bytes(body))
        account.book(completion)
        return completion

    def _completion(self, body: bytes) -> ChatCompletion:
        try:
            # unvalidated, as the SDK does it: servers leave out what they do not know
            completion = ChatCompletion.construct(**json.loads(body))
            message = completion.choices[0].message
        except (ValueError, TypeError, AttributeError, IndexError):
            raise ModelSetupError(
                f"what answers at {self.base_url} is no OpenAI-compatible server; "
                "correct base_url, which mostly ends in /v1"
            ) from None
        if refusal := getattr(message, "refusal", None):
            raise ModelAnswerError(f"the model refused to answer: {refusal[:_QUOTED]}")
        return completion

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = _retry_after(error.response) if isinstance(error, openai.APIStatusError) else None
        return self._backoff(state) if asked is None else asked

    def _late(self, account: Account) -> ModelAnswerError:
        return ModelAnswerError(
            f"no answer from {self.base_url} within {account.deadline:g} s; raise deadline"
        )

    def _unreachable(self, error: openai.APIConnectionError, account: Account) -> ModelError:
        if account.left <= 0:
            return self._late(account)
        if isinstance(error, openai.APITimeoutError):
            return ModelAnswerError(
                f"{self.base_url} was silent for {self._timeout:g} s on every try; raise timeout"
            )
        return ModelSetupError(
            f"no server answers at {self.base_url} ({error.__cause__ or error}); start it or correct base_url"
        )

    def _refused(self, error: openai.APIStatusError, model: str) -> ModelError:
        said = _words_of(error)
        match error.status_code:
            case HTTPStatus.UNAUTHORIZED:
                what = "does not accept the API key; set OPENAI_API_KEY or pass api_key"
            case HTTPStatus.FORBIDDEN:
                what = f'does not let this API key use the model "{model}"; use another key or model'
            case HTTPStatus.NOT_FOUND:
                what = f'knows no model "{model}" or not this address; correct the model or base_url'
            case HTTPStatus.TOO_MANY_REQUESTS if not _worth_another_try(error):
                what = "says that the quota is used up; top it up or use another key"
            case HTTPStatus.TOO_MANY_REQUESTS:
                return ModelError(
                    f"{self.base_url} still asks to wait after {self._attempts} tries; "
                    f"lower the concurrency ({said})"
                )
            case status if _worth_another_try(error):
                return ModelError(
                    f"{self.base_url} still fails with {status} after {self._attempts} tries ({said})"
                )
            case _ if "context" in said.lower():
                return ModelAnswerError(f'the document is too long for the model "{model}" ({said})')
            case status:
                what = f"refuses the request ({status}); correct the model's settings"
        return ModelSetupError(f"{self.base_url} {what} ({said})")


def _worth_another_try(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        if error.code == "insufficient_quota":
            return False
        return error.status_code in _TRANSIENT or error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, openai.APIConnectionError)


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds that the server asks to wait, told as seconds or as a date; None where it does not say."""
    asked = response.headers.get("retry-after", "")
    try:
        return max(float(asked), 0.0)
    except ValueError:
        pass
    try:
        return max((parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds(), 0.0)
    except ValueError:
        return None


def _words_of(error: openai.APIStatusError) -> str:
    body = error.body
    words = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(words or error.message).split())[:_QUOTED]
