"""Test that a closed socket leaves nothing for the garbage collector, and is read as Engine.IO expects."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from nicegui import core
from starlette.types import Message, Scope

from components.shell.socket_disposal import _translate_request, _WebSocket, free_closed_sockets
from tests.staff_screens import fresh_nicegui

CLOSED = {'type': 'websocket.disconnect', 'code': 1001}


class Receiver:
    """Gives the messages of a client."""

    def __init__(self, *messages: Message) -> None:
        self._messages = list(messages)

    async def __call__(self) -> Message:
        """Return the next message."""
        return self._messages.pop(0)


async def send(_: Message) -> None:
    """Send nothing."""


def scope_of(kind: str) -> Scope:
    """Return the scope of a request to Engine.IO."""
    return {'type': kind, 'path': '/socket.io/', 'query_string': b'EIO=4', 'headers': [(b'host', b'haren.test')]}


async def ask(kind: str, *messages: Message) -> tuple[dict[str, Any], Receiver]:
    """Translate a request with these messages."""
    receiver = Receiver(*messages)
    return await _translate_request(scope_of(kind), receiver, send), receiver


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Leave garbage where it is."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures('no_collector')
async def test_a_request_for_a_socket_is_freed_at_once() -> None:
    environ, receiver = await ask('websocket', {'type': 'websocket.connect'}, CLOSED)
    assert (environ['QUERY_STRING'], environ['HTTP_HOST']) == ('EIO=4', 'haren.test')
    assert environ['asgi.receive'] is receiver
    gone = weakref.ref(receiver)
    del environ, receiver
    assert gone() is None


async def test_a_request_with_a_body_can_be_read() -> None:
    environ, _ = await ask('http', {'type': 'http.request', 'body': b'40', 'more_body': False})
    assert await environ['wsgi.input'].read() == b'40'


@pytest.mark.parametrize('kind', ['websocket', 'http'])
async def test_a_client_that_is_gone_already_asks_for_nothing(kind: str) -> None:
    environ, _ = await ask(kind, CLOSED)
    assert environ == {}


@pytest.mark.parametrize(
    ('message', 'read'),
    [
        ({'type': 'websocket.receive', 'text': '2probe'}, '2probe'),
        ({'type': 'websocket.receive', 'bytes': b'\x04'}, b'\x04'),
        ({'type': 'websocket.receive', 'bytes': None, 'text': None}, None),
        (CLOSED, None),
    ],
)
async def test_the_end_of_a_socket_is_no_error(message: Message, read: str | bytes | None) -> None:
    async def handle(socket: _WebSocket) -> None:
        assert await socket.wait() == read

    await _WebSocket(handle, None)({'asgi.receive': Receiver(message), 'asgi.send': send})


def test_engine_io_uses_both() -> None:
    with fresh_nicegui():
        free_closed_sockets()
        used: dict[str, object] = core.sio.eio._async
        assert (used['translate_request'], used['websocket']) == (_translate_request, _WebSocket)
        assert 'make_response' in used  # and what else Engine.IO had
