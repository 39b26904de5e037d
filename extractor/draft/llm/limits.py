"""Limits: how many requests and tokens a minute a server takes, as set or as its headers tell."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from math import inf
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]

_MINUTE = 60.0
_ROUNDING = 1e-9  # what is missing by less is there: a wait too short for the clock would never end
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SPANS = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|[smhd]))+")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhd])")


class Limit:
    """Requests, or tokens, a minute.

    What is taken may bring the store below zero, for nobody knows beforehand what an answer costs; the next
    one waits until it is filled up again.
    """

    def __init__(self, per_minute: float | None = None, clock: Clock = time.monotonic) -> None:
        self._rate = inf if per_minute is None else per_minute / _MINUTE
        self._most = max(self._rate, 1.0)  # a second's worth: a minute's worth at once is refused by many
        self._set = self._rate
        self._left = self._most
        self._clock = clock
        self._at = clock()

    def delay(self, needed: float = 1.0) -> float:
        """Seconds until so much is left to take, or all that there ever is."""
        now = self._clock()
        since, self._at = now - self._at, now
        if self._rate == inf:
            return 0.0
        self._left = min(self._left + since * self._rate, self._most)
        missing = min(needed, self._most) - self._left
        return missing / self._rate if missing > _ROUNDING else 0.0

    def take(self, amount: float) -> float:
        """Take so much, or give back what was taken too much; how much it was, 0 where there is no limit."""
        if self._rate == inf:
            return 0.0
        self._left -= amount
        return amount

    def learn(self, limit: float, remaining: float, reset: float) -> None:
        """Go by what a server says: its limit, what remains of it, and seconds until it is whole again.

        A server's window need not be a minute; what is missing and the time it takes to come back tell.
        """
        self.delay()
        missing = limit - remaining
        if reset > 0 and missing > 0:
            told = missing / reset
            self._rate = min(self._set, told)
            if told <= self._set:
                self._most = limit
        if self._rate != inf:
            self._left = min(self._left, remaining)


class Limits:
    """The limits of a server on requests and on tokens."""

    def __init__(self, rpm: float | None = None, tpm: float | None = None) -> None:
        self.requests = Limit(rpm)
        self.tokens = Limit(tpm)
        self._usual = 0.0
        """Tokens of an answered request, as a mean that forgets."""

    def delay(self) -> float:
        """Seconds until the next request may go."""
        return max(self.requests.delay(), self.tokens.delay(max(self._usual, 1.0)))

    def take(self) -> float:
        """Take a request, and the tokens that it will most likely cost, which are to be given back."""
        self.requests.take(1)
        return self.tokens.take(self._usual)

    def give_back(self, tokens: float) -> None:
        """Give back what `take` has reserved."""
        self.tokens.take(-tokens)

    def spend(self, tokens: float) -> None:
        """Take the tokens that an answer has cost."""
        self._usual = tokens if not self._usual else 0.9 * self._usual + 0.1 * tokens
        self.tokens.take(tokens)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Go by the x-ratelimit headers of an answer, where it has them."""
        for name, limit in (("requests", self.requests), ("tokens", self.tokens)):
            try:
                whole, remaining = (
                    float(headers[f"x-ratelimit-{key}-{name}"]) for key in ("limit", "remaining")
                )
                reset = seconds(headers.get(f"x-ratelimit-reset-{name}", ""))
            except (KeyError, ValueError):
                continue
            if whole > 0 and reset is not None:
                limit.learn(whole, max(remaining, 0.0), reset)


def seconds(span: str) -> float | None:
    """Read "1m30s", "120ms" or "8.64s"; None where it is no such span.

    >>> seconds("6m0s")
    360.0
    """
    if not _SPANS.fullmatch(span):
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in _SPAN.findall(span))
