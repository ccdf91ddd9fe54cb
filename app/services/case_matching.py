"""Which case a report belongs to: the one that is open about the same, or a new one."""

from __future__ import annotations

from datetime import timedelta

from app.domain.cases import Case, CaseNumbers, NewestCase
from app.domain.document import ChangeStamp, Document
from app.domain.errors import Gone
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.services.context import Context

OVER = 'What they tell is over by now, so they were discarded.'
"""Of held reports that are let through too late."""


class MatchedReport:
    """A report in its case, and what has to be kept with it: nothing more where the case stays as it is."""

    def __init__(self, report: Report, case: Case, *more: Document) -> None:
        self.report = report
        self.case = case
        self.documents = (report, case, *more) if more else (report,)


class CaseMatching:
    """Finds a report its case. It saves nothing: what has to be kept together is in what it returns."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def file(self, report: Report, asset: Asset, again: str, stamp: ChangeStamp) -> MatchedReport:
        """The report in its case: the open one, or a new one."""
        newest = await self._newest(asset, report.problem)
        case = await self._store.get(Case, newest.case_id)
        own = await self._earlier(again)
        if own and own.id == again:  # who knows its id made it; a mark may come to anybody
            report = report.following(own)
        if report.fine:
            return self._file_fine(report, case, own, stamp)
        if case is None or not case.is_open:
            return await self._opened(report, asset, newest, stamp)
        report = report.part_of(case.id)
        joined, event = (case.remind if own and own.case_id == case.id else case.join)(report, stamp)
        return MatchedReport(report, joined, event)

    async def open_about(self, asset_id: str, problem: str) -> Case | None:
        """The case that is open about a problem of an asset, if there is one."""
        newest = await self._store.get(NewestCase, NewestCase.place(asset_id, problem))
        case = await self._store.get(Case, newest.case_id) if newest else None
        return case if case and case.is_open else None

    async def require_topical(self, report: Report, asset: Asset) -> None:
        """Gone where nobody would believe a report any more, or others have told otherwise since it was made."""
        period = timedelta(hours=self._context.lists.problem(report.problem).stale_after_hours)
        case = await self._store.get(Case, (await self._newest(asset, report.problem)).case_id)
        overtaken = report.fine and case is not None and max(case.opened_at, case.reported_at) > report.at
        if asset.retired_at is not None or report.at + period <= self._context.now() or overtaken:
            raise Gone(OVER)

    def _file_fine(self, report: Report, case: Case | None, own: Report | None, stamp: ChangeStamp) -> MatchedReport:
        if case is None:
            raise Gone('Nothing has been reported here, so all is well already.')
        report = report.part_of(case.id)
        said_so = own is not None and own.fine and own.case_id == case.id
        if said_so or not case.is_open:  # or it was closed while they looked
            return MatchedReport(report, case)
        heard, event = case.hear_fine(report, self._context.lists.problem(case.problem).tone, stamp)
        return MatchedReport(report, heard, event)

    async def _opened(self, report: Report, asset: Asset, newest: NewestCase, stamp: ChangeStamp) -> MatchedReport:
        report = report.part_of(self._context.new_id())
        numbers, number = (await self._numbers(str(stamp.at.year))).next()
        case, event = Case.open(report.case_id, number, asset, await self._responsible(asset), report, stamp)
        return MatchedReport(report, case, event, numbers, newest.is_now(case))

    async def _earlier(self, again: str) -> Report | None:
        """The report of which this is the id or the mark."""
        if not again:
            return None
        marked = (await self._store.find(Report, limit=1, mark=again)).documents
        return marked[0] if marked else await self._store.get(Report, again)

    async def _newest(self, asset: Asset, problem: str) -> NewestCase:
        place = NewestCase.place(asset.id, problem)
        return await self._store.get(NewestCase, place) or NewestCase(id=place)

    async def _responsible(self, asset: Asset) -> str | None:
        site = await self._store.get(Site, asset.site_id)
        return asset.team_at(site) if site else asset.team_id

    async def _numbers(self, year: str) -> CaseNumbers:
        return await self._store.get(CaseNumbers, year) or CaseNumbers(id=year)
