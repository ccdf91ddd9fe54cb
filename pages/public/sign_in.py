"""The pages on which staff sign in and out, and the answers to strangers who open a staff screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.domain.audit import AuditKind
from app.domain.errors import Gone, SignedOut
from app.domain.people import SESSION_LASTS, Role
from app.web.http.origin import SAME_ORIGIN
from app.web.http.problem_details import allowed
from app.web.http.session import SIGN_IN_FIRST, device_name
from app.web.http.state import ServerServices, state_of
from app.wording.public import role_name
from components.html.renderer import language_query, reader_translator
from pages.public.errors import error_response
from pages.public.page_renderer import renderer_of

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/join/{token}')
async def invitation(request: Request, token: str, services: ServerServices) -> Response:
    """Show what the invitation would do. This does not use it up, because programs that preview links open it, too."""
    try:
        person = await services.people.invited(token)
    except Gone as gone:
        await services.audit_log.note(AuditKind.SIGN_IN_REFUSED)
        return await _closed(request, gone)
    visitor = await state_of(request).session.visitor(request)
    occupant = visitor.person if visitor else None
    return await renderer_of(request).page(
        request, 'invitation.html', person=person, occupant=occupant, token=token, days=SESSION_LASTS.days
    )


@router.post('/join/{token}')
async def join(request: Request, token: str, services: ServerServices) -> Response:
    """Use the invitation up and sign this browser in. Somebody who was signed in on it is signed out."""
    session = state_of(request).session
    before = await session.visitor(request)
    try:
        _, key = await services.people.join(token, device_name(request.headers.get('user-agent', '')))
    except Gone as gone:
        await services.audit_log.note(AuditKind.SIGN_IN_REFUSED)
        return await _closed(request, gone)
    if before:
        await services.people.revoke(before.person, before.device.id)
    response = _redirect(request, '/welcome')
    session.begin(response, key)
    return response


@router.get('/welcome')
async def welcome(request: Request, services: ServerServices) -> Response:
    """Show who is signed in, and offer the first step."""
    visitor = await state_of(request).session.visitor(request)
    if visitor is None:
        # A screen that loses its access leads here, also when somebody has just signed out.
        raise SignedOut('You have been signed out on this device. Open a new invitation link to go on.')
    person = visitor.person
    team = await services.people.team(person.team_id)
    door = '/log' if person.role is Role.FIELD else '/feed'
    role = role_name(person.role, reader_translator(request))
    return await renderer_of(request).page(request, 'welcome.html', person=person, team=team, role=role, door=door)


@router.get('/in')
async def sign_in(request: Request) -> Response:
    """Show how to sign in, to those who are not signed in."""
    if await state_of(request).session.visitor(request):
        return _redirect(request, '/welcome')
    return await renderer_of(request).page(request, 'sign_in.html', trouble='', days=SESSION_LASTS.days)


@router.post('/out')
async def sign_out(request: Request, services: ServerServices) -> Response:
    """Sign this browser out for good."""
    session = state_of(request).session
    if visitor := await session.visitor(request):
        await services.people.revoke(visitor.person, visitor.device.id)
    response = _redirect(request, '/')
    session.end(response)
    return response


def turn_away(screens: Container[str]) -> Callable[[Request], Awaitable[Response]]:
    """Make the handler that answers strangers behind the gate: how to sign in, or that nothing is there."""

    async def answer(request: Request) -> Response:
        if request.scope['path'] in screens:
            return await error_response(request, SignedOut(SIGN_IN_FIRST))
        return await error_response(request, _not_found(request))

    return answer


def _not_found(request: Request) -> HTTPException:
    # NiceGUI is mounted at the root. It gets the requests that a plain route takes with another method only.
    methods = allowed(request, state_of(request).routes)
    return HTTPException(HTTPStatus.METHOD_NOT_ALLOWED if methods else HTTPStatus.NOT_FOUND, headers=methods)


async def _closed(request: Request, gone: Gone) -> Response:
    """Answer that the invitation can't be used any more."""
    trouble = reader_translator(request).refusal(gone)
    visitor = await state_of(request).session.visitor(request)
    return await renderer_of(request).page(
        request, 'invitation_closed.html', HTTPStatus.GONE, trouble=trouble, visitor=visitor
    )


def _redirect(request: Request, path: str) -> RedirectResponse:
    """Lead on to another page, in the language that the reader chose."""
    address = f'{path}{language_query(request)}'
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
