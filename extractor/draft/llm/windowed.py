"""Windowed: a text that is asked about window by window, and the one draft that comes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from extractor.draft.llm.windows import halves, is_divisible, part, windows
from extractor.draft.mark import mark, unmark
from extractor.draft.merge import merged
from extractor.draft.validate import draft_problem, faults, valid_part
from extractor.errors import ModelAnswerError, TooLongError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.draft.asking import Conversation
    from extractor.draft.llm.dialogue import Account
    from extractor.draft.llm.passages import Passage
    from extractor.draft.llm.windows import Window
    from extractor.draft.model import Draft
    from extractor.ledger import Reading
    from schemas import Problem

_QUOTED = 60  # characters of a passage that tell which one it is


class Ask(Protocol):
    """Asks about one window; where `may_split` says so, an answer that is cut off is a TooLongError."""

    def __call__(
        self, window: Window, *, may_split: Callable[[], bool]
    ) -> Conversation[tuple[Draft, list[Problem]]]:
        """Give its draft and what went wrong on the way, or raise a ModelError."""
        ...


def in_windows(
    reading: Reading, size: int, account: Account, ask: Ask
) -> Conversation[tuple[Draft, list[Problem]]]:
    """Ask about every window of a reading, and make one draft of the answers.

    A window that the model cannot take, or cannot answer in full, is asked about in halves. One without a
    usable answer is a problem that names its passage; where no window has one, the first one's error is
    raised. Any other ModelError ends the document.
    """
    open_ = windows(reading, size)[::-1]
    drafts: list[Draft] = []
    problems: list[Problem] = []
    errors: list[ModelAnswerError] = []
    is_whole = len(open_) == 1
    while open_:
        window = open_.pop()
        try:
            account.check_time()
            draft, found = yield from ask(window, may_split=partial(is_divisible, reading, window))
        except ModelAnswerError as error:
            if isinstance(error, TooLongError) and (smaller := halves(reading, window)):
                open_ += smaller[::-1]
                is_whole = False
                continue
            errors.append(error)
            problems.append(passage_problem(window, reading, f"{error}; records may be missing."))
            continue
        if is_whole:
            return draft, found
        wrong = faults(draft, part(reading, window))
        drafts.append(valid_part(draft, wrong))
        told = [*found, *(fault.problem for fault in wrong)]
        problems += [passage_problem(window, reading, problem.message, problem.figures) for problem in told]
    if not drafts:
        raise errors[0]
    return merged(drafts, reading), problems


def passage_problem(
    passage: Window | Passage, reading: Reading, message: str, figures: Sequence[str] = ()
) -> Problem:
    """A problem of one part of a text, with the words that it begins with."""
    words = " ".join(unmark(mark(reading, passage.start, passage.end).text).split())
    begins = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"
    return draft_problem(f'In the passage from "{begins}": {message}', figures)
