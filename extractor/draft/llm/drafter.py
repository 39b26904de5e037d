"""LLMDrafter: a language model says what each figure is."""

from __future__ import annotations

import hashlib
import logging
import os
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import instructor
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from pydantic import ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from extractor.draft.llm.answer import (
    TASK,
    Answer,
    Task,
    is_sound,
    response_format,
    schema_with_ids,
    static_schema,
    usable_part,
)
from extractor.draft.llm.transport import Account, Transport
from extractor.draft.mark import mark
from extractor.draft.model import Draft, Drafted
from extractor.draft.validate import draft_problem
from extractor.errors import ModelSetupError

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from extractor.ledger import Reading
    from schemas import Problem

OPENAI = "https://api.openai.com/v1"
PROMPT = "draft-1.md"

# The library reports every re-ask as an error, and Python prints errors that nobody handles.
logging.getLogger("instructor").addHandler(logging.NullHandler())


@cache
def _prompt() -> tuple[str, str]:
    """The system prompt and what identifies it."""
    text = (files("extractor.draft.llm") / "prompts" / PROMPT).read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


class LLMDrafter:
    """Drafts with a language model behind any OpenAI-compatible endpoint.

    The model sees the text with its figures and times marked and answers with their ids, so it cannot change
    a number. An answer with faults goes back with a sentence for each; what is still wrong after `reasks`
    more answers is left for `validate.faults` to take out.

    `base_url`: the endpoint; OPENAI_BASE_URL or else OpenAI's own where none is given.
    `api_key`: OPENAI_API_KEY where none is given; a server of one's own may need none.
    `enum_ids`: offer each slot only the ids that fit it, by a schema of its own for every document. Free on
    servers that constrain decoding, slow on OpenAI's; on by default for every endpoint but that one.
    `timeout`, `deadline`: seconds of the server's longest silence, and for a document with all its tries.
    `temperature`: 0 by default; left to the server on OpenAI's own, where reasoning models refuse it.
    """

    def __init__(  # noqa: PLR0913  each is a setting of its own
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        enum_ids: bool | None = None,
        reasks: int = 2,
        timeout: float = 300,
        deadline: float = 900,
        max_answer_tokens: int = 8192,
        temperature: float | None = None,
    ) -> None:
        base_url = base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI
        api_key = api_key or os.environ.get("OPENAI_API_KEY")
        custom = urlsplit(base_url).hostname != urlsplit(OPENAI).hostname
        if not api_key and not custom:
            raise ModelSetupError(
                "a language model needs a key: set OPENAI_API_KEY, or pass base_url for a server of your own"
            )
        self.name = model
        self._enum_ids = custom if enum_ids is None else enum_ids
        self._deadline = deadline
        self._transport = Transport(base_url, api_key or "none", timeout=timeout)
        self._reasks = reasks
        self._settings: dict[str, Any] = {
            "model": model,
            "max_tokens" if custom else "max_completion_tokens": max_answer_tokens,
        }
        if temperature is not None or custom:
            self._settings["temperature"] = temperature or 0.0

    @property
    def settings(self) -> dict[str, Any]:
        """What its drafts depend on beside the reading; no key."""
        return {
            "base_url": self._transport.base_url,
            "prompt": _prompt()[1],
            "enum_ids": self._enum_ids,
            "reasks": self._reasks,
            **self._settings,
        }

    def draft(self, reading: Reading) -> Drafted:
        """Ask the model what each figure and time of the reading is.

        Raises ModelSetupError where a setting is wrong, ModelAnswerError where no answer is usable.
        """
        prompt, prompt_hash = _prompt()
        marked = mark(reading)
        account = Account(self._deadline)
        schema = schema_with_ids(reading, marked.ids) if self._enum_ids else static_schema()
        task = Task(reading, schema)
        token = TASK.set(task)
        try:
            draft, problems = self._ask(task, account, prompt, _question(reading, marked.text))
        finally:
            TASK.reset(token)
        return Drafted(draft=draft, problems=problems, usage=account.usage(prompt_hash))

    def _ask(self, task: Task, account: Account, prompt: str, question: str) -> tuple[Draft, list[Problem]]:
        messages = [{"role": "system", "content": prompt}, {"role": "user", "content": question}]
        request = {"messages": messages, "response_format": response_format(task.schema), **self._settings}
        first = self._transport.create(account, **request)
        if is_sound(first):
            return task.best(), []
        return self._reask(task, account, messages, first)

    def _reask(
        self, task: Task, account: Account, messages: list[dict[str, str]], first: ChatCompletion
    ) -> tuple[Draft, list[Problem]]:
        """Go on from an answer with faults, with instructor.

        It costs more time than the SDK and the connection together, so it is only asked where there is
        something to put right, and is handed the first answer instead of making that call itself.
        """
        task.drafts.clear()
        answers = iter([first])

        def create(**request: Any) -> ChatCompletion:  # noqa: ANN401  the SDK's parameters
            return next(answers, None) or self._transport.create(account, **request)

        try:
            instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)(
                response_model=Answer,
                strict=False,  # pydantic's strictness would re-ask for a "2" where a 2 is wanted
                max_retries=Retrying(
                    retry=retry_if_exception_type(ValidationError),
                    stop=stop_after_attempt(self._reasks + 1),
                    reraise=True,
                ),
                messages=messages,
                **self._settings,
            )
        except (IncompleteOutputException, InstructorRetryException) as error:
            if error.last_completion is None or isinstance(error.__cause__, ModelSetupError):
                raise error.__cause__ or error from None
            if not task.drafts:
                return _saved(error.last_completion)
        return task.best(), []


def _question(reading: Reading, marked: str) -> str:
    published = reading.document.published
    return f"Published: {published}\n\n{marked}" if published else marked


def _saved(completion: ChatCompletion) -> tuple[Draft, list[Problem]]:
    """Save what can be used of an answer that stayed wrong, or was cut off."""
    choice = completion.choices[0]
    draft, problems = usable_part(choice.message.content or "")
    if choice.finish_reason == "length":
        problems.append(
            draft_problem("The model's answer was cut off at the token limit; records may be missing.")
        )
    return draft, problems
