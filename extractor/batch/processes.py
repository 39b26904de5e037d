"""Processes: desks in processes of their own, for the stages that cost processor time.

A worker reads pickled messages from its standard input and answers each on its standard output. It ends when
its input does, so none outlives the process that started it, however that ends.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle  # what is unpickled was pickled by the other end of the pipe
import signal
import sys
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from extractor.batch.desk import Desk, DocumentExtractor, Outcome
from extractor.draft.asking import Reply, Request
from extractor.errors import ExtractorError, InputError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from extractor.document import Document

    Send: TypeAlias = Callable[[Request], Awaitable[Reply]]

GARBAGE = (20_000, 50, 100)
"""Objects between two looks for cycles: a document leaves few, and to look as often as usual takes a tenth of
a worker's time."""
_SIZE = 4  # bytes of a message's length
_ENDING = 5.0  # seconds that a worker has to end


class Desks(Protocol):
    """Where documents are worked on."""

    async def outcome(self, document: Document | InputError, send: Send) -> Outcome:
        """Work on a document until something has become of it; `send` carries its requests, if need be."""
        ...


class _StepByStep(ABC):
    """Desks that have a document's requests carried for them."""

    def __init__(self) -> None:
        self._tickets = count()

    async def outcome(self, document: Document | InputError, send: Send) -> Outcome:
        """Work on a document until something has become of it, sending its requests to the model."""
        ticket = next(self._tickets)
        step = await self._begin(ticket, document)
        while isinstance(step, Request):
            step = await self._go_on(ticket, await send(step))
        return step

    @abstractmethod
    async def _begin(self, ticket: int, document: Document | InputError) -> Request | Outcome:
        """Take a document up."""

    @abstractmethod
    async def _go_on(self, ticket: int, reply: Reply) -> Request | Outcome:
        """Go on with the reply to a document's request."""


@asynccontextmanager
async def desks(
    extractor: DocumentExtractor, processes: int, concurrency: int, *, settings: str, text: bool
) -> AsyncIterator[Desks]:
    """Desks in this process, or in so many others."""
    if processes <= 1:
        # a drafter that waits for its model on its own would keep the loop, and with it the others, waiting
        threads = 0 if extractor.asks else concurrency
        yield Here(Desk(extractor, settings=settings, text=text), threads if threads > 1 else 0)
        return
    try:
        office = pickle.dumps((extractor, settings, text))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise _cannot_be_sent(error) from None
    workers = [await _Worker.start(office) for _ in range(processes)]
    try:
        await asyncio.gather(*(worker.is_ready for worker in workers))
        yield _There(workers)
    finally:
        await asyncio.gather(*(worker.stop() for worker in workers))


class Here(_StepByStep):
    """A desk in this process."""

    def __init__(self, desk: Desk, threads: int = 0) -> None:
        super().__init__()
        self._desk = desk
        self._threads = ThreadPoolExecutor(threads) if threads else None

    async def _begin(self, ticket: int, document: Document | InputError) -> Request | Outcome:
        if self._threads:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, self._desk.begin, ticket, document
            )
        return self._desk.begin(ticket, document)

    async def _go_on(self, ticket: int, reply: Reply) -> Request | Outcome:
        return self._desk.go_on(ticket, reply)


class _There(_StepByStep):
    """Desks in other processes."""

    def __init__(self, workers: list[_Worker]) -> None:
        super().__init__()
        self._workers = workers
        self._at: dict[int, _Worker] = {}

    async def _begin(self, ticket: int, document: Document | InputError) -> Request | Outcome:
        worker = self._at[ticket] = min(self._workers, key=lambda worker: worker.load)
        return await self._step(worker, ticket, document)

    async def _go_on(self, ticket: int, reply: Reply) -> Request | Outcome:
        return await self._step(self._at[ticket], ticket, reply)

    async def _step(
        self, worker: _Worker, ticket: int, message: Document | InputError | Reply
    ) -> Request | Outcome:
        step = await worker.ask(ticket, message)
        if not isinstance(step, Request):
            del self._at[ticket]
        return step


class _Worker:
    """One process with a desk."""

    def __init__(self, process: asyncio.subprocess.Process, office: bytes) -> None:
        self._process = process
        self._input = cast("asyncio.StreamWriter", process.stdin)
        self._output = cast("asyncio.StreamReader", process.stdout)
        self._waiting: dict[int, asyncio.Future[Request | Outcome]] = {}
        self._loss: ExtractorError | None = None
        self._input.write(_framed(office))
        self.is_ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, office: bytes) -> _Worker:
        pipe = asyncio.subprocess.PIPE
        # a Ctrl-C at the terminal goes to a whole group, and also comes while a worker is still starting
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()",
            stdin=pipe,
            stdout=pipe,
            process_group=0,
        )
        return cls(process, office)

    @property
    def load(self) -> int:
        """Documents that wait for it."""
        return len(self._waiting)

    async def ask(self, ticket: int, message: Document | InputError | Reply) -> Request | Outcome:
        if self._loss:
            raise self._loss
        future: asyncio.Future[Request | Outcome] = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = future
        self._input.write(_framed(pickle.dumps((ticket, message))))
        return await future

    async def stop(self) -> None:
        self._input.close()
        try:
            async with asyncio.timeout(_ENDING):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
        await self._listening

    async def _read(self) -> Any:  # noqa: ANN401  what the worker has to say
        size = int.from_bytes(await self._output.readexactly(_SIZE), "big")
        return pickle.loads(await self._output.readexactly(size))  # noqa: S301  our own

    async def _listen(self) -> None:
        with suppress(asyncio.IncompleteReadError):
            if obstacle := await self._read():
                self._loss = _cannot_be_sent(obstacle)
            else:
                self.is_ready.set_result(None)
            while True:
                ticket, step = await self._read()
                future = self._waiting.pop(ticket)
                if not future.done():  # else nobody waits any more
                    future.set_result(step)
        status = await self._process.wait()
        self._loss = self._loss or ExtractorError(
            f"a worker process has ended early (status {status}), perhaps for want of memory; "
            "the same command goes on, with fewer processes if it happens again"
        )
        left: list[asyncio.Future[Any]] = [self.is_ready, *self._waiting.values()]
        for future in left:
            if not future.done():
                future.set_exception(self._loss)
        self._waiting.clear()


def _cannot_be_sent(obstacle: object) -> ExtractorError:
    return ExtractorError(
        f"this extractor cannot be sent to other processes ({obstacle}); what it is made of has to stand in "
        "modules that they can import, or run it with processes=1"
    )


def _framed(message: bytes) -> bytes:
    return len(message).to_bytes(_SIZE, "big") + message


def serve() -> None:
    """Be a worker."""
    for each in (signal.SIGINT, signal.SIGTERM):  # meant for the run, which wants its documents finished
        signal.signal(each, signal.SIG_IGN)
    messages, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whoever prints must not disturb the answers

    def receive() -> Any:  # noqa: ANN401  what the run has to say
        size = int.from_bytes(messages.read(_SIZE), "big")
        message = messages.read(size)
        # a run that is killed may leave the beginning of a message
        return pickle.loads(message) if message and len(message) == size else None  # noqa: S301  our own

    def answer(what: object) -> None:
        answers.write(_framed(pickle.dumps(what)))
        answers.flush()

    try:
        extractor, settings, text = receive()
    except Exception as error:  # noqa: BLE001  whatever importing it meets
        answer(f"{type(error).__name__}: {error}")
        return
    answer(None)
    gc.set_threshold(*GARBAGE)
    desk = Desk(extractor, settings=settings, text=text)
    while message := receive():
        ticket, told = message
        answer((ticket, desk.go_on(ticket, told) if isinstance(told, Reply) else desk.begin(ticket, told)))
