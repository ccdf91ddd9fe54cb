"""Token buckets: allow a burst at first, and then a steady rate."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from itertools import islice
from typing import NamedTuple


class RateLimit(NamedTuple):
    """Allow `at_once` times without a pause, and then `an_hour` times an hour."""

    at_once: float
    an_hour: float


class TokenBuckets:
    """A bucket for each key, all with the same limit. Times are in seconds, from any clock that never goes back.

    A key is remembered until its bucket has filled up again. There are at most `most` keys: beyond that, the key that
    has been idle for longest is forgotten.
    """

    def __init__(self, allowance: RateLimit, most: int = 50_000) -> None:
        self._allowance = allowance
        self._most = most
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def holds(self, key: Hashable, now: float) -> bool:
        """Return True if this key may do it once more."""
        return self._level(key, now) >= 1

    def take(self, key: Hashable, now: float) -> None:
        """Count one use."""
        self._levels[key] = self._level(key, now) - 1, now
        self._levels.move_to_end(key)
        for quietest in tuple(islice(self._levels, 3)):
            if len(self._levels) <= self._most and self._level(quietest, now) < self._allowance.at_once:
                break  # those behind it have been used later, and get their turn
            del self._levels[quietest]

    def wait(self, key: Hashable, now: float) -> float:
        """Return the seconds until this key may do it once more."""
        missing = 1 - self._level(key, now)
        return max(0.0, missing * 3600 / self._allowance.an_hour)

    def clear(self) -> None:
        """Forget every key."""
        self._levels.clear()

    def _level(self, key: Hashable, now: float) -> float:
        known = self._levels.get(key)
        if known is None:
            return self._allowance.at_once
        level, at = known
        if now > at:
            level += (now - at) * self._allowance.an_hour / 3600
        return min(level, self._allowance.at_once)
