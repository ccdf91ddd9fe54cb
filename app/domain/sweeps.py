"""Sweeps: what Haren ends by itself once its time is over.

A clock that is wrong makes the time of everything seem over. So a sweep that would end much more than on any day before
stops, and a lead decides.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Topic, make_event
from app.domain.people import Role

FEW = 5
"""As many may end on any day."""

GROWTH = 2
"""A day may end so many times what any day before has ended."""


class SweepKind(StrEnum):
    """The documents that a sweep ends."""

    STALE_CASES = 'stale_cases'
    HELD_REPORTS = 'held_reports'
    AUDIT_RECORDS = 'audit_records'

    @property
    def decided_by(self) -> Role:
        """The role that may decide about it: nobody else may read the documents."""
        return Role.ADMIN if self is SweepKind.AUDIT_RECORDS else Role.LEAD


class Sweep(Document):
    """The record of one kind of sweep. Its id is the kind.

    `most` is the largest number that ended on a day before `day`, `ended` the number on `day`. `waiting` is the number
    for which a lead is asked, or 0. `allowed` says that a lead has said yes.
    """

    kept_in: ClassVar[str] = 'sweeps'
    newest_by: ClassVar[str] = 'changed_at'

    day: date
    most: int = 0
    ended: int = 0
    waiting: int = 0
    allowed: bool = False
    changed_at: Moment

    @property
    def kind(self) -> SweepKind:
        """The documents that it ends."""
        return SweepKind(self.id)

    def admits(self, count: int, today: date) -> bool:
        """Return True if so many may end now without asking."""
        current = self._on(today)
        return self.allowed or current.ended + count <= max(FEW, GROWTH * current.most)

    def end(self, count: int, today: date, stamp: ChangeStamp) -> Sweep:
        """Count what ends now. What a lead has allowed is no measure for other days."""
        current = self._on(today)
        ended = current.ended + (0 if self.allowed else count)
        return current.model_copy(
            update={'ended': ended, 'waiting': 0, 'allowed': False, 'changed_at': stamp.at},
        )

    def ask(self, count: int, stamp: ChangeStamp) -> tuple[Sweep, Event]:
        """Ask a lead if so many may end."""
        asking = self.model_copy(update={'waiting': count, 'changed_at': stamp.at})
        return asking, make_event(EventKind.SWEEP_STOPPED, stamp, Topic.CASES, count=count)

    def allow(self, stamp: ChangeStamp) -> tuple[Sweep, Event]:
        """Let the next sweep end everything whose time is over. Raise Clash if nobody asks."""
        if not self.waiting or self.allowed:
            raise Clash('Somebody was faster: this has been decided already.')
        allowed = self.model_copy(update={'allowed': True, 'changed_at': stamp.at})
        return allowed, make_event(EventKind.SWEEP_ALLOWED, stamp, Topic.CASES, count=self.waiting)

    def _on(self, today: date) -> Sweep:
        if today == self.day:
            return self
        return self.model_copy(update={'day': today, 'most': max(self.most, self.ended), 'ended': 0})
