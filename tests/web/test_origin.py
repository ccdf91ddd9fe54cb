"""Test from where a request comes: pages of ours, programs, and other websites, behind proxies of several kinds."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from app.web.http.origin import is_own
from tests.cast import BASE, Cast

INSIDE = '10.0.0.7:8080'
"""The address that a reverse proxy puts in the place of the host."""

OURS = [
    {},
    {'sec-fetch-site': 'same-origin'},
    {'sec-fetch-site': 'same-origin', 'origin': BASE},
    {'sec-fetch-site': 'same-origin', 'origin': 'null'},
    {'sec-fetch-site': 'same-origin', 'origin': BASE, 'host': INSIDE},
    {'sec-fetch-site': 'none'},
    {'sec-fetch-site': 'none', 'origin': 'null'},
    {'origin': BASE},
    {'origin': BASE, 'host': INSIDE},
    {'origin': BASE, 'host': 'haren.example:443'},
    {'origin': f'{BASE}:443'},
    {'origin': BASE.upper()},
    {'origin': 'http://haren.test', 'host': 'haren.test:80'},
    {'origin': 'http://192.168.1.9:8080', 'host': '192.168.1.9:8080'},
    {'origin': 'http://[::1]:8080', 'host': '[::1]:8080'},
]
"""Headers of requests that our pages, a person or a program sends."""

UNREADABLE = [
    'http://[::1', 'http://]', 'https://', 'https://haren.example/', 'https://haren.example:x',
    'https://haren.example:443:443', 'https://haren.example#', 'https://a@haren.example', 'haren.example', 'file://',
    'https://haren.example ' + BASE, 'https://haren.example' + 'x' * 10_000, 'https://håren.example', '',
]  # fmt: skip
"""Origins that no browser sends."""

ELSEWHERE = [
    {'origin': 'null'},
    {'origin': 'https://evil.example'},
    {'origin': 'https://haren.example.evil.example'},
    {'origin': f'{BASE}:8443'},
    {'origin': 'http://haren.example', 'host': INSIDE},
    {'sec-fetch-site': 'cross-site'},
    {'sec-fetch-site': 'cross-site', 'origin': BASE},
    {'sec-fetch-site': 'same-site', 'origin': BASE},
    {'sec-fetch-site': 'none', 'origin': 'https://evil.example'},
    {'sec-fetch-site': 'Same-Origin, cross-site'},
    {'sec-fetch-site': ''},
    *({'origin': origin} for origin in UNREADABLE),
]
"""Headers of requests that another website has a browser send."""


@pytest.mark.parametrize('headers', OURS, ids=str)
def test_our_pages_people_and_programs_are_believed(headers: dict[str, str]) -> None:
    assert is_own(Headers({'host': 'haren.example', **headers}), BASE)


@pytest.mark.parametrize('headers', ELSEWHERE, ids=lambda headers: str(headers)[:60])
def test_another_website_is_not(headers: dict[str, str]) -> None:
    assert not is_own(Headers({'host': 'haren.example', **headers}), BASE)


def test_two_origins_or_two_sites_are_not_believed() -> None:
    for name, value in (('origin', BASE), ('sec-fetch-site', 'same-origin')):
        raw = [(b'host', b'haren.example'), (name.encode(), value.encode()), (name.encode(), b'cross-site')]
        assert not is_own(Headers(raw=raw), BASE)


def addresses(cast: Cast) -> dict[str, dict[str, object]]:
    """Return the ways in which a page sends something: plain forms, the report form, and the API."""
    entry = {'id': 'a-phone-minted-this-1', 'kind': 'observation', 'text': 'Glas på marken.'}
    report = {'id': 'a-phone-minted-this-2', 'problem': 'full'}
    multipart = {name: (None, value) for name, value in report.items()}
    here = f'/q/{cast.glass.code}'
    return {'/api/v1/entries': {'json': entry}, here: {'data': report}, f'{here}?lang=sv': {'files': multipart}}


async def test_forms_and_the_api_take_what_our_pages_send(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    for headers in OURS:
        for address, sent in addresses(cast).items():
            answer = await fia.post(address, headers=headers, **sent)  # type: ignore[arg-type]
            assert answer.status_code in (201, 303), (headers, address, answer.text)


async def test_forms_and_the_api_refuse_what_others_send(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    for headers in ELSEWHERE:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        for address, sent in addresses(cast).items():
            answer = await fia.post(address, headers=raw, **sent)  # type: ignore[arg-type]
            assert answer.status_code == 403, (headers, address, answer.text)


async def status_of(cast: Cast, path: str, query: bytes, host: bytes) -> int:
    """Ask for an address of any bytes: ordinary clients would refuse to."""
    scope = {
        'type': 'http', 'method': 'GET', 'path': path, 'raw_path': path.encode(), 'query_string': query,
        'headers': [(b'host', host)], 'scheme': 'http', 'server': ('haren.test', 80), 'client': ('192.0.2.1', 1),
        'root_path': '', 'http_version': '1.1',
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {'type': 'http.request', 'body': b'', 'more_body': False}

    async def send(message: Message) -> None:
        sent.append(message)

    await cast.server(scope, receive, send)
    return int(sent[0]['status'])


async def test_an_address_that_can_not_be_read_is_no_fault(cast: Cast) -> None:
    pages = ('/', '/q', f'/q/{cast.glass.code}', '/in', '/s/nowhere.json', '/api/v1/cases', '/nowhere', '/log/share')
    queries = (b'x=%ff', b'x=\xff', b'lang=\xe5', b'%00', b'&=&', b'\xed\xa0\x80')
    hosts = (b'[::1', b']', b'a b', b'haren.example:x', b'', b'\xff')
    for path, query, host in [(page, query, host) for page in pages for query in queries for host in hosts]:
        assert await status_of(cast, path, query, host) < 500, (path, query, host)
