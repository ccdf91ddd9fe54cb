"""Match reports with cases: the open one about the same problem, or a new one."""

from __future__ import annotations

from datetime import timedelta

from app.domain.case_numbers import CaseNumbers
from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document
from app.domain.errors import Clash, Gone
from app.domain.local_dates import year_of
from app.domain.newest_cases import NewestCase
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.services.context import Context
from app.services.report_origins import Origin, ReportOrigins

OVER = 'What they tell is over by now, so they were discarded.'
"""The refusal of held reports that are released too late."""


class MatchedReport:
    """A report in its case, and the `documents` to save with it. An unchanged case isn't saved again.

    `origin` is where it came from, or None if that isn't known or if the same person has said the same before.
    """

    def __init__(self, report: Report, case: Case, *more: Document, origin: Origin | None = None) -> None:
        self.report = report
        self.case = case
        self.origin = origin
        self.documents = (report, case, *more) if more else (report,)


class CaseMatching:
    """Match a report with its case. Nothing is saved here: MatchedReport has what must be saved together."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._origins = ReportOrigins()

    async def match(
        self, report: Report, asset: Asset, again: str, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        """Return the report in the open case about the same problem, or in a new case.

        `again` is the id or the mark of an earlier report of the same person, or ''. `origin` is where the report came
        from, or None if that isn't known. Raise Gone if it says "fine now" of something that was never reported.
        """
        newest = await self._newest(asset, report.problem)
        case = await self._store.get(Case, newest.case_id)
        own = await self._earlier_report(again)
        if own and own.id == again:  # whoever knows the id has made that report; anybody may see a mark
            report = report.following(own)
        if report.fine:
            return self._match_fine(report, case, own, stamp, origin)
        if case is None or not case.is_open:
            return await self._open_case(report, asset, newest, stamp, origin)
        report = report.part_of(case.id)
        if own and own.case_id == case.id:
            return MatchedReport(report.reminding(), *case.remind(report, stamp))
        elsewhere = self._origins.has_another(case.id, False, origin)
        return MatchedReport(report, *case.join(report, stamp, from_elsewhere=elsewhere), origin=origin)

    def remember(self, matched: MatchedReport) -> None:
        """Remember where a report came from, once it is saved."""
        report = matched.report
        if not report.fine:
            self._origins.take_fine_back(report.case_id)
        self._origins.add(report.case_id, report.fine, matched.origin)

    async def newest_case(self, case: Case) -> NewestCase:
        """Return the document that names this case as the newest one. Raise Clash if the problem was reported anew.

        The same if its asset was taken away. Whoever opens the case again saves it, so that nobody opens another one
        meanwhile.
        """
        asset = await self._store.get(Asset, case.asset_id)
        newest = await self._store.get(NewestCase, NewestCase.place(case.asset_id, case.problem))
        if asset is None or asset.retired_at is not None or newest is None or newest.case_id != case.id:
            raise Clash('It has been reported anew or taken away since, so this case stays closed.')
        return newest

    async def open_about(self, asset_id: str, problem: str) -> Case | None:
        """Return the open case about a problem of an asset, if there is one."""
        newest = await self._store.get(NewestCase, NewestCase.place(asset_id, problem))
        case = await self._store.get(Case, newest.case_id) if newest else None
        return case if case and case.is_open else None

    async def require_topical(self, report: Report, asset: Asset) -> None:
        """Raise Gone if a report is too old to be believed, or if it says "fine now" and others have reported since.

        The same if the asset has been taken away meanwhile.
        """
        period = timedelta(hours=self._context.base_catalogue.problem(report.problem).stale_after_hours)
        case = await self._store.get(Case, (await self._newest(asset, report.problem)).case_id)
        overtaken = report.fine and case is not None and max(case.opened_at, case.reported_at) > report.at
        if asset.retired_at is not None or report.at + period <= self._context.now() or overtaken:
            raise Gone(OVER)

    def _match_fine(
        self, report: Report, case: Case | None, own: Report | None, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        if case is None:
            raise Gone('Nothing has been reported here, so all is well already.')
        report = report.part_of(case.id)
        already_said = own is not None and own.fine and own.case_id == case.id
        if already_said or not case.is_open:  # it may have been closed while they looked
            return MatchedReport(report, case)
        tone = self._context.base_catalogue.problem(case.problem).tone
        elsewhere = self._origins.has_another(case.id, True, origin)
        return MatchedReport(report, *case.count_fine(report, tone, stamp, from_elsewhere=elsewhere), origin=origin)

    async def _open_case(
        self, report: Report, asset: Asset, newest: NewestCase, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        report = report.part_of(self._context.new_id())
        numbers, number = (await self._case_numbers(str(year_of(stamp.at)))).next()
        case, event = Case.open(report.case_id, number, asset, await self._responsible_team(asset), report, stamp)
        return MatchedReport(report, case, event, numbers, newest.is_now(case), origin=origin)

    async def _earlier_report(self, again: str) -> Report | None:
        """Return the report with this id or mark, if there is one that its sender has not taken back."""
        if not again:
            return None
        marked = (await self._store.find(Report, limit=1, mark=again)).documents
        report = marked[0] if marked else await self._store.get(Report, again)
        return report if report and report.withdrawn_at is None else None

    async def _newest(self, asset: Asset, problem: str) -> NewestCase:
        place = NewestCase.place(asset.id, problem)
        return await self._store.get(NewestCase, place) or NewestCase(id=place)

    async def _responsible_team(self, asset: Asset) -> str | None:
        site = await self._store.get(Site, asset.site_id)
        return asset.team_at(site) if site else asset.team_id

    async def _case_numbers(self, year: str) -> CaseNumbers:
        return await self._store.get(CaseNumbers, year) or CaseNumbers(id=year)
