"""Stop a sweep that would end much more than on any day before, and ask a lead: the clock may be wrong."""

from __future__ import annotations

import logging
from collections import Counter

from app.domain.errors import NotFound
from app.domain.events import Event, EventKind, Topic
from app.domain.local_dates import day_of
from app.domain.people import Person
from app.domain.sweeps import Sweep, SweepKind
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.retry import retry_on_conflict

AT_A_TIME = 500

logger = logging.getLogger(__name__)


class Sweeps:
    """The use cases of what Haren ends by itself."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    @retry_on_conflict
    async def admits(self, kind: SweepKind, count: int) -> bool:
        """Return True if so many documents may end now, and count them. Otherwise ask a lead, once."""
        stamp = self._context.stamp()
        sweep, today = await self._get(kind), day_of(stamp.at)
        if sweep.admits(count, today):
            if count or sweep.waiting:
                await self._store.save(sweep.end(count, today, stamp))
            return True
        if not sweep.waiting:
            logger.warning('%s: %s would end at once, by a clock that says %s; a lead is asked', kind, count, stamp.at)
            await self._store.save(*sweep.ask(count, stamp))
        return False

    async def waiting(self, person: Person) -> tuple[Sweep, ...]:
        """Return the sweeps about which this person is asked."""
        asked = [sweep for sweep in await self._context.find_all(Sweep) if sweep.waiting and not sweep.allowed]
        return tuple(sweep for sweep in asked if person.role.covers(sweep.kind.decided_by))

    @retry_on_conflict
    async def allow(self, lead: Person, kind: SweepKind) -> None:
        """Let the next sweep of this kind end everything whose time is over."""
        lead.require(kind.decided_by)
        sweep = await self._store.get(Sweep, kind)
        if sweep is None:
            raise NotFound('There is nothing to decide.')
        await self._store.save(*sweep.allow(self._context.stamp(lead)))

    async def _get(self, kind: SweepKind) -> Sweep:
        return await self._store.get(Sweep, kind) or await self._first(kind)

    async def _first(self, kind: SweepKind) -> Sweep:
        """Return the first record of a kind. What cases ended before is read from the Events."""
        now = self._context.now()
        most = await self._most_stale_in_a_day() if kind is SweepKind.STALE_CASES else 0
        return Sweep(id=kind, day=day_of(now), most=most, changed_at=now)

    async def _most_stale_in_a_day(self) -> int:
        ended = Counter[object]()
        async for events in all_pages(self._store, Event, AT_A_TIME, topic=Topic.CASES):
            ended.update(day_of(event.at) for event in events if event.kind is EventKind.CASE_STALE)
        return max(ended.values(), default=0)
