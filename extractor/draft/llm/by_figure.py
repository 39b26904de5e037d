"""By figure: the model says what each figure is, paragraph by paragraph; the records are found by rules.

A small model that cannot write the records of a whole text can still choose a label for a figure in a
paragraph. Which record that figure is of, and what that record's names and times are, code finds to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import RootModel, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError, from_json

from extractor.draft.llm.answer import response_format
from extractor.draft.llm.dialogue import dialogue
from extractor.draft.llm.passages import open_schema, passages, prompt, read_labels
from extractor.draft.llm.windowed import passage_problem
from extractor.draft.rules import RulesDrafter
from extractor.draft.validate import claimed
from extractor.errors import ModelAnswerError

if TYPE_CHECKING:
    from extractor.draft.asking import Conversation
    from extractor.draft.labels import Label
    from extractor.draft.llm.dialogue import Account
    from extractor.draft.llm.passages import Passage
    from extractor.draft.model import Draft
    from extractor.ledger import Reading
    from schemas import Problem


@dataclass(frozen=True, slots=True)
class ByFigure:
    """Asks what the figures of a text are."""

    request: dict[str, Any]
    """What every request says beside its messages and schema."""
    reasks: int
    enum_ids: bool
    window: int
    """Characters of marked text beyond which a paragraph is asked about in parts."""
    rules_first: bool
    """Whether only those figures are asked about of which the rules say nothing."""

    @property
    def prompt_hash(self) -> str:
        """What identifies its prompt."""
        return prompt()[1]

    def ask(self, reading: Reading, account: Account) -> Conversation[tuple[Draft, list[Problem]]]:
        """Draft a reading.

        A figure that the model gives no label, or none that it can have, is for the rules to tell. A
        paragraph without a usable answer is a problem; where none has one, and the rules know of no figure
        either, the first one's error is raised.
        """
        rules = RulesDrafter()
        known = claimed(rules.draft(reading).draft) if self.rules_first else set()
        labels: dict[str, Label] = {}
        problems: list[Problem] = []
        errors: list[ModelAnswerError] = []
        asked = list(passages(reading, reading.ledger.figure.keys() - known, self.window))
        for passage in asked:
            try:
                account.check_time()
                told, found = yield from self._ask(passage, reading, account)
            except ModelAnswerError as error:
                errors.append(error)
                found = [passage_problem(passage, reading, f"{error}; its figures are told by rules.")]
                told = {}
            labels |= told
            problems += found
        if errors and len(errors) == len(asked) and not known:
            raise errors[0]
        return rules.draft(reading, labels).draft, problems

    def _ask(
        self, passage: Passage, reading: Reading, account: Account
    ) -> Conversation[tuple[dict[str, Label], list[Problem]]]:
        schema = passage.schema() if self.enum_ids else open_schema()
        messages = [*prompt()[0], {"role": "user", "content": passage.question(reading)}]
        request = {"messages": messages, **self.request, "response_format": response_format(schema)}
        task = _Task(passage, reading.document.doc_id)
        return (yield from dialogue(task, request, account, self.reasks))


@dataclass(frozen=True, slots=True)
class _Task:
    """A passage, and the answers so far."""

    passage: Passage
    document: str
    answers: list[dict[str, Label]] = field(default_factory=list)

    @property
    def has_any(self) -> bool:
        return bool(self.answers)

    def read(self, content: str) -> None:
        _Labelling.model_validate_json(content, context=self)

    def best(self) -> dict[str, Label]:
        """The answer with most labels, the latest of these."""
        return max(reversed(self.answers), key=len)

    def saved(self, content: str) -> tuple[dict[str, Label], list[Problem]]:
        try:
            told = from_json(content, allow_partial=True)
        except ValueError:
            raise ModelAnswerError("the model's answer is not JSON") from None
        labels, _ = read_labels(told, self.passage)
        if not labels:
            raise ModelAnswerError("the model's answer has no label in it")
        return labels, []


class _Labelling(RootModel[dict[str, Any]]):
    """An answer: figure ids with their labels. Validation takes the task as its context."""

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo[_Task]) -> _Labelling:
        task = info.context
        labels, faults = read_labels(self.root, task.passage)
        task.answers.append(labels)
        if faults:
            raise PydanticCustomError("labels", "{faults}", {"faults": "\n".join(faults)})
        return self
