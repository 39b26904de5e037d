"""Gate: the one way to a server for all calls, closed to all while the server cannot take any."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from extractor.draft.llm.limits import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

_LONGEST = 15.0  # seconds between two questions whether a server that was down is back
_AT_START = 5.0  # seconds for a server that has never been there: most likely its address is wrong


@dataclass(slots=True)
class Turn:
    """One call that is inside."""

    reserved: float
    """Tokens that are taken for it until it is known what it costs."""


class Gate:
    """Lets calls through, first come first served.

    It keeps to the limits on requests and tokens a minute, set or told by the server's headers. A server
    that says "too many" is given the time it asks for and then half as many calls at once, one more for each
    round that goes well. A server that is down is asked by one call at a time, after growing waits, until it
    answers.
    """

    def __init__(
        self,
        *,
        patience: float = 120,
        backoff: float = 1,
        rpm: float | None = None,
        tpm: float | None = None,
    ) -> None:
        self.limits = Limits(rpm, tpm)
        self.has_answered = False
        """Whether the server has ever given an answer."""
        self.inside = 0
        """Calls that have entered and not left."""
        self._patience = patience
        self._first = backoff / 4
        self._room = inf
        self._closed_until = 0.0
        self._down_since: float | None = None
        self._is_absent = False
        self._witnesses: set[int] = set()
        self._pause = self._first
        self._next_trial = 0.0
        self._is_tried = False
        self._queue = asyncio.Lock()
        self._news = asyncio.Event()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait for one's turn, and be inside while in the context."""
        async with self._queue:
            while (wait := self._wait()) > 0:
                self._news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if wait == inf else wait):
                        await self._news.wait()
            is_trial = self._is_tried = self._down_since is not None
            self.inside += 1
            turn = Turn(self.limits.take())
        try:
            yield turn
        finally:
            self.inside -= 1
            self.limits.give_back(turn.reserved)
            if is_trial:
                self._is_tried = False
                if self._down_since is not None:
                    self._pause = min(2 * self._pause, _LONGEST)
            self._news.set()

    def answered(self, turn: Turn, headers: Mapping[str, str], tokens: float) -> None:
        """The server has answered, at the cost of so many tokens."""
        self.has_answered = True
        self.back()
        self._room += 1 / self._room
        self.limits.give_back(turn.reserved)
        turn.reserved = 0.0
        self.limits.spend(tokens)
        self.limits.learn(headers)

    def too_many(self, wait: float) -> None:
        """The server wants no call for so many seconds."""
        now = time.monotonic()
        if now >= self._closed_until:  # the others that were told so at the same time mean the same
            self._room = max(min(self.inside, self._room) / 2, 1.0)
        self._closed_until = max(self._closed_until, now + wait)

    def back(self) -> None:
        """The server is there, whatever it said."""
        self._down_since, self._pause = None, self._first
        self._witnesses.clear()

    def down(self, request: int, *, absent: bool) -> bool:
        """The server could not take a request, which has a number; whether it is to be given up.

        It is when that has lasted longer than there is patience. One that is there and says so itself has to
        have said it to two requests: the fault may lie with the one.
        """
        now = time.monotonic()
        if self._down_since is None:
            self._down_since = now
        self._is_absent = absent
        self._witnesses.add(request)
        self._next_trial = now + self._pause * random.uniform(0.8, 1.2)  # noqa: S311  no secret
        return self._is_gone()

    def _is_gone(self) -> bool:
        if self._down_since is None or not (self._is_absent or len(self._witnesses) > 1):
            return False
        at_start = self._is_absent and not self.has_answered
        patience = min(self._patience, _AT_START) if at_start else self._patience
        return time.monotonic() - self._down_since >= patience

    def _wait(self) -> float:
        if self._is_gone():
            return 0.0  # nobody is kept waiting for what will not come
        until = self._closed_until
        if self._down_since is not None:
            until = max(until, self._next_trial)
        if (closed := until - time.monotonic()) > 0:
            return closed
        if self._is_tried or self.inside >= self._room:
            return inf
        return self.limits.delay()
