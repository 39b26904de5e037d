"""Flow: a stream of items through a fixed number of hands, in order and without running ahead."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

In = TypeVar("In")
Out = TypeVar("Out")


async def flow(
    work: Callable[[In], Awaitable[Out]],
    items: AsyncIterator[In],
    *,
    hands: int,
    ahead: int,
    ordered: bool = True,
) -> AsyncGenerator[Out]:
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
                    if is_over:
                        raise StopAsyncIteration  # noqa: TRY301  some sources say it only once
                    item = await anext(items)
                except StopAsyncIteration:
                    is_over = True
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
