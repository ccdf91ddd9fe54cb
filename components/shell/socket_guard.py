"""Guard the sockets of staff screens: events come from the device that opened the screen, while its session lasts.

NiceGUI takes an event from any socket that names a screen's id, and writes whatever a browser logs into the log.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary

from nicegui import Client, core, ui
from socketio.exceptions import ConnectionRefusedError as Refused  # type: ignore[import-untyped]

from app.domain.log_text import one_line
from app.domain.token_buckets import RateLimit, TokenBuckets
from app.services.people import Visitor

log = logging.getLogger(__name__)

TIME_TO_LEAVE = 1.0
"""Seconds that a browser has to open another page before its client is deleted here."""

BROWSER_LINES = RateLimit(at_once=10, an_hour=60)
"""The lines that the browsers of one device may write into the log."""

VisitorOn = Callable[[str], Awaitable[Visitor | None]]

_EVENTS = 'handshake', 'event', 'javascript_response', 'ack'
_ORIGINAL: dict[str, Callable[..., Any]] = dict(core.sio.handlers['/'])
_HANDLE_MESSAGE: Callable[[str, Any], Awaitable[None]] = core.sio._handle_eio_message
_owners: WeakKeyDictionary[Client, str] = WeakKeyDictionary()


def bind(client: Client, device_id: str) -> None:
    """Let only sockets of this device act on a screen."""
    _owners[client] = device_id


def leave(client: Client) -> None:
    """Lead a screen away whose device or person has lost access."""
    with client:
        ui.navigate.to('/welcome')
    # A browser may ignore that. Once its client is deleted, it gets no more news.
    asyncio.get_running_loop().call_later(TIME_TO_LEAVE, _delete, client)


class SocketGuard:
    """Stands in front of NiceGUI's handlers of sockets. `visitor_on` tells who is signed in on a device now."""

    def __init__(self, visitor_on: VisitorOn) -> None:
        self._visitor_on = visitor_on
        self._lines = TokenBuckets(BROWSER_LINES)

    def install(self) -> None:
        """Put the guard in front of the handlers, in place of one that is there already."""
        core.sio.on('connect', self._connect)
        core.sio.on('log', self._log)
        for event in _EVENTS:
            core.sio.on(event, self._guarded(_ORIGINAL[event]))
        core.sio.eio.on('message', self._message)

    async def _connect(self, sid: str, environ: object = None, auth: object = None) -> None:
        if not isinstance(environ, dict) or environ is not core.sio.get_environ(sid):
            return  # an event of this name, which anybody can send
        named = parse_qs(environ.get('QUERY_STRING', '')).get('client_id', [''])[0]
        client = Client.instances.get(named)
        if client is not None and _owners.get(client) != _device(environ):
            raise Refused('This screen is another device’s.')
        await _ORIGINAL['connect'](sid, environ, auth)

    def _guarded(self, handle: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        async def guarded(sid: str, message: object = None, *_: object) -> Any:
            if not await self._is_from_its_device(sid, message):
                return False
            try:
                result = handle(sid, message)
                return await result if isawaitable(result) else result
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                log.warning('a message of a socket could not be read: %s', type(error).__name__)
                return False

        return guarded

    async def _log(self, sid: str, message: object = None, *_: object) -> None:
        """Write what a browser logs as what it is: somebody else's words, on one line, and not for ever."""
        device, now = _device_of(sid), time.monotonic()
        if not await self._is_from_its_device(sid, message) or not self._lines.holds(device, now):
            return
        self._lines.take(device, now)
        assert isinstance(message, dict)
        log.info('a browser says: %s', one_line(message.get('message', '')))

    async def _is_from_its_device(self, sid: str, message: object) -> bool:
        client = _client(message)
        if client is None or _owners.get(client) != _device_of(sid):
            return False
        if await self._visitor_on(_owners[client]) is None:
            leave(client)
            return False
        return True

    async def _message(self, eio_sid: str, data: object) -> None:
        """Pass text on. Whoever sends bytes, or what is no message of Socket.IO, is no screen of ours."""
        if not isinstance(data, str) or data[:1] in ('5', '6'):  # events and acknowledgements with bytes
            await core.sio.eio.disconnect(eio_sid)
            return
        try:
            await _HANDLE_MESSAGE(eio_sid, data)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            await core.sio.eio.disconnect(eio_sid)


def _client(message: object) -> Client | None:
    named = message.get('client_id') if isinstance(message, dict) else None
    return Client.instances.get(named) if isinstance(named, str) else None


def _device_of(sid: str) -> str | None:
    return _device(core.sio.get_environ(sid) or {})


def _device(environ: dict[str, Any]) -> str | None:
    """Return the id of the device whose session let the socket in."""
    visitor = environ.get('asgi.scope', {}).get('state', {}).get('visitor')
    return visitor.device.id if isinstance(visitor, Visitor) else None


def _delete(client: Client) -> None:
    """Delete a client now, or when it reconnects. If it never does, NiceGUI deletes it."""
    if client.has_socket_connection:
        client.delete()
    elif not client.is_deleted:
        client.on_connect(client.delete)
