"""What a sticker leads to: one thing and how it is, and a report with one tap."""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.domain import sticker_codes
from app.domain.errors import Invalid, NotFound, Refusal
from app.domain.people import Person
from app.services.container import Services
from app.services.context import require_client_id
from app.services.people import Visitor
from app.services.public_status import AssetStatus, ScannedSticker
from app.services.report_intake import IncomingReport
from app.services.spam_filter import Sender
from app.web.http.middleware import SAME_ORIGIN
from app.web.http.network_prefix import network_prefix
from app.web.http.session import Session
from app.web.http.state import state_of
from app.wording.public import site_kind
from components.html.renderer import HtmlRenderer, reader_translator
from pages.public.errors import sentence, status_of
from pages.public.request_forms import DECLINED, Sent, fields, onward, page_route, read_code
from pages.public.state import renderer_of
from pages.public.sticker_sightings import Sightings, StickerSighting

LONGEST_SLIP = 40
"""Characters of a wrong code that are shown again: more are no slip of the finger."""

CASE_NUMBER = re.compile(r'#?\s*(\d{4})\s*[-–\s]\s*(\d{1,9})')
"""As people write it down: 2026-142, #2026-142, 2026 142."""


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/q')
async def find(request: Request, code: str = '') -> Response:
    return await _page(request).find(request, code)


async def show(request: Request, code: str) -> Response:
    return await _page(request).show(request, code)


async def report(request: Request, code: str) -> Response:
    return await _page(request).report(request, code)


REPORT = page_route('POST', '/q/{code}', report)
"""The route that comes before all others: a flood of reports should cost as little as possible."""

router.routes += [
    page_route('GET', '/Q/{code}', show),  # as stickers have it: their symbol is all capitals
    page_route('GET', '/q/{code}', show),
]


@router.post('/q/{code}/cases/{case_id}')
async def act(request: Request, code: str, case_id: str) -> Response:
    return await _page(request).act(request, code, case_id)


@router.get('/q/{code}/cases/{case_id}')
async def again(request: Request, code: str) -> Response:
    return await _page(request).again(request, code)


def _page(request: Request) -> StickerPage:
    state = state_of(request)
    return StickerPage(state.services, renderer_of(request), state.session)


class StickerPage:
    """The page behind a code: of a thing, of a place, or of what somebody mistyped."""

    def __init__(self, services: Services, plain: HtmlRenderer, session: Session) -> None:
        self._services = services
        self._plain = plain
        self._session = session
        self._sightings = Sightings(services)

    async def find(self, request: Request, code: str = '') -> Response:
        """Lead on to what somebody typed: a code, all of the address that stands on the sticker, or a case's number."""
        typed = code.strip().partition('?')[0].rstrip('/').rpartition('/')[2]
        if number := CASE_NUMBER.fullmatch(typed):
            return onward(request, f'/c/{number[1]}-{number[2]}')
        read = sticker_codes.read(typed)
        return (
            await self._ask_again(request, typed)
            if isinstance(read, sticker_codes.CodeError)
            else onward(request, f'/q/{read}')
        )

    async def show(self, request: Request, code: str) -> Response:
        """Say what this is and how it is now."""
        return await self.answer(request, code)

    async def again(self, request: Request, code: str) -> Response:
        """Lead somebody who opens a form's address again back to its page."""
        return onward(request, f'/q/{code}')

    async def report(self, request: Request, code: str) -> Response:
        """Keep what somebody tapped, and thank them."""
        sent: Sent = {}
        try:
            sent = await fields(request)
            report = _incoming_report(read_code(code), sent)
            visitor = await self._session.visitor(request)
            await self._services.report_intake.receive(report, None if visitor else _sender(request, sent))
        except DECLINED as error:
            return await self.answer(request, code, error, sent)
        return onward(request, f'/q/{report.code}/thanks/{report.id}')

    async def act(self, request: Request, code: str, case_id: str) -> Response:
        """Take note of what signed-in staff say of a case where they stand."""
        person = (await self._session.require(request)).person
        try:
            sent = await fields(request)
            await self._act(person, await self._arrival(code), case_id, sent.get('act', ''))
        except DECLINED as error:
            return await self.answer(request, code, error)
        return onward(request, f'/q/{read_code(code)}')

    async def answer(
        self, request: Request, typed: str, error: Refusal | HTTPException | None = None, sent: Sent | None = None
    ) -> Response:
        """The page of whatever the code leads to, with what was declined and what they had written, if anything."""
        try:
            arrival = await self._arrival(typed)
        except NotFound:
            return await self._ask_again(request, typed)
        status = status_of(error) if error else HTTPStatus.OK
        trouble = sentence(error, reader_translator(request)) if error else ''
        visitor = await self._session.visitor(request)
        look = await self._sightings.keep(request, arrival, visitor) if visitor else None
        if arrival.asset is None:
            return await self._place(request, arrival, status, trouble, look)
        return await self._asset(request, arrival, status, trouble, sent or {}, visitor, look)

    async def _arrival(self, typed: str) -> ScannedSticker:
        return await self._services.public_status.arrival(read_code(typed))

    async def _asset(
        self, request: Request, arrival: ScannedSticker, status: int, trouble: str, sent: Sent, visitor: Visitor | None,
        look: StickerSighting | None,
    ) -> Response:  # fmt: skip
        assert arrival.asset is not None
        code = arrival.sticker.id
        return await self._plain.page(
            request, 'sticker_asset.html', status,
            here=f'/q/{code}', code=code, site=arrival.site.site, thing=arrival.asset,
            newer=sticker_codes.spaced(arrival.asset.asset.code) if arrival.replaced else '', trouble=trouble,
            typed=sent.get('note', ''), again=sent.get('again') or request.query_params.get('again', ''),
            stamp=getattr(request.state, 'stamp', '') or await self._services.report_intake.stamp(), visitor=visitor,
            look=look, photos=await self._photos(arrival.asset) if visitor else {},
        )  # fmt: skip

    async def _photos(self, status: AssetStatus) -> dict[str, tuple[str, ...]]:
        """The photos of each open case, for staff alone."""
        cases = [trouble.case.id for trouble in status.troubles]
        return {case_id: await self._services.context.photos_of(case_id) for case_id in cases}

    async def _place(
        self, request: Request, arrival: ScannedSticker, status: int, trouble: str, look: StickerSighting | None
    ) -> Response:
        kind = site_kind(arrival.site.site.kind, reader_translator(request))
        return await self._plain.page(
            request, 'sticker_site.html', status, here=f'/q/{arrival.sticker.id}', site=arrival.site, kind=kind,
            trouble=trouble, taken_away=arrival.taken_away, look=look,
        )  # fmt: skip

    async def _ask_again(self, request: Request, typed: str) -> Response:
        """The page with a field for a code: it tells a slip from a sticker that isn't ours."""
        typed = typed[:LONGEST_SLIP]
        read = sticker_codes.read(typed)
        flaw = read.value if isinstance(read, sticker_codes.CodeError) else 'unknown'
        status = HTTPStatus.NOT_FOUND if typed else HTTPStatus.OK
        return await self._plain.page(request, 'sticker_unknown.html', status, typed=typed, flaw=flaw if typed else '')

    async def _act(self, person: Person, arrival: ScannedSticker, case_id: str, act: str) -> None:
        case = await self._services.cases.get(case_id)
        if case.asset_id != arrival.sticker.asset_id:
            raise NotFound('There is no such case.')
        if act == 'acknowledge':
            await self._services.cases.acknowledge(person, case_id)
        elif act == 'resolve':
            await self._services.cases.resolve(person, case_id)
        else:
            raise Invalid('act', 'Choose one of the buttons.')


def _incoming_report(code: str, sent: Sent) -> IncomingReport:
    """Return the report in a form. Its id is the form's and the button's: a button pressed twice sends one report."""
    fine = sent.get('fine', '')
    problem = fine or sent.get('problem', '')
    id = '-'.join(filter(None, (require_client_id(sent.get('id', '')), problem, 'fine' if fine else '')))
    return IncomingReport.read(id, code, problem, sent.get('note', ''), fine=bool(fine), again=sent.get('again', ''))


def _sender(request: Request, sent: Sent) -> Sender:
    return Sender(network_prefix(request), stamp=sent.get('id', ''), trap=sent.get('website', ''))
