"""Test who gets to know what the server's process uses: administrators and the machine itself, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.build import plain_server
from app.domain.people import Person, Role
from app.services.container import Services
from app.web.http.session import Session
from tests.cast import Cast
from tests.staff_screens import hire

PUBLIC = 'https://haren.example'
LOCAL = 'http://localhost:8080'
WELL = {'status': 'ok'}

Asking = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def asking(services: Services) -> Asking:
    """Return a function that opens a client: with its own address, the server's, and a trusted proxy perhaps."""
    session = Session(services.people, secure=False)
    server = plain_server(services, session, secure=False, open_screens=lambda: 7)

    @asynccontextmanager
    async def ask(peer: str, base: str, trusted: str = '127.0.0.1') -> AsyncIterator[httpx.AsyncClient]:
        behind = ProxyHeadersMiddleware(server, trusted_hosts=trusted)  # type: ignore[arg-type]  # ASGI types differ
        transport = httpx.ASGITransport(behind, client=(peer, 50_000))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            yield client

    return ask


async def session_of(services: Services, person: Person) -> dict[str, str]:
    """Sign the person in and return the cookie."""
    _, session = await services.people.join(await services.people.invite(None, person.id), 'Firefox, Linux')
    return {'cookie': f'haren={session}'}


def are_figures(process: dict[str, Any]) -> bool:
    """Return True if these are the figures of a process that runs."""
    names = {'memory_mb', 'open_screens', 'open_files', 'uptime_seconds'}
    return (
        set(process) == names
        and 20 < process['memory_mb'] < 4_000
        and process['open_screens'] == 7
        and process['open_files'] > 2
        and process['uptime_seconds'] >= 0
    )


@pytest.mark.parametrize(
    ('peer', 'base'),
    [
        ('127.0.0.1', LOCAL), ('127.0.0.1', 'http://127.0.0.1:8080'), ('127.8.8.8', LOCAL), ('::1', 'http://[::1]:8080'),
        ('::ffff:127.0.0.1', 'http://LOCALHOST'),
    ],
)  # fmt: skip
async def test_the_machine_itself_is_told(asking: Asking, peer: str, base: str) -> None:
    async with asking(peer, base) as program:
        answer = await program.get('/healthz')
        assert set(answer.json()) == {'status', 'process'}
        assert are_figures(answer.json()['process'])
        assert answer.headers['cache-control'] == 'no-store'
        head = await program.head('/healthz')
        assert (head.status_code, head.content) == (200, b'')


@pytest.mark.parametrize(
    ('peer', 'base'),
    [
        ('192.0.2.7', LOCAL), ('192.168.1.2', PUBLIC), ('::ffff:192.0.2.7', LOCAL), ('2001:db8::1', LOCAL),
        ('127.0.0.1', PUBLIC), ('127.0.0.1', 'http://localhost.evil.example'), ('127.0.0.1', 'http://192.0.2.1:8080'),
        ('unix', LOCAL),
    ],
)  # fmt: skip
async def test_a_stranger_is_told_nothing(asking: Asking, peer: str, base: str) -> None:
    async with asking(peer, base) as stranger:
        answer, head = await stranger.get('/healthz'), await stranger.head('/healthz')
        assert answer.json() == WELL
        assert 'cache-control' not in answer.headers
        assert (head.content, head.headers) == (b'', answer.headers)  # its length would tell, too


@pytest.mark.parametrize('method', ['GET', 'HEAD'])
@pytest.mark.parametrize('trusted', ['127.0.0.1', '*', ''])
@pytest.mark.parametrize(
    'header',
    [
        'X-Forwarded-For: 192.0.2.7', 'x-forwarded-for: 127.0.0.1', 'X-Forwarded-For:', 'X-Forwarded-Proto: https',
        'X-Forwarded-Host: haren.example', 'Forwarded: for=192.0.2.7', 'Forwarded: for=127.0.0.1', 'Via: 1.1 proxy',
        'X-Real-IP: 127.0.0.1', 'True-Client-IP: 192.0.2.7', 'CF-Connecting-IP: 192.0.2.7',
        'X-Original-Forwarded-For: ::1',
    ],
)  # fmt: skip
async def test_a_proxy_on_the_machine_gives_nothing_away(
    asking: Asking, method: str, trusted: str, header: str
) -> None:
    name, _, value = header.partition(':')
    async with asking('127.0.0.1', LOCAL, trusted) as proxy:
        answer = await proxy.request(method, '/healthz', headers={name: value.strip()})
        assert answer.headers['content-length'] == str(len('{"status":"ok"}'))
        assert 'cache-control' not in answer.headers


@pytest.mark.parametrize('claimed', ['127.0.0.1', '::1'])
async def test_nobody_claims_to_be_the_machine(asking: Asking, claimed: str) -> None:
    async with asking('192.0.2.7', LOCAL, trusted='*') as stranger:
        answer = await stranger.get('/healthz', headers={'X-Forwarded-For': claimed})
        assert answer.json() == WELL


@pytest.mark.parametrize('role', list(Role))
async def test_administrators_are_told(services: Services, asking: Asking, role: Role) -> None:
    cookie = await session_of(services, await hire(services, 'Kim', role))
    async with asking('127.0.0.1', PUBLIC) as browser:
        answer = await browser.get('/healthz', headers={**cookie, 'X-Forwarded-For': '192.0.2.7'})
    assert ('process' in answer.json()) == (role == Role.ADMIN)


async def test_who_has_left_or_guesses_is_told_nothing(cast: Cast, asking: Asking) -> None:
    cookie = await session_of(cast.services, cast.alva)
    visitor = await cast.services.people.visitor(cookie['cookie'].partition('=')[2])
    assert visitor is not None
    await cast.services.people.revoke(cast.alva, visitor.device.id)
    async with asking('192.0.2.7', PUBLIC) as browser:
        for header in (cookie, {'cookie': 'haren=guessed'}, {'authorization': 'Bearer guessed'}):
            assert (await browser.get('/healthz', headers=header)).json() == WELL
