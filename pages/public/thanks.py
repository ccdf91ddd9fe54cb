"""The thanks for a report: what happens next, and what else one may tell."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.domain.cases import CaseState
from app.domain.errors import NotFound, Refusal
from app.domain.personal_numbers import mask_numbers
from app.i18n import Translator
from app.services.container import Services
from app.services.public_status import ScannedSticker
from app.services.report_intake import IntakeResult
from app.web.http.middleware import SAME_ORIGIN
from app.web.http.network_prefix import network_prefix
from app.web.http.photo_uploads import PhotoUploads
from app.web.http.state import state_of
from app.wording.public import case_state
from components import js_assets
from components.html.renderer import HtmlRenderer, reader_translator
from pages.public.errors import sentence, status_of
from pages.public.request_forms import DECLINED, fields, onward, read_code
from pages.public.state import renderer_of

router = APIRouter(prefix='/q/{code}/thanks/{report_id}', include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('')
async def show(request: Request, code: str, report_id: str) -> Response:
    return await _page(request).show(request, code, report_id)


@router.post('/note')
async def note(request: Request, code: str, report_id: str) -> Response:
    return await _page(request).note(request, code, report_id)


@router.get('/note')
async def again(request: Request, code: str, report_id: str) -> Response:
    return await _page(request).again(request, code, report_id)


@router.post('/photo')
async def photo(request: Request, code: str, report_id: str) -> Response:
    return await _page(request).photo(request, code, report_id)


router.get('/photo')(again)


def _page(request: Request) -> ThanksPage:
    state = state_of(request)
    return ThanksPage(state.services, renderer_of(request), state.photo_uploads)


class ThanksPage:
    """What somebody sees who has reported; its address is their key to the report."""

    def __init__(self, services: Services, plain: HtmlRenderer, intake: PhotoUploads) -> None:
        self._services = services
        self._plain = plain
        self._intake = intake

    async def show(self, request: Request, code: str, report_id: str) -> Response:
        """Thank for a report, and say how its case is now."""
        return await self._answer(request, code, report_id)

    async def again(self, request: Request, code: str, report_id: str) -> Response:
        """Lead somebody who opens the form's address again back to its page."""
        return onward(request, f'/q/{code}/thanks/{report_id}')

    async def note(self, request: Request, code: str, report_id: str) -> Response:
        """Keep a few words more about a report."""
        await self._receipt(code, report_id)
        typed = ''
        try:
            typed = (await fields(request)).get('note', '')
            await self._services.report_intake.add_note(report_id, typed)
        except DECLINED as error:
            return await self._answer(request, code, report_id, error, typed)
        return onward(request, f'/q/{code}/thanks/{report_id}')

    async def photo(self, request: Request, code: str, report_id: str) -> Response:
        """Keep a photo of what was reported."""
        await self._receipt(code, report_id)
        try:
            await self._services.report_intake.expect_photo(report_id, network_prefix(request))
            async with self._intake.form(request, 'photo') as photo:
                await self._services.report_intake.add_photo(report_id, photo)
        except DECLINED as error:
            return await self._answer(request, code, report_id, error, of_photo=True)
        return onward(request, f'/q/{code}/thanks/{report_id}')

    async def _receipt(self, code: str, report_id: str) -> tuple[IntakeResult, ScannedSticker]:
        receipt = await self._services.report_intake.receipt(report_id)
        arrival = await self._services.public_status.arrival(read_code(code))
        if receipt.report.asset_id != arrival.sticker.asset_id:
            raise NotFound('There is no such report.')
        return receipt, arrival

    async def _answer(
        self, request: Request, code: str, report_id: str, error: Refusal | HTTPException | None = None,
        typed: str = '', of_photo: bool = False,
    ) -> Response:  # fmt: skip
        _ = reader_translator(request)
        trouble = sentence(error, _) if error else ''
        receipt, arrival = await self._receipt(code, report_id)
        report = receipt.report
        case = receipt.case
        return await self._plain.page(
            request, 'thanks.html', status_of(error) if error else HTTPStatus.OK, here=f'/q/{code}/thanks/{report_id}',
            code=arrival.sticker.id, site=arrival.site.site, report=report, note=mask_numbers(report.note), case=case,
            thing=await self._services.public_status.asset(report.asset_id),
            problem=self._services.context.lists.problem(report.problem),
            state=case_state(case.state if case else CaseState.REPORTED, _),
            before=None if report.note else await self._services.report_intake.noted_before(receipt),
            trouble='' if of_photo else trouble, photo_trouble=trouble if of_photo else '', typed=typed,
            script=js_assets.address('public/photo-form.js'), words=_photo_words(_),
        )  # fmt: skip


def _photo_words(_: Translator) -> dict[str, str]:
    """What the page says while it sends a photo."""
    return {
        'shrinking': _('Making the photo smaller …'),
        'sending': _('Sending the photo …'),
        'arrived': _('Your photo has arrived. Only staff can see it.'),
        'yours': _('Your photo'),
        'replace': _('Replace the photo'),
        'cut': _('The photo did not come through. It is still chosen here: try again.'),
    }
