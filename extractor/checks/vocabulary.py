"""Words that the checks go by: loaded once from data/vocabulary.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """The whole data file."""
    data = files("extractor.checks") / "data" / "vocabulary.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Any of the phrases of a list as whole words, in any case: `pattern("parts.total")`."""
    table, name = key.split(".")
    longest_first = sorted(vocabulary()[table][name], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
