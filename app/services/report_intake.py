"""Take in what residents report: judge each report, then count it or hold it. Both get the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.errors import Gone, NotFound
from app.domain.form_stamps import NONCE, FormStamps, StampKey
from app.domain.quarantine import HoldReason
from app.domain.reports import Report, ReportInput
from app.domain.sites import Asset
from app.services.cases import ADDITIONS_WITHIN, Cases, Receipt
from app.services.context import Context, no_room_for_photos, require_client_id
from app.services.photo_processing import too_many
from app.services.quarantine import Quarantine, require_same
from app.services.report_origins import Origin
from app.services.spam_filter import RateLimits, Sender, SpamFilter
from app.services.taken_back_reports import TakenBackReports
from app.store.protocol import Outdated, ReadOnly

KEY = 32
"""Bytes of the key that stamps are sealed with."""

MOST_BEFORE = 10
"""Earlier reports of one person that are searched for a note."""


@dataclass(frozen=True)
class HeldReceipt:
    """The answer to a held report, which is part of no case yet.

    `case` is the open one about the same problem, if there is one.
    """

    report: Report
    case: Case | None


IntakeResult = Receipt | HeldReceipt


class IncomingReport(NamedTuple):
    """A report as it comes in, checked by `read`. Its id was minted on the phone."""

    id: str
    code: str
    content: ReportInput

    @classmethod
    def read(
        cls, id: str, code: str, problem: str, note: str = '', *, fine: bool = False, again: str = ''
    ) -> IncomingReport:
        """Return the report that was sent to the sticker with this code.

        `fine` says that the problem is gone; `again` names an earlier report of the same person. Raise Invalid if the
        id isn't one that a client may mint, or if the note can't be kept.
        """
        return cls(require_client_id(id), code, ReportInput.read(problem, note, fine, again))


class ReportIntake:
    """The use cases of residents: report, add a note or a photo."""

    def __init__(self, context: Context, cases: Cases, quarantine: Quarantine, limits: RateLimits) -> None:
        self._context = context
        self._store = context.store
        self._cases = cases
        self._quarantine = quarantine
        self._taken_back = TakenBackReports(context)
        self._spam_filter = SpamFilter(limits)
        self._stamps: FormStamps | None = None

    async def stamp(self) -> str:
        """Return a stamp for a form that is shown now."""
        return (await self._form_stamps()).make(self._context.new_nonce(NONCE), self._context.steady_now())

    async def receive(self, report: IncomingReport, sender: Sender | None) -> IntakeResult:
        """Count a report, or hold it for a lead if it looks automatic.

        `sender` is None if signed-in staff report: they are not judged. A repeat of an id gets the same answer again;
        raise Clash if its content differs. Raise NotFound, Gone or Invalid if the asset can't be reported this way.
        """
        asset = await self._cases.asset(report.code)
        if known := await self._known(report, asset, sender):
            return known
        await self._cases.require_offered(asset, report.content)
        reason = await self._judge(sender, report.code) if sender else None
        if reason:
            return await self._held(await self._quarantine.hold(report.id, asset, report.content, reason))
        return await self._cases.add_report(report.id, asset, report.content, self._origin(report, sender))

    async def receipt(self, report_id: str) -> IntakeResult:
        """Return a report, with its case as it is now if it has one. Raise NotFound if there is no such report."""
        held = None if await self._store.get(Report, report_id) else await self._quarantine.get(report_id)
        return await self._held(held.report) if held else await self._cases.receipt(report_id)

    async def earlier_noted_report(self, answer: IntakeResult) -> Report | None:
        """Return the newest earlier report of the same person in the same case that has a note, or None."""
        report: Report | None = answer.report
        for _ in range(MOST_BEFORE):
            report = await self._store.get(Report, report.earlier) if report and report.earlier else None
            if report is None or report.case_id != answer.report.case_id:
                return None
            if report.note:
                return report
        return None

    async def known_receipts(self, report_ids: Sequence[str]) -> list[IntakeResult]:
        """Return the reports with these ids, in this order. Unknown ids are left out."""
        found: list[IntakeResult] = []
        for id in dict.fromkeys(report_ids):
            with suppress(NotFound):
                found.append(await self.receipt(id))
        return found

    async def take_back(self, report_id: str) -> IntakeResult:
        """Take one's own report back, see TakenBackReports."""
        await self._taken_back.take_back(report_id)
        return await self.receipt(report_id)

    async def add_note(self, report_id: str, text: str) -> IntakeResult:
        """Put a note on one's own report, in place of an earlier one. The id is the key: only its sender knows it."""
        receipt = await self.receipt(report_id)
        receipt.report.require_standing()
        if isinstance(receipt, HeldReceipt):
            with suppress(NotFound):  # a lead has just released it
                return await self._held(await self._quarantine.add_note(report_id, text))
        return await self._cases.add_note(report_id, text)

    async def expect_photo(self, report_id: str, network: str) -> IntakeResult:
        """Return the report to which somebody in this network is about to send a photo.

        Call it before a byte of the photo is read. Raise NotFound if there is no such report, Gone if it is too old,
        and NotNow if nothing can be kept or many photos come.
        """
        answer = await self._photographable(report_id)
        if not (self._store.state.is_writable and await self._store.photos.has_room()):
            raise no_room_for_photos()
        if not self._spam_filter.admits_photo(network, isinstance(answer, HeldReceipt), self._context.steady_now()):
            raise too_many()
        return answer

    async def add_photo(self, report_id: str, content: bytes | bytearray) -> IntakeResult:
        """Put a photo on one's own report, in place of an earlier one. The same photo again changes nothing.

        Raise what PhotoProcessor raises for a photo that can't be read, and NotAllowed if many have been sent. The
        report then stays as it is.
        """
        await self._photographable(report_id)
        photo = await self._context.photo_processor.process(content)
        if isinstance(await self.receipt(report_id), HeldReceipt):
            with suppress(NotFound):
                return await self._held(await self._quarantine.add_photo(report_id, photo))
        return await self._cases.add_photo(report_id, photo)

    async def _photographable(self, report_id: str) -> IntakeResult:
        answer = await self.receipt(report_id)
        answer.report.require_standing()
        if answer.report.at + ADDITIONS_WITHIN < self._context.now():
            raise Gone('This report is too old for a photo. Report again if it is still so.')
        return answer

    async def _known(self, report: IncomingReport, asset: Asset, sender: Sender | None) -> IntakeResult | None:
        """Return the receipt of a report that came before, or None. Staff may send again what was held: it counts."""
        if kept := await self._store.get(Report, report.id):
            return await self._cases.repeat(kept, asset, report.content)
        held = await self._quarantine.get(report.id) if sender else None
        return await self._held(require_same(held, asset, report.content)) if held else None

    async def _judge(self, sender: Sender, code: str) -> HoldReason | None:
        stamp = (await self._form_stamps()).read(sender.stamp)
        return self._spam_filter.judge(sender, stamp, code, self._context.steady_now())

    def _origin(self, report: IncomingReport, sender: Sender | None) -> Origin:
        if sender is None:
            return Origin.staff(report.id)
        return self._spam_filter.origin(sender.network, self._context.steady_now())

    async def _held(self, report: Report) -> HeldReceipt:
        return HeldReceipt(report, await self._cases.open_about(report.asset_id, report.problem))

    async def _form_stamps(self) -> FormStamps:
        if self._stamps is None:
            self._stamps = FormStamps(bytes.fromhex((await self._stamp_key()).key))
        return self._stamps

    async def _stamp_key(self) -> StampKey:
        """Return the key that is kept, or a new one. While nothing can be saved, the new one is this process's own."""
        if kept := await self._store.get(StampKey, 'key'):
            return kept
        key = StampKey(key=self._context.new_nonce(KEY).hex(), made_at=self._context.now())
        with suppress(Outdated, ReadOnly):
            await self._store.save(key)
        return await self._store.get(StampKey, 'key') or key
