"""Compared: whether a time only says what an amount is compared with: "up 12% from July", "against 2022"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line
    from schemas import Quantity, When

_REACH = 80
"""Characters between the word that compares and the time."""
# no verb stands between the word that compares and its time: "than expected in 2024" is not than 2024
_GAP = r"(?: (?!to\b)(?!\w+ed\b)(?!{forecasts.comparisons.no_gap})[\w’'#%~-]+){0,6} $"
_COMPARED = Pattern(
    r"(?:{forecasts.comparisons.with}|\bsame(?: [a-z]+)? as|"
    r"(?:%|points?|{forecasts.comparisons.changes}) {forecasts.comparisons.from})"
    + _GAP
    + r"|{forecasts.comparisons.right_before} (?:the (?:end of )?)?$|\bfrom # (?:(?:in|at|for) )?(?:the )?$"
)
_SAME_PERIOD = re.compile(
    r"(?i)(?:(?:the )?(?:same|previous|prior|corresponding|preceding)\b|a year (?:ago|earlier|before)\b)"
)
_OF_TIME = re.compile(r" (?:(?:in|for|of|during) )?(?:the )?")
_ON = re.compile(r"\bon (?:the )?$")


def is_compared(line: Line, time: When, figure: Quantity) -> bool:
    """Whether a time of a figure's sentence is only that of an amount which the figure is compared with."""
    if 0 <= figure.start - time.end <= len("'s "):
        return False  # "the previous quarter's 14 MW"
    if is_other_period(time) and not _OF_TIME.fullmatch(line.between(figure.end, time.start)):
        return True
    behind = figure.end <= time.start
    floor = max(figure.end if behind else line.start, time.start - _REACH)
    words = _without_figures(line, floor, time.start, figure.kind)
    if behind and floor == figure.end and figure.kind == "percent":
        words = f"%{words}"
    if time.precision == "day" and _ON.search(words):
        return False  # "fell 2% on Monday"
    return _COMPARED.search(words) is not None


def is_other_period(time: When) -> bool:
    """Whether a time is said to be another one than that told of: "the same period last year"."""
    return _SAME_PERIOD.match(time.text) is not None


def _without_figures(line: Line, start: int, end: int, kind: str) -> str:
    """A passage with a mark for each figure: % for a percentage, # for one of a kind, ~ for another."""
    words, at = [], start
    for figure in line.figures:
        if start <= figure.start and figure.end <= end and figure.start >= at:
            mark = "%" if figure.kind == "percent" else "#" if figure.kind == kind else "~"
            words += [line.between(at, figure.start), mark]
            at = figure.end
    return "".join([*words, line.between(at, end)])
