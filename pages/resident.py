"""What a sticker leads to: one asset and how it is, a report with one tap, and the thanks for it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.domain import codes
from app.domain.errors import Invalid, NotFound, Refusal
from app.domain.people import Person
from app.language import msgid
from app.services.cases import Receipt
from app.services.house import House
from app.services.status import Arrival
from app.web.session import Session
from components.plain import Plain, carried, speaker
from components.wording import case_state, site_kind
from pages.errors import sentence, status_of

Sent = Mapping[str, str]

DECLINED = (Refusal, HTTPException)
UNKNOWN = msgid('No sticker has this code.')
LONGEST_SLIP = 40
"""Characters of a wrong code that are shown again: more are no slip of the finger."""


def register(server: FastAPI, house: House, plain: Plain, session: Session) -> None:
    """Serve /q: what a sticker leads to."""
    page = _StickerPage(house, plain, session)
    thanks = _ThanksPage(house, plain, page)
    server.get('/q', include_in_schema=False)(page.find)
    server.get('/Q/{code}', include_in_schema=False)(page.show)  # as stickers have it: their symbol is all capitals
    server.get('/q/{code}', include_in_schema=False)(page.show)
    server.post('/q/{code}', include_in_schema=False)(page.report)
    server.post('/q/{code}/cases/{case_id}', include_in_schema=False)(page.act)
    server.get('/q/{code}/cases/{case_id}', include_in_schema=False)(page.again)
    server.get('/q/{code}/thanks/{report_id}', include_in_schema=False)(thanks.show)
    server.post('/q/{code}/thanks/{report_id}/note', include_in_schema=False)(thanks.note)
    server.get('/q/{code}/thanks/{report_id}/note', include_in_schema=False)(thanks.again)


class _StickerPage:
    def __init__(self, house: House, plain: Plain, session: Session) -> None:
        self._house = house
        self._plain = plain
        self._session = session

    async def find(self, request: Request, code: str = '') -> Response:
        """Lead on to what somebody typed: a code, or all of the address that stands on the sticker."""
        typed = code.strip().partition('?')[0].rstrip('/').rpartition('/')[2]
        read = codes.read(typed)
        return await self._ask_again(request, typed) if isinstance(read, codes.Flaw) else _onward(request, f'/q/{read}')

    async def show(self, request: Request, code: str) -> Response:
        """Say what this is and how it is now."""
        return await self.answer(request, code)

    async def again(self, request: Request, code: str) -> Response:
        """Lead somebody who opens a form's address again back to its page."""
        return _onward(request, f'/q/{code}')

    async def report(self, request: Request, code: str) -> Response:
        """Keep what somebody tapped, and thank them."""
        sent: Sent = {}
        try:
            sent = await fields(request)
            receipt = await self._house.cases.report(
                read_code(code), sent.get('problem', ''), sent.get('id', ''), sent.get('note', '')
            )
        except DECLINED as error:
            return await self.answer(request, code, error, sent)
        return _onward(request, f'/q/{read_code(code)}/thanks/{receipt.report.id}')

    async def act(self, request: Request, code: str, case_id: str) -> Response:
        """Take note of what signed-in staff say of a case where they stand."""
        person = (await self._session.require(request)).person
        try:
            sent = await fields(request)
            await self._act(person, await self.arrival(code), case_id, sent.get('act', ''))
        except DECLINED as error:
            return await self.answer(request, code, error)
        return _onward(request, f'/q/{read_code(code)}')

    async def arrival(self, typed: str) -> Arrival:
        """Where a code leads, however it is spelled; NotFound where it leads nowhere."""
        return await self._house.status.arrival(read_code(typed))

    async def answer(
        self, request: Request, typed: str, error: Refusal | HTTPException | None = None, sent: Sent | None = None
    ) -> Response:
        """The page of whatever the code leads to, with what was declined and what they had written, if anything."""
        try:
            arrival = await self.arrival(typed)
        except NotFound:
            return await self._ask_again(request, typed)
        status = status_of(error) if error else HTTPStatus.OK
        trouble = sentence(error, speaker(request)) if error else ''
        if arrival.asset is None:
            return await self._place(request, arrival, status, trouble)
        return await self._asset(request, arrival, status, trouble, sent or {})

    async def _asset(self, request: Request, arrival: Arrival, status: int, trouble: str, sent: Sent) -> Response:
        assert arrival.asset is not None
        code = arrival.sticker.id
        newer = codes.spaced(arrival.asset.asset.code) if arrival.replaced else ''
        return await self._plain.page(
            request, 'asset.html', status, here=f'/q/{code}', code=code, site=arrival.site.site, thing=arrival.asset,
            newer=newer, trouble=trouble, again=sent if sent.get('note') else {}, mint=self._house.ground.new_token,
            visitor=await self._session.visitor(request),
        )  # fmt: skip

    async def _place(self, request: Request, arrival: Arrival, status: int, trouble: str) -> Response:
        kind = site_kind(arrival.site.site.kind, speaker(request))
        return await self._plain.page(
            request, 'place.html', status, here=f'/q/{arrival.sticker.id}', site=arrival.site, kind=kind,
            trouble=trouble, taken_away=arrival.taken_away,
        )  # fmt: skip

    async def _ask_again(self, request: Request, typed: str) -> Response:
        """The page with a field for a code: it tells a slip from a sticker that isn't ours."""
        typed = typed[:LONGEST_SLIP]
        read = codes.read(typed)
        flaw = read.value if isinstance(read, codes.Flaw) else 'unknown'
        status = HTTPStatus.NOT_FOUND if typed else HTTPStatus.OK
        return await self._plain.page(request, 'code.html', status, typed=typed, flaw=flaw if typed else '')

    async def _act(self, person: Person, arrival: Arrival, case_id: str, act: str) -> None:
        case = await self._house.cases.get(case_id)
        if case.asset_id != arrival.sticker.asset_id:
            raise NotFound('There is no such case.')
        if act == 'acknowledge':
            await self._house.cases.acknowledge(person, case_id)
        elif act == 'resolve':
            await self._house.cases.resolve(person, case_id)
        else:
            raise Invalid('act', 'Choose one of the buttons.')


class _ThanksPage:
    def __init__(self, house: House, plain: Plain, stickers: _StickerPage) -> None:
        self._house = house
        self._plain = plain
        self._stickers = stickers

    async def show(self, request: Request, code: str, report_id: str) -> Response:
        """Thank for a report, and say how its case is now."""
        return await self._answer(request, code, report_id)

    async def again(self, request: Request, code: str, report_id: str) -> Response:
        """Lead somebody who opens the form's address again back to its page."""
        return _onward(request, f'/q/{code}/thanks/{report_id}')

    async def note(self, request: Request, code: str, report_id: str) -> Response:
        """Keep a few words more about a report."""
        await self._receipt(code, report_id)
        typed = ''
        try:
            typed = (await fields(request)).get('note', '')
            await self._house.cases.add_note(report_id, typed)
        except DECLINED as error:
            return await self._answer(request, code, report_id, error, typed)
        return _onward(request, f'/q/{code}/thanks/{report_id}')

    async def _receipt(self, code: str, report_id: str) -> tuple[Receipt, Arrival]:
        receipt, arrival = await self._house.cases.receipt(report_id), await self._stickers.arrival(code)
        if receipt.report.asset_id != arrival.sticker.asset_id:
            raise NotFound('There is no such report.')
        return receipt, arrival

    async def _answer(
        self, request: Request, code: str, report_id: str, error: Refusal | HTTPException | None = None, typed: str = ''
    ) -> Response:
        _ = speaker(request)
        receipt, arrival = await self._receipt(code, report_id)
        return await self._plain.page(
            request, 'thanks.html', status_of(error) if error else HTTPStatus.OK, here=f'/q/{code}/thanks/{report_id}',
            code=arrival.sticker.id, site=arrival.site.site, receipt=receipt,
            thing=await self._house.status.asset(receipt.report.asset_id),
            problem=self._house.ground.lists.problem(receipt.case.problem), state=case_state(receipt.case.state, _),
            trouble=sentence(error, _) if error else '', typed=typed,
        )  # fmt: skip


def read_code(typed: str) -> str:
    """The code in its one spelling; NotFound where it is none."""
    code = codes.read(typed)
    if isinstance(code, codes.Flaw):
        raise NotFound(UNKNOWN)
    return code


async def fields(request: Request) -> Sent:
    """The text fields of the form that was sent."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _onward(request: Request, address: str) -> RedirectResponse:
    return RedirectResponse(f'{address}{carried(request)}', HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
