"""Refusals: what a server's refusal means for the user, in whatever way the request was carried."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from extractor.errors import ModelAnswerError, ModelSetupError, TooLongError

if TYPE_CHECKING:
    import openai

_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_TOO_LONG = ("context", "prompt is too long")
_ABOUT_THE_TEXT = {"content_filter", "content_policy_violation", "invalid_prompt"}
_QUOTED = 200  # characters of a server's own words in a message


def is_passing(status: int, code: str | None) -> bool:
    """Whether another try may go better."""
    if code == "insufficient_quota":
        return False
    return status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def wrong_setting(
    error: openai.APIStatusError, base_url: str, model: str, key_name: str = "OPENAI_API_KEY"
) -> ModelSetupError | None:
    """A sentence that says what to set, where a refusal is about key, model, address or quota."""
    match error.status_code:
        case HTTPStatus.UNAUTHORIZED:
            what = f"does not accept the API key; set {key_name} or pass api_key"
        case HTTPStatus.FORBIDDEN:
            what = f'does not let this API key use the model "{model}"; use another key or model'
        case HTTPStatus.NOT_FOUND:
            what = f'knows no model "{model}" or not this address; correct the model or base_url'
        case HTTPStatus.TOO_MANY_REQUESTS if not is_passing(error.status_code, error.code):
            what = "says that the quota is used up; top it up or use another key"
        case _:
            return None
    return ModelSetupError(f"{base_url} {what} ({words_of(error)})")


def is_too_long(status: int, said: str) -> bool:
    """Whether a refusal says that the document does not fit the model."""
    return status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or any(each in said.lower() for each in _TOO_LONG)


def is_about_the_text(code: str | None) -> bool:
    """Whether a refusal says that it is this document's text that is not let through."""
    return code in _ABOUT_THE_TEXT


def wrong_document(status: int, said: str, base_url: str, model: str) -> ModelAnswerError:
    """A sentence for a refusal that is about one document."""
    if is_too_long(status, said):
        return TooLongError(f'the document is too long for the model "{model}" ({said})')
    return ModelAnswerError(f"{base_url} refuses this document ({status}: {said})")


def words_of(error: openai.APIStatusError) -> str:
    """What the server said, as far as it fits a sentence."""
    return said(error.body) or brief(error.message)


def said(body: Any) -> str:  # noqa: ANN401  whatever JSON a server sends
    """What the body of a refusal says; an empty string where it is of no known form."""
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = body["error"]
    return brief(body.get("message") or "") if isinstance(body, dict) else ""


def brief(words: Any) -> str:  # noqa: ANN401  as above
    """As much of a server's words as fits a sentence, on one line."""
    told = " ".join(str(words).split())[:_QUOTED]
    return told.encode(errors="replace").decode()  # half of a surrogate pair, which is no character
