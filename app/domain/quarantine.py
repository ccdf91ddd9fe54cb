"""Reports that look automatic: kept aside until somebody has looked at them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Topic, told
from app.domain.reports import Report

CALM_AFTER = timedelta(minutes=30)
"""Held reports without such a pause between them are one flood."""

HELD_FOR = timedelta(days=30)
"""How long a held report waits for somebody to look at it, and how long one stays after that."""


class HoldReason(StrEnum):
    """What made a report look automatic."""

    TRAP = 'trap'
    UNSIGNED = 'unsigned'
    HASTY = 'hasty'
    NETWORK = 'network'
    STICKER = 'sticker'
    ALL = 'all'


class HeldState(StrEnum):
    """What has become of a held report."""

    WAITING = 'waiting'
    RELEASED = 'released'
    DISCARDED = 'discarded'


class HeldGroup(NamedTuple):
    """Which flood, asset and problem held reports have in common, and whether they say that it is fine now."""

    flood_id: str
    asset_id: str
    problem: str
    fine: bool

    def __str__(self) -> str:
        return '.'.join((self.flood_id, self.asset_id, self.problem, 'fine' if self.fine else 'so'))

    @classmethod
    def read(cls, text: str) -> HeldGroup:
        """The heap of which this is the text."""
        flood_id, asset_id, problem, says = text.split('.', 3)
        return cls(flood_id, asset_id, problem, says == 'fine')


class HeldReport(Document):
    """A report that was kept aside, with the same id as the report. It counts for nothing until it is released.

    `heap` is what it is looked at together with: the same flood, asset and problem. It is None once that is decided.
    """

    kept_in: ClassVar[str] = 'held'
    found_by: ClassVar[tuple[str, ...]] = ('flood_id', 'heap')
    newest_by: ClassVar[str] = 'at'

    report: Report
    flood_id: str
    heap: str | None
    why: HoldReason
    state: HeldState = HeldState.WAITING
    at: Moment

    @classmethod
    def keep(cls, report: Report, flood: Flood, why: HoldReason) -> HeldReport:
        """A report kept aside as part of a flood."""
        heap = HeldGroup(flood.id, report.asset_id, report.problem, report.fine)
        return cls(id=report.id, report=report, flood_id=flood.id, heap=str(heap), why=why, at=report.at)

    def reworded(self, text: str) -> HeldReport:
        """The same with another note."""
        return self.model_copy(update={'report': self.report.reworded(text)})

    def photographed(self, name: str) -> HeldReport:
        """The same with a photo, in place of an earlier one."""
        return self.model_copy(update={'report': self.report.photographed(name)})

    def release(self) -> HeldReport:
        """The same as one that counts from now on."""
        return self._decided(HeldState.RELEASED)

    def discard(self) -> HeldReport:
        """The same as one that never will."""
        return self._decided(HeldState.DISCARDED)

    def is_over(self, now: datetime) -> bool:
        """Whether it has been kept for long enough."""
        return now >= self.at + HELD_FOR

    def _decided(self, state: HeldState) -> HeldReport:
        if self.state is not HeldState.WAITING:
            raise Clash('Somebody was faster: this has been decided already.')
        # What counts is kept as a report, and erased as one: no copy of somebody's words or photo stays behind here.
        bare = self.report.model_copy(update={'note': '', 'photo': None})
        return self.model_copy(update={'state': state, 'heap': None, 'report': bare})


class Flood(Document):
    """A run of held reports. How many they are is counted, not kept here: thousands a second would wait for each other.

    Its id is that of the Event that tells of it, whose row in the feed is the flood's one line.
    """

    kept_in: ClassVar[str] = 'floods'
    newest_by: ClassVar[str] = 'began_at'

    began_at: Moment

    @classmethod
    def begin(cls, stamp: ChangeStamp) -> tuple[Flood, Event]:
        """A flood that begins with the report held now."""
        return cls(id=stamp.event_id, began_at=stamp.at), told(
            EventKind.REPORTS_HELD, stamp, Topic.CASES, flood_id=stamp.event_id
        )

    def decide(self, kind: EventKind, count: int, stamp: ChangeStamp) -> Event:
        """That somebody has let so many of its reports through, or discarded them."""
        return told(kind, stamp, Topic.CASES, flood_id=self.id, count=count)
