"""Limit the body of every request, answer HEAD, and tell page views from other requests."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.bounded_pattern import BoundedPattern

LARGEST_BODY = 64 * 1024
"""The most bytes of a body: five times what 2,000 characters of any script take, percent-encoded."""

LONGEST_REQUEST = 300
"""The most characters of 'METHOD /path' in a request that may be larger. Ids and codes are short."""

HEAD_REQUEST = 'haren.looks_only'
"""The key with which HeadAsGet marks the scope of a request that was a HEAD."""

_PURPOSES = 'sec-purpose', 'purpose', 'x-purpose', 'x-moz'
_EARLY = 'prefetch', 'prerender', 'preview'
"""The headers with which browsers say that they fetch a page before anybody opens it, and their words."""


class BodyLimit:
    """Stops reading a body at LARGEST_BODY: then it raises a 413 in the code that reads the body.

    `larger` names the requests that have a limit of their own: a pattern of 'METHOD /path', and bytes.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[BoundedPattern[str], int]) -> None:
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
    body, more = bytearray(), True
    while more:
        message = await request.receive()
        if message['type'] == 'http.disconnect':
            raise ClientDisconnect
        body += message.get('body', b'')
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
        more = message.get('more_body', False)
    return bytes(body)


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
    early = any(word in request.headers.get(name, '') for name in _PURPOSES for word in _EARLY)
    return request.method == 'GET' and HEAD_REQUEST not in request.scope and not early
