"""The network between a phone and Haren: a proxy that can be given a fault.

clear       requests and answers are passed on
cut         nobody is there: new connections are refused, open ones are cut
hang        requests are accepted and never answered
busy        a reverse proxy says that Haren is away (503)
swallow     requests are passed on and done, but their answers are lost on the way
slow        requests are passed on, at 400 kbit/s in all and with 400 ms between a request and its answer
captive     the answer to every request is a page that wants one to sign in first
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Fault = Literal['clear', 'cut', 'hang', 'busy', 'swallow', 'slow', 'captive']

BAD: tuple[Fault, ...] = ('cut', 'hang', 'busy', 'swallow', 'captive')

LATENCY = 0.4
BYTES_A_SECOND = 400_000 / 8

_BUSY = b'<h1>503 Service Unavailable</h1>'
_CAPTIVE = b'<!doctype html><title>Guest network</title><h1>Welcome! Accept our terms to go on.</h1>'


class NetworkFaults:
    """A proxy in front of a server, and the fault that it has."""

    def __init__(self, server_port: int) -> None:
        self.fault: Fault = 'clear'
        self.asked: list[str] = []
        self.sent: list[bytes] = []
        self.swallowed = 0
        self._free_at = 0.0
        self._server_port = server_port
        self._under_way: set[asyncio.StreamWriter] = set()
        self._transports: list[asyncio.WriteTransport] = []
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        self.url = f'http://127.0.0.1:{self.port}'

    def set(self, fault: Fault) -> None:
        """Change the fault, and cut off every client that still waits for an answer."""

        def change() -> None:
            self.fault = fault
            for writer in tuple(self._under_way):
                _cut(writer)

        asyncio.run_coroutine_threadsafe(_call(change), self._loop).result(10)

    @contextmanager
    def during(self, fault: Fault) -> Iterator[None]:
        """Have a fault for a while."""
        self.set(fault)
        try:
            yield
        finally:
            self.set('clear')

    def stop(self) -> None:
        """Stop the proxy."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._listening = self._loop.run_until_complete(asyncio.start_server(self._handle, '127.0.0.1', 0))
        self.port = int(self._listening.sockets[0].getsockname()[1])
        ready.set()
        self._loop.run_forever()

    async def _close(self) -> None:
        """Cut off every client that has no answer yet or hasn't read it, and those that connect late."""
        self.fault = 'cut'
        self._listening.close()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for writer in tuple(self._under_way):
                _cut(writer)
            await asyncio.wait(others, timeout=0.1)
        for transport in self._transports:  # one whose answer isn't read stays open after it was closed
            transport.abort()
        await asyncio.sleep(0.05)  # the time that the sockets need to close

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._transports.append(writer.transport)
        if self.fault == 'cut':
            _cut(writer)
            return
        self._under_way.add(writer)
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._under_way.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b'\r\n\r\n')
        body = await reader.readexactly(_length(head))
        self.asked.append(head.partition(b' HTTP')[0].decode())
        self.sent += [body] if body else []
        if self.fault == 'hang':
            await reader.read()  # until the connection is cut
        elif self.fault == 'busy':
            writer.write(_page(b'503 Service Unavailable', _BUSY))
        elif self.fault == 'captive':
            writer.write(_page(b'200 OK', _CAPTIVE))
        elif b'\r\nupgrade: websocket' in head.lower():
            await self._join(head, reader, writer)
        elif self.fault != 'cut':
            await self._pass_on(head, body, writer)
        await writer.drain()

    async def _delay(self, latency: float, size: int = 0) -> None:
        """Wait for a slow network: its latency, or the time for `size` bytes on the line that all connections share."""
        if self.fault != 'slow':
            return
        now = self._loop.time()
        if size:
            self._free_at = max(now, self._free_at) + size / BYTES_A_SECOND
            latency = self._free_at - now
        await asyncio.sleep(latency)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection to the server."""
        reader, writer = await asyncio.open_connection('127.0.0.1', self._server_port)
        self._transports.append(writer.transport)
        return reader, writer

    async def _join(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what either end of a lasting connection sends until one of them ends it."""
        from_server, to_server = await self._connect()
        to_server.write(head)
        ways = [asyncio.create_task(_carry(reader, to_server)), asyncio.create_task(_carry(from_server, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            to_server.close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        """Pass on one request per connection, so that the end of an answer is the end of the connection."""
        swallows = self.fault == 'swallow' and not head.startswith(b'GET')
        from_server, to_server = await self._connect()
        try:
            to_server.write(_closing(head) + body)
            await self._delay(LATENCY)
            while piece := await from_server.read(4096):
                await self._delay(0, len(piece))
                if not swallows:
                    writer.write(piece)
        finally:
            to_server.close()
        if swallows:
            self.swallowed += 1
            _cut(writer)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()


async def _call(change: object) -> None:
    assert callable(change)
    change()


def _cut(writer: asyncio.StreamWriter) -> None:
    """Abort the connection, so that the other end notices at once."""
    with contextlib.suppress(OSError):
        writer.get_extra_info('socket').setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    writer.transport.abort()


def _length(head: bytes) -> int:
    lines = head.lower().split(b'\r\n')
    return next((int(line.partition(b':')[2]) for line in lines if line.startswith(b'content-length:')), 0)


def _closing(head: bytes) -> bytes:
    lines = head.removesuffix(b'\r\n\r\n').split(b'\r\n')
    kept = [line for line in lines if not line.lower().startswith((b'connection:', b'upgrade:'))]
    return b'\r\n'.join([*kept, b'Connection: close', b'', b''])


def _page(status: bytes, html: bytes) -> bytes:
    length = str(len(html)).encode()
    return (
        b'HTTP/1.1 ' + status + b'\r\nContent-Type: text/html\r\nConnection: close\r\n'
        b'Content-Length: ' + length + b'\r\n\r\n' + html
    )
