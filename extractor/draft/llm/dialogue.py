"""Dialogue: what is asked about one reading, what is asked again, and what is made of the answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import ValidationError

from extractor.draft.asking import Conversation, Reply, Request
from extractor.draft.llm.prices import cost_usd
from extractor.draft.validate import draft_problem
from extractor.errors import ModelAnswerError, ModelSetupError, TooLongError
from schemas import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas import Problem

Out_co = TypeVar("Out_co", covariant=True)
_QUOTED = 200  # characters of a model's own words in a message
_CUT_OFF = "the model's answer was cut off at the token limit"


@dataclass(slots=True)
class Account:
    """What one document has cost so far."""

    model: str
    base_url: str
    deadline: float
    """Seconds that all its requests together may take."""
    calls: int = 0
    reasks: int = 0
    """Answers to what was asked again."""
    known_answers: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0
    cost_usd: float | None = None
    seconds: float = 0.0

    @property
    def seconds_left(self) -> float:
        """Seconds that its next request may take."""
        return self.deadline - self.seconds

    def check_time(self) -> None:
        """Raise ModelAnswerError where no time is left to ask anything more."""
        if self.seconds_left <= 0:
            raise ModelAnswerError(f"the document's {self.deadline:g} s are over; raise deadline")

    def book(self, reply: Reply, *, is_reask: bool = False) -> None:
        """Count an answer and its tokens; a server need not tell them."""
        self.calls += reply.calls
        self.seconds += reply.seconds
        if reply.completion is None:
            return
        self.reasks += is_reask
        prompt, answer = reply.tokens("prompt_tokens"), reply.tokens("completion_tokens")
        cached = reply.tokens("prompt_tokens_details", "cached_tokens")
        cost = cost_usd(self.model, self.base_url, prompt=prompt, cached=cached, answer=answer)
        if cost is not None:
            self.cost_usd = (self.cost_usd or 0.0) + cost * reply.price
        if reply.is_known:
            self.known_answers += 1
            return
        self.prompt_tokens += prompt
        self.answer_tokens += answer
        self.cached_tokens += cached

    def usage(self, prompt_hash: str) -> Usage:
        """The same as a result reports it."""
        return Usage(
            calls=self.calls,
            reasks=self.reasks,
            prompt_tokens=self.prompt_tokens,
            cached_tokens=self.cached_tokens,
            answer_tokens=self.answer_tokens,
            known_answers=self.known_answers,
            cost_usd=self.cost_usd and round(self.cost_usd, 6),
            seconds=round(self.seconds, 3),
            prompt_hash=prompt_hash,
        )


class Task(Protocol[Out_co]):
    """What is asked about, and what is made of the answers."""

    @property
    def document(self) -> str:
        """The id of the document that it is about."""
        ...

    @property
    def has_any(self) -> bool:
        """Whether an answer could be read, with or without faults."""
        ...

    def read(self, content: str) -> None:
        """Take an answer; raises pydantic's ValidationError with a sentence for each fault."""
        ...

    def best(self) -> Out_co:
        """The best of the answers that could be read."""
        ...

    def saved(self, content: str) -> tuple[Out_co, list[Problem]]:
        """What can be used of an answer that could not; raises ModelAnswerError where nothing can."""
        ...


def dialogue(
    task: Task[Out_co],
    request: dict[str, Any],
    account: Account,
    reasks: int,
    *,
    may_split: Callable[[], bool] = lambda: False,
) -> Conversation[tuple[Out_co, list[Problem]]]:
    """Ask, and ask again with a sentence for each fault, up to `reasks` times; give the best answer.

    `request` is the body of the first request. Raises ModelSetupError where a setting is wrong, and another
    ModelError where there was no answer or none was usable: a TooLongError where the question did not fit
    the model or, where `may_split` says so, its answer.
    """
    completion: dict[str, Any] = {}
    for asked in range(reasks + 1):
        reply = yield Request(json.dumps(request).encode(), account.seconds_left, task.document)
        account.book(reply, is_reask=asked > 0)
        if reply.error and (not completion or isinstance(reply.error, ModelSetupError)):
            raise reply.error
        if not reply.completion:
            break  # what was answered before is kept
        completion = reply.completion
        choice = completion["choices"][0]
        if refusal := choice["message"].get("refusal"):
            raise ModelAnswerError(f"the model refused to answer: {str(refusal)[:_QUOTED]}")
        if choice.get("finish_reason") == "content_filter":
            raise ModelAnswerError("the server's content filter withheld the model's answer")
        if choice.get("finish_reason") == "length":
            if not task.has_any and may_split():
                raise TooLongError(_CUT_OFF)
            break  # another answer would be as long
        try:
            task.read(content_of(completion))
        except ValidationError as error:
            request = {**request, "messages": _reasked(request["messages"], completion, error)}
        else:
            return task.best(), []
    return (task.best(), []) if task.has_any else _saved(task, completion)


def content_of(completion: dict[str, Any]) -> str:
    """What the model said; without what some leave around the JSON: a fence, a sentence, a thought."""
    said = completion["choices"][0]["message"].get("content")
    if not isinstance(said, str):
        return ""
    said = said.encode(errors="replace").decode()  # half of a surrogate pair, which is no character
    start = said.find("{")
    if start < 0 or (start == 0 and said.endswith("}")):
        return said
    try:
        _, end = json.JSONDecoder().raw_decode(said, start)
    except (ValueError, RecursionError):
        return said[start:]  # cut off, or no JSON
    return said[start:end]


def _reasked(
    messages: list[dict[str, Any]], completion: dict[str, Any], error: ValidationError
) -> list[dict[str, Any]]:
    """Go on from an answer with faults, as instructor does.

    Its own loop costs more time than the client and the connection together and holds a connection, so only
    its handler is used, and imported, where there is something to put right.
    """
    from instructor import Mode, Provider  # noqa: PLC0415
    from instructor.v2.core.registry import mode_registry  # noqa: PLC0415
    from openai.types.chat import ChatCompletion  # noqa: PLC0415

    reask = mode_registry.get_handlers(Provider.OPENAI, Mode.JSON_SCHEMA).reask_handler
    request = reask({"messages": list(messages)}, ChatCompletion.construct(**completion), error)
    return list(request["messages"])


def _saved(task: Task[Out_co], completion: dict[str, Any]) -> tuple[Out_co, list[Problem]]:
    """Save what can be used of an answer that stayed wrong, or was cut off."""
    content, at_limit = content_of(completion), completion["choices"][0].get("finish_reason") == "length"
    try:
        found, problems = task.saved(content)
    except ModelAnswerError:
        if not at_limit:
            raise
        raise ModelAnswerError(
            f"{_CUT_OFF}, with nothing in it that can be used; raise max_answer_tokens"
        ) from None
    if at_limit:
        problems.append(
            draft_problem("The model's answer was cut off at the token limit; records may be missing.")
        )
    elif not _is_whole(content):
        problems.append(draft_problem("The model's answer breaks off; records may be missing."))
    return found, problems


def _is_whole(content: str) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
