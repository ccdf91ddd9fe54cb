"""Match reports with cases: the open one about the same problem, or a new one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from app.domain import case_closing
from app.domain.case_numbers import CaseNumbers
from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document
from app.domain.errors import Clash, Gone
from app.domain.local_dates import year_of
from app.domain.newest_cases import NewestCase
from app.domain.notifications import NotificationReason
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.services.case_merges import cases_above, counting_case
from app.services.context import Context
from app.services.report_origins import Origin, ReportOrigins

OVER = 'What they tell is over by now, so they were discarded.'
"""The refusal of held reports that are released too late."""


Tell = Callable[[str | None, NotificationReason, Case, ChangeStamp], Awaitable[Sequence[Document]]]
"""Return the notifications that tell a person about a case, unsaved."""


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

    def __init__(self, context: Context, tell: Tell | None = None) -> None:
        self._context = context
        self._store = context.store
        self._tell = tell
        self._origins = ReportOrigins()

    async def match(
        self, report: Report, asset: Asset, again: str, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        """Return the report in the open case about the same problem, or in a new case.

        A case that staff have just fixed is opened again instead, and reports of a merged case count in the other one,
        too. `again` is the id or the mark of an earlier report of the same person, or ''. `origin` is where the report
        came from, or None if that isn't known. Raise Gone if it says "fine now" of something that was never reported.
        """
        newest = await self._newest(asset, report.problem)
        case = await self._store.get(Case, newest.case_id)
        own = await self._earlier_report(again)
        if own and own.id == again:  # whoever knows the id has made that report; anybody may see a mark
            report = report.following(own)
        path = [case, *await cases_above(self._store, case)] if case and case.merged_into else [case] if case else []
        if report.fine:
            return self._match_fine(report, path, own, stamp, origin)
        is_own = own is not None and own.case_id in [one.id for one in path]
        if path and path[-1].is_open:
            return self._join(report, path, is_own, stamp, origin)
        tone = self._context.base_catalogue.problem(report.problem).tone
        if path and case_closing.is_still_so(path[-1], tone, report.at, is_own=is_own):
            return await self._reopen(report, path, is_own, stamp, origin)
        return await self._open_case(report, asset, newest, stamp, origin)

    def remember(self, matched: MatchedReport) -> None:
        """Remember where a report came from, once it is saved."""
        fine, case_id = matched.report.fine, matched.case.id
        if not fine:
            self._origins.take_fine_back(case_id)
        self._origins.add(case_id, fine, matched.origin)

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

    async def newest_when_reopened(self, case: Case) -> tuple[NewestCase, ...]:
        """Return the document to save so that new reports count in a case that is opened again.

        Raise Clash if the thing was taken away, or if the problem was reported anew in a case that is open.
        """
        await self.require_asset(case)
        place = NewestCase.place(case.asset_id, case.problem)
        newest = await self._store.get(NewestCase, place) or NewestCase(id=place)
        other = await self._store.get(Case, newest.case_id)
        if other is None or other.id == case.id or case.split_from:
            return (newest.is_now(case),) if other is None or not case.split_from else ()
        if (await counting_case(self._store, other)).is_open and other.split_from != case.id:
            raise Clash('This was reported again as case {number}. Go on there.', number=other.number)
        return (newest.is_now(case),)

    async def require_asset(self, case: Case) -> None:
        """Raise Clash if the thing that a case is about was taken away."""
        asset = await self._store.get(Asset, case.asset_id)
        if asset is None or asset.retired_at is not None:
            raise Clash('The thing is not there any more, so this case stays closed.')

    async def next_number(self, stamp: ChangeStamp) -> tuple[CaseNumbers, str]:
        """Return the numbers of this year after one more case, and its number."""
        return (await self._case_numbers(str(year_of(stamp.at)))).next()

    async def open_about(self, asset_id: str, problem: str) -> Case | None:
        """Return the open case about a problem of an asset, if there is one."""
        newest = await self._store.get(NewestCase, NewestCase.place(asset_id, problem))
        case = await self._store.get(Case, newest.case_id) if newest else None
        case = await counting_case(self._store, case) if case else None
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
        self, report: Report, path: Sequence[Case], own: Report | None, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        if not path:
            raise Gone('Nothing has been reported here, so all is well already.')
        case, report = path[-1], report.part_of(path[0].id)
        already_said = own is not None and own.fine and own.case_id == report.case_id
        if already_said or not case.is_open:  # it may have been closed while they looked
            return MatchedReport(report, case)
        tone = self._context.base_catalogue.problem(case.problem).tone
        elsewhere = self._origins.has_another(case.id, True, origin)
        return MatchedReport(report, *case.count_fine(report, tone, stamp, from_elsewhere=elsewhere), origin=origin)

    def _join(
        self, report: Report, path: Sequence[Case], is_own: bool, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        *merged, case = path
        report = report.part_of(path[0].id)
        if is_own:
            return MatchedReport(report.reminding(), *case.remind(report, stamp))
        elsewhere = self._origins.has_another(case.id, False, origin)
        case, event = case.join(report, stamp, from_elsewhere=elsewhere)
        return MatchedReport(report, case, event, *_counted_in(merged, report, stamp), origin=origin)

    async def _reopen(
        self, report: Report, path: Sequence[Case], is_own: bool, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        """Return the report in a case that staff have fixed, open again. Whoever closed it is told."""
        *merged, fixed = path
        report = report.part_of(path[0].id)
        elsewhere = self._origins.has_another(fixed.id, False, origin)
        case, event = case_closing.reopen_by_report(fixed, report, stamp, is_own=is_own, from_elsewhere=elsewhere)
        told = (
            []
            if self._tell is None
            else await self._tell(fixed.closed_by, NotificationReason.CASE_STILL_SO, case, stamp)
        )
        if is_own:
            return MatchedReport(report.reminding(), case, event, *told)
        return MatchedReport(report, case, event, *_counted_in(merged, report, stamp), *told, origin=origin)

    async def _open_case(
        self, report: Report, asset: Asset, newest: NewestCase, stamp: ChangeStamp, origin: Origin | None
    ) -> MatchedReport:
        report = report.part_of(self._context.new_id())
        numbers, number = await self.next_number(stamp)
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


def _counted_in(merged: Sequence[Case], report: Report, stamp: ChangeStamp) -> list[Case]:
    """Return merged cases with one more report of their own. They are closed, so nothing else changes."""
    return [
        case.changed(stamp, reports=case.reports + 1, reported_at=max(case.reported_at, report.at)) for case in merged
    ]
