"""Limits: requests and tokens a minute as OpenAI counts them, and the headers that tell what is left."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """So many a minute, refilled all the time; `left` are there at first, since others use the same key."""

    per_minute: float
    left: float
    at: float = field(default_factory=time.monotonic)

    def refill(self) -> None:
        """Add what has come since the last time."""
        now = time.monotonic()
        self.left = min(self.per_minute, self.left + (now - self.at) * self.per_minute / 60)
        self.at = now

    def seconds_until(self, wanted: float) -> float:
        """The wait until so much is left."""
        return max(0.0, wanted - self.left) * 60 / self.per_minute


@dataclass(slots=True)
class Limits:
    """The limits of one key, by what they count: "requests", "tokens"."""

    buckets: dict[str, Bucket]

    def take(self, wanted: dict[str, float]) -> float:
        """Take so much of each; where one has too little take nothing, and give the wait."""
        for bucket in self.buckets.values():
            bucket.refill()
        wait = max((bucket.seconds_until(wanted[name]) for name, bucket in self.buckets.items()), default=0)
        if not wait:
            for name, bucket in self.buckets.items():
                bucket.left -= wanted[name]
        return wait

    def headers(self) -> dict[str, str]:
        """What OpenAI sends with every reply; reset is when all would be there again, not when one is."""
        told = {}
        for name, bucket in self.buckets.items():
            told[f"x-ratelimit-limit-{name}"] = f"{bucket.per_minute:.0f}"
            told[f"x-ratelimit-remaining-{name}"] = f"{max(0, int(bucket.left))}"
            told[f"x-ratelimit-reset-{name}"] = _spelled(bucket.seconds_until(bucket.per_minute))
        return told


def _spelled(seconds: float) -> str:
    """A time as these headers have it: 20ms, 1.5s, 6m0s."""
    if seconds < 1:
        return f"{seconds * 1000:.0f}ms"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:.0f}m{rest:.0f}s" if minutes else f"{rest:.3g}s"
