"""Feed: items from a thread that its source may block, as an asynchronous stream on the loop."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from extractor import loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

In = TypeVar("In")


class Feed(Generic[In]):
    """A stream that is fed from another thread, no more than `ahead` items before they are wanted."""

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
