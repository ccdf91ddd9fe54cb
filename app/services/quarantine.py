"""Hold reports that look automatic, until a lead releases or discards them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Clash, Gone, NotFound, NotNow
from app.domain.events import EventKind
from app.domain.people import Person, Role
from app.domain.photo_names import photo_name
from app.domain.quarantine import CALM_AFTER, Flood, HeldGroup, HeldReport, HeldState, HoldReason
from app.domain.reports import Report, ReportInput
from app.domain.sites import Asset, Site
from app.services.case_matching import OVER
from app.services.cases import Cases, require_recent
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.retry import retry_on_conflict
from app.store.protocol import Outdated

MOST_HELD = 40_000
"""Reports that may wait at a time: a flood must not fill the disk. Whoever comes then is asked to try again later."""

MANY_HELD, SHORT = 1_000, 200
"""While MANY_HELD wait, notes may have no more than SHORT characters: what waits is in memory, too."""

AT_A_TIME = 500
"""Held reports that are handled before other tasks get a turn."""

SHOWN = 20
"""Reports of one group that a lead is shown: enough to judge it by."""


@dataclass(frozen=True)
class HeldGroupDetails:
    """The waiting reports about one problem of one asset, in a flood that began at `began_at`."""

    group: HeldGroup
    asset: Asset | None
    site: Site | None
    waiting: int
    newest: tuple[HeldReport, ...]
    began_at: datetime | None

    @property
    def reasons(self) -> Counter[HoldReason]:
        """Count what made the newest look automatic."""
        return Counter(held.why for held in self.newest)


@dataclass(frozen=True)
class FloodDetails:
    """A flood with its waiting groups, the largest first. `held` counts the decided reports, too."""

    flood: Flood
    held: int
    groups: tuple[HeldGroupDetails, ...]


class Quarantine:
    """The use cases for held reports."""

    def __init__(self, context: Context, cases: Cases) -> None:
        self._context = context
        self._store = context.store
        self._cases = cases
        self._flood_lock = asyncio.Lock()

    async def get(self, report_id: str) -> HeldReport | None:
        """Return a held report that has not been released, or None. Nobody can tell discarded from waiting ones."""
        held = await self._store.get(HeldReport, report_id)
        return held if held and held.state is not HeldState.RELEASED else None

    async def is_waiting(self, report_id: str) -> bool:
        """Return True if a held report still waits for a lead."""
        held = await self._store.get(HeldReport, report_id)
        return held is not None and held.state is HeldState.WAITING

    @retry_on_conflict
    async def hold(self, report_id: str, asset: Asset, content: ReportInput, why: HoldReason) -> Report:
        """Hold a new report. Raise NotNow if too many wait already.

        A report with this id may be held meanwhile: then return that, or raise Clash if its content differs.
        """
        await self._require_room_for(content.note, new=True)
        report = Report.of(report_id, asset.id, content, self._context.now())
        try:
            await self._store.save(HeldReport.keep(report, await self._flood(report.at), why))
        except Outdated:
            if held := await self.get(report_id):
                return require_same(held, asset, content)
            raise
        return report

    @retry_on_conflict
    async def add_note(self, report_id: str, text: str) -> Report:
        """Put a note on a held report. Raise NotFound if there is none with this id, NotNow if too many wait."""
        held = await self.get(report_id)
        if held is None:
            raise NotFound('There is no such report.')
        require_recent(held.report, self._context.now())
        await self._require_room_for(text, new=False)
        await self._store.save(noted := held.reworded(text))
        return noted.report

    async def _require_room_for(self, note: str, *, new: bool) -> None:
        """Raise NotNow if so many reports wait that this note, or one more report, has to come back later."""
        waiting = sum((await self._waiting()).values())
        if (new and waiting >= MOST_HELD) or (waiting >= MANY_HELD and len(note) > SHORT):
            raise NotNow('Very many reports come in right now. Try again in a while: nothing that you wrote is lost.')

    @retry_on_conflict
    async def add_photo(self, report_id: str, photo: bytes) -> Report:
        """Put a processed photo on a held report. Raise NotFound if there is none with this id."""
        held = await self.get(report_id)
        if held is None:
            raise NotFound('There is no such report.')
        if held.report.photo == (name := photo_name(photo)):
            return held.report
        changed = held.photographed(name)
        await self._context.save_with_photo(photo, changed)
        return changed.report

    async def count(self, flood_id: str) -> int:
        """Return how many reports of a flood were held, decided ones included."""
        return (await self._store.count(HeldReport, 'flood_id')).get(flood_id, 0)

    async def floods(self) -> tuple[FloodDetails, ...]:
        """Return every flood of which reports wait, newest first."""
        groups = [await self._details(group, count) for group, count in (await self._waiting()).items()]
        counts = await self._store.count(HeldReport, 'flood_id')
        floods = await self._context.find_all(Flood)
        grouped = [(flood, tuple(group for group in groups if group.group.flood_id == flood.id)) for flood in floods]
        return tuple(FloodDetails(flood, counts.get(flood.id, 0), _largest_first(own)) for flood, own in grouped if own)

    async def release(self, lead: Person, group: HeldGroup, chosen: Collection[str] | None = None) -> int:
        """Release the reports of a group, or the chosen ones. Return how many these were.

        Those that are over by now are discarded instead. Raise Gone if all of them are.
        """
        return await self._decide(lead, group, chosen, self._release, EventKind.REPORTS_RELEASED)

    async def discard(self, lead: Person, group: HeldGroup, chosen: Collection[str] | None = None) -> int:
        """Discard the reports of a group, or the chosen ones. Return how many these were."""
        return await self._decide(lead, group, chosen, self._discard, EventKind.REPORTS_DISCARDED)

    async def _decide(
        self,
        lead: Person,
        group: HeldGroup,
        chosen: Collection[str] | None,
        decide: Callable[[str], Awaitable[bool]],
        kind: EventKind,
    ) -> int:
        lead.require(Role.LEAD)
        ids = [
            held.id async for page in all_pages(self._store, HeldReport, AT_A_TIME, heap=str(group)) for held in page
        ]
        decided = discarded = 0
        try:
            for id in reversed(ids):
                if chosen is None or id in chosen:
                    with suppress(Clash):  # somebody else has decided this one
                        counts = await decide(id)
                        decided, discarded = decided + counts, discarded + (not counts)
        finally:
            if decided:
                await self._record(lead, group, kind, decided)
        if not decided:
            raise Gone(OVER) if discarded else Clash('Somebody was faster: this has been decided already.')
        return decided

    async def _release(self, report_id: str) -> bool:
        try:
            await self._cases.release(report_id)
        except Gone:
            await self._discard(report_id)
            return False
        return True

    @retry_on_conflict
    async def _discard(self, report_id: str) -> bool:
        held = await self._store.get(HeldReport, report_id)
        if held is not None:
            await self._store.save(held.discard())
        return True

    async def _record(self, lead: Person, group: HeldGroup, kind: EventKind, count: int) -> None:
        flood = await self._store.get(Flood, group.flood_id)
        if flood is not None:
            await self._store.save(flood.decide(kind, count, self._context.stamp(lead)))

    async def _flood(self, now: datetime) -> Flood:
        """Return the flood that goes on, or a new one. The lock lets a thousand at once begin only one."""
        async with self._flood_lock:
            newest = (await self._store.find(Flood, limit=1)).documents
            if newest and now - await self._last_of(newest[0]) < CALM_AFTER:
                return newest[0]
            flood, event = Flood.begin(self._context.stamp())
            await self._store.save(flood, event)
            return flood

    async def _last_of(self, flood: Flood) -> datetime:
        newest = (await self._store.find(HeldReport, limit=1, flood_id=flood.id)).documents
        return newest[0].at if newest else flood.began_at

    async def _waiting(self) -> dict[HeldGroup, int]:
        counts = await self._store.count(HeldReport, 'heap')
        return {HeldGroup.read(text): count for text, count in counts.items() if text is not None}

    async def _details(self, group: HeldGroup, waiting: int) -> HeldGroupDetails:
        asset = await self._store.get(Asset, group.asset_id)
        site = await self._store.get(Site, asset.site_id) if asset else None
        newest = (await self._store.find(HeldReport, limit=SHOWN, heap=str(group))).documents
        flood = await self._store.get(Flood, group.flood_id)
        return HeldGroupDetails(group, asset, site, waiting, newest, flood.began_at if flood else None)


def require_same(held: HeldReport, asset: Asset, content: ReportInput) -> Report:
    """Return the held report to somebody who sends it again. Raise Clash if the content differs."""
    if not held.report.has_same_content(asset.id, content):
        raise Clash('This id has been used for another report. Nothing was changed.')
    return held.report


def _largest_first(groups: Collection[HeldGroupDetails]) -> tuple[HeldGroupDetails, ...]:
    return tuple(sorted(groups, key=lambda group: -group.waiting))
