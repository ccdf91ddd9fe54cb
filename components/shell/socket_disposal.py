"""Free a closed socket at once: break the circles in which Engine.IO's objects refer to each other.

`client_disposal.py` says why. A socket kept some 250 objects: what it was asked with, its session, and its protocol.
"""

from __future__ import annotations

from typing import Any

from engineio.async_drivers import asgi  # type: ignore[import-untyped]
from nicegui import core
from starlette.types import Message, Receive, Scope, Send


def free_closed_sockets() -> None:
    """Let Engine.IO read and close sockets without leaving circles."""
    engine = core.sio.eio
    engine._async = {**engine._async, 'translate_request': _translate_request, 'websocket': _WebSocket}


class _WebSocket(asgi.WebSocket):  # type: ignore[misc]
    async def wait(self) -> str | bytes | None:
        """Return the next message, or None once the socket is closed.

        Engine.IO's own raises OSError, whose traceback refers to the function that holds it. It takes None as well.
        """
        try:
            message: str | bytes = await super().wait()
        except OSError:
            return None
        return message


async def _translate_request(scope: Scope, receive: Receive, send: Send) -> dict[str, Any]:
    """Translate a request. That of a WebSocket gets no reader of its body, as it has none.

    Engine.IO makes a class for each reader, which refers to `receive`. A class always refers to itself.
    """
    if scope['type'] != 'websocket':
        translated: dict[str, Any] = await asgi.translate_request(scope, receive, send)
        return translated
    first = await receive()

    async def receive_first() -> Message:
        return first

    environ: dict[str, Any] = await asgi.translate_request(scope, receive_first, send)
    environ.pop('wsgi.input', None)
    return {**environ, 'asgi.receive': receive} if environ else environ
