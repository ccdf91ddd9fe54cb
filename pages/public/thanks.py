"""The thanks for a report: what happens next, and the forms for a note and a photo."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.domain.cases import CaseState
from app.domain.errors import NotFound, Refusal
from app.domain.personal_numbers import mask_numbers
from app.i18n import Translator
from app.services.public_status import ScannedSticker
from app.services.report_intake import HeldReceipt, IntakeResult
from app.web.http.form_text import showable
from app.web.http.network_prefix import network_prefix
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import state_of
from app.wording.public import case_state
from components import js_assets
from components.html.renderer import reader_translator
from pages.public.errors import message_of, status_of
from pages.public.page_renderer import renderer_of
from pages.public.request_forms import DECLINED, fields, onward, read_code

router = APIRouter(prefix='/q/{code}/thanks/{report_id}', include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('')
async def show(request: Request, code: str, report_id: str) -> Response:
    """Thank for a report, and show the state of its case. The address is its sender's key to the report."""
    return await _thanks(request, code, report_id)


@router.post('/note')
async def note(request: Request, code: str, report_id: str) -> Response:
    """Put a note on a report."""
    await _receipt(request, code, report_id)
    typed = ''
    try:
        sent = await fields(request)
        typed = showable(sent).get('note', '')
        await state_of(request).services.report_intake.add_note(report_id, sent.get('note', ''))
    except DECLINED as error:
        return await _thanks(request, code, report_id, error, typed)
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.post('/photo')
async def photo(request: Request, code: str, report_id: str) -> Response:
    """Put a photo on a report."""
    state = state_of(request)
    await _receipt(request, code, report_id)
    try:
        await state.services.report_intake.expect_photo(report_id, network_prefix(request))
        async with state.photo_uploads.form(request, 'photo') as content:
            await state.services.report_intake.add_photo(report_id, content)
    except DECLINED as error:
        return await _thanks(request, code, report_id, error, of_photo=True)
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.get('/note')
@router.get('/photo')
async def again(request: Request, code: str, report_id: str) -> Response:
    """Lead somebody who opens a form's address again back to its page."""
    return onward(request, f'/q/{code}/thanks/{report_id}')


async def _receipt(request: Request, code: str, report_id: str) -> tuple[IntakeResult, ScannedSticker]:
    services = state_of(request).services
    receipt = await services.report_intake.receipt(report_id)
    arrival = await services.public_status.arrival(read_code(code))
    if receipt.report.asset_id != arrival.sticker.asset_id:
        raise NotFound('There is no such report.')
    return receipt, arrival


async def _thanks(
    request: Request, code: str, report_id: str, error: Refusal | HTTPException | None = None,
    typed: str = '', of_photo: bool = False,
) -> Response:  # fmt: skip
    _, services = reader_translator(request), state_of(request).services
    trouble = message_of(error, _) if error else ''
    receipt, arrival = await _receipt(request, code, report_id)
    report, held = receipt.report, isinstance(receipt, HeldReceipt)
    case = None if held else receipt.case
    problem = services.catalogue.problem(report.problem)
    return await renderer_of(request).page(
        request, 'thanks.html', status_of(error) if error else HTTPStatus.OK, here=f'/q/{code}/thanks/{report_id}',
        code=arrival.sticker.id, site=arrival.site.site, report=report, note=mask_numbers(report.note), case=case,
        held=held, thing=await services.public_status.asset(report.asset_id),
        problem=problem, state=case_state(case.state if case else CaseState.REPORTED, problem, _),
        before=None if report.note else await services.report_intake.earlier_noted_report(receipt),
        trouble='' if of_photo else trouble, photo_trouble=trouble if of_photo else '', typed=typed,
        script=js_assets.address('public/photo-form.js'), words=_photo_words(_),
    )  # fmt: skip


def _photo_words(_: Translator) -> dict[str, str]:
    """Return what the page says while it sends a photo."""
    return {
        'shrinking': _('Making the photo smaller …'),
        'sending': _('Sending the photo …'),
        'arrived': _('Your photo has arrived. It is not shown on the web.'),
        'yours': _('Your photo'),
        'replace': _('Replace the photo'),
        'cut': _('The photo did not come through. It is still chosen here: try again.'),
    }
