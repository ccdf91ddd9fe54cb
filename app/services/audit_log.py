"""Keep and read the audit log, which administrators alone may read.

Changes save their record together with themselves. What can be repeated without end is counted here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple

from app.domain.audit import AuditKind, AuditRecord
from app.domain.people import Person, Role
from app.domain.sweeps import SweepKind
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.sweeps import Sweeps
from app.store.protocol import Outdated, Page, ReadOnly

log = logging.getLogger(__name__)

AT_A_TIME = 500


class _Key(NamedTuple):
    kind: AuditKind
    person_id: str | None


class _Counted(NamedTuple):
    record: AuditRecord
    times: int


class AuditLog:
    """The use cases of the audit log."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._hour: datetime | None = None
        self._counted: dict[_Key, _Counted] = {}
        self._turn = asyncio.Lock()
        self._sweeps = Sweeps(context)

    async def page(self, admin: Person, limit: int, before: str | None = None) -> Page[AuditRecord]:
        """Return records, newest first. Raise NotAllowed for everybody but administrators."""
        admin.require(Role.ADMIN)
        return await self._store.find(AuditRecord, limit=limit, before=before)

    async def note(self, kind: AuditKind, by: Person | None = None) -> None:
        """Count what somebody did or tried, an hour in one record.

        It is saved the first, second, fourth, eighth … time, so that a flood of a million saves some twenty times.
        Whatever is the matter with the store, the request itself goes on.
        """
        try:
            async with self._turn:
                await self._count(kind, by)
        except (Outdated, ReadOnly) as error:
            log.warning('the audit log missed something: %s', type(error).__name__)

    async def erase_expired(self) -> int:
        """Erase the records that have been kept for long enough. Return how many these were.

        If these are many more than on any day before, erase none and ask an administrator.
        """
        over = sum([len(gone) async for gone in self._expired()])
        if not await self._sweeps.admits(SweepKind.AUDIT_RECORDS, over):
            return 0
        async for gone in self._expired():
            await self._store.erase(*gone)
        return over

    async def _expired(self) -> AsyncIterator[list[AuditRecord]]:
        """Yield what has been kept for long enough, page by page."""
        async for page in all_pages(self._store, AuditRecord, AT_A_TIME):
            yield [record for record in page if record.is_over(self._context.now())]

    async def _count(self, kind: AuditKind, by: Person | None) -> None:
        now = self._context.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._counted = hour, {}
        key = _Key(kind, by.id if by else None)
        known = self._counted.get(key)
        count = known.times + 1 if known else 1
        kept = await self._store.get(AuditRecord, known.record.id) if known else None
        record = kept or AuditRecord.of(kind, self._context.stamp(by), by)
        self._counted[key] = _Counted(record, count)
        if count & (count - 1) == 0:
            await self._store.save(record.counted(count, now) if count > 1 else record)
