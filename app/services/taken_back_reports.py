"""Let residents take back what they have just reported by mistake. The report's id is the key: only they know it."""

from __future__ import annotations

from datetime import datetime

from app.domain.case_taking_back import closed_the_case, count_less, take_back, take_fine_back
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.errors import Gone, NotFound
from app.domain.newest_cases import NewestCase
from app.domain.quarantine import HeldReport, HeldState
from app.domain.reports import TAKE_BACK_WITHIN, Report
from app.domain.sites import Asset
from app.services.case_merges import cases_above
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.retry import retry_on_conflict

AT_A_TIME = 20
"""Reports of a case that are read at a time, to find the newest one that is left."""


class TakenBackReports:
    """The use case of taking a report back, whether it counts or is held."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    @retry_on_conflict
    async def take_back(self, report_id: str) -> Report:
        """Take a report back. Once more changes nothing.

        Raise NotFound if there is none with this id, Gone after TAKE_BACK_WITHIN.
        """
        report = await self._store.get(Report, report_id)
        if report is None:
            return await self._take_held_back(report_id)
        if report.withdrawn_at is None:
            self._require_recent(report)
            await self._store.save(*await self._without(report))
        return await self._store.get(Report, report_id) or report

    async def _take_held_back(self, report_id: str) -> Report:
        held = await self._store.get(HeldReport, report_id)
        if held is None or held.state is HeldState.RELEASED:
            raise NotFound('There is no such report.')
        if held.report.withdrawn_at is None:
            self._require_recent(held.report)
            held = held.take_back(self._context.now())
            await self._store.save(held)
        return held.report

    def _require_recent(self, report: Report) -> None:
        if report.at + TAKE_BACK_WITHIN < self._context.now():
            raise Gone('This report is too old to take back. If it is fine now, say so instead.')

    async def _without(self, report: Report) -> tuple[Document, ...]:
        """Return what to save together: the withdrawn report, the cases in which it counted, and the Event."""
        stamp = self._context.stamp()
        withdrawn = report.withdrawn(stamp.at)
        case = await self._case(report.counted_case_id)
        if report.fine:
            newest = await self._newest(case) if closed_the_case(report, case) else None
            counted = not await self._had_said_so(report)
            changed, event = take_fine_back(case, report, stamp, counted=counted, may_reopen=newest is not None)
            return withdrawn, changed, event, *(() if newest is None else (newest,))
        last, heir = await self._left(report)
        *merged, counting = [case, *await cases_above(self._store, case)]
        last_at = None if merged else await self._last_reported(case, last)
        if heir is not None:  # the reminder counts now, so that the number stays
            return withdrawn, heir, *take_back(counting, report.reminding(), last_at, stamp)
        changed, event = take_back(counting, report, last_at, stamp)
        less = [count_less(one, one.reports - report.counts, None, stamp) for one in merged]
        return withdrawn, changed, event, *less

    async def _had_said_so(self, report: Report) -> bool:
        """Return True if the same person had said before that it is fine now: then this did not count."""
        earlier = await self._store.get(Report, report.earlier) if report.earlier else None
        return earlier is not None and earlier.fine and earlier.case_id == report.case_id

    async def _last_reported(self, case: Case, last: Report | None) -> datetime | None:
        """Return when the case was last reported without the report that is taken back, or None if it was not."""
        merged = (await self._store.find(Case, merged_into=case.id)).documents
        return max((*((last.at,) if last else ()), *(one.reported_at for one in merged)), default=None)

    async def _left(self, report: Report) -> tuple[Report | None, Report | None]:
        """Return the newest report of the problem that is left, and a reminder that counts from now on, if any."""
        last = heir = None
        async for page in all_pages(self._store, Report, AT_A_TIME, case_id=report.case_id):
            for one in page:
                if one.id == report.id or one.fine or one.withdrawn_at or one.counted_in != report.counted_in:
                    continue
                last = last or one
                if not report.counts or one.counts:
                    return last, None
                heir = heir or one.counting_itself()
        return last, heir

    async def _newest(self, case: Case) -> NewestCase | None:
        """Return the document that names this case as the newest one, or None if it may not be opened again."""
        asset = await self._store.get(Asset, case.asset_id)
        newest = await self._store.get(NewestCase, NewestCase.place(case.asset_id, case.problem))
        is_newest = newest is not None and newest.case_id == case.id
        return newest if is_newest and asset is not None and asset.retired_at is None else None

    async def _case(self, case_id: str) -> Case:
        case = await self._store.get(Case, case_id)
        if case is None:
            raise NotFound('There is no such case.')
        return case
