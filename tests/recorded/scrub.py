"""What is kept of a call to a model's server: question and answer, and nothing of either side."""

import json
import re
from http import HTTPStatus
from pathlib import PurePath, PureWindowsPath
from urllib.parse import urlsplit

ELSEWHERE = "http://localhost/v1"
"""Stands for the address of every server that is not OpenAI's own."""
_OPENAI = "https://api.openai.com/v1"
_CHOICE = ("index", "finish_reason")
_MESSAGE = ("role", "content", "refusal")
_USAGE = ("prompt_tokens", "completion_tokens", "total_tokens")
_JSON = {"content-type": ["application/json"]}


def vcr_settings(heard=lambda _headers: None):
    """Settings of vcr: requests are paired by method, path and body; `heard` is told a server's headers.

    Of an answer only what is named here is kept, so that what servers come to add is not.
    """

    def scrub_response(response):
        if response["headers"] != _JSON:
            heard({name.lower(): values[0] for name, values in response["headers"].items() if values})
        return _scrub_response(response)

    return {
        "match_on": ["method", "path", "body"],
        "decode_compressed_response": True,
        "before_record_request": _scrub_request,
        "before_record_response": scrub_response,
    }


def neutral_model(name):
    """A model's name; without the folders of a server that calls it by its file."""
    path = PureWindowsPath(name) if "\\" in name else PurePath(name)
    is_file = path.is_absolute() or path.suffix.lower() == ".gguf" or name.startswith((".", "~"))
    return re.sub(r"\.gguf$", "", path.name, flags=re.IGNORECASE) if is_file else name


def neutral_address(base_url):
    """OpenAI's address, since it is asked in its own way; one name for all the others."""
    return _OPENAI if urlsplit(base_url).hostname == urlsplit(_OPENAI).hostname else ELSEWHERE


def _scrub_request(request):
    asked = json.loads(request.body)
    request.body = _compact({**asked, "model": neutral_model(asked["model"])})
    request.uri = neutral_address(request.uri) + "/chat/completions"
    request.headers = {name: values[0] for name, values in _JSON.items()}
    return request


def _scrub_response(response):
    """Nothing where it is no completion: what failed is tried again, and its words may hold a key."""
    if response["status"]["code"] != HTTPStatus.OK:
        return None
    try:
        told = json.loads(response["body"]["string"])
        choices = [
            {**_only(choice, _CHOICE), "message": _only(choice["message"], _MESSAGE)}
            for choice in told["choices"]
        ]
    except (ValueError, LookupError, TypeError):
        return None
    usage = told.get("usage") or {}
    details = _only(usage.get("prompt_tokens_details") or {}, ("cached_tokens",))
    kept = {
        "object": "chat.completion",
        "choices": choices,
        "usage": {**_only(usage, _USAGE), **({"prompt_tokens_details": details} if details else {})},
    }
    return {
        "status": {"code": HTTPStatus.OK.value, "message": "OK"},
        "headers": dict(_JSON),
        "body": {"string": _compact(kept)},
    }


def _compact(told):
    return json.dumps(told, separators=(",", ":")).encode()


def _only(told, names):
    return {name: told[name] for name in names if name in told}
