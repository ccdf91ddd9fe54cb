"""Quarantine: reports that look automated wait until somebody has looked at them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Topic, make_event
from app.domain.reports import Report

CALM_AFTER = timedelta(minutes=30)
"""Held reports belong to one flood if no pause between them is this long."""

HELD_FOR = timedelta(days=30)
"""The time that a held report waits for a decision, and that a decided one stays."""


class HoldReason(StrEnum):
    """The reason why a report looks automated."""

    TRAP = 'trap'
    UNSIGNED = 'unsigned'
    HASTY = 'hasty'
    NETWORK = 'network'
    STICKER = 'sticker'
    ALL = 'all'


class HeldState(StrEnum):
    """The decision about a held report. Its sender may have withdrawn it before."""

    WAITING = 'waiting'
    RELEASED = 'released'
    DISCARDED = 'discarded'
    WITHDRAWN = 'withdrawn'


class HeldGroup(NamedTuple):
    """Held reports of the same flood, asset and problem, which either all report it or all say that it is fine now."""

    flood_id: str
    asset_id: str
    problem: str
    fine: bool

    def __str__(self) -> str:
        return '.'.join((self.flood_id, self.asset_id, self.problem, 'fine' if self.fine else 'so'))

    @classmethod
    def read(cls, text: str) -> HeldGroup:
        """Parse a group from its text."""
        flood_id, asset_id, problem, says = text.split('.', 3)
        return cls(flood_id, asset_id, problem, says == 'fine')


class HeldReport(Document):
    """A report in quarantine, with the same id as the report. It counts only once it is released.

    `heap` is the text of the group that it is reviewed with: the same flood, asset and problem. It is None once that is
    decided.
    """

    kept_in: ClassVar[str] = 'held'
    found_by: ClassVar[tuple[str, ...]] = ('flood_id', 'heap')
    newest_by: ClassVar[str] = 'at'
    photo_fields: ClassVar[tuple[str, ...]] = ('report.photo',)

    report: Report
    flood_id: str
    heap: str | None
    why: HoldReason
    state: HeldState = HeldState.WAITING
    at: Moment

    @classmethod
    def keep(cls, report: Report, flood: Flood, why: HoldReason) -> HeldReport:
        """Hold a report as part of a flood."""
        group = HeldGroup(flood.id, report.asset_id, report.problem, report.fine)
        return cls(id=report.id, report=report, flood_id=flood.id, heap=str(group), why=why, at=report.at)

    def reworded(self, text: str) -> HeldReport:
        """Return it with another note."""
        return self.model_copy(update={'report': self.report.reworded(text)})

    def photographed(self, name: str) -> HeldReport:
        """Return it with a photo, in place of an earlier one."""
        return self.model_copy(update={'report': self.report.photographed(name)})

    def release(self) -> HeldReport:
        """Return it as one that counts from now on. Raise Clash if that is decided already."""
        return self._decided(HeldState.RELEASED)

    def discard(self) -> HeldReport:
        """Return it as one that never counts. Raise Clash if that is decided already."""
        return self._decided(HeldState.DISCARDED)

    def take_back(self, at: datetime) -> HeldReport:
        """Return it as one that its sender has taken back. A decision that was made before stays."""
        state = HeldState.WITHDRAWN if self.state is HeldState.WAITING else self.state
        return self.model_copy(update={'state': state, 'heap': None, 'report': self.report.withdrawn(at)})

    def is_over(self, now: datetime) -> bool:
        """Return True if it has been kept for long enough."""
        return now >= self.at + HELD_FOR

    def _decided(self, state: HeldState) -> HeldReport:
        if self.state is not HeldState.WAITING:
            raise Clash('Somebody was faster: this has been decided already.')
        # A released report is stored and erased as a report: no copy of somebody's words or photo may stay here.
        bare = self.report.model_copy(update={'note': '', 'photo': None})
        return self.model_copy(update={'state': state, 'heap': None, 'report': bare})


class Flood(Document):
    """A run of held reports.

    They are counted when needed and not here: with thousands a second, each save would wait for the one before. The
    flood's id is that of its Event, whose row in the feed stands for the whole flood.
    """

    kept_in: ClassVar[str] = 'floods'
    newest_by: ClassVar[str] = 'began_at'

    began_at: Moment

    @classmethod
    def begin(cls, stamp: ChangeStamp) -> tuple[Flood, Event]:
        """Begin a flood with the report that is held now."""
        return cls(id=stamp.event_id, began_at=stamp.at), make_event(
            EventKind.REPORTS_HELD, stamp, Topic.CASES, flood_id=stamp.event_id
        )

    def decide(self, kind: EventKind, count: int, stamp: ChangeStamp) -> Event:
        """Return the Event that somebody has released or discarded so many of its reports."""
        return make_event(kind, stamp, Topic.CASES, flood_id=self.id, count=count)
