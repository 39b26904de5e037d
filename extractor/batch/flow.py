"""Flow: a stream of items through a fixed number of hands, in order and without running ahead."""

from __future__ import annotations

import asyncio
import threading
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

from extractor import loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

In = TypeVar("In")
Out = TypeVar("Out")


async def flow(
    work: Callable[[In], Awaitable[Out]],
    items: AsyncIterator[In],
    *,
    hands: int,
    ahead: int,
    ordered: bool = True,
) -> AsyncIterator[Out]:
    """Map with so many items in work at a time; those done early wait for the ones before them.

    No more than `ahead` items are taken and not given out, so memory does not grow behind a slow one.
    """
    room, turn, done = asyncio.Semaphore(ahead), asyncio.Lock(), asyncio.Queue[tuple[int, Out] | None]()
    numbers, is_over = count(), False

    async def hand() -> None:
        nonlocal is_over
        while True:
            await room.acquire()
            async with turn:
                try:
                    item = None if is_over else await anext(items)
                except StopAsyncIteration:
                    is_over = True
                if is_over:
                    room.release()
                    return
                number = next(numbers)
            done.put_nowait((number, await work(item)))

    async def all_hands() -> None:
        try:
            await asyncio.gather(*tasks)
        finally:
            done.put_nowait(None)

    tasks = [asyncio.create_task(hand()) for _ in range(hands)]
    working = asyncio.create_task(all_hands())
    early: dict[int, Out] = {}
    turns = count()
    awaited = next(turns)
    try:
        while (finished := await done.get()) is not None:
            number, out = finished
            early[number if ordered else awaited] = out
            while awaited in early:
                room.release()
                yield early.pop(awaited)
                awaited = next(turns)
        await working
    finally:
        for task in (working, *tasks):
            task.cancel()


class Feed(Generic[In]):
    """Items from a thread that may be blocked by their source, as an asynchronous stream on the loop."""

    def __init__(self, ahead: int) -> None:
        self._room = threading.Semaphore(ahead)
        self._queue = asyncio.Queue[tuple[In] | None]()
        self._is_closed = False

    def put(self, item: In) -> bool:
        """Hand on an item when there is room for it; whether anybody wants more."""
        self._room.acquire()
        if not self._is_closed:
            loop.call(self._queue.put_nowait, (item,))
        return not self._is_closed

    def end(self) -> None:
        """Say that there are no more."""
        loop.call(self._queue.put_nowait, None)

    def close(self) -> None:
        """Say that no more are wanted."""
        self._is_closed = True
        self._room.release()
        self._queue.put_nowait(None)

    def __aiter__(self) -> AsyncIterator[In]:
        return self

    async def __anext__(self) -> In:
        if self._is_closed or (item := await self._queue.get()) is None:
            raise StopAsyncIteration
        self._room.release()
        return item[0]
