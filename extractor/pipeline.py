"""The line: read → draft → assemble → derive → check. Nothing reaches back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from contextlib import aclosing
from copy import copy
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from extractor import loop
from extractor.assemble import assemble
from extractor.checks import check
from extractor.derive import derive
from extractor.document import Document
from extractor.draft.asking import AskingDrafter, Request, advance, conclude
from extractor.draft.rules import RulesDrafter
from extractor.draft.second import disagreements
from extractor.errors import ExtractorError, InputError, ModelSetupError
from extractor.flow import flow
from extractor.input import is_unicode, parse_day, publication_date
from extractor.read import read
from schemas import Result

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
    from datetime import date

    from extractor.draft import Drafter
    from extractor.draft.asking import Conversation, Reply

In = TypeVar("In")
_Failed: TypeAlias = tuple[str, ExtractorError]

_AHEAD = 8
"""Results that wait for an earlier one, per document in work."""


class Extractor:
    """Turns press text into typed, reconciled records.

    Without a drafter it works by rules: offline, no key, deterministic. `after` are functions that each
    checked result goes through, in order, such as a person's corrections (`Corrections.apply`). `verify` is
    another drafter, such as the rules beside a model: where the two use a figure differently is a problem.
    """

    def __init__(
        self,
        drafter: Drafter | None = None,
        after: Sequence[Callable[[Result], Result]] = (),
        *,
        verify: Drafter | None = None,
    ) -> None:
        self.drafter: Drafter = drafter if drafter is not None else RulesDrafter()
        self.verify = verify
        self._after = after

    @property
    def settings(self) -> dict[str, Any]:
        """What results depend on beside their documents: the drafter's name and settings."""
        verify = {"verify": self.verify.name} if self.verify else {}
        return {"drafter": self.drafter.name, **verify, **getattr(self.drafter, "settings", {})}

    @property
    def asks(self) -> bool:
        """Whether the requests of `steps` are to be carried by the caller."""
        return isinstance(self.drafter, AskingDrafter)

    def shared_by(self, processes: int) -> Extractor:
        """A copy for each of so many processes, which together keep to the drafter's limits."""
        part = copy(self)
        if share := getattr(self.drafter, "shared_by", None):
            part.drafter = share(processes)
        return part

    def extract(
        self,
        text: str,
        *,
        published: date | str | None = None,
        doc_id: str = "document",
        title: str | None = None,
        source: str | None = None,
    ) -> Result:
        """Extract the records of one press text.

        `published` is a date or an ISO day ("2022-11-23"); relative times are resolved against it. Without
        one, a dateline in the text is used. Raises InputError where `published` is not a day or `text` is not
        a string of whole characters.
        """
        return self.extract_document(_document(text, published, doc_id, title, source))

    def extract_document(self, document: Document) -> Result:
        """Extract the records of one document."""
        return conclude(self.steps(document), lambda request: loop.run(self.send(request)))

    async def aextract_document(self, document: Document) -> Result:
        """As `extract_document`, without blocking the event loop."""
        steps = self.steps(document)
        step = await asyncio.to_thread(advance, steps)
        while isinstance(step, Request):
            reply = await loop.join(self.send(step))
            step = await asyncio.to_thread(advance, steps, reply)
        return step.result

    def steps(self, document: Document) -> Conversation[Result]:
        """As `extract_document`, with the drafter's requests to be carried by the caller.

        A drafter that does not ask, or does so on its own, has none.
        """
        reading = read(document)
        if isinstance(self.drafter, AskingDrafter):
            drafted = yield from self.drafter.dialogue(reading)
        else:
            drafted = self.drafter.draft(reading)
        if self.verify:
            names = self.drafter.name, self.verify.name
            second = self.verify.draft(reading).draft
            told = [*drafted.problems, *disagreements(drafted.draft, second, reading, names=names)]
            drafted = drafted.model_copy(update={"problems": told})
        result = derive(assemble(reading, drafted, self.drafter.name))
        result = check(result, None if reading.furniture else reading.sections)
        for step in self._after:
            result = step(result)
        return result

    def get_ready(self) -> None:
        """Load what sending takes, so that the first request need not wait for it."""
        if get_ready := getattr(self.drafter, "get_ready", None):
            get_ready()

    async def send(self, request: Request) -> Reply:
        """Carry a request of `steps`; on the loop of `extractor.loop`."""
        if not isinstance(self.drafter, AskingDrafter):
            raise TypeError(f"the drafter {self.drafter.name} asks nothing")
        return await self.drafter.send(request)

    async def aextract(
        self,
        text: str,
        *,
        published: date | str | None = None,
        doc_id: str = "document",
        title: str | None = None,
        source: str | None = None,
    ) -> Result:
        """As `extract`, without blocking the event loop."""
        return await self.aextract_document(_document(text, published, doc_id, title, source))

    async def aextract_many(
        self,
        documents: Iterable[Document | Mapping[str, Any] | str]
        | AsyncIterable[Document | Mapping[str, Any] | str],
        *,
        concurrency: int = 4,
        ordered: bool = True,
        on_failure: Callable[[str, ExtractorError], None] | None = None,
    ) -> AsyncIterator[Result]:
        """Extract from many documents, so many at a time; memory holds a few, however many there are.

        A document is a text, a mapping of the arguments of `extract`, or a Document. Results come in the
        order of the documents, or as they are done. A document that fails is told to `on_failure`, by its
        doc_id and the error, and the others go on; without that the error is raised.
        """

        async def outcome(numbered: tuple[int, Document | Mapping[str, Any] | str]) -> Result | _Failed:
            try:
                document = _given(*numbered)
            except InputError as error:
                return error.where, error
            try:
                return await self.aextract_document(document)
            except ExtractorError as error:
                return document.doc_id, error

        stream = flow(
            outcome, _numbered(documents), hands=concurrency, ahead=_AHEAD * concurrency, ordered=ordered
        )
        async with aclosing(stream) as outcomes:
            async for what in outcomes:
                if isinstance(what, Result):
                    yield what
                elif on_failure is None or isinstance(what[1], ModelSetupError):
                    raise what[1]
                else:
                    on_failure(*what)


async def _numbered(items: Iterable[In] | AsyncIterable[In]) -> AsyncIterator[tuple[int, In]]:
    number = 0
    if isinstance(items, AsyncIterable):
        async for item in items:
            number += 1
            yield number, item
    else:
        for number, item in enumerate(items, 1):
            yield number, item


def _given(number: int, given: Document | Mapping[str, Any] | str) -> Document:
    if isinstance(given, Document):
        return given
    told: dict[str, Any] = {"published": None, "doc_id": f"document-{number}", "title": None, "source": None}
    told |= {"text": given} if isinstance(given, str) else given
    try:
        return _document(**told)
    except TypeError as error:
        raise InputError(
            str(told["doc_id"]), f"takes the arguments of extract, text among them ({error})"
        ) from None


def _document(
    text: str, published: date | str | None, doc_id: str, title: str | None, source: str | None
) -> Document:
    if not isinstance(text, str):
        raise InputError(doc_id, f"text must be a string, not {type(text).__name__}")
    if not is_unicode([text, doc_id, title, source]):
        raise InputError(doc_id, "has half of a surrogate pair, which is no character")
    if isinstance(published, str):
        published = parse_day(published, doc_id)
    return Document(text, doc_id, published or publication_date(text), title, source)
