"""pressledger: by rules, and by a model in each of its ways of asking. No answer is kept from before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extractor import Extractor, LLMDrafter

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.document import Document

STRATEGIES: dict[str, dict[str, Any]] = {
    "document": {"strategy": "document"},
    "figures": {"strategy": "figures"},
    "together": {"strategy": "together"},
}
"""What the drafter is told for each way of asking."""
_HOUR = 3_600.0  # seconds: small machines are slow, and others may use the server


def rules(model: str, base_url: str, answer_tokens: int) -> Callable[[Document], Any]:  # noqa: ARG001  as the others
    """What answers a document by rules."""
    return _asking(Extractor())


def asking(strategy: str) -> Callable[[str, str, int], Callable[[Document], Any]]:
    """What makes something that answers a document with a model, asked in this way."""

    def start(model: str, base_url: str, answer_tokens: int) -> Callable[[Document], Any]:
        drafter = LLMDrafter(
            model,
            base_url=base_url,
            api_key="none",
            max_answer_tokens=answer_tokens,
            timeout=_HOUR,
            deadline=12 * _HOUR,
            cache=False,
            **STRATEGIES[strategy],
        )
        return _asking(Extractor(drafter))

    return start


def _asking(extractor: Extractor) -> Callable[[Document], Any]:
    return lambda document: json.loads(extractor.extract_document(document).to_json(text=False))
