"""Reports and cases: what residents tell, and what staff do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from app.domain.cases import OPEN, UNSEEN, Case, CaseNumbers, NewestCase, Report
from app.domain.document import checked_text
from app.domain.errors import Clash, Gone, Invalid, NotFound
from app.domain.people import Person, Role
from app.domain.sites import Asset, Site, Sticker
from app.services.ground import Ground, until_current

CLIENT_ID = re.compile(r'[0-9A-Za-z_-]{16,64}')
"""What a client may mint as an id: enough of it that nobody can guess another's, and safe in an address."""

NOTE_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Receipt:
    """What somebody who reported gets back: their report and the case that it is part of."""

    report: Report
    case: Case


class Cases:
    """What can be done with reports and cases."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._store = ground.store

    @until_current
    async def report(self, code: str, problem: str, report_id: str, note: str = '') -> Receipt:
        """One message about the asset behind a code.

        A repeat of the same id answers the same, another content is a Clash.
        """
        require_client_id(report_id)
        note = checked_text(note, 'note') if note.strip() else ''
        asset = await self._asset(code)
        if kept := await self._store.get(Report, report_id):
            return await self._repeat(kept, asset, problem, note)
        await self._require_offered(asset, problem)
        return await self._open_or_join(asset, problem, report_id, note)

    @until_current
    async def add_note(self, report_id: str, text: str) -> Receipt:
        """A note to one's own report, in place of an earlier one. Its id is the key: only who made it knows it."""
        receipt = await self.receipt(report_id)
        if receipt.report.at + NOTE_WITHIN < self._ground.now():
            raise Gone('This report is too old for a note. Report again if it is still so.')
        report, event = receipt.case.note(receipt.report, text, self._ground.stamp())
        if report != receipt.report:
            await self._store.save(report, event)
        return Receipt(report, receipt.case)

    async def receipt(self, report_id: str) -> Receipt:
        """A report and its case as it is now; NotFound where there is none."""
        report = await self._store.get(Report, report_id)
        if report is None:
            raise NotFound('There is no such report.')
        return Receipt(report, await self.get(report.case_id))

    async def get(self, case_id: str) -> Case:
        """One case; NotFound where there is none."""
        case = await self._store.get(Case, case_id)
        if case is None:
            raise NotFound('There is no such case.')
        return case

    async def open(self) -> tuple[Case, ...]:
        """Every case that somebody still has to do something about, newest first."""
        return (await self._store.find(Case, state=OPEN)).documents

    @until_current
    async def acknowledge(self, person: Person, case_id: str) -> Case:
        """Tell everybody that this case has been seen and will be taken care of."""
        person.require(Role.FIELD)
        case, event = (await self.get(case_id)).acknowledge(self._ground.stamp(person))
        await self._store.save(case, event)
        return case

    @until_current
    async def resolve(self, person: Person, case_id: str) -> Case:
        """Close a case because the problem is gone."""
        person.require(Role.FIELD)
        case, event = (await self.get(case_id)).resolve(self._ground.stamp(person))
        await self._store.save(case, event)
        return case

    async def let_go_stale(self) -> int:
        """Close the cases of which nobody has spoken for their period; how many these were."""
        problems = {problem.id: problem for problem in self._ground.lists.problems}
        unseen = (await self._store.find(Case, state=UNSEEN)).documents
        stale = [case for case in unseen if case.is_stale(problems[case.problem], self._ground.now())]
        for case in stale:
            await self._let_one_go_stale(case.id)
        return len(stale)

    @until_current
    async def _let_one_go_stale(self, case_id: str) -> None:
        case = await self.get(case_id)
        if case.is_stale(self._ground.lists.problem(case.problem), self._ground.now()):
            await self._store.save(*case.go_stale(self._ground.stamp()))

    async def _asset(self, code: str) -> Asset:
        sticker = await self._store.get(Sticker, code)
        asset = await self._store.get(Asset, sticker.asset_id) if sticker and sticker.asset_id else None
        if asset is None:
            raise NotFound('No sticker has this code.')
        return asset

    async def _repeat(self, kept: Report, asset: Asset, problem: str, note: str) -> Receipt:
        if not kept.says_the_same_as(asset.id, problem, note):
            raise Clash('This id has been used for another report. Nothing was changed.')
        return Receipt(kept, await self.get(kept.case_id))

    async def _require_offered(self, asset: Asset, problem: str) -> None:
        if asset.retired_at is not None:
            raise Gone('This one has been taken away. You can report another one at the same place.')
        if problem not in (await self._ground.catalogue()).asset_kind(asset.kind).problems:
            raise Invalid('problem', 'That problem can not be reported here. Choose one of the buttons.')

    async def _open_or_join(self, asset: Asset, problem: str, report_id: str, note: str) -> Receipt:
        stamp = self._ground.stamp()
        newest = await self._newest(asset, problem)
        case = await self._store.get(Case, newest.case_id)
        if case and case.is_open:
            report = Report.of(report_id, asset.id, problem, note, case.id, stamp)
            case, event = case.join(report, stamp)
            await self._store.save(report, case, event)
            return Receipt(report, case)
        report = Report.of(report_id, asset.id, problem, note, self._ground.new_id(), stamp)
        numbers, number = (await self._numbers(str(stamp.at.year))).next()
        case, event = Case.open(report.case_id, number, asset, await self._responsible(asset), report, stamp)
        await self._store.save(report, case, event, numbers, newest.is_now(case))
        return Receipt(report, case)

    async def _newest(self, asset: Asset, problem: str) -> NewestCase:
        place = NewestCase.place(asset.id, problem)
        return await self._store.get(NewestCase, place) or NewestCase(id=place)

    async def _responsible(self, asset: Asset) -> str | None:
        site = await self._store.get(Site, asset.site_id)
        return asset.team_at(site) if site else asset.team_id

    async def _numbers(self, year: str) -> CaseNumbers:
        return await self._store.get(CaseNumbers, year) or CaseNumbers(id=year)


def require_client_id(id: str) -> None:
    """Invalid unless `id` is one that a client may mint."""
    if not CLIENT_ID.fullmatch(id):
        raise Invalid('id', 'The id must be 16 to 64 letters, digits, hyphens or underscores.')
