"""Problem: what a check found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Model, Number

Verdict = Literal["conflict", "consistent", "underdetermined"]
Severity = Literal["error", "warning", "info"]


class Problem(Model):
    """The outcome of one comparison: arithmetic that agrees is reported too."""

    rule: str
    """Name of the check, such as "unit_price_times_volume"."""
    verdict: Verdict
    """`consistent`: done and agrees; `conflict`: does not; `underdetermined`: something needed is missing."""
    severity: Severity = "info"
    """How much it matters."""
    message: str
    """One sentence with the numbers."""
    figures: list[str] = Field(default_factory=list)
    """Ids of the figures compared."""
    records: list[str] = Field(default_factory=list)
    """Ids of the records concerned."""
    expected: Number | None = None
    """What the arithmetic gives."""
    found: Number | None = None
    """What the text states, in the same unit."""
    ratio: Number | None = None
    """found ÷ expected."""
