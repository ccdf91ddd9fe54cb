"""The session cookie, and the gate in front of every NiceGUI page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container

from fastapi import Request, Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.bounded_pattern import BoundedPattern
from app.domain.errors import SignedOut
from app.domain.people import SESSION_LASTS
from app.i18n import msgid
from app.services.people import People, Visitor

SIGN_IN_FIRST = msgid('Sign in first: open your invitation link on this device.')

SOCKETS = '/_nicegui_ws/'

BY_ITSELF = (SOCKETS, '/healthz')
"""The requests that an open page makes by itself, whether or not anybody is there."""

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
_PRODUCT = BoundedPattern(r'\b(\w+)/', longest=500)
"""A product of a User-Agent header (RFC 9110, 10.1.5)."""


class Session:
    """Reads and sets the session cookie.

    `cookie` is its name. Over HTTPS the cookie is bound to this host (`__Host-`), so that no other host of the same
    domain can set it.
    """

    def __init__(self, people: People, secure: bool) -> None:
        self._people = people
        self._secure = secure
        self.cookie = '__Host-haren' if secure else 'haren'

    async def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Return who is signed in on the browser that sends the request, or None.

        What an open page does by itself is no use of the device.
        """
        token, is_used = connection.cookies.get(self.cookie), not connection.scope['path'].startswith(BY_ITSELF)
        return await self._people.visitor(token, is_used=is_used) if token else None

    async def require(self, request: Request) -> Visitor:
        """Return who is signed in. Raise SignedOut if nobody is."""
        visitor = await self.visitor(request)
        if visitor is None:
            raise SignedOut(SIGN_IN_FIRST)
        return visitor

    def begin(self, response: Response, token: str) -> None:
        """Set the cookie in the answer: it signs the browser in."""
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
        """Delete the cookie in the answer: it signs the browser out."""
        response.delete_cookie(self.cookie, path='/', secure=self._secure, httponly=True, samesite='lax')


class SessionGate:
    """Middleware in front of NiceGUI: without a session there is no page and no socket.

    NiceGUI keeps a client object in memory for each visit of a page, so strangers must be turned away before a page is
    built. NiceGUI's own static files pass. An address that is none of our screens leads nowhere. The visitor is passed
    on in the request's state.
    """

    def __init__(self, app: ASGIApp, session: Session, screens: Container[str], turn_away: TurnAway) -> None:
        self._app = app
        self._session = session
        self._screens = screens
        self._turn_away = turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if somebody is signed in."""
        if scope['type'] not in ('http', 'websocket') or scope['path'].startswith('/_nicegui/'):
            await self._app(scope, receive, send)
        elif self._is_known_path(scope['path']) and (visitor := await self._session.visitor(HTTPConnection(scope))):
            scope.setdefault('state', {})['visitor'] = visitor
            await self._app(scope, receive, send)
        elif scope['type'] == 'websocket':
            await send({'type': 'websocket.close', 'code': 4401})
        else:
            response = await self._turn_away(Request(scope, receive))
            await response(scope, receive, send)

    def _is_known_path(self, path: str) -> bool:
        return path in self._screens or path.startswith(SOCKETS)


def bearer(connection: HTTPConnection) -> str | None:
    """Return the token of the request (RFC 6750), or None.

    Other kinds of credentials are ignored: they may be meant for a reverse proxy.
    """
    scheme, _, token = connection.headers.get('authorization', '').strip().partition(' ')
    return token.strip() if scheme.lower() == 'bearer' else None


def device_name(user_agent: str) -> str:
    """Guess a name for the browser that people recognise in a list: 'Chrome, Android'."""
    said = user_agent[: _PRODUCT.longest]
    products = set(_PRODUCT.findall(said))
    browser = next((name for mark, name in _BROWSERS.items() if mark in products), '')
    system = next((name for mark, name in _SYSTEMS.items() if mark in said), '')
    return ', '.join(filter(None, (browser, system))) or 'Haren'
