"""The thanks for a report: what happens next, and the forms for a note and a photo."""

from __future__ import annotations

import math
from collections.abc import Awaitable
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.domain.errors import Invalid, NotFound, Refusal
from app.domain.personal_numbers import mask_numbers
from app.domain.reports import Report
from app.i18n import Translator
from app.services.outcomes import ToldOutcome
from app.services.public_status import ScannedSticker
from app.services.report_intake import HeldReceipt, IntakeResult
from app.web.http.form_text import showable
from app.web.http.network_prefix import network_prefix
from app.web.http.origin import SAME_ORIGIN
from app.web.http.report_additions import read_additions
from app.web.http.state import state_of
from components import js_assets
from components.html.renderer import reader_translator
from pages.public.errors import message_of, status_of
from pages.public.page_renderer import renderer_of
from pages.public.request_forms import DECLINED, fields, onward, read_code


class Declined(NamedTuple):
    """Why a note and a photo were not taken. `has_noted` says that a note came with the photo."""

    note: Refusal | HTTPException | None = None
    photo: Refusal | HTTPException | None = None
    has_noted: bool = False


ALL_TAKEN = Declined()

router = APIRouter(prefix='/q/{code}/thanks/{report_id}', include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('')
async def show(request: Request, code: str, report_id: str) -> Response:
    """Thank for a report, and show the state of its case. The address is its sender's key to the report."""
    return await _thanks(request, code, report_id)


@router.post('/note')
async def note(request: Request, code: str, report_id: str) -> Response:
    """Put a note on a report: the form of pages that were opened before there was one form for both."""
    await _receipt(request, code, report_id)
    typed = ''
    try:
        sent = await fields(request)
        typed = showable(sent).get('note', '')
        await state_of(request).services.report_intake.add_note(report_id, sent.get('note', ''))
    except DECLINED as error:
        return await _thanks(request, code, report_id, Declined(note=error), typed)
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.post('/photo')
async def photo(request: Request, code: str, report_id: str) -> Response:
    """Put a photo on a report, likewise."""
    state = state_of(request)
    await _receipt(request, code, report_id)
    try:
        await state.services.report_intake.expect_photo(report_id, network_prefix(request))
        async with state.photo_uploads.form(request, 'photo') as content:
            await state.services.report_intake.add_photo(report_id, content)
    except DECLINED as error:
        return await _thanks(request, code, report_id, Declined(photo=error))
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.post('/more')
async def add(request: Request, code: str, report_id: str) -> Response:
    """Put a note and a photo on a report. Where one is declined, the other arrives all the same."""
    state = state_of(request)
    intake, uploads = state.services.report_intake, state.photo_uploads
    receipt, _ = await _receipt(request, code, report_id)
    async with read_additions(
        request, uploads, partial(intake.expect_photo, report_id, network_prefix(request))
    ) as sent:
        declined = Declined(photo=sent.refusal)
        if _is_new(sent.note, receipt.report):
            declined = declined._replace(note=await _declined(intake.add_note(report_id, sent.note)), has_noted=True)
        if sent.photo:
            declined = declined._replace(photo=await _declined(intake.add_photo(report_id, sent.photo)))
    if not (sent.note.strip() or sent.photo or sent.refusal):
        declined = Declined(note=Invalid('note', 'Write something or choose a photo first.'))
    if declined.note or declined.photo:
        return await _thanks(request, code, report_id, declined, sent.note)
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.post('/undo')
async def undo(request: Request, code: str, report_id: str) -> Response:
    """Take the report back: whoever has just pressed the wrong button sends this form."""
    await _receipt(request, code, report_id)
    try:
        await state_of(request).services.report_intake.take_back(report_id)
    except DECLINED as error:
        return await _thanks(request, code, report_id, Declined(note=error))
    return onward(request, f'/q/{code}/thanks/{report_id}')


@router.get('/undo')
@router.get('/more')
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


def _is_new(note: str, report: Report) -> bool:
    """Return True if somebody has written a note. The form holds the present one, with numbers covered."""
    typed = ' '.join(note.split())
    return bool(typed) and typed not in (' '.join(kept.split()) for kept in (report.note, mask_numbers(report.note)))


async def _declined(change: Awaitable[object]) -> Refusal | HTTPException | None:
    try:
        await change
    except DECLINED as error:
        return error
    return None


async def _thanks(
    request: Request, code: str, report_id: str, declined: Declined = ALL_TAKEN, typed: str = ''
) -> Response:
    _, services = reader_translator(request), state_of(request).services
    error = declined.note or declined.photo
    receipt, arrival = await _receipt(request, code, report_id)
    report, held = receipt.report, isinstance(receipt, HeldReceipt)
    case = None if held else receipt.case
    problem, thing = services.catalogue.problem(report.problem), await services.public_status.asset(report.asset_id)
    undo_for = report.undo_offered_for(services.now())
    return await renderer_of(request).page(
        request, 'thanks.html', status_of(error) if error else HTTPStatus.OK, here=f'/q/{code}/thanks/{report_id}',
        code=arrival.sticker.id, site=arrival.site.site, report=report, note=mask_numbers(report.note), case=case,
        held=held, thing=thing, problem=problem, team=await services.public_status.team_of(case, thing),
        outcome=await services.outcomes.told(case, _.language) if case else ToldOutcome(),
        undo_for=math.ceil(undo_for.total_seconds()), undo_script=js_assets.address('public/undo-form.js'),
        undo_words=_undo_words(_),
        before=None if report.note else await services.report_intake.earlier_noted_report(receipt),
        trouble=message_of(declined.note, _) if declined.note else '', typed=typed,
        photo_trouble=message_of(declined.photo, _) if declined.photo else '',
        has_noted=declined.has_noted and not declined.note,
        script=js_assets.address('public/additions-form.js'), words=_additions_words(_),
    )  # fmt: skip


def _undo_words(_: Translator) -> dict[str, str]:
    """Return what the page says while it takes a report back."""
    return {
        'queued': _('It is taken back as soon as there is a network.'),
        'failed': _('That did not go through just now. Nothing is lost: try again.'),
    }


def _additions_words(_: Translator) -> dict[str, str]:
    """Return what the page says while it sends a note and a photo."""
    return {
        'shrinking': _('Making the photo smaller …'),
        'sending': _('Sending …'),
        'arrived': _('It has arrived. Thank you!'),
        'photo': _('Your photo'),
        'cut': _('That did not come through. It is still here: try again.'),
    }
