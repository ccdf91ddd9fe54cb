"""Deadlines: when a case should be seen, and when it should be done.

A period counts working time from the first report, or from the moment at which the case was opened again. What it was
paused does not count. While it is paused, its clock stands still.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.case_states import UNSEEN
from app.domain.cases import Case
from app.domain.periods import Periods
from app.domain.working_time import WorkingCalendar

HOUR = timedelta(hours=1)


class Deadline(StrEnum):
    """What should happen in time."""

    SEEN = 'seen'
    DONE = 'done'


class CaseClock(NamedTuple):
    """The time that counts for a case: since its start, without its pauses, until it was stopped."""

    start: datetime
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    stopped_at: datetime | None = None

    @classmethod
    def of(cls, case: Case) -> CaseClock:
        """Return the clock of a case."""
        pauses = tuple(sorted((pause.since, pause.until) for pause in case.pauses))
        return cls(case.reopened_at or case.opened_at, pauses, case.pause.since if case.pause else None)

    def due(self, hours: int | None, calendar: WorkingCalendar) -> datetime | None:
        """Return when a period is over, or None if there is no period or the clock was stopped before that."""
        if hours is None:
            return None
        at, left = self.start, hours * HOUR
        for since, until in self.pauses:
            passed = calendar.between(at, since)
            if passed >= left:
                return calendar.add(at, left)
            at, left = max(at, until), left - passed
        if self.stopped_at is not None and calendar.between(at, self.stopped_at) < left:
            return None
        return calendar.add(at, left)


class DueMoments(NamedTuple):
    """When a case should be seen and done. None if no period is set, or its clock stands still before."""

    seen_by: datetime | None
    done_by: datetime | None

    @classmethod
    def of(cls, case: Case, periods: Periods, calendar: WorkingCalendar) -> DueMoments:
        """Return the due moments of a case."""
        clock = CaseClock.of(case)
        return cls(clock.due(periods.seen_hours, calendar), clock.due(periods.done_hours, calendar))


@dataclass(frozen=True)
class CaseDeadlines:
    """Whether a case is late, and for how long.

    `which` names the deadline that has been missed for longest, or is None. `late_since` is when it was due, and
    `late_hours` how many working hours ago, without `paused_late`: the working time of pauses since then. `due` is the
    next deadline to come.
    """

    seen_by: datetime | None = None
    done_by: datetime | None = None
    which: Deadline | None = None
    late_since: datetime | None = None
    late_hours: float | None = None
    due: datetime | None = None
    due_for: Deadline | None = None
    is_stopped: bool = False
    paused_late: timedelta = timedelta()

    @classmethod
    def at(cls, now: datetime, case: Case, moments: DueMoments, calendar: WorkingCalendar) -> CaseDeadlines:
        """Return the deadlines of a case as they are now."""
        moment = case.pause.since if case.pause else now
        waiting = sorted((due, which) for which, due in _awaited(case, moments))
        late_since, which = next((one for one in waiting if one[0] < moment), (None, None))
        due, due_for = next((one for one in waiting if one[0] >= moment), (None, None))
        paused = _paused_since(late_since, case, calendar) if late_since else timedelta()
        return cls(
            seen_by=moments.seen_by,
            done_by=moments.done_by,
            which=which,
            late_since=late_since,
            late_hours=(calendar.between(late_since, moment) - paused) / HOUR if late_since else None,
            due=due,
            due_for=due_for,
            is_stopped=case.pause is not None,
            paused_late=paused,
        )

    def next_change(self, calendar: WorkingCalendar) -> datetime | None:
        """Return when it becomes late, or late by one hour more, if nothing happens before."""
        if self.is_stopped:
            return None
        if self.late_since is None or self.late_hours is None:
            return self.due
        return calendar.add(self.late_since, (int(self.late_hours) + 1) * HOUR + self.paused_late)


def _paused_since(moment: datetime, case: Case, calendar: WorkingCalendar) -> timedelta:
    """Return the working time of the pauses of a case that are over, as far as they were after a moment."""
    spans = (calendar.between(max(moment, pause.since), pause.until) for pause in case.pauses)
    return sum(spans, timedelta())


def _awaited(case: Case, moments: DueMoments) -> Iterator[tuple[Deadline, datetime]]:
    """Yield each deadline of a case that still waits for somebody."""
    if case.state in UNSEEN and moments.seen_by:
        yield Deadline.SEEN, moments.seen_by
    if case.is_open and moments.done_by:
        yield Deadline.DONE, moments.done_by


def late_since(now: datetime, case: Case, moments: DueMoments) -> datetime | None:
    """Return since when a case is late, or None. No hours are counted: a list asks this of thousands of cases."""
    moment = case.pause.since if case.pause else now
    return min((due for _, due in _awaited(case, moments) if due < moment), default=None)
