"""Cluster: the documents of a run on the actors of a Ray cluster, in the place of this machine's processes.

The run itself stays where it is: it reads, keeps the order, writes, and continues what was broken off. A
document goes to an actor and comes back as a line, so a run that is stopped, or loses an actor, has at stake
what is in work and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from extractor.batch.keys import document_key
from extractor.batch.tally import Failure
from extractor.document import Document
from extractor.errors import ExtractorError
from extractor.scale.library import cpus, ray
from extractor.scale.worker import Worker, share

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from extractor.batch.desk import Outcome
    from extractor.batch.processes import Desks, Send
    from extractor.errors import InputError
    from extractor.pipeline import Extractor

LOCAL = "local"
_TRIES = 4
"""Of a document whose actor dies; it may be the one that kills it."""
_PAUSE = 1.0  # seconds between two questions whether an actor that was lost is up again
_CALLS = 10_000  # of one actor at a time; who gives out documents keeps to far fewer


class Cluster:
    """A Ray cluster: `local` starts one on this machine, `auto` or an address finds one.

    Raises ExtractorError where ray is not installed or there is no such cluster.
    """

    def __init__(self, address: str) -> None:
        settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if address == LOCAL:
            settings["include_dashboard"] = False
        library = ray()
        try:
            if not library.is_initialized():
                library.init(address, **settings)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            why = " ".join(str(error).split())
            raise ExtractorError(
                f'there is no Ray cluster at "{address}" ({why}); start one with "ray start --head", or give '
                f'"{LOCAL}" for this machine alone'
            ) from None
        self._address = address

    @property
    def cpus(self) -> int:
        """Its CPUs."""
        return cpus()

    @asynccontextmanager
    async def desks(
        self, extractor: Extractor, *, actors: int, concurrency: int, settings: str, text: bool
    ) -> AsyncIterator[Desks]:
        """Desks in so many actors, each on a CPU, which share `concurrency` and the drafter's limits."""
        remote = ray().remote(num_cpus=1, max_restarts=-1, max_concurrency=_CALLS)
        start = remote(Worker).remote
        part = extractor.shared_by(actors)
        each = share(concurrency, actors)
        handles = [start(part, settings=settings, text=text, concurrency=each) for _ in range(actors)]
        pool = _Pool(handles, self._address)
        try:
            yield pool
        finally:
            pool.close()


class _Pool:
    """Actors, of which those have work that are up.

    A cluster that grows may need minutes for some of them, and one that is lost comes back on another machine
    or not at all; its documents go to the others.
    """

    def __init__(self, actors: list[Any], address: str) -> None:
        self._actors = actors
        self._address = address
        self._load = [0] * len(actors)
        self._up: set[int] = set()
        self._ends: dict[int, Exception] = {}
        """Why actors will not come up any more."""
        self._news = asyncio.Condition()
        self._watches = [asyncio.create_task(self._watch(number)) for number in range(len(actors))]

    async def outcome(self, document: Document | InputError, _send: Send) -> Outcome:
        """Have a document worked on by an actor, which carries its requests itself."""
        errors = ray().exceptions
        for _ in range(_TRIES):
            number = await self._take()
            try:
                outcome: Outcome = await self._actors[number].outcome.remote(document)
            except errors.RayActorError as error:
                lost: Exception = error
                self._leave(number)
            except errors.RayError as error:
                return _failed(document, error)
            else:
                return outcome
            finally:
                self._load[number] -= 1
        return _failed(document, lost)

    async def _take(self) -> int:
        """Wait for an actor that is up, and give it one document more."""
        async with self._news:
            await self._news.wait_for(lambda: self._up or len(self._ends) == len(self._actors))
            if not self._up:
                raise self._cannot_start(next(iter(self._ends.values())))
            number = min(self._up, key=self._load.__getitem__)
            self._load[number] += 1
            return number

    def _leave(self, number: int) -> None:
        """Give an actor that was lost no more work until it is up again."""
        if number in self._up:
            self._up.remove(number)
            self._watches.append(asyncio.create_task(self._watch(number)))

    async def _watch(self, number: int) -> None:
        """Wait until an actor can work, or never will."""
        errors = ray().exceptions
        while True:
            try:
                await self._actors[number].ready.remote()
                self._up.add(number)
                break
            except errors.ActorDiedError as error:
                self._ends[number] = error
                break
            except errors.RayActorError:
                await asyncio.sleep(_PAUSE)
        async with self._news:
            self._news.notify_all()

    def close(self) -> None:
        """Give the actors' CPUs back."""
        for task in self._watches:
            task.cancel()
        for actor in self._actors:
            ray().kill(actor)

    def _cannot_start(self, error: Exception) -> ExtractorError:
        lines = str(error).strip().splitlines()
        return ExtractorError(
            f'the Ray cluster at "{self._address}" cannot start an extractor ({lines[-1].strip()}); each of '
            "its machines needs the same pressledger as this one"
        )


def _failed(document: Document | InputError, error: Exception) -> Failure:
    what = f"its process on the Ray cluster was lost ({str(error).strip().splitlines()[0]})"
    if isinstance(document, Document):
        return Failure(document.doc_id, what, document.doc_id, document_key(document))
    return Failure(document.where, what)
