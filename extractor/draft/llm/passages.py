"""Passages: what is asked about the figures of a text, paragraph by paragraph, and what is said of each."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from extractor.draft.labels import UNLABELLED, Label, all_labels, fitting
from extractor.draft.llm.windows import windows
from extractor.draft.mark import escape, mark, within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from extractor.layout import Section
    from extractor.ledger import Reading
    from schemas import Quantity

PROMPT = "figures-1.toml"
_LONGEST_CONTEXT = 200
"""Characters of a title or heading that are shown with a paragraph."""
_MOST_FIGURES = 24
"""Figures that are asked about at once; a list of more is cut."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a part of one, with the figures that are asked about."""

    start: int
    end: int
    heading: tuple[int, int] | None
    figures: tuple[Quantity, ...]

    def question(self, reading: Reading) -> str:
        """The text as the model sees it, and what it is asked."""
        text = reading.document.text
        lines = [f"Title: {_shortened(_title(reading))}"]
        if self.heading:
            lines.append(f"Heading: {_shortened(text[slice(*self.heading)])}")
        ids = ", ".join(figure.figure for figure in self.figures)
        return "\n".join([*lines, "", mark(reading, self.start, self.end).text, "", f"Label {ids}."])

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the answer: for each figure one of the labels that fit it."""
        return {
            "type": "object",
            "properties": {figure.figure: {"enum": fitting(figure)} for figure in self.figures},
            "required": [figure.figure for figure in self.figures],
            "additionalProperties": False,
        }


@cache
def open_schema() -> dict[str, Any]:
    """JSON Schema of any answer, for servers to which every schema is a cost."""
    return {"type": "object", "additionalProperties": {"type": "string", "enum": list(all_labels())}}


def passages(reading: Reading, asked: Collection[str], size: int) -> Iterator[Passage]:
    """The paragraphs in which figures of these ids stand, but for those that are seldom of any record.

    What stands in a heading stands in the text below it too, and what restates a figure is what that is. A
    paragraph that a window of `size` characters does not hold is cut as that is.
    """
    ledger = [f for f in reading.ledger.figures if f.figure in asked and _is_asked(f)]
    cuts = [window.start for window in windows(reading, size)]
    for section in reading.sections:
        for start, end in _parts(section, cuts):
            inside = within(ledger, start, end)
            for first in range(0, len(inside), _MOST_FIGURES):
                yield Passage(start, end, section.heading, tuple(inside[first : first + _MOST_FIGURES]))


def _is_asked(figure: Quantity) -> bool:
    """Whether a figure is of a kind that anything can be said of, and not another's in brackets."""
    return figure.kind not in UNLABELLED and figure.same_as is None


def _parts(section: Section, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a section, parted at the cuts that are inside them."""
    for _, group in groupby(section.sentences, key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        yield from pairwise((start, *inside, end))


def _title(reading: Reading) -> str:
    if reading.document.title:
        return reading.document.title
    first = reading.sections[0]
    start, end = first.heading or (first.sentences[0].start, first.sentences[0].end)
    return reading.document.text[start:end]


def _shortened(words: str) -> str:
    return escape(" ".join(words.split())[:_LONGEST_CONTEXT])


@cache
def prompt() -> tuple[list[dict[str, str]], str]:
    """The messages before a question, the same for each, and what identifies them."""
    told = tomllib.loads((files("extractor.draft.llm") / "prompts" / PROMPT).read_text(encoding="utf-8"))
    system = told["system"].strip().replace("{labels}", _listed(told["headings"]))
    messages = [{"role": "system", "content": system}]
    for example in told["example"]:
        messages.append({"role": "user", "content": example["question"].strip()})
        messages.append({"role": "assistant", "content": json.dumps(example["answer"])})
    return messages, sha256(json.dumps(messages).encode()).hexdigest()[:12]


def _listed(headings: dict[str, str]) -> str:
    """The labels with what they mean, under a heading for each type of record."""
    groups = []
    for record, labels in groupby(all_labels().values(), key=lambda label: label.record):
        lines = [f"{label.name}: {label.says}" for label in labels]
        groups.append("\n".join([headings[record], *lines] if record else lines))
    return "\n\n".join(groups)


def read_labels(told: Any, passage: Passage) -> tuple[dict[str, Label], list[str]]:  # noqa: ANN401  any JSON
    """The labels of an answer, and a sentence for each figure that has none which fits it."""
    said = told if isinstance(told, dict) else {}
    labels: dict[str, Label] = {}
    faults: list[str] = []
    for figure in passage.figures:
        name, names = said.get(figure.figure), fitting(figure)
        if isinstance(name, str) and name in names:
            labels[figure.figure] = all_labels()[name]
            continue
        what = f'{figure.figure} "{figure.text}" is {figure.kind}'
        wrong = "has no label" if name is None else f'cannot be "{str(name)[:_LONGEST_CONTEXT]}"'
        faults.append(f"{what} and {wrong}: use one of {', '.join(names)}.")
    return labels, faults
