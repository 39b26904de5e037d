"""Asking: what passes between a drafter that asks a model and whoever carries its questions there.

Such a drafter is a conversation: a generator that yields a Request, is sent the Reply, and returns what came
of it. It knows no sockets, so one and the same conversation can be held by a thread that waits, on an event
loop, in another process than the one that has the connection, or by files over a day.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from extractor.draft.model import Drafted
    from extractor.errors import ModelError
    from extractor.ledger import Reading

Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the model."""

    body: bytes
    """The body of a chat completion request, as JSON."""
    seconds: float
    """How long the server may have it, over all tries."""
    document: str = ""
    """The id of the document that it is about."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request: a completion, or the error that stands in its place."""

    completion: dict[str, Any] | None = None
    """The body of the server's answer; it has a choice with a message."""
    error: ModelError | None = None
    calls: int = 0
    """How often the server was called for it."""
    seconds: float = 0.0
    """Time that the server had it, over all calls; waits between them are not counted."""
    is_known: bool = False
    """Whether the answer was known from before, and cost nothing."""
    price: float = 1.0
    """The part of the list price that its tokens cost."""

    def tokens(self, *names: str) -> int:
        """What the server says of tokens under these names of its usage, one within the other.

        It need not say anything, and 0 is what it says where that is no count.
        """
        return tokens(self.completion or {}, *names)


def tokens(completion: dict[str, Any], *names: str) -> int:
    """As `Reply.tokens`, of the body of an answer."""
    told: Any = completion.get("usage")
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told if isinstance(told, int) and told > 0 else 0


Conversation: TypeAlias = Generator[Request, Reply, Out]


@runtime_checkable
class AskingDrafter(Protocol):
    """A drafter that can leave the carrying of its questions to others."""

    @property
    def name(self) -> str:
        """What a result's `drafter` field says."""
        ...

    def dialogue(self, reading: Reading) -> Conversation[Drafted]:
        """Draft, asking what there is to ask."""
        ...

    async def send(self, request: Request) -> Reply:
        """Carry one request to the model; on the loop of `extractor.loop`."""
        ...


@dataclass(frozen=True, slots=True)
class Concluded(Generic[Out]):
    """The end of a conversation."""

    result: Out


def advance(conversation: Conversation[Out], reply: Reply | None = None) -> Request | Concluded[Out]:
    """Begin a conversation, or go on with the reply to its last request."""
    try:
        return next(conversation) if reply is None else conversation.send(reply)
    except StopIteration as end:
        return Concluded(end.value)


def conclude(conversation: Conversation[Out], carry: Callable[[Request], Reply]) -> Out:
    """Hold a conversation to its end, waiting for each reply."""
    step = advance(conversation)
    while isinstance(step, Request):
        step = advance(conversation, carry(step))
    return step.result
