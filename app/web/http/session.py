"""Who is asking: the session cookie, and the gate in front of every NiceGUI page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Container

from fastapi import Request, Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import SignedOut
from app.domain.people import SESSION_LASTS
from app.i18n import msgid
from app.services.people import People, Visitor

SIGN_IN_FIRST = msgid('Sign in first: open your invitation link on this device.')

TurnAway = Callable[[Request], Awaitable[Response]]

_SYSTEMS = {
    'iPhone': 'iPhone',
    'iPad': 'iPad',
    'Android': 'Android',
    'Windows': 'Windows',
    'Macintosh': 'Mac',
    'CrOS': 'Chromebook',
    'Linux': 'Linux',
}
_BROWSERS = {
    'Edg': 'Edge',
    'OPR': 'Opera',
    'SamsungBrowser': 'Samsung Internet',
    'Firefox': 'Firefox',
    'FxiOS': 'Firefox',
    'CriOS': 'Chrome',
    'Chrome': 'Chrome',
    'Safari': 'Safari',
}


class Session:
    """Reads and sets the session cookie.

    `cookie` is its name. Over HTTPS the cookie is bound to this very host (`__Host-`), so that no neighbour under the
    same domain can set it.
    """

    def __init__(self, people: People, secure: bool) -> None:
        self._people = people
        self._secure = secure
        self.cookie = '__Host-haren' if secure else 'haren'

    async def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who is signed in on the browser that asks, or None."""
        token = connection.cookies.get(self.cookie)
        return await self._people.visitor(token) if token else None

    async def require(self, request: Request) -> Visitor:
        """Who is signed in; SignedOut where nobody is."""
        visitor = await self.visitor(request)
        if visitor is None:
            raise SignedOut(SIGN_IN_FIRST)
        return visitor

    def begin(self, response: Response, token: str) -> None:
        """Let the answer sign the browser in."""
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            path='/',
            secure=self._secure,
            httponly=True,
            samesite='lax',
        )

    def end(self, response: Response) -> None:
        """Let the answer sign the browser out."""
        response.delete_cookie(self.cookie, path='/', secure=self._secure, httponly=True, samesite='lax')


class SessionGate:
    """Stands in front of NiceGUI: no session, no page and no socket.

    A NiceGUI page leaves a client object in memory for each visit, so a stranger must be turned away before one is
    built. NiceGUI's own static files pass, and what is no screen of ours leads nowhere. The
    visitor is handed on in the request's state.
    """

    def __init__(self, app: ASGIApp, session: Session, screens: Container[str], turn_away: TurnAway) -> None:
        self._app = app
        self._session = session
        self._screens = screens
        self._turn_away = turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through who is signed in."""
        if scope['type'] not in ('http', 'websocket') or scope['path'].startswith('/_nicegui/'):
            await self._app(scope, receive, send)
        elif self._leads_on(scope['path']) and (visitor := await self._session.visitor(HTTPConnection(scope))):
            scope.setdefault('state', {})['visitor'] = visitor
            await self._app(scope, receive, send)
        elif scope['type'] == 'websocket':
            await send({'type': 'websocket.close', 'code': 4401})
        else:
            response = await self._turn_away(Request(scope, receive))
            await response(scope, receive, send)

    def _leads_on(self, path: str) -> bool:
        return path in self._screens or path.startswith('/_nicegui_ws/')


def bearer(connection: HTTPConnection) -> str | None:
    """The token that a program shows (RFC 6750); None where there is none, and for any other kind of credentials.

    These may be a reverse proxy's business.
    """
    scheme, _, token = connection.headers.get('authorization', '').strip().partition(' ')
    return token.strip() if scheme.lower() == 'bearer' else None


def device_name(user_agent: str) -> str:
    """What a person would call the browser: 'Chrome, Android'. A guess for a list, nothing more."""
    browser = next((name for mark, name in _BROWSERS.items() if re.search(rf'\b{mark}/', user_agent)), '')
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), '')
    return ', '.join(filter(None, (browser, system))) or 'Haren'
