"""Forecaster: who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.names import is_observer
from extractor.draft.rules.vocabulary import Pattern, words

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene

_BEFORE = Pattern(r"{forecasts.forecasters.before}(?: the)?(?: [\w’'-]+){0,3} $")
_PUBLISHED_BY = Pattern(r"{forecasts.forecasters.before}(?: [\w’'-]+){1,6} (?:from|by|of) (?:the )?$")
_NAMELESS = Pattern(
    r"(?:{forecasts.forecasters.before} (?:the )?|, )"
    r"(?P<body>(?:[a-z][\w’'-]*,? ){1,6}?{forecasts.forecasters.bodies})"
    r"(?=,|\.|$| said| says| estimates| expects)"
)
_BEHIND = Pattern(r",? {forecasts.forecasters.behind}")
_SAYS = Pattern(r",? {forecasts.forecasters.says}")


def forecaster(line: Line) -> str | None:
    """Who a sentence names as its source: "according to X", "X expects", "X puts"."""
    for name in line.names:
        if name.sort in {"place", "person"} or name.text.split()[-1] in words(
            "forecasts.forecasters.publications"
        ):
            continue
        behind = line.after(name.end, 24)
        if _BEHIND.match(behind):
            if _SAYS.match(behind) and not line.figures:
                continue  # "X said" forecasts nothing by itself
            return name.text
        if _BEFORE.search(line.before(name.start, 40)) or _PUBLISHED_BY.search(line.before(name.start, 80)):
            return name.text
    nameless = _NAMELESS.search(line.text)
    return nameless["body"] if nameless else None


def house(scene: Scene) -> str | None:
    """The research house whose note a document is: the one observer that it names."""
    observers = {
        scene.names.full(name.text)
        for name in scene.names.all
        if name.sort == "company" and is_observer(name.text)
    }
    return observers.pop() if len(observers) == 1 else None
