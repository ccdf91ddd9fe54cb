"""How staff come in and leave: the invitation, the welcome, and what strangers see at a staff door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.domain.errors import Gone, SignedOut
from app.domain.people import SESSION_LASTS, Role
from app.services.container import Services
from app.services.people import Visitor
from app.web.http.problem_details import allowed
from app.web.http.session import SIGN_IN_FIRST, Session, device_name
from app.web.http.state import state_of
from app.wording.public import role_name
from components.html.renderer import HtmlRenderer, language_query, reader_translator
from pages.public.errors import declined


def register(server: FastAPI, services: Services, plain: HtmlRenderer, session: Session) -> None:
    """Serve /join, /welcome, /in and /out."""
    doors = _SignIn(services, plain, session)
    server.get('/join/{token}', include_in_schema=False)(doors.invitation)
    server.post('/join/{token}', include_in_schema=False)(doors.join)
    server.get('/welcome', include_in_schema=False)(doors.welcome)
    server.get('/in', include_in_schema=False)(doors.outside)
    server.post('/out', include_in_schema=False)(doors.leave)


def turn_away(screens: Container[str]) -> Callable[[Request], Awaitable[Response]]:
    """Make the handler that answers strangers behind the gate: how to sign in, or that nothing is there."""

    async def answer(request: Request) -> Response:
        if request.scope['path'] in screens:
            return await declined(request, SignedOut(SIGN_IN_FIRST))
        return await declined(request, _nothing(request))

    return answer


def _nothing(request: Request) -> HTTPException:
    # NiceGUI is mounted at the root. It gets the requests that a plain route takes with another method only.
    methods = allowed(request, state_of(request).routes)
    return HTTPException(HTTPStatus.METHOD_NOT_ALLOWED if methods else HTTPStatus.NOT_FOUND, headers=methods)


class _SignIn:
    def __init__(self, services: Services, plain: HtmlRenderer, session: Session) -> None:
        self._services = services
        self._plain = plain
        self._session = session

    async def invitation(self, request: Request, token: str) -> Response:
        """Say what the invitation would do. Looking at it uses nothing up: programs that preview links look too."""
        try:
            person = await self._services.people.invited(token)
        except Gone as gone:
            return await self._closed(request, gone)
        visitor = await self._session.visitor(request)
        occupant = visitor.person if visitor else None
        return await self._plain.page(
            request, 'invitation.html', person=person, occupant=occupant, token=token, days=SESSION_LASTS.days
        )

    async def join(self, request: Request, token: str) -> Response:
        """Use the invitation up and sign this browser in; whoever was signed in on it is so no more."""
        before = await self._session.visitor(request)
        try:
            _, key = await self._services.people.join(token, device_name(request.headers.get('user-agent', '')))
        except Gone as gone:
            return await self._closed(request, gone)
        if before:
            await self._services.people.revoke(before.person, before.device.id)
        response = _onward(f'/welcome{language_query(request)}')
        self._session.begin(response, key)
        return response

    async def welcome(self, request: Request) -> Response:
        """Say who one is, and offer the first step."""
        visitor = await self._session.visitor(request)
        if visitor is None:
            # A screen that loses its access leads here, also when somebody has just signed out.
            raise SignedOut('You have been signed out on this device. Open a new invitation link to go on.')
        person = visitor.person
        team = next((team for team in await self._services.people.teams() if team.id == person.team_id), None)
        door = '/log' if person.role is Role.FIELD else '/feed'
        role = role_name(person.role, reader_translator(request))
        return await self._plain.page(request, 'welcome.html', person=person, team=team, role=role, door=door)

    async def outside(self, request: Request) -> Response:
        """Say how to get in, to those who aren't."""
        if await self._session.visitor(request):
            return _onward(f'/welcome{language_query(request)}')
        return await self._plain.page(request, 'sign_in.html', trouble='', days=SESSION_LASTS.days)

    async def leave(self, request: Request) -> Response:
        """Sign this browser out for good."""
        if visitor := await self._session.visitor(request):
            await self._services.people.revoke(visitor.person, visitor.device.id)
        response = _onward(f'/{language_query(request)}')
        self._session.end(response)
        return response

    async def _closed(self, request: Request, gone: Gone) -> Response:
        visitor: Visitor | None = await self._session.visitor(request)
        return await self._plain.page(
            request,
            'invitation_closed.html',
            HTTPStatus.GONE,
            trouble=reader_translator(request).refusal(gone),
            visitor=visitor,
        )


def _onward(address: str) -> RedirectResponse:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
