"""Press text about batteries and energy storage into typed, reconciled records.

>>> from extractor import Extractor
>>> result = Extractor().extract("The Debrecen plant has a total investment of 183 million euros.")
>>> [str(figure.value) + " " + figure.unit for figure in result.figures]
['183000000 EUR']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.draft.rules import RulesDrafter
from extractor.errors import ExtractorError
from extractor.pipeline import Extractor
from extractor.read import read_figures, read_times

if TYPE_CHECKING:
    from extractor.draft.llm import LLMDrafter

__all__ = ["Extractor", "ExtractorError", "LLMDrafter", "RulesDrafter", "read_figures", "read_times"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import the model drafter on first use: openai takes most of a second, and offline runs need none of it."""
    if name == "LLMDrafter":
        from extractor.draft.llm import LLMDrafter  # noqa: PLC0415

        return LLMDrafter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
