"""By document: the model drafts the records of a whole text, or of a window of it, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractor.draft.llm.answer import Task, response_format, schema_with_ids, static_schema
from extractor.draft.llm.dialogue import dialogue
from extractor.draft.llm.windowed import in_windows
from extractor.draft.llm.windows import part, subject
from extractor.draft.mark import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.draft.asking import Conversation
    from extractor.draft.llm.dialogue import Account
    from extractor.draft.llm.windows import Window
    from extractor.draft.model import Draft
    from extractor.ledger import Reading
    from schemas import Problem

PROMPTS = ("draft-1.md", "window-1.md")


@cache
def _prompts() -> tuple[str, str, str]:
    """The system prompt, what stands before a later window, and what identifies the two."""
    folder = files("extractor.draft.llm") / "prompts"
    texts = [(folder / name).read_text(encoding="utf-8") for name in PROMPTS]
    return texts[0], texts[1], sha256("".join(texts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class ByDocument:
    """Asks for the records of a text."""

    request: dict[str, Any]
    """What every request says beside its messages and schema."""
    reasks: int
    enum_ids: bool
    window: int
    """Characters of marked text that are asked about at once."""

    @property
    def prompt_hash(self) -> str:
        """What identifies its prompts."""
        return _prompts()[-1]

    def ask(self, reading: Reading, account: Account) -> Conversation[tuple[Draft, list[Problem]]]:
        """Draft a reading, window by window where it is long."""
        return in_windows(reading, self.window, account, partial(self._ask, reading, account))

    def _ask(
        self, whole: Reading, account: Account, window: Window, *, may_split: Callable[[], bool]
    ) -> Conversation[tuple[Draft, list[Problem]]]:
        """Ask about one window of a reading."""
        marked, reading = mark(whole, window.start, window.end), part(whole, window)
        schema = schema_with_ids(reading, marked.ids) if self.enum_ids else static_schema()
        messages = [
            {"role": "system", "content": _prompts()[0]},
            {"role": "user", "content": _question(reading, subject(whole, window), marked.text)},
        ]
        request = {"messages": messages, **self.request, "response_format": response_format(schema)}
        return (yield from dialogue(Task(reading), request, account, self.reasks, may_split=may_split))


def _question(reading: Reading, before: str, marked: str) -> str:
    """What is asked about a marked text, with what is said before it."""
    if before:
        opening, closing = _prompts()[1].split("{subject}")
        marked = f"{opening}{before}{closing}{marked}"
    published = reading.document.published
    return f"Published: {published}\n\n{marked}" if published else marked
