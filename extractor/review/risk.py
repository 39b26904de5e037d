"""Risk: how much a document wants a person's look, as points with the reasons for them."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from schemas import Problem, Result


class Reason(NamedTuple):
    """One kind of thing found in a document."""

    label: str
    number: int
    points: int
    """For all of them together."""


@cache
def _data() -> dict[str, Any]:
    text = (files("extractor.review") / "data" / "risk.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def risk(result: Result) -> list[Reason]:
    """The reasons to look at a document, those with most points first; none where there is nothing to see."""
    data = _data()
    found: Counter[str] = Counter()
    for problem in result.problems:
        name = next((name for name, entry in data.items() if _fits(entry.get("problem"), problem)), None)
        if name is not None:
            found[name] += 1
    kinds = {figure.figure: figure.kind for figure in result.figures}
    for figure in result.coverage.figures_unexplained:
        small = kinds.get(figure) in data["unexplained_small"]["kinds"]
        found["unexplained_small" if small else "unexplained"] += 1
    if result.figures and not (result.facilities or result.deals or result.forecasts):
        found["no_records"] += 1
    reasons = [_reason(data[name], count) for name, count in found.items()]
    return sorted(reasons, key=lambda reason: -reason.points)


def _reason(entry: dict[str, Any], count: int) -> Reason:
    points = count * entry["points"]
    return Reason(entry["label"], count, min(points, entry.get("most", points)))


def _fits(wanted: dict[str, str] | None, problem: Problem) -> bool:
    return wanted is not None and all(getattr(problem, name) == value for name, value in wanted.items())
