"""Measure how long something takes, whatever happens to the system's clock meanwhile."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SteadyClock:
    """A clock that starts at the system's time and then passes evenly: nobody who sets the clock moves it.

    It compares moments of one run of the server, such as when a form was opened and when it was sent. What people read
    and what is stored has the system's time.
    """

    def __init__(self) -> None:
        self._started_at = datetime.now(UTC)
        self._start = time.monotonic()

    def __call__(self) -> datetime:
        """Return the time now, in UTC."""
        return self._started_at + timedelta(seconds=time.monotonic() - self._start)
