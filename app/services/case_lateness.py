"""Say since when a case is late: its deadline is missed, or the day that was promised is over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.deadlines import CaseDeadlines
from app.domain.local_dates import ZONE
from app.services.deadlines import DeadlineRules


class Lateness(NamedTuple):
    """The deadlines of a case, and when the promised day was over (None: it isn't)."""

    deadlines: CaseDeadlines
    promise_over: datetime | None = None

    @classmethod
    def of(cls, case: Case, rules: DeadlineRules, now: datetime) -> Lateness:
        """Return how late a case is."""
        return cls(rules.of(case, now), promise_over(case, now))


def late_since(case: Case, rules: DeadlineRules, now: datetime) -> datetime | None:
    """Return since when a case is late, or None if it isn't."""
    return min(filter(None, (rules.late_since(case, now), promise_over(case, now))), default=None)


def promise_over(case: Case, now: datetime) -> datetime | None:
    """Return when the promised day was over, if the case is still open then."""
    if case.promised_for is None or not case.is_open:
        return None
    over = datetime.combine(case.promised_for + timedelta(days=1), time(), ZONE).astimezone(UTC)
    return over if over <= now else None
