"""The page to which a sticker leads: one asset and its state, a site, or help with a mistyped code."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.domain import case_numbers, sticker_codes
from app.domain.errors import NotFound, Refusal
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.domain.typed_text import last_part
from app.services.container import Services
from app.services.people import Visitor
from app.services.public_status import AssetStatus, ScannedSticker, Trouble
from app.web.http.form_text import Sent, showable
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import state_of
from app.wording.public import case_state, site_kind, was_full
from components import js_assets
from components.html.renderer import reader_translator
from pages.public.errors import message_of, status_of
from pages.public.page_renderer import renderer_of
from pages.public.request_forms import DECLINED, fields, onward, page_route, read_code
from pages.public.sticker_sightings import StickerSighting, keep_sighting

LONGEST_SLIP = 40
"""Characters of a wrong code that are shown again: anything longer is no slip of the finger."""

STAFF_SCRIPT = 'public/staff-cases.js'

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/Q')
@router.get('/q')
async def find(request: Request, code: str = '') -> Response:
    """Lead on to what somebody typed: a code, the whole address on the sticker, or a case's number."""
    if number := case_numbers.read(code):
        return onward(request, f'/c/{number}')
    found = sticker_codes.read(code)
    if isinstance(found, sticker_codes.CodeError):
        return await _ask_again(request, code)
    return onward(request, f'/q/{found}')


async def show(request: Request, code: str) -> Response:
    """Show what the sticker leads to."""
    return await sticker_page(request, code)


router.routes += [
    page_route('GET', '/Q/{code}', show),  # as it stands in the sticker's symbol, which is all capitals
    page_route('GET', '/q/{code}', show),
]


@router.post('/q/{code}/cases/{case_id}')
async def act(request: Request, code: str, case_id: str) -> Response:
    """Acknowledge, resolve or reopen a case for staff who stand at the asset."""
    state = state_of(request)
    person = (await state.session.require(request)).person
    try:
        sent = await fields(request)
        await _act(state.services, person, await _arrival(request, code), case_id, sent.get('act', ''))
    except DECLINED as error:
        return await sticker_page(request, code, error)
    return onward(request, f'/q/{read_code(code)}')


@router.get('/q/{code}/cases/{case_id}')
async def again(request: Request, code: str) -> Response:
    """Lead somebody who opens a form's address again back to its page."""
    return onward(request, f'/q/{code}')


async def sticker_page(
    request: Request, typed: str, error: Refusal | HTTPException | None = None, sent: Sent | None = None
) -> Response:
    """Return the page to which a code leads. After a form was declined, say why, and keep what was written in it."""
    try:
        arrival = await _arrival(request, typed)
    except NotFound:
        return await _ask_again(request, typed)
    status = status_of(error) if error else HTTPStatus.OK
    trouble = message_of(error, reader_translator(request)) if error else ''
    visitor = await state_of(request).session.visitor(request)
    sighting = await keep_sighting(request, arrival, visitor) if visitor else None
    if arrival.asset is None:
        return await _site_page(request, arrival, status, trouble, sighting)
    return await _asset_page(request, arrival, arrival.asset, status, trouble, showable(sent or {}), visitor, sighting)


async def _arrival(request: Request, typed: str) -> ScannedSticker:
    return await state_of(request).services.public_status.arrival(read_code(typed))


async def _asset_page(
    request: Request, arrival: ScannedSticker, asset: AssetStatus, status: int, trouble: str, sent: Sent,
    visitor: Visitor | None, sighting: StickerSighting | None,
) -> Response:  # fmt: skip
    services, code = state_of(request).services, arrival.sticker.id
    language = reader_translator(request).language
    shown = await _shown_to_staff(services, asset, visitor.person) if visitor else asset.troubles
    return await renderer_of(request).page(
        request, 'sticker_asset.html', status,
        here=f'/q/{code}', code=code, site=arrival.site.site, thing=asset,
        newer=sticker_codes.spaced(asset.asset.code) if arrival.replaced else '', trouble=trouble,
        typed=sent.get('note', ''), again=sent.get('again') or request.query_params.get('again', ''),
        stamp=getattr(request.state, 'stamp', '') or await services.report_intake.stamp(), visitor=visitor,
        look=sighting, shown=shown, photos=await _photos(services, shown) if visitor else {},
        notes=await _notes(services, shown, visitor.person) if visitor else {}, emptied=_was_emptied(services, asset),
        told={over.case.id: await services.outcomes.told(over.case, language) for over in asset.ended},
        state_in_words=partial(case_state, _=reader_translator(request)), staff_script=js_assets.address(STAFF_SCRIPT),
    )  # fmt: skip


def _was_emptied(services: Services, asset: AssetStatus) -> bool:
    last = asset.last_resolved
    return last is not None and was_full(services.catalogue.problem(last.problem))


async def _shown_to_staff(services: Services, asset: AssetStatus, person: Person) -> tuple[Trouble, ...]:
    """Return the open cases, and in their places those that this person has just closed and may open again."""
    return services.public_status.shown_to_staff(asset, await services.cases.undoable(person, asset.resolved))


async def _notes(services: Services, shown: Collection[Trouble], reader: Person) -> dict[str, list[str]]:
    """Return the newest notes of each case, as this person may read them. They are for staff alone."""
    noted = {trouble.case.id: await services.cases.noted_reports(trouble.case.id) for trouble in shown}
    return {id: [mask_for(report.note, reader) for report in reports] for id, reports in noted.items()}


async def _photos(services: Services, shown: Collection[Trouble]) -> dict[str, tuple[str, ...]]:
    """Return the photos of each case. They are for staff alone."""
    return {trouble.case.id: await services.cases.photos(trouble.case.id) for trouble in shown}


async def _site_page(
    request: Request, arrival: ScannedSticker, status: int, trouble: str, sighting: StickerSighting | None
) -> Response:
    kind = site_kind(arrival.site.site.kind, reader_translator(request))
    return await renderer_of(request).page(
        request, 'sticker_site.html', status, here=f'/q/{arrival.sticker.id}', site=arrival.site, kind=kind,
        trouble=trouble, taken_away=arrival.taken_away, look=sighting,
    )  # fmt: skip


async def _ask_again(request: Request, typed: str) -> Response:
    """Return the page with a field for a code. It tells a slip from a sticker that isn't ours."""
    found = sticker_codes.read(typed)
    typed = last_part(typed)[:LONGEST_SLIP]
    flaw = found.value if isinstance(found, sticker_codes.CodeError) else 'unknown'
    status = HTTPStatus.NOT_FOUND if typed else HTTPStatus.OK
    return await renderer_of(request).page(
        request, 'sticker_unknown.html', status, typed=typed, flaw=flaw if typed else ''
    )


async def _act(services: Services, person: Person, arrival: ScannedSticker, case_id: str, act: str) -> None:
    case = await services.cases.get(case_id)
    if case.asset_id != arrival.sticker.asset_id:
        raise NotFound('There is no such case.')
    await services.cases.press(person, case_id, act)
