"""Desk: documents in work in one process, each up to its next question to a model or to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from extractor.batch.keys import document_key
from extractor.batch.tally import Failure, Tally
from extractor.draft.asking import Conversation, Reply, Request, advance
from extractor.errors import ExtractorError, InputError, ModelSetupError
from schemas import Result, Run

if TYPE_CHECKING:
    from extractor.document import Document


class DocumentExtractor(Protocol):
    """What a batch needs of an Extractor; where it has `get_ready` too, that is called before any `send`."""

    @property
    def asks(self) -> bool:
        """Whether its requests are to be carried by the caller."""
        ...

    def steps(self, document: Document) -> Conversation[Result]:
        """Extract the records of one document."""
        ...

    async def send(self, request: Request) -> Reply:
        """Carry one request to the model."""
        ...


@dataclass(frozen=True, slots=True)
class Finished:
    """A document that has a result."""

    line: str
    """The result, as one JSON line without its break."""
    key: str
    """The document's key, which the line carries too."""
    counts: Tally
    """What there is to count of it."""


Outcome: TypeAlias = "Finished | Failure | ModelSetupError"
"""What became of a document; an error that every other document would meet as well is the run's."""


class Desk:
    """The documents that one process has in work, by their tickets."""

    def __init__(self, extractor: DocumentExtractor, *, settings: str, text: bool = True) -> None:
        self._extractor = extractor
        self._settings = settings
        self._text = text
        self._open: dict[int, tuple[Document, str, Conversation[Result]]] = {}

    def begin(self, ticket: int, document: Document | InputError) -> Request | Outcome:
        """Take a document up."""
        if isinstance(document, InputError):
            return Failure(document.where, document.what)
        self._open[ticket] = document, document_key(document), self._extractor.steps(document)
        return self.go_on(ticket, None)

    def go_on(self, ticket: int, reply: Reply | None) -> Request | Outcome:
        """Go on with the reply to a document's request."""
        document, key, steps = self._open.pop(ticket)
        try:
            step = advance(steps, reply)
            if isinstance(step, Request):
                self._open[ticket] = document, key, steps
                return step
            return self._finished(step.result, key)
        except ModelSetupError as error:
            return error
        except ExtractorError as error:
            what = error.what if isinstance(error, InputError) else str(error)
        except Exception as error:  # noqa: BLE001  a fault in one document must not cost the others
            what = f"a fault of the toolkit, please report it: {type(error).__name__}: {error}"
        return Failure(document.doc_id, what, document.doc_id, key)

    def _finished(self, result: Result, key: str) -> Finished:
        """Make the line here, so that a result that cannot be put as JSON is a failure too."""
        result = result.model_copy(update={"run": Run(document=key, settings=self._settings)})
        counts = Tally()
        counts.add(result)
        return Finished(result.to_json(text=self._text), key, counts)
