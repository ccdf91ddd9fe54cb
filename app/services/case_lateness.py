"""Say since when a case is late: its deadline is missed, or the day that was promised is over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.local_dates import ZONE


class Lateness(NamedTuple):
    """Since when a case is late, or None if it isn't.

    `hours` are the working hours since a missed deadline, or None. `is_promise_broken` says that the promised day is
    over.
    """

    since: datetime | None = None
    hours: float | None = None
    is_promise_broken: bool = False

    @classmethod
    def of(cls, case: Case, now: datetime) -> Lateness:
        """Return how late a case is."""
        broken = broken_since(case, now)
        return cls(broken, is_promise_broken=broken is not None)


def broken_since(case: Case, now: datetime) -> datetime | None:
    """Return when the promised day was over, if the case is still open then."""
    if case.promised_for is None or not case.is_open:
        return None
    over = datetime.combine(case.promised_for + timedelta(days=1), time(), ZONE).astimezone(UTC)
    return over if over <= now else None
