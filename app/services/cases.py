"""Reports and cases: what residents tell, and what staff do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.cases import OPEN, UNSEEN, Case
from app.domain.document import Document
from app.domain.errors import Clash, Gone, Invalid, NotFound
from app.domain.people import Person, Role
from app.domain.photo_names import photo_name
from app.domain.quarantine import HeldReport
from app.domain.reports import Report, ReportInput
from app.domain.sites import Asset, Sticker
from app.services.case_matching import CaseMatching, MatchedReport
from app.services.context import Context, require_client_id
from app.services.retry import retry_on_conflict

MORE_WITHIN = timedelta(days=7)
"""How long something can be added to a report."""


@dataclass(frozen=True)
class Receipt:
    """What somebody who reported gets back: their report and the case that it is part of."""

    report: Report
    case: Case


class Cases:
    """What can be done with reports and cases."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._filing = CaseMatching(context)

    async def report(
        self, code: str, problem: str, report_id: str, note: str = '', *, fine: bool = False, again: str = ''
    ) -> Receipt:
        """One message about the asset behind a code: part of the case that is open about it, or of a new one.

        A repeat of the same id answers the same, another content is a Clash. `fine` says that the problem is gone;
        `again` names an earlier report of the same person.
        """
        require_client_id(report_id)
        said = ReportInput.read(problem, note, fine, again)
        asset = await self.asset(code)
        if not await self._store.get(Report, report_id):
            await self.require_offered(asset, said)
        return await self.take(report_id, asset, said)

    @retry_on_conflict
    async def take(self, report_id: str, asset: Asset, said: ReportInput) -> Receipt:
        """The same for an asset that is known to have this problem."""
        if kept := await self._store.get(Report, report_id):
            return await self._repeat(kept, asset, said)
        stamp = self._context.stamp()
        report = Report.of(report_id, asset.id, said, stamp.at)
        return await self._keep(await self._filing.file(report, asset, said.again, stamp))

    @retry_on_conflict
    async def release(self, report_id: str) -> Receipt:
        """Let a held report count. Gone where what it says is over by now."""
        held = await self._store.get(HeldReport, report_id)
        asset = await self._store.get(Asset, held.report.asset_id) if held else None
        if held is None or asset is None:
            raise NotFound('There is no such report.')
        released = held.release()
        if kept := await self._store.get(Report, report_id):  # it came twice at once, and one of the two was counted
            await self._store.save(released)
            return Receipt(kept, await self.get(kept.case_id))
        await self._filing.require_topical(held.report, asset)
        return await self._keep(await self._filing.file(held.report, asset, '', self._context.stamp()), released)

    @retry_on_conflict
    async def add_note(self, report_id: str, text: str) -> Receipt:
        """A note to one's own report, in place of an earlier one. Its id is the key: only who made it knows it."""
        receipt = await self.receipt(report_id)
        require_recent(receipt.report, self._context.now())
        report, event = receipt.case.note(receipt.report, text, self._context.stamp())
        if report != receipt.report:
            await self._store.save(report, event)
        return Receipt(report, receipt.case)

    @retry_on_conflict
    async def add_photo(self, report_id: str, photo: bytes) -> Receipt:
        """A photo, as it has been developed, to a report, in place of an earlier one. The same changes nothing."""
        receipt = await self.receipt(report_id)
        if receipt.report.photo == (name := photo_name(photo)):
            return receipt
        report, event = receipt.case.photograph(receipt.report, name, self._context.stamp())
        await self._context.save_with_photo(photo, report, event)
        return Receipt(report, receipt.case)

    async def receipt(self, report_id: str) -> Receipt:
        """A report and its case as it is now; NotFound where there is none."""
        report = await self._store.get(Report, report_id)
        if report is None:
            raise NotFound('There is no such report.')
        return Receipt(report, await self.get(report.case_id))

    async def numbered(self, number: str) -> Case:
        """The case with this public number; NotFound where there is none."""
        found = (await self._store.find(Case, limit=1, number=number)).documents
        if not found:
            raise NotFound('No case has this number.')
        return found[0]

    async def get(self, case_id: str) -> Case:
        """One case; NotFound where there is none."""
        case = await self._store.get(Case, case_id)
        if case is None:
            raise NotFound('There is no such case.')
        return case

    async def open(self) -> tuple[Case, ...]:
        """Every case that somebody still has to do something about, newest first."""
        return (await self._store.find(Case, state=OPEN)).documents

    @retry_on_conflict
    async def acknowledge(self, person: Person, case_id: str) -> Case:
        """Tell everybody that this case has been seen and will be taken care of."""
        person.require(Role.FIELD)
        case, event = (await self.get(case_id)).acknowledge(self._context.stamp(person))
        await self._store.save(case, event)
        return case

    @retry_on_conflict
    async def resolve(self, person: Person, case_id: str) -> Case:
        """Close a case because the problem is gone."""
        person.require(Role.FIELD)
        case, event = (await self.get(case_id)).resolve(self._context.stamp(person))
        await self._store.save(case, event)
        return case

    async def let_go_stale(self) -> int:
        """Close the cases of which nobody has spoken for their period; how many these were."""
        problems = {problem.id: problem for problem in self._context.lists.problems}
        unseen = (await self._store.find(Case, state=UNSEEN)).documents
        stale = [case for case in unseen if case.is_stale(problems[case.problem], self._context.now())]
        for case in stale:
            await self._let_one_go_stale(case.id)
        return len(stale)

    @retry_on_conflict
    async def _let_one_go_stale(self, case_id: str) -> None:
        case = await self.get(case_id)
        if case.is_stale(self._context.lists.problem(case.problem), self._context.now()):
            await self._store.save(*case.go_stale(self._context.stamp()))

    async def asset(self, code: str) -> Asset:
        """The asset to which a sticker leads; NotFound where it leads to none."""
        sticker = await self._store.get(Sticker, code)
        asset = await self._store.get(Asset, sticker.asset_id) if sticker and sticker.asset_id else None
        if asset is None:
            raise NotFound('No sticker has this code.')
        return asset

    async def require_offered(self, asset: Asset, said: ReportInput) -> None:
        """Gone or Invalid where this can't be said of the asset."""
        if asset.retired_at is not None:
            raise Gone('This one has been taken away. You can report another one at the same place.')
        if said.problem not in await self._context.problems_of(asset.kind):
            raise Invalid('problem', 'That problem can not be reported here. Choose one of the buttons.')

    async def _repeat(self, kept: Report, asset: Asset, said: ReportInput) -> Receipt:
        if not kept.says_the_same_as(asset.id, said):
            raise Clash('This id has been used for another report. Nothing was changed.')
        return Receipt(kept, await self.get(kept.case_id))

    async def _keep(self, filed: MatchedReport, *more: Document) -> Receipt:
        await self._store.save(*filed.documents, *more)
        return Receipt(filed.report, filed.case)


def require_recent(report: Report, now: datetime) -> None:
    """Gone where a report is too old for something to be added."""
    if report.at + MORE_WITHIN < now:
        raise Gone('This report is too old for a note. Report again if it is still so.')
