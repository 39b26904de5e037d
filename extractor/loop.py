"""Loop: the one event loop on which everything that waits for a model runs, whoever asked for it.

Connections and their limits belong to an event loop. A thread of its own has one for as long as the process
lives, so that blocking callers in many threads, asynchronous callers on loops that come and go, and a batch
all share them.
"""

from __future__ import annotations

import asyncio
import os
import threading
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future
    from typing import Any

Out = TypeVar("Out")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="extractor", daemon=True).start()
    return loop


if hasattr(os, "register_at_fork"):  # a forked process has no threads but its own
    os.register_at_fork(after_in_child=_loop.cache_clear)


def start(work: Coroutine[Any, Any, Out]) -> Future[Out]:
    """Begin the work on the loop, from any thread."""
    return asyncio.run_coroutine_threadsafe(work, _loop())


def run(work: Coroutine[Any, Any, Out]) -> Out:
    """Do the work on the loop and wait for it; a wait that is broken off ends the work too."""
    future = start(work)
    try:
        return future.result()
    finally:
        future.cancel()


async def join(work: Coroutine[Any, Any, Out]) -> Out:
    """Do the work on the loop without blocking the caller's own."""
    if asyncio.get_running_loop() is _loop():
        return await work
    return await asyncio.wrap_future(start(work))


def call(function: Any, *arguments: Any) -> None:  # noqa: ANN401
    """Call a function on the loop, soon, from any thread."""
    _loop().call_soon_threadsafe(function, *arguments)
