"""Checks and headers of every request: the size of its body, and what protects the browser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024
"""The most bytes of a body: five times what 2,000 characters of any script take, percent-encoded."""

HEAD_REQUEST = 'haren.looks_only'
"""The key with which HeadAsGet marks the scope of a request that was a HEAD."""

STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The policy of NiceGUI's pages, which compile templates in the browser. Plain pages have a strict one of their own."""

_POLICY = b'content-security-policy'
_SAFE = {
    b'x-content-type-options': b'nosniff',
    b'x-frame-options': b'DENY',
    b'referrer-policy': b'same-origin',
}
_SECURE = {b'strict-transport-security': b'max-age=31536000'}


class BodyLimit:
    """Stops reading a body at LARGEST_BODY: then it raises a 413 in the code that reads the body.

    `larger` names the requests that have a limit of their own: a pattern of 'METHOD /path', and bytes.
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
    """Return the bytes that Content-Length announces, or 0."""
    length = next((value for name, value in scope['headers'] if name == b'content-length'), b'')
    return int(length) if length.isdigit() else 0


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
    """Tells the browser not to guess types, not to show our pages in frames, and to send no referrer to other sites.

    The referrer policy is `same-origin` and not `no-referrer`: with that, browsers send forms with `Origin: null`.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._added = {**_SAFE, **(_SECURE if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the answer's headers."""

        async def send_completed(message: Message) -> None:
            if message['type'] == 'http.response.start':
                message['headers'] = self.completed(message.get('headers', ()))
            await send(message)

        await self._app(scope, receive, send_completed if scope['type'] == 'http' else send)

    def completed(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Return the headers of an answer with those that every answer has."""
        kept = [header for header in headers if header[0] not in self._added]
        policy = () if any(name == _POLICY for name, _ in kept) else ((_POLICY, STAFF_POLICY.encode()),)
        return [*kept, *policy, *self._added.items()]


class HeadAsGet:
    """Answers HEAD like GET, without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a HEAD request on as a GET."""
        if scope['type'] != 'http' or scope['method'] != 'HEAD':
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, 'body': b''} if message['type'] == 'http.response.body' else message)

        await self._app({**scope, 'method': 'GET', HEAD_REQUEST: True}, receive, send_head)


def is_page_view(request: Request) -> bool:
    """Return True if somebody opens the page: no form, no HEAD, and no browser that fetches it before a tap."""
    prefetch = 'prefetch' in request.headers.get('sec-purpose', request.headers.get('purpose', ''))
    return request.method == 'GET' and HEAD_REQUEST not in request.scope and not prefetch
