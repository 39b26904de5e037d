"""Instructor's transport: a chat completion carried to a provider by instructor, with the same retries.

The body of a request stays that of a chat completion, and so does that of the reply: dialogue, cache, log and
accounts need not know of it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import instructor
import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException
from pydantic import BaseModel, ConfigDict

from extractor.draft.llm.transport import Transport, patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.draft.llm.transport import Post

_FINISHED = {"max_tokens": "length", "model_context_window_exceeded": "length", "refusal": "stop"}
_LIMITS = ("max_completion_tokens", "max_tokens")


class InstructorTransport(Transport):
    """The way to a model of Anthropic's; settings as those of Transport."""

    def _connect(self, api_key: str, timeout: float) -> Post:
        name = f"anthropic/{self._model}"
        client = instructor.from_provider(name, async_client=True, api_key=api_key)
        sdk: Any = client.client
        sdk.max_retries, sdk.timeout = 0, patient(timeout)  # the tries are counted here

        async def post(body: bytes) -> tuple[bytes, Mapping[str, str]]:
            asked = json.loads(body)
            try:
                # never with a context: every text would be a template
                _, message = await client.create_with_completion(max_retries=0, strict=False, **_asked(asked))
            except IncompleteOutputException as cut:
                message = cut.last_completion
            except InstructorRetryException as failed:
                message = failed.last_completion
                if message is None:
                    raise _as_openai(failed.__cause__ or failed) from (failed.__cause__ or failed).__cause__
            return json.dumps(_completion(message)).encode(), {}

        return post


def _asked(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a chat completion as the arguments of instructor's `create`."""
    schema = json.dumps(body["response_format"]["json_schema"]["schema"])
    limit = next(body[name] for name in _LIMITS if name in body)
    chance = {"temperature": body["temperature"]} if "temperature" in body else {}
    return {"response_model": _shape(schema), "messages": body["messages"], "max_tokens": limit, **chance}


@lru_cache(maxsize=64)
def _shape(schema: str) -> type[BaseModel]:
    """A model with this JSON Schema that takes whatever comes: what is wrong is for the dialogue to find."""

    class Answer(BaseModel):
        """What the text says of its figures."""

        model_config = ConfigDict(extra="allow")

        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:  # noqa: ANN401
            return {"title": cls.__name__, "description": cls.__doc__, **json.loads(schema)}

    return Answer


def _completion(message: Any) -> dict[str, Any]:  # noqa: ANN401  a class of a package that may be missing
    """A message of Anthropic's as a chat completion."""
    said = "".join(block.text for block in message.content if block.type == "text")
    told = next((block.input for block in message.content if block.type == "tool_use"), None)
    is_refused = message.stop_reason == "refusal"
    usage = message.usage
    read, made = usage.cache_read_input_tokens or 0, usage.cache_creation_input_tokens or 0
    prompt = usage.input_tokens + read + made
    return {
        "object": "chat.completion",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": said if told is None else json.dumps(told),
                    "refusal": (said or "it gave no reason") if is_refused else None,
                },
                "finish_reason": _FINISHED.get(message.stop_reason, "stop"),
            }
        ],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": usage.output_tokens,
            "total_tokens": prompt + usage.output_tokens,
            "prompt_tokens_details": {"cached_tokens": read},
        },
    }


def _as_openai(error: BaseException) -> BaseException:
    """An error of a provider's package as the one of openai that stands for the same.

    Both packages are made by one generator, and their errors hold the same.
    """
    response, request = getattr(error, "response", None), getattr(error, "request", None)
    if response is not None and hasattr(error, "status_code"):
        return openai.APIStatusError(str(error), response=response, body=getattr(error, "body", None))
    if request is not None and type(error).__name__ == openai.APITimeoutError.__name__:
        return openai.APITimeoutError(request)
    if request is not None:
        return openai.APIConnectionError(message=str(error), request=request)
    return error
