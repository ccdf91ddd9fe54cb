"""Where residents come in: what they report is judged, and counted or kept aside, with the same answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.errors import Gone, NotFound
from app.domain.form_stamps import NONCE, FormStamps, StampKey
from app.domain.reports import Report, ReportInput
from app.services.case_matching import CaseMatching
from app.services.cases import MORE_WITHIN, Cases, Receipt
from app.services.context import Context, no_room_for_photos, require_client_id
from app.services.photo_processing import too_many
from app.services.quarantine import Quarantine, same
from app.services.spam_filter import RateLimits, Sender, SpamFilter
from app.store.protocol import Outdated, ReadOnly

KEY = 32
"""Bytes of the key that stamps are sealed with."""

MOST_BEFORE = 10
"""Earlier reports of one person that are looked through for a note."""


@dataclass(frozen=True)
class HeldReceipt:
    """What somebody gets back whose report waits to be looked at: it is no part of a case yet.

    `case` is the one that is open about the same, if there is one.
    """

    report: Report
    case: Case | None


IntakeResult = Receipt | HeldReceipt


class IncomingReport(NamedTuple):
    """A report as it comes in. `id` was minted on the phone; `again` names an earlier one of the same person."""

    id: str
    code: str
    problem: str
    note: str = ''
    fine: bool = False
    again: str = ''


class ReportIntake:
    """What residents can do."""

    def __init__(self, context: Context, cases: Cases, quarantine: Quarantine, allowances: RateLimits) -> None:
        self._context = context
        self._store = context.store
        self._cases = cases
        self._quarantine = quarantine
        self._filing = CaseMatching(context)
        self._doorkeeper = SpamFilter(allowances)
        self._stamps: FormStamps | None = None

    async def stamp(self) -> str:
        """A stamp for a form that is shown now."""
        return (await self._sealed()).make(self._context.new_nonce(NONCE), self._context.now())

    async def receive(self, letter: IncomingReport, knock: Sender | None) -> IntakeResult:
        """Keep what somebody reports. What looks automatic waits until a lead has looked at it.

        `knock` is None where signed-in staff report. A repeat of the same id answers the same, another content is a
        Clash.
        """
        require_client_id(letter.id)
        said = ReportInput.read(letter.problem, letter.note, letter.fine, letter.again)
        if knock is None or await self._store.get(Report, letter.id):
            return await self._count(letter, said)
        if held := await self._quarantine.get(letter.id):
            return await self._waiting(same(held, await self._cases.asset(letter.code), said))
        return await self._judge(letter, said, knock)

    async def receipt(self, report_id: str) -> IntakeResult:
        """A report, with its case as it is now if it has one; NotFound where there is no such report."""
        held = None if await self._store.get(Report, report_id) else await self._quarantine.get(report_id)
        return await self._waiting(held.report) if held else await self._cases.receipt(report_id)

    async def noted_before(self, answer: IntakeResult) -> Report | None:
        """The newest earlier report of the same person in the same case to which there is a note, or None."""
        report: Report | None = answer.report
        for _ in range(MOST_BEFORE):
            report = await self._store.get(Report, report.earlier) if report and report.earlier else None
            if report is None or report.case_id != answer.report.case_id:
                return None
            if report.note:
                return report
        return None

    async def add_note(self, report_id: str, text: str) -> IntakeResult:
        """A note to one's own report, in place of an earlier one. Its id is the key: only who made it knows it."""
        if isinstance(await self.receipt(report_id), HeldReceipt):
            with suppress(NotFound):  # a lead has just let it through
                return await self._waiting(await self._quarantine.add_note(report_id, text))
        return await self._cases.add_note(report_id, text)

    async def expect_photo(self, report_id: str, network: str) -> IntakeResult:
        """The report to which somebody in this network is about to send a photo. Asked before a byte of it is read.

        NotFound where there is none, Gone where it's too old, NotNow where nothing can be kept or many photos come.
        """
        answer = await self._photographable(report_id)
        if not (self._store.state.is_writable and await self._store.photos.has_room()):
            raise no_room_for_photos()
        if not self._doorkeeper.admits_photo(network, isinstance(answer, HeldReceipt), self._context.now()):
            raise too_many()
        return answer

    async def add_photo(self, report_id: str, content: bytes | bytearray) -> IntakeResult:
        """A photo to one's own report, in place of an earlier one. The same again changes nothing.

        What can't be developed is refused (see Darkroom), NotAllowed where many have been sent; the report stays as it
        is.
        """
        await self._photographable(report_id)
        photo = await self._context.photo_processor.develop(content)
        if isinstance(await self.receipt(report_id), HeldReceipt):
            with suppress(NotFound):
                return await self._waiting(await self._quarantine.add_photo(report_id, photo))
        return await self._cases.add_photo(report_id, photo)

    async def _photographable(self, report_id: str) -> IntakeResult:
        answer = await self.receipt(report_id)
        if answer.report.at + MORE_WITHIN < self._context.now():
            raise Gone('This report is too old for a photo. Report again if it is still so.')
        return answer

    async def _judge(self, letter: IncomingReport, said: ReportInput, knock: Sender) -> IntakeResult:
        asset = await self._cases.asset(letter.code)
        await self._cases.require_offered(asset, said)
        stamped = (await self._sealed()).read(knock.stamp)
        why = self._doorkeeper.judge(knock, stamped, letter.code, self._context.now())
        if why is None:
            return await self._cases.take(letter.id, asset, said)
        return await self._waiting(await self._quarantine.hold(letter.id, asset, said, why))

    async def _count(self, letter: IncomingReport, said: ReportInput) -> Receipt:
        return await self._cases.report(
            letter.code, said.problem, letter.id, said.note, fine=said.fine, again=said.again
        )

    async def _waiting(self, report: Report) -> HeldReceipt:
        return HeldReceipt(report, await self._filing.open_about(report.asset_id, report.problem))

    async def _sealed(self) -> FormStamps:
        if self._stamps is None:
            self._stamps = FormStamps(bytes.fromhex((await self._key()).key))
        return self._stamps

    async def _key(self) -> StampKey:
        """The key that was kept, or a new one: for this process alone while nothing can be saved."""
        if kept := await self._store.get(StampKey, 'key'):
            return kept
        key = StampKey(key=self._context.new_nonce(KEY).hex(), made_at=self._context.now())
        with suppress(Outdated, ReadOnly):
            await self._store.save(key)
        return await self._store.get(StampKey, 'key') or key
