"""Clients that go away while they send something: a line in the log now and then, and no fault."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)

PAUSE = 10.0
"""Seconds between two lines: a stranger can go away a thousand times a second."""


class QuietDisconnects:
    """The outermost middleware: a request without a client needs no answer."""

    def __init__(self, app: ASGIApp, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._now = now
        self._gone = 0
        self._next_line = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. If its client goes away, end quietly."""
        try:
            await self._app(scope, receive, send)
        except ClientDisconnect:
            self._note(scope)

    def _note(self, scope: Scope) -> None:
        self._gone += 1
        if self._now() < self._next_line:
            return
        log.info('%d clients went away while they sent something, the last one to %s', self._gone, _route(scope))
        self._gone, self._next_line = 0, self._now() + PAUSE


def _route(scope: Scope) -> str:
    """Return the method and the pattern of the address: the address itself may be a secret."""
    return f'{scope["method"]} {getattr(scope.get("route"), "path", "an address of no route")}'
