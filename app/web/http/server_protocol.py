"""uvicorn's protocols, with the deadlines and bounds that they lack.

Whoever sends half a request line, half of the headers or half of a body, or reads no answer, would otherwise hold a
socket for ever.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.web.http.connections import ConnectionLimits, Connections

LARGEST_HEAD = 64 * 1024
"""The most bytes of a request line and headers together, and of what a body in chunks has around them."""

LARGEST_MESSAGE = 2**20
"""Bytes of a message on a socket. Engine.IO takes no larger one."""

_AROUND_A_BYTE = 8
"""Bytes that a chunk of one byte has around it, and some more."""

_CLOSED = b'\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'
TOO_MANY = b'HTTP/1.1 503 Service Unavailable\r\nretry-after: 30' + _CLOSED
TOO_SLOW = b'HTTP/1.1 408 Request Timeout' + _CLOSED
TOO_LONG = b'HTTP/1.1 431 Request Header Fields Too Large' + _CLOSED
BAD_UPGRADE = b'HTTP/1.1 400 Bad Request' + _CLOSED


class TimedProtocol(HttpToolsProtocol):
    """A connection that notes when it last moved."""

    def __init__(self, *arguments: Any, connections: Connections, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.address = ''
        self._connections = connections
        self._head_since: float | None = None
        self._body_is_open = self._is_socket = False
        self._around = self._received = self._portion_begins = self._unsent = 0
        self._portion_since = self._answer_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the connection, or decline it."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ''
        self._head_since = self._portion_since = self._answer_since = self.loop.time()
        if not self._connections.admit(self):
            self._close(TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._connections.release(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note that something has arrived."""
        if self._head_since is None and not self._body_is_open and self._is_idle:
            self._head_since = self.loop.time()
        self._received += len(data)
        self._around += len(data)
        super().data_received(data)
        if self._around > LARGEST_HEAD and not self.transport.is_closing():
            self._close(TOO_LONG)

    def on_headers_complete(self) -> None:
        """Note that the head is there, and that the body begins."""
        self._head_since, self._body_is_open = None, True
        self._begin_portion(self.loop.time())
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take these bytes from those that are around the body."""
        self._around = max(0, self._around - len(body) * (1 + _AROUND_A_BYTE))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the body is there."""
        self._around, self._body_is_open = 0, False
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Go on as a socket, which has deadlines of its own: it must answer pings."""
        self._is_socket = True
        self.ws_protocol_class = cast('type[asyncio.Protocol]', partial(CountedSocket, self._connections, self))
        try:
            super().handle_websocket_upgrade()
        except ValueError:  # an address that is not ASCII
            self._close(BAD_UPGRADE)
        # Both refer to this connection, which would wait for the garbage collector with some 100 other objects.
        self.ws_protocol_class = self.parser = None  # type: ignore[assignment]

    @property
    def waits_for_a_request(self) -> bool:
        """True if no request is under way."""
        return not self._is_socket and not self._body_is_open and self._is_idle

    def is_too_slow(self, limits: ConnectionLimits) -> bool:
        """Return True if it has not moved for too long. It is asked from time to time."""
        if self._is_socket:
            return False
        now = self.loop.time()
        head_is_late = self._head_since is not None and now - self._head_since > limits.head
        return head_is_late or self._body_is_stuck(now, limits) or self._answer_is_stuck(now, limits)

    def end(self) -> None:
        """Close it at once. Say why, if a request was expected."""
        if self._head_since is not None and not self.transport.is_closing():
            self.transport.write(TOO_SLOW)
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            self.transport.close()

    @property
    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _body_is_stuck(self, now: float, limits: ConnectionLimits) -> bool:
        moves = self._received - self._portion_begins >= limits.portion
        if moves or not self._body_is_open or self.flow.read_paused:  # paused: it waits for us
            self._begin_portion(now)
        return now - self._portion_since > limits.body

    def _answer_is_stuck(self, now: float, limits: ConnectionLimits) -> bool:
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent:
            self._unsent, self._answer_since = unsent, now
        return now - self._answer_since > limits.answer

    def _begin_portion(self, now: float) -> None:
        self._portion_begins, self._portion_since = self._received, now

    def _close(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.transport.close()


class CountedSocket(WebSocketsSansIOProtocol):
    """A socket that counts as a connection for as long as it is open."""

    def __init__(self, connections: Connections, connection: TimedProtocol, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._counted_in = connections
        self._counted_as = connection

    def data_received(self, data: bytes) -> None:
        """Close it where what has arrived opens no socket: uvicorn would wait for ever, and fail at the end."""
        super().data_received(data)
        if not (self.handshake_initiated or self.close_sent):
            self.close_sent = True
            self.transport.write(BAD_UPGRADE)
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._counted_in.release(self._counted_as)
        super().connection_lost(exc)
        # It refers to itself through what parses it, and would wait for the garbage collector.
        self.conn.parser.close()


def server_config(app: Any, limits: ConnectionLimits | None = None, **options: Any) -> uvicorn.Config:
    """Return uvicorn's configuration for the one process that serves, with these limits or the usual ones."""
    connections = Connections(limits or ConnectionLimits())
    http = cast('type[asyncio.Protocol]', partial(TimedProtocol, connections=connections))
    return uvicorn.Config(
        app, http=http, ws_max_size=LARGEST_MESSAGE, workers=1, access_log=False, log_config=None, log_level='warning',
        server_header=False, timeout_graceful_shutdown=1, **options,
    )  # fmt: skip
