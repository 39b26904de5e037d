"""Press text about batteries and energy storage into typed, reconciled records.

>>> from extractor import Extractor
>>> result = Extractor().extract("The Debrecen plant has a total investment of 183 million euros.")
>>> [str(figure.value) + " " + figure.unit for figure in result.figures]
['183000000 EUR']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.batch import extract_jsonl
    from extractor.batch_api import BatchJob
    from extractor.draft.llm import LLMDrafter
    from extractor.draft.rules import RulesDrafter
    from extractor.errors import ExtractorError
    from extractor.pipeline import Extractor
    from extractor.read import read_figures, read_times
    from extractor.review import Corrections, apply_corrections, read_corrections

__all__ = [
    "BatchJob",
    "Corrections",
    "Extractor",
    "ExtractorError",
    "LLMDrafter",
    "RulesDrafter",
    "apply_corrections",
    "extract_jsonl",
    "read_corrections",
    "read_figures",
    "read_times",
]

# Each name is imported on first use: the command line's help needs none of them, and rules need no openai.
_HOMES = {
    "BatchJob": "extractor.batch_api",
    "Corrections": "extractor.review",
    "Extractor": "extractor.pipeline",
    "ExtractorError": "extractor.errors",
    "LLMDrafter": "extractor.draft.llm",
    "RulesDrafter": "extractor.draft.rules",
    "apply_corrections": "extractor.review",
    "extract_jsonl": "extractor.batch",
    "read_corrections": "extractor.review",
    "read_figures": "extractor.read",
    "read_times": "extractor.read",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
