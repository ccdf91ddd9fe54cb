"""Test that a screen listens to the sockets of its own device alone, and only while its session lasts."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from nicegui import core

from app.domain.log_text import one_line
from app.domain.people import SESSION_LASTS, Person, Role
from app.services.container import Services
from app.services.people import PersonDraft
from components.shell import socket_guard
from components.shell.socket_guard import BROWSER_LINES, SocketGuard
from tests.cast import Clock
from tests.staff_screens import SignIn, hire, wait_until

EVENTS = ['handshake', 'event', 'javascript_response', 'ack']


class Sockets:
    """Sockets by their id, each let in by the session of a device."""

    def __init__(self, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        self.services = services
        self.heard: list[str] = []
        self.guard = SocketGuard(services.people.visitor_on)
        self._devices: dict[str, str] = {}
        self._visitors: dict[str, Any] = {}
        monkeypatch.setattr(core.sio, 'get_environ', self.environ)

    async def opened_by(self, device_id: str) -> str:
        """Return the id of a socket that this device has opened."""
        visitor = await self.services.people.visitor_on(device_id)
        self._visitors[f'socket-{device_id}'] = visitor
        return f'socket-{device_id}'

    def environ(self, sid: str) -> dict[str, Any]:
        return {'asgi.scope': {'state': {'visitor': self._visitors[sid]}}}

    async def send(self, event: str, sid: str, client_id: object) -> bool:
        """Send an event, and return True if NiceGUI would hear it."""
        self.heard.clear()
        await self.guard._guarded(lambda *_: self.heard.append(event))(sid, {'client_id': client_id})
        return bool(self.heard)


@pytest.fixture
def sockets(services: Services, monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr('components.shell.socket_guard.TIME_TO_LEAVE', 0.01)
    return Sockets(services, monkeypatch)


async def device_of(services: Services, person: Person) -> str:
    """Return the id of another device on which this person signs in."""
    visitor, _ = await services.people.join(await services.people.invite(None, person.id), 'Firefox')
    return visitor.device.id


@pytest.mark.parametrize('event', EVENTS)
async def test_only_its_own_device_acts_on_a_screen(
    services: Services, sockets: Sockets, sign_in: SignIn, event: str
) -> None:
    fia, leo = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Leo', Role.LEAD)
    async with sign_in(fia) as user:
        screen = await user.open('/me')
        own = await sockets.opened_by((await services.people.devices(fia.id))[0].id)
        assert await sockets.send(event, own, screen.id)
        for person in (fia, leo):
            other = await sockets.opened_by(await device_of(services, person))
            assert not await sockets.send(event, other, screen.id)
        unknowns: list[object] = ['', 'nobody', None, 7, ['x'], {}]
        for unknown in unknowns:
            assert not await sockets.send(event, own, unknown)


@pytest.mark.parametrize('end', ['session', 'device', 'person'])
async def test_a_socket_does_not_outlive_its_session(
    services: Services, clock: Clock, sockets: Sockets, sign_in: SignIn, end: str
) -> None:
    fia, alva = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(fia) as user:
        screen = await user.open('/me')
        (device,) = await services.people.devices(fia.id)
        own = await sockets.opened_by(device.id)
        match end:
            case 'session':
                clock.at = device.joined_at + SESSION_LASTS
            case 'device':
                await services.people.revoke(fia, device.id)
            case _:
                await services.people.change(alva, fia.id, PersonDraft('Fia', Role.FIELD, active=False))
        assert not await sockets.send('event', own, screen.id)
        await wait_until(lambda: screen.is_deleted)


async def test_a_screen_that_only_listens_ends_with_its_session(
    services: Services, clock: Clock, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('components.shell.socket_guard.TIME_TO_LEAVE', 0.01)
    fia, leo = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Leo', Role.LEAD)
    async with sign_in(fia) as user:
        screen = await user.open('/feed')
        clock.at += SESSION_LASTS
        await services.people.prefer(leo, 'en', 'dark')
        await wait_until(lambda: screen.is_deleted)


async def test_a_screen_without_a_device_takes_nothing(services: Services, sockets: Sockets, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        screen = await user.open('/me')
        del socket_guard._owners[screen]
        own = await sockets.opened_by((await services.people.devices(fia.id))[0].id)
        assert not await sockets.send('event', own, screen.id)


async def test_what_a_browser_logs_is_one_line_and_not_for_ever(
    services: Services, sockets: Sockets, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        screen = await user.open('/me')
        own = await sockets.opened_by((await services.people.devices(fia.id))[0].id)
        forged = 'x\r\n2026-05-04 ERROR app: the disk is full\x1b[2J\u202e\x00' + 'y' * 10_000
        with caplog.at_level(logging.INFO):
            for level in ['error', 'critical', None, 7] * 20:
                message = {'client_id': screen.id, 'level': level, 'message': forged}
                await sockets.guard._log(own, message)
            await sockets.guard._log(own, {'client_id': screen.id})
            await sockets.guard._log(own, ['log'])
        lines = [record for record in caplog.records if record.name == socket_guard.__name__]
        assert len(lines) == BROWSER_LINES.at_once
        assert {record.levelno for record in lines} == {logging.INFO}
        assert all(record.getMessage().isprintable() and len(record.getMessage()) < 700 for record in lines)


NO_MESSAGES = [
    b'', b'2["event"]', bytearray(b'x'), '51-["event",{"_placeholder":true,"num":0}]', '6', '', 'x', '9', '2{', '2[]',
]  # fmt: skip


@pytest.mark.parametrize('data', NO_MESSAGES, ids=repr)
async def test_what_is_no_message_ends_the_socket(
    services: Services, sockets: Sockets, monkeypatch: pytest.MonkeyPatch, data: object
) -> None:
    ended: list[str] = []

    async def disconnect(sid: str) -> None:
        ended.append(sid)

    monkeypatch.setattr(core.sio.eio, 'disconnect', disconnect)
    await sockets.guard._message('socket', data)
    assert ended == ['socket']


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('plain åäö', 'plain åäö'),
        ('a\nb\r\tc', 'a\\nb\\r\\tc'),
        ('\x1b[2J\x00\x7f\x85', '\\x1b[2J\\x00\\x7f\\x85'),
        ('\u202eevil\u2028\u200b', '\\u202eevil\\u2028\\u200b'),
        ('\ud800', '\\ud800'),
        (7, '7'),
        ('x' * 501, 'x' * 500 + ' …'),
    ],
)
def test_text_in_a_log_is_one_line(text: object, shown: str) -> None:
    assert one_line(text) == shown
