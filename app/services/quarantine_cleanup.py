"""Erase held reports once they have been held for long enough."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from app.domain.local_dates import day_of
from app.domain.quarantine import Flood, HeldReport, HeldState
from app.domain.sweeps import SweepKind
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.sweeps import Sweeps

AT_A_TIME = 500
"""Held reports that are handled before other tasks get a turn."""


class QuarantineCleanup:
    """The use case of what nobody has decided in time, and of what was decided long ago."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._sweeps = Sweeps(context)
        self._cleared_on: date | None = None

    async def erase_expired(self) -> int:
        """Erase what has been held for long enough. Return how many these were. Once a day: there may be thousands.

        If many more of them wait for a decision than on any day before, erase none and ask a lead.
        """
        today = day_of(self._context.now())
        if self._cleared_on == today:
            return 0
        undecided = sum([sum(held.state is HeldState.WAITING for held in gone) async for gone in self._expired()])
        if not await self._sweeps.admits(SweepKind.HELD_REPORTS, undecided):
            return 0
        over = 0
        async for gone in self._expired():
            await self._store.erase(*gone)
            over += len(gone)
        left = await self._store.count(HeldReport, 'flood_id')
        await self._store.erase(*(flood for flood in await self._context.find_all(Flood) if not left.get(flood.id)))
        self._cleared_on = today
        return over

    async def _expired(self) -> AsyncIterator[list[HeldReport]]:
        """Yield what has been held for long enough, page by page."""
        async for page in all_pages(self._store, HeldReport, AT_A_TIME):
            yield [held for held in page if held.is_over(self._context.now())]
