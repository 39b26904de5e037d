"""Completion: the body of a server's answer, told from whatever else may come in its place."""

from __future__ import annotations

from typing import Any


def as_completion(told: Any) -> dict[str, Any]:  # noqa: ANN401  whatever JSON a server sends
    """Give back what is a chat completion: it has a choice with a message; raises ValueError."""
    try:
        told["choices"][0]["message"].keys()
    except (TypeError, LookupError, AttributeError):
        raise ValueError("no chat completion") from None
    return dict(told)
