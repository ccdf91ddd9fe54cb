"""Test slow and too many connections, with raw sockets against a server and with a clock that the test moves."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import uvicorn
import websockets
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.server import ServerProtocol

from app.web.http.connections import ConnectionLimits, Connections, Proxies
from app.web.http.server_protocol import LARGEST_HEAD, TimedProtocol, server_config

SHORT = ConnectionLimits(head=0.2, body=0.2, portion=64, answer=0.2, look_every=0.02, in_all=6, proxies='')
"""Deadlines for clients that do nothing more, so that a slow machine only makes a test longer."""


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def large(_: Request) -> PlainTextResponse:
    return PlainTextResponse('x' * 30_000_000)


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


APP = Router([Route('/', length, methods=['GET', 'POST']), Route('/large', large), WebSocketRoute('/socket', echo)])


class Served:
    """A server on a port of this machine."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._server = uvicorn.Server(server_config(APP, limits, port=0, lifespan='off', timeout_keep_alive=1))
        self.port = 0

    async def __aenter__(self) -> Served:
        self._task = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await self._task

    async def connect(self, sent: bytes = b'') -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection and send this."""
        reader, writer = await asyncio.open_connection('127.0.0.1', self.port)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def answer(self, sent: bytes) -> bytes:
        """Return everything that the server sends until it closes the connection."""
        reader, writer = await self.connect(sent)
        try:
            return await reader.read()
        except ConnectionError:
            return b''
        finally:
            writer.close()


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    """Serve with short deadlines."""
    async with Served(SHORT) as served:
        yield served


GET = b'GET / HTTP/1.1\r\nhost: a\r\n\r\n'
LAST_GET = b'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'

HALF_HEADS = [
    b'', b'G', b'GET /', b'GET / HTTP/1.1\r\n', b'GET / HTTP/1.1\r\nhost: a\r\nx-', b'\r\n\r\n', GET + b'GET /',
]  # fmt: skip
HALF_BODIES = [
    b'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n',
    b'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nfive.',
    b'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfive.',
    b'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\n1\r\n0\r\nx-trailer: ',
    b'GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\ncontent-length: 9\r\n\r\n1',
    b'GET /nowhere HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nfive.',
]


@pytest.mark.parametrize('sent', [*HALF_HEADS, *HALF_BODIES])
async def test_half_a_request_is_closed(served: Served, sent: bytes) -> None:
    async with asyncio.timeout(10):
        answer = await served.answer(sent)
    assert answer.startswith(b'HTTP/1.1 408 ') or sent in HALF_BODIES or sent.startswith(GET)


async def test_whoever_reads_no_answer_is_closed(served: Served) -> None:
    _, writer = await served.connect(b'GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    async with asyncio.timeout(10):
        for _ in range(SHORT.in_all):  # the room of the one that was closed is free again
            assert (await served.answer(LAST_GET)).endswith(b'0')
        while len(_connections(served)):
            await asyncio.sleep(0.02)
    writer.close()


@pytest.mark.parametrize(
    'sent',
    [
        b'GET /' + b'x' * 2 * LARGEST_HEAD,
        b'GET / HTTP/1.1\r\nx: ' + b'x' * 2 * LARGEST_HEAD,
        b'GET / HTTP/1.1\r\n' + b'x: y\r\n' * LARGEST_HEAD,
        b'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n' + b'x: y\r\n' * LARGEST_HEAD,
        b'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1;' + b'x' * 2 * LARGEST_HEAD,
    ],
)
async def test_heads_without_end_are_refused(served: Served, sent: bytes) -> None:
    async with asyncio.timeout(10):
        assert (await served.answer(sent))[9:12] in (b'431', b'400', b'')


@pytest.mark.parametrize('query', [b'', b'?\xff', b'?a=\xc3\xa5'])
async def test_a_socket_of_any_address_is_no_fault(
    served: Served, query: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with asyncio.timeout(10):
        await served.answer(
            b'GET /socket' + query + b' HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'
        )
    assert 'Traceback' not in caplog.text


async def test_a_socket_stays_open(served: Served) -> None:
    async with websockets.connect(f'ws://127.0.0.1:{served.port}/socket') as socket:
        await served.answer(b'')  # takes longer than any deadline
        await socket.send('still here')
        assert await socket.recv() == 'still here'


async def test_a_closed_socket_leaves_nothing_to_the_collector(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[weakref.ref[ServerProtocol]] = []
    init = ServerProtocol.__init__

    def record(protocol: ServerProtocol, *arguments: Any, **options: Any) -> None:
        init(protocol, *arguments, **options)
        opened.append(weakref.ref(protocol))

    monkeypatch.setattr(ServerProtocol, '__init__', record)
    gc.disable()
    try:
        async with websockets.connect(f'ws://127.0.0.1:{served.port}/socket'):
            assert [each() is not None for each in opened] == [True]
        async with asyncio.timeout(10):
            while any(each() for each in opened):
                await asyncio.sleep(0.02)
    finally:
        gc.enable()


async def test_there_is_a_bound_in_all_and_idle_ones_make_room(served: Served) -> None:
    sockets = [await websockets.connect(f'ws://127.0.0.1:{served.port}/socket') for _ in range(SHORT.in_all - 1)]
    _, idle = await served.connect()
    assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 200 ')
    last = await websockets.connect(f'ws://127.0.0.1:{served.port}/socket')
    assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 503 ')
    for socket in (*sockets, last):
        await socket.close()
    assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 200 ')
    idle.close()


async def test_one_address_can_not_take_all() -> None:
    limits = SHORT._replace(from_one_address=2)
    async with Served(limits) as served:
        sockets = [await websockets.connect(f'ws://127.0.0.1:{served.port}/socket') for _ in range(2)]
        assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 503 ')
        await sockets[0].close()
        assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 200 ')
        await sockets[1].close()
    async with Served(limits._replace(proxies='127.0.0.1')) as served:
        sockets = [await websockets.connect(f'ws://127.0.0.1:{served.port}/socket') for _ in range(4)]
        assert (await served.answer(LAST_GET)).startswith(b'HTTP/1.1 200 ')
        for socket in sockets:
            await socket.close()


@pytest.mark.parametrize(
    ('listed', 'address', 'is_one'),
    [
        ('127.0.0.1', '127.0.0.1', True),
        ('127.0.0.1,::1', '::1', True),
        ('10.0.0.0/8, 192.0.2.1', '10.1.2.3', True),
        ('10.0.0.0/8, 192.0.2.1', '192.0.2.2', False),
        ('*', '198.51.100.1', True),
        ('', '127.0.0.1', False),
        ('proxy.example', '127.0.0.1', False),
        ('127.0.0.1', '', False),
    ],
)
def test_proxies_are_read_as_uvicorn_reads_them(listed: str, address: str, is_one: bool) -> None:
    assert (address in Proxies(listed)) is is_one


class SteppedLoop:
    """The running loop, with a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self._loop = asyncio.get_running_loop()

    def time(self) -> float:
        return self.now

    def call_later(self, *_: object) -> object:
        return object()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)


class Transport(asyncio.Transport):
    """A transport to nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open, self.unsent, self.sent = True, 0, b''

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def is_closing(self) -> bool:
        return not self.is_open

    def close(self) -> None:
        self.is_open = False

    abort = close

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    with suppress(asyncio.CancelledError):
        while (await receive()).get('more_body'):
            pass


async def read_nothing(scope: Scope, receive: Receive, send: Send) -> None:
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


def connected(app: object = read_all) -> tuple[SteppedLoop, Transport, TimedProtocol]:
    """Return a connection with the usual limits, and the clock of its deadlines."""
    loop, transport = SteppedLoop(), Transport()
    protocol = TimedProtocol(
        config=uvicorn.Config(app, log_config=None), server_state=uvicorn.server.ServerState(), app_state={},  # type: ignore[arg-type]
        _loop=loop, connections=Connections(ConnectionLimits()),
    )  # fmt: skip
    protocol.connection_made(transport)
    return loop, transport, protocol


def is_cut(protocol: TimedProtocol) -> bool:
    return protocol.is_too_slow(ConnectionLimits())


POST = b'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 15000000\r\n\r\n'


async def test_a_photo_on_a_slow_line_goes_on_for_as_long_as_it_moves() -> None:
    loop, _, protocol = connected()
    protocol.data_received(POST)
    for _ in range(15_000_000 // 8_000 // 4):
        loop.now += 4
        protocol.data_received(b'x' * 32_000)
        await asyncio.sleep(0)
        assert not is_cut(protocol)
    loop.now += 29
    assert not is_cut(protocol)
    loop.now += 2
    assert is_cut(protocol)


async def test_a_line_that_drips_is_cut() -> None:
    loop, _, protocol = connected()
    protocol.data_received(POST)
    for _ in range(31):
        await asyncio.sleep(0)
        loop.now += 1
        protocol.data_received(b'x')
        is_cut(protocol)
    assert is_cut(protocol)


async def test_whoever_waits_for_us_is_not_cut() -> None:
    loop, _, protocol = connected(read_nothing)
    protocol.data_received(POST + b'x' * 200_000)
    loop.now += 1_000
    assert not is_cut(protocol)
    whole = connected(read_nothing)
    whole[2].data_received(GET)
    whole[0].now += 1_000
    assert not is_cut(whole[2])


async def test_an_answer_that_moves_slowly_goes_on() -> None:
    loop, transport, protocol = connected(read_nothing)
    protocol.data_received(GET)
    for unsent in range(9, 0, -1):
        transport.unsent = unsent
        loop.now += 50
        assert not is_cut(protocol)
    loop.now += 61
    assert is_cut(protocol)


def _connections(served: Served) -> Connections:
    connections: Connections = served._server.config.http.keywords['connections']  # type: ignore[union-attr]
    return connections
