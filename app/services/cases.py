"""Count reports in cases, and let staff act on the cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain import case_closing, case_handling, case_numbers
from app.domain.case_outcomes import Outcome
from app.domain.case_states import OPEN, CaseState
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound
from app.domain.people import Person, Role
from app.domain.photo_names import photo_name
from app.domain.quarantine import HeldReport
from app.domain.reports import Report, ReportInput
from app.domain.sites import Asset, Sticker
from app.services.case_history import (
    UNDO_OFFERED,
    UNDO_WITHIN,
    has_just_pressed,
    is_within,
    resolved_by,
    state_before_resolved,
)
from app.services.case_matching import CaseMatching, MatchedReport
from app.services.case_merges import counting_case
from app.services.context import Context
from app.services.report_origins import Origin
from app.services.retry import retry_on_conflict
from app.services.stale_cases import StaleCases
from app.store.protocol import Outdated

ADDITIONS_WITHIN = timedelta(days=7)
"""The time during which a note or photo can be added to a report."""


@dataclass(frozen=True)
class Receipt:
    """The answer to a report: the report and its case."""

    report: Report
    case: Case


class Cases:
    """The use cases for cases and their reports."""

    def __init__(self, context: Context, matching: CaseMatching | None = None) -> None:
        self._context = context
        self._store = context.store
        self._matching = matching or CaseMatching(context)
        self._stale = StaleCases(context)

    @retry_on_conflict
    async def add_report(
        self, report_id: str, asset: Asset, content: ReportInput, origin: Origin | None = None
    ) -> Receipt:
        """Count a new report about an asset that offers this problem: in the open case about it, or in a new one.

        `origin` tells where it comes from, or is None if that isn't known. A report with this
        id may be saved meanwhile: then return its receipt, or raise Clash if its content differs.
        """
        stamp = self._context.stamp()
        report = Report.of(report_id, asset.id, content, stamp.at)
        try:
            return await self._save(await self._matching.match(report, asset, content.again, stamp, origin))
        except Outdated:
            if kept := await self._store.get(Report, report_id):
                return await self.repeat(kept, asset, content)
            raise

    async def repeat(self, kept: Report, asset: Asset, content: ReportInput) -> Receipt:
        """Return the receipt of a kept report to somebody who sends it again. Raise Clash if the content differs."""
        if not kept.has_same_content(asset.id, content):
            raise Clash('This id has been used for another report. Nothing was changed.')
        return Receipt(kept, await self.counting(kept))

    async def open_about(self, asset_id: str, problem: str) -> Case | None:
        """Return the open case about a problem of an asset, if there is one."""
        return await self._matching.open_about(asset_id, problem)

    @retry_on_conflict
    async def release(self, report_id: str) -> Receipt:
        """Count a held report from now on. Raise Gone if what it says is over by now."""
        held = await self._store.get(HeldReport, report_id)
        asset = await self._store.get(Asset, held.report.asset_id) if held else None
        if held is None or asset is None:
            raise NotFound('There is no such report.')
        released = held.release()
        if kept := await self._store.get(Report, report_id):  # it came twice at once, and the other one was counted
            await self._store.save(released)
            return Receipt(kept, await self.counting(kept))
        await self._matching.require_topical(held.report, asset)
        stamp = self._context.stamp()
        return await self._save(await self._matching.match(held.report, asset, '', stamp, None), released)

    @retry_on_conflict
    async def add_note(self, report_id: str, text: str) -> Receipt:
        """Put a note on one's own report, in place of an earlier one. The id is the key: only its sender knows it."""
        receipt = await self.receipt(report_id)
        require_recent(receipt.report, self._context.now())
        report, event = receipt.case.note(receipt.report, text, self._context.stamp())
        if report != receipt.report:
            await self._store.save(report, event)
        return Receipt(report, receipt.case)

    @retry_on_conflict
    async def add_photo(self, report_id: str, photo: bytes) -> Receipt:
        """Put a processed photo on a report, in place of an earlier one. The same photo again changes nothing."""
        receipt = await self.receipt(report_id)
        if receipt.report.photo == (name := photo_name(photo)):
            return receipt
        report, event = receipt.case.photograph(receipt.report, name, self._context.stamp())
        await self._context.save_with_photo(photo, report, event)
        return Receipt(report, receipt.case)

    async def receipt(self, report_id: str) -> Receipt:
        """Return a report and its case as it is now. Raise NotFound if there is no such report."""
        report = await self._store.get(Report, report_id)
        if report is None:
            raise NotFound('There is no such report.')
        return Receipt(report, await self.counting(report))

    async def counting(self, report: Report) -> Case:
        """Return the case in which a report counts now."""
        return await counting_case(self._store, await self.get(report.counted_in or report.case_id))

    async def numbered(self, typed: str) -> Case:
        """Return the case with the public number that somebody typed. Raise NotFound if there is none."""
        found = (await self._store.find(Case, limit=1, number=case_numbers.read(typed) or typed)).documents
        if not found:
            raise NotFound('No case has this number.')
        return found[0]

    async def get(self, case_id: str) -> Case:
        """Return a case. Raise NotFound if there is none with this id."""
        case = await self._store.get(Case, case_id)
        if case is None:
            raise NotFound('There is no such case.')
        return case

    async def photos(self, case_id: str) -> tuple[str, ...]:
        """Return the names of the photos of a case's reports, those of the newest reports first."""
        return await self._context.photos_of(case_id)

    async def noted_reports(self, case_id: str) -> tuple[Report, ...]:
        """Return the reports of a case whose notes are shown with it, the newest first."""
        return await self._context.noted_reports(case_id)

    async def open(self, team_id: str | None = None) -> tuple[Case, ...]:
        """Return every open case, or those of one team, newest first."""
        found = (await self._store.find(Case, state=OPEN)).documents
        return tuple(case for case in found if team_id in (None, case.team_id))

    @retry_on_conflict
    async def acknowledge(self, person: Person, case_id: str) -> Case:
        """Take a case on: everybody can see that staff will take care of it."""
        person.require(Role.FIELD)
        case, event = case_handling.acknowledge(await self.get(case_id), self._context.stamp(person))
        await self._store.save(case, event)
        return case

    @retry_on_conflict
    async def resolve(self, person: Person, case_id: str) -> Case:
        """Close a case because the problem is gone."""
        person.require(Role.FIELD)
        case, event = case_closing.close(await self.get(case_id), Outcome.FIXED, self._context.stamp(person))
        await self._store.save(case, event)
        return case

    @retry_on_conflict
    async def reopen(self, person: Person, case_id: str) -> Case:
        """Open a case again that this person has resolved by mistake.

        Raise NotAllowed if somebody else has. Raise Clash after UNDO_WITHIN, or if the problem has been reported anew.
        """
        person.require(Role.FIELD)
        closed = await self.get(case_id)
        if closed.state is not CaseState.RESOLVED or closed.cleared:
            raise Clash('This case can not be opened again.')
        before = closed.closed_from or await state_before_resolved(self._store, closed)
        case, event = case_closing.undo_closing(closed, before, self._context.stamp(person))
        if await resolved_by(self._store, closed) != person.id:
            raise NotAllowed('Only the person who has closed a case can undo that.')
        if not is_within(UNDO_WITHIN, closed.changed_at, self._context.now()):
            raise Clash('It was closed too long ago to undo that. If it is still so, report it again.')
        await self._store.save(case, event, await self._matching.newest_case(closed))
        return case

    async def press(self, person: Person, case_id: str, act: str) -> Case:
        """Do what a button of a case says: acknowledge, resolve or reopen it. Raise Invalid for anything else.

        A second press of the same person within PRESS_APART changes nothing: it was meant for what the button said
        before, or for the one that was in its place.
        """
        acts = {'acknowledge': self.acknowledge, 'resolve': self.resolve, 'reopen': self.reopen}
        if act not in acts:
            raise Invalid('act', 'Choose one of the buttons.')
        case = await self.get(case_id)
        if await has_just_pressed(self._store, person, case, self._context.now()):
            return case
        return await acts[act](person, case_id)

    async def undoable(self, person: Person, cases: Collection[Case]) -> tuple[Case, ...]:
        """Return those of these cases to which a page offers this person an undo."""
        now = self._context.now()
        recent = [case for case in cases if not case.cleared and is_within(UNDO_OFFERED, case.changed_at, now)]
        return tuple([case for case in recent if await resolved_by(self._store, case) == person.id])

    async def close_stale(self) -> int:
        """Close the cases that nobody has reported again for their period, see StaleCases."""
        return await self._stale.close()

    async def asset(self, code: str) -> Asset:
        """Return the asset to which a sticker leads. Raise NotFound if it leads to none."""
        sticker = await self._store.get(Sticker, code)
        asset = await self._store.get(Asset, sticker.asset_id) if sticker and sticker.asset_id else None
        if asset is None:
            raise NotFound('No sticker has this code.')
        return asset

    async def require_offered(self, asset: Asset, content: ReportInput) -> None:
        """Raise Gone if the asset has been taken away, and Invalid if it can't be reported with this problem."""
        if asset.retired_at is not None:
            raise Gone('This one has been taken away. You can report another one at the same place.')
        if content.problem not in await self._context.problems_of(asset.kind):
            raise Invalid('problem', 'That problem can not be reported here. Choose one of the buttons.')

    async def _save(self, matched: MatchedReport, *more: Document) -> Receipt:
        await self._store.save(*matched.documents, *more)
        self._matching.remember(matched)
        return Receipt(matched.report, matched.case)


def require_recent(report: Report, now: datetime) -> None:
    """Raise Gone if a report is too old for a note."""
    if report.at + ADDITIONS_WITHIN < now:
        raise Gone('This report is too old for a note. Report again if it is still so.')
