"""Limit what one signed-in person or device writes: far more than people do, and less than a runaway program."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from app.domain.errors import TooOften
from app.domain.token_buckets import TokenBuckets
from app.services.spam_filter import RateLimits


class WriteLimits:
    """The buckets of people and of their devices and keys, in memory alone.

    A phone that comes back after a week without a network sends some dozen entries at once. What is beyond that waits
    in its outbox, which tries again by itself.
    """

    def __init__(self, limits: RateLimits, now: Callable[[], float] = time.monotonic) -> None:
        self._people = TokenBuckets(limits.staff_person)
        self._devices = TokenBuckets(limits.staff_device)
        self._now = now

    def take(self, person_id: str, device_id: str) -> None:
        """Count one write with a device or key. Raise TooOften if there were too many; then it does not count."""
        now = self._now()
        wait = max(self._people.wait(person_id, now), self._devices.wait(device_id, now))
        if wait > 0:
            raise TooOften(
                'That was very much at once. Try again in a moment: nothing that you wrote is lost.', math.ceil(wait)
            )
        self._people.take(person_id, now)
        self._devices.take(device_id, now)
