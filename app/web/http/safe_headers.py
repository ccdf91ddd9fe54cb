"""The headers that protect the browser, for every answer."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The policy of NiceGUI's pages, which compile templates in the browser. Plain pages have a strict one of their own."""

STRICT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of everything that is no page: data, files and redirects load and run nothing in a browser."""

SAFE_HEADERS = {
    b'x-content-type-options': b'nosniff',
    b'x-frame-options': b'DENY',
    b'referrer-policy': b'same-origin',
    b'cross-origin-opener-policy': b'same-origin',
    b'permissions-policy': (
        b'camera=(self), geolocation=(self), accelerometer=(), browsing-topics=(), display-capture=(), gyroscope=(), '
        b'hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()'
    ),
}
"""The referrer policy is `same-origin` and not `no-referrer`: with that, browsers send forms with `Origin: null`."""

_SECURE = {b'strict-transport-security': b'max-age=31536000'}
_POLICY = b'content-security-policy'

Headers = Iterable[tuple[bytes, bytes]]


class SafeHeaders:
    """Tells the browser not to guess types, what a page may load, do and ask for, and whom to send no referrer."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the answer's headers."""

        async def send_completed(message: Message) -> None:
            if message['type'] == 'http.response.start':
                message['headers'] = completed(message.get('headers', ()), self._secure)
            await send(message)

        await self._app(scope, receive, send_completed if scope['type'] == 'http' else send)


def completed(headers: Headers, secure: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer with those that every answer has. `secure`: people reach Haren over HTTPS."""
    added = {**SAFE_HEADERS, **_SECURE} if secure else SAFE_HEADERS
    kept = [header for header in headers if header[0] not in added]
    policy = () if any(name == _POLICY for name, _ in kept) else ((_POLICY, _policy(kept)),)
    return [*kept, *policy, *added.items()]


def _policy(headers: Headers) -> bytes:
    is_page = any(name == b'content-type' and value.startswith(b'text/html') for name, value in headers)
    return (STAFF_POLICY if is_page else STRICT_POLICY).encode()
