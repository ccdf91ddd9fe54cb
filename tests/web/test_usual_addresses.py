"""Test that other spellings of an address lead to the usual one, and to nowhere else."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from app.web.http.usual_addresses import usual_path
from pages.routes import ROUTES
from tests.cast import Cast
from tests.public_pages import tap


@pytest.mark.parametrize(
    ('typed', 'usual'),
    [
        ('/q/{code}/', '/q/{code}'),
        ('/Q/{code}/', '/Q/{code}'),
        ('/q/{code}//', '/q/{code}'),
        ('//q//{code}', '/q/{code}'),
        ('/q/{code}%2F', '/q/{code}'),
        ('/q/{code}/?lang=fi&again=x', '/q/{code}?lang=fi&again=x'),
        ('/q/', '/q'),
        ('/Q/', '/Q'),
        ('/s/kransmossen/', '/s/kransmossen'),
        ('/S/kransmossen', '/s/kransmossen'),
        ('/s/kransmossen.json/', '/s/kransmossen.json'),
        ('/C/{number}/', '/c/{number}'),
        ('/q/{code}.atom/', '/q/{code}.atom'),
        ('/Q/{code}.atom', '/q/{code}.atom'),
        ('/in/', '/in'),
        ('/offline/', '/offline'),
        ('/api/v1/sites/?limit=1', '/api/v1/sites?limit=1'),
        ('/openapi.json/', '/openapi.json'),
        ('//', '/'),
    ],
)
async def test_a_slash_too_many_leads_to_the_address_without_it(cast: Cast, typed: str, usual: str) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    names = {'code': cast.glass.code, 'number': case.number}
    answer = await cast.browser().get(f'http://haren.test{typed.format(**names)}')
    assert answer.status_code == 308
    assert answer.headers['location'] == usual.format(**names)
    served = await cast.browser().get(answer.headers['location'])
    assert served.status_code in (200, 401), 'the API wants a key'


async def test_head_and_forms_keep_their_method(cast: Cast) -> None:
    rut = cast.browser()
    assert (await rut.head(f'/q/{cast.glass.code}/')).status_code == 308
    for typed in (f'/q/{cast.glass.code}/', f'/Q/{cast.glass.code}'):
        sent = await rut.post(typed, data={'id': 'x', 'problem': 'full'})
        assert (sent.status_code, sent.headers['location']) == (308, f'/q/{cast.glass.code}')


@pytest.mark.parametrize(
    'path',
    ['//evil.example/', '///evil.example//', '/\\evil.example/', '//evil.example/%2e%2e/', '/\t/evil.example/',
     '//user@evil.example/', '/https://evil.example/', '/%5cevil.example/', '//evil.example', '/\r\nx: y/'],
)  # fmt: skip
async def test_no_spelling_leads_to_another_website(cast: Cast, path: str) -> None:
    answer = await cast.browser().request('GET', _raw(path))
    assert answer.status_code == 308
    location = answer.headers['location']
    assert urljoin('http://haren.test/', location).startswith('http://haren.test/')
    assert location[1:2] not in ('/', '\\', '\t', '\r')
    assert '\\' not in location


def _raw(path: str) -> str:
    escaped = path.replace('\\', '%5C').replace('\t', '%09').replace('\r', '%0D').replace('\n', '%0A')
    return f'http://haren.test{escaped}'


def test_every_route_is_spelled_as_usual() -> None:
    for route in ROUTES:
        path = getattr(route, 'path', '')
        assert usual_path(path, 'GET') == path
    assert usual_path('/_nicegui_ws/socket.io/', 'GET') == '/_nicegui_ws/socket.io/'
    assert usual_path('/entries/a/', 'GET') == '/entries/a'
