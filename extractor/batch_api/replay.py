"""Replay: a document's conversation held again from its start with the answers that are here already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.batch import document_key
from extractor.batch.desk import Desk
from extractor.draft.asking import Request, advance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.batch import DocumentExtractor
    from extractor.batch.desk import Outcome
    from extractor.batch_api.state import Held
    from extractor.document import Document
    from extractor.draft.asking import Conversation, Reply
    from schemas import Result


class Replayer:
    """An extractor that asks only what was not answered before; `keep` is given these answers."""

    def __init__(self, extractor: DocumentExtractor, keep: Callable[[Request, Reply], None]) -> None:
        self._extractor = extractor
        self._keep = keep
        self._replies: dict[str, tuple[Reply, ...]] = {}

    @property
    def asks(self) -> bool:
        """As the extractor's."""
        return self._extractor.asks

    def step(self, held: Held, *, settings: str, text: bool) -> Request | Outcome:
        """Go on with a document up to the next question that has no answer, or to its end."""
        [document] = self.documents([held])
        return Desk(self, settings=settings, text=text).begin(0, document)

    def documents(self, held: Iterable[Held]) -> Iterator[Document]:
        """Pass documents on whose `steps` come next, each after its answers are put ready."""
        for each in held:
            self._replies[each.key] = each.replies
            yield each.document

    def steps(self, document: Document) -> Conversation[Result]:
        """Extract the records of one document, asking what is left to ask."""
        replies = iter(self._replies.pop(document_key(document)))
        conversation = self._extractor.steps(document)
        step = advance(conversation)
        while isinstance(step, Request):
            reply = next(replies, None)
            if reply is None:
                reply = yield step
            elif not reply.is_known:
                self._keep(step, reply)
            step = advance(conversation, reply)
        return step.result

    async def send(self, request: Request) -> Reply:
        """As the extractor does."""
        return await self._extractor.send(request)
