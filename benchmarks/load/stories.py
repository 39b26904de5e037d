"""Stories: press texts of the fixtures, each in any number of versions, with what a model would answer.

A story's answer holds the same records for every kind of tool ("dialect"): "draft" is what this toolkit asks
for, with ids in the place of numbers; "objects" are records with quantities, as a Pydantic schema asks for;
"extractions" are passages with attributes, as langextract asks for. The records are those of the rules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.document import Document
from extractor.draft.rules import RulesDrafter
from extractor.input import publication_date
from extractor.read import read
from load.variation import NUMBER, Variable, opened, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft import Draft
    from extractor.ledger import Ledger, Reading

PRESS = Path(__file__).parents[2] / "fixtures" / "press" / "development"


class Texts(NamedTuple):
    """Which texts are taken."""

    length: range
    """By their characters."""
    figures: range
    """By their figures."""


TEXTS = {
    "reports": Texts(length=range(1_700, 2_500), figures=range(10, 21)),
    "briefs": Texts(length=range(600, 1_320), figures=range(5, 15)),
}


class Story:
    """A text form, the numbers that are open in it, and the answers about it."""

    def __init__(self, reading: Reading) -> None:
        draft = RulesDrafter().draft(reading).draft
        self.figures = len(reading.ledger.figures)
        self.numbers = _open_numbers(reading)
        self._form = opened(reading.document.text, self.numbers)
        self._variables = [Variable.of(number) for number in self.numbers]
        self._answers = {
            "draft": _draft(draft),
            "objects": _objects(draft, reading.ledger),
            "extractions": {"extractions": list(_extractions(draft, reading.ledger))},
        }

    def text(self, serial: int) -> str:
        """The version of this serial number, which its first line says."""
        return f"Newswire item PW{serial:06d}\n\n" + self._form % values(self._variables, serial)

    def answer(self, dialect: str) -> Any:  # noqa: ANN401  any JSON
        """What a model would say to a tool of this kind, of the version of the fixtures."""
        return self._answers[dialect]

    def for_server(self) -> dict[str, Any]:
        """What the server has to know."""
        bodies = {
            dialect: json.dumps(_completion(json.dumps(answer, ensure_ascii=False)))
            for dialect, answer in self._answers.items()
        }
        return {
            "numbers": self.numbers,
            "answers": {dialect: opened(body, self.numbers) for dialect, body in bodies.items()},
        }


def stories(kind: str = "reports") -> list[Story]:
    """The stories of the fixtures that are of a kind, in the order of their names."""
    texts, found = TEXTS[kind], []
    for path in sorted(PRESS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        reading = read(Document(text, path.stem, publication_date(text)))
        if len(text) in texts.length and len(reading.ledger.figures) in texts.figures:
            found.append(Story(reading))
    return found


def write(told: list[Story], documents: int, path: Path) -> None:
    """Write so many documents as JSONL, no two of them the same."""
    with path.open("w", encoding="utf-8") as lines:
        for serial in range(documents):
            text = told[serial % len(told)].text(serial)
            lines.write(json.dumps({"id": f"PW{serial:06d}", "text": text}, ensure_ascii=False) + "\n")


def _open_numbers(reading: Reading) -> list[str]:
    """Numbers that stand in figures of one value and nowhere else, so that times and ranges stay whole."""
    text, inside = reading.document.text, set[int]()
    for figure in reading.ledger.figures:
        if figure.bound != "range":
            inside.update(range(figure.start, figure.end))
    found = [(each[0], each.start() in inside) for each in NUMBER.finditer(text)]
    fixed = {number for number, is_open in found if not is_open}
    return list(dict.fromkeys(number for number, _ in found if number not in fixed))


def _draft(draft: Draft) -> dict[str, Any]:
    told = draft.model_dump(mode="json", exclude_defaults=True)
    for records in told.values():
        for record in records:
            record.pop("evidence", None)
    return told


def _objects(draft: Draft, ledger: Ledger) -> dict[str, Any]:
    """The draft with quantities in the place of figure ids and words in the place of time ids."""
    figures = {figure.figure: figure for figure in ledger.figures}
    times = {time.time: time.text for time in ledger.times}

    def told(value: Any) -> Any:  # noqa: ANN401  JSON
        if isinstance(value, dict):
            return {key: told(each) for key, each in value.items()}
        if isinstance(value, list):
            return [told(each) for each in value]
        if figure := figures.get(value):
            return {"text": figure.text, "value": float(figure.value), "unit": figure.unit}
        return times.get(value, value)

    whole: dict[str, Any] = told(_draft(draft))
    return whole


def _extractions(draft: Draft, ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Each record, and each figure, time and party of it, as a passage with attributes."""
    words = {each.figure: each.text for each in ledger.figures}
    words |= {each.time: each.text for each in ledger.times}
    for records in _draft(draft).values():
        for record in records:
            slots = {name: words.get(told, told) for name, told in record.items() if isinstance(told, str)}
            own = slots.get("name") or slots.get("subject") or slots.get("figure") or slots["kind"]
            yield {"record": own, "record_attributes": slots}
            for slot, told in record.items():
                for part in told if isinstance(told, list) else [{"figure": told}]:
                    mark = _mark(part, words)
                    if mark:
                        details = {name: words.get(each, each) for name, each in part.items() if each != mark}
                        yield {
                            "fact": words.get(mark, mark),
                            "fact_attributes": {"record": own, "slot": slot, **details},
                        }


def _mark(part: Any, words: dict[str, str]) -> str | None:  # noqa: ANN401  JSON
    """What a part of a record is about: its first figure or time, or a party's name; None for other words."""
    if not isinstance(part, dict):
        return None
    return next((each for each in part.values() if each in words), part.get("name"))


def _completion(content: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        ],
        "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 9},
    }
