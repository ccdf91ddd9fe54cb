"""What every request has to keep to before it is listened to, and what every answer tells the browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import NotAllowed
from app.web.http.session import bearer

LARGEST_BODY = 64 * 1024
"""Bytes of a request's body: a text of 2,000 characters in any script, percent-encoded, fits five times."""

LOOKS_ONLY = 'haren.looks_only'
"""What a scope says of a request that HeadAsGet has passed on."""

SAFE_METHODS = frozenset({'GET', 'HEAD', 'OPTIONS'})

STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""For NiceGUI's pages, which compile templates in the browser. Plain pages bring a strict policy of their own."""

_POLICY = b'content-security-policy'
_SAFE = {
    b'x-content-type-options': b'nosniff',
    b'x-frame-options': b'DENY',
    b'referrer-policy': b'same-origin',
}
_SECURE = {b'strict-transport-security': b'max-age=31536000'}


async def require_same_origin(request: Request) -> None:
    """NotAllowed where a page of another site sends a form or calls the API with this browser's cookies.

    A request that names no origin comes from no page: a program's, which brings no cookie that it does not own. Nor
    does a call of the API with a token use the browser's cookies; and no page can have a browser send one unasked.
    """
    if request.method in SAFE_METHODS or _shows_token(request):
        return
    if not is_from_here(request):
        raise NotAllowed('This was sent from another website, so nothing was changed. Open Haren and try again.')


SAME_ORIGIN = (Depends(require_same_origin),)
"""The dependencies of every router."""


def is_from_here(request: Request) -> bool:
    """Whether a page of ours sent this, or no page at all."""
    headers = request.headers
    if headers.get('sec-fetch-site', 'same-origin') not in ('same-origin', 'none'):
        return False
    origin = headers.get('origin')
    return origin is None or urlsplit(origin).netloc == headers.get('host')


def _shows_token(request: Request) -> bool:
    return request.url.path.startswith('/api/') and bearer(request) is not None


class BodyLimit:
    """Stops reading a body at LARGEST_BODY; whoever reads it gets a 413.

    `larger` are the requests that have a limit of their own: a pattern of 'METHOD /path', and bytes.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[re.Pattern[str], int]) -> None:
        self._app = app
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a `receive` that counts."""
        if scope['type'] != 'http':
            await self._app(scope, receive, send)
            return
        limit = received = 0

        async def counted() -> Message:
            nonlocal limit, received
            limit = limit or self._limit(scope)
            if _announced(scope) > limit:
                raise HTTPException(413)
            message = await receive()
            received += len(message.get('body', b''))
            if received > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)

    def _limit(self, scope: Scope) -> int:
        request = f'{scope["method"]} {scope["path"]}'
        return next((size for pattern, size in self._larger.items() if pattern.fullmatch(request)), LARGEST_BODY)


def _announced(scope: Scope) -> int:
    """Bytes that the body is said to have."""
    said = next((value for name, value in scope['headers'] if name == b'content-length'), b'')
    return int(said) if said.isdigit() else 0


async def read_body(request: Request) -> bytes:
    """Return the body of a request that has not passed BodyLimit. Raise HTTPException 413 if it is too long."""
    if _announced(request.scope) > LARGEST_BODY:
        raise HTTPException(413)
    body, more = b'', True
    while more:
        message = await request.receive()
        if message['type'] == 'http.disconnect':
            raise ClientDisconnect
        body += message.get('body', b'')
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
        more = message.get('more_body', False)
    return body


class SafeHeaders:
    """Tells the browser not to guess types, not to frame us, and not to tell others which page a link was on.

    The referrer policy is `same-origin` and not `no-referrer`: with the latter, browsers send forms with `Origin:
    null`.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._said = {**_SAFE, **(_SECURE if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the answer's headers."""

        async def send_completed(message: Message) -> None:
            if message['type'] == 'http.response.start':
                message['headers'] = self.completed(message.get('headers', ()))
            await send(message)

        await self._app(scope, receive, send_completed if scope['type'] == 'http' else send)

    def completed(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Return the headers of an answer with those that every answer has."""
        kept = [header for header in headers if header[0] not in self._said]
        policy = () if any(name == _POLICY for name, _ in kept) else ((_POLICY, STAFF_POLICY.encode()),)
        return [*kept, *policy, *self._said.items()]


class HeadAsGet:
    """Answers HEAD as GET is answered, without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as a GET."""
        if scope['type'] != 'http' or scope['method'] != 'HEAD':
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, 'body': b''} if message['type'] == 'http.response.body' else message)

        await self._app({**scope, 'method': 'GET', LOOKS_ONLY: True}, receive, send_head)


def opens_the_page(request: Request) -> bool:
    """Whether somebody is about to read the answer: no form, no HEAD, and no browser that fetches ahead of a tap."""
    ahead = 'prefetch' in request.headers.get('sec-purpose', request.headers.get('purpose', ''))
    return request.method == 'GET' and LOOKS_ONLY not in request.scope and not ahead
