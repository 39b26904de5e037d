"""Replies: the good answer to a document, and every way in which a model's server can fail to give it."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum, auto
from functools import partial
from http import HTTPStatus

_MONEY = re.compile(r"\[(f\d+): [^\]]*euros\]")
_AMOUNT = re.compile(r"\[(f\d+): [^\]]*GWh\]")
_PLANT = re.compile(r"Plant \d+")
PROMPT = 900
"""Tokens of a request, as the server counts them."""


class Sent(Enum):
    """How much of a reply comes, and what comes instead of the rest."""

    WHOLE = auto()
    NOTHING_THEN_RESET = auto()
    HALF_THEN_RESET = auto()
    HALF_THEN_CLOSED = auto()
    NOTHING_THEN_SILENCE = auto()
    HALF_THEN_SILENCE = auto()
    NO_HTTP = auto()
    """What a server of another sort says."""
    TRICKLED = auto()
    """A byte at a time, each soon enough that the connection never looks dead."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response and how it comes."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: Sent = Sent.WHOLE
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the replies to a document."""

    name: str
    """One of `FAULTS`."""
    times: int | None = None
    """How many tries of the document meet it; None is all of them."""
    wait: float = 0.02
    """Seconds that a 429 asks to wait."""

    def reply(self, good: str) -> Reply:
        """The reply in the place of a good one, which would say `good`."""
        return FAULTS[self.name](good, self.wait)


def good_draft(text: str) -> str:
    """A small draft of a marked text: the plant that it names, its money and its capacity."""
    plant = {"name": name[0]} if (name := _PLANT.search(text)) else {}
    if money := _MONEY.search(text):
        plant["investment"] = money[1]
    if amount := _AMOUNT.search(text):
        plant["capacities"] = [{"figure": amount[1]}]
    return json.dumps({"facilities": [plant]})


def says(content: str | None, finish_reason: str = "stop", **message: object) -> Reply:
    """A completion that says `content`."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, **message},
        "finish_reason": finish_reason,
    }
    return _completion([choice], len(content or "") // 4)


def error(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI's server words it."""
    told = {"message": message, "type": "error", "param": None, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": told}), status, named)


def _completion(choices: list[object], tokens: int) -> Reply:
    usage = {"prompt_tokens": PROMPT, "completion_tokens": tokens, "total_tokens": PROMPT + tokens}
    return Reply(
        json.dumps(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1_700_000_000,
                "model": "m",
                "choices": choices,
                "usage": usage,
            }
        )
    )


def _busy(_good: str, wait: float, told_as: str | None = None) -> Reply:
    match told_as:
        case "seconds":
            headers = {"retry_after": f"{wait:g}"}
        case "date":  # has whole seconds: the next one that is not too early
            date = datetime.now(UTC) + timedelta(seconds=wait + (1 if wait >= 1 else 0))
            headers = {"retry_after": format_datetime(date, usegmt=True)}
        case "ms":
            headers = {"retry_after_ms": f"{wait * 1000:.0f}"}
        case _:
            headers = {}
    return error(HTTPStatus.TOO_MANY_REQUESTS, "Rate limit reached", "rate_limit_exceeded", **headers)


def _broken(status: int, _good: str, _wait: float) -> Reply:
    """A gateway's error, whose body is no JSON."""
    return Reply(f"<h1>{status} {HTTPStatus(status).phrase}</h1>", status, content_type="text/html")


def _partly(sent: Sent, good: str, _wait: float) -> Reply:
    return replace(says(good), sent=sent)


def _changed(reply: Reply, **keys: object) -> Reply:
    return replace(reply, body=json.dumps({**json.loads(reply.body), **keys}))


FAULTS = {
    # asked to wait
    "429-seconds": partial(_busy, told_as="seconds"),
    "429-date": partial(_busy, told_as="date"),
    "429-ms": partial(_busy, told_as="ms"),
    "429": _busy,
    "429-quota": lambda *_: error(429, "You exceeded your current quota", "insufficient_quota"),
    # the server or its gateway is in trouble
    "500": partial(_broken, 500),
    "502": partial(_broken, 502),
    "503": lambda *_: error(503, "The server is overloaded"),
    "503-seconds": lambda _, wait: error(503, "Down for maintenance", retry_after=f"{wait:g}"),
    "504": partial(_broken, 504),
    # the connection is
    "reset": partial(_partly, Sent.NOTHING_THEN_RESET),
    "reset-mid-body": partial(_partly, Sent.HALF_THEN_RESET),
    "closed-mid-body": partial(_partly, Sent.HALF_THEN_CLOSED),
    "no-http": partial(_partly, Sent.NO_HTTP),
    "silent": partial(_partly, Sent.NOTHING_THEN_SILENCE),
    "stops": partial(_partly, Sent.HALF_THEN_SILENCE),
    "trickles": partial(_partly, Sent.TRICKLED),
    # a completion, but not of the draft that was asked for
    "truncated": lambda good, _: says(good[:-2]),
    "malformed": lambda good, _: says(good.replace('"', "'")),
    "violating": lambda good, _: says(good.replace('"name"', '"segment": "battery", "name"')),
    "not-a-draft": lambda *_: says('["f1", "f2"]'),
    "fenced": lambda good, _: says(f"```json\n{good}\n```"),
    "prose": lambda good, _: says(f"Here is what the text says:\n\n{good}\n\nIs there anything else?"),
    "prose-after": lambda good, _: says(f"{good}\n\nShall I go on?"),
    "empty": lambda *_: says(""),
    "null": lambda *_: says(None),
    "refusal": lambda *_: says(None, refusal="I cannot help with that."),
    "filtered": lambda *_: says(None, "content_filter"),
    "cut-off": lambda good, _: says(good[:-2], "length"),
    "cut-off-empty": lambda *_: says("", "length"),
    "odd-usage": lambda good, _: _changed(says(good), usage="unknown"),
    "odd-tokens": lambda good, _: _changed(says(good), usage={"total_tokens": "many", "prompt_tokens": -1.5}),
    # no completion at all, yet status 200
    "no-choices": lambda *_: _completion([], 0),
    "endless": lambda *_: Reply("[" * 100_000),
    "html": lambda *_: Reply("<html><body>Welcome</body></html>", content_type="text/html"),
    # the request is refused: because of the document …
    "too-long": lambda *_: error(
        400, "This model's maximum context length is 4096 tokens", "context_length_exceeded"
    ),
    "400-filtered": lambda *_: error(400, "The prompt triggered the content policy", "content_filter"),
    # … or because of a setting
    "400": lambda *_: error(400, "Unsupported value: temperature", "unsupported_value"),
    "401": lambda *_: error(401, "Incorrect API key provided", "invalid_api_key"),
    "403": lambda *_: error(403, "Project does not have access to the model", "model_not_found"),
    "404": lambda *_: error(404, "The model does not exist", "model_not_found"),
}
"""Every fault by name: the reply from what a good one would say and the seconds that a 429 asks to wait."""
