"""Test sharing from other apps without a service worker: the text reaches the log, the server keeps nothing."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.domain.events import Event
from app.web.http.share_target import LONGEST_ADDRESS, SHARE, as_text
from tests.cast import Cast

ELSEWHERE = {'origin': 'https://evil.example', 'sec-fetch-site': 'cross-site'}
PICTURE = ('bild.jpg', b'\xff\xd8' + b'\0' * 200_000, 'image/jpeg')


@pytest.fixture
async def fia(cast: Cast) -> httpx.AsyncClient:
    """Return Fia's phone."""
    return await cast.signed_in(cast.fia)


def wish(answer: httpx.Response) -> dict[str, list[str]]:
    """Return the content that the log form would begin with."""
    assert answer.status_code == 303
    address = urlsplit(answer.headers['location'])
    assert (address.netloc, address.path) == ('', '/log')
    return parse_qs(address.query)


async def test_the_words_go_on_to_the_log(fia: httpx.AsyncClient) -> None:
    sent = {'title': 'Läckage', 'text': 'Se https://a.example/1', 'url': 'https://a.example/1'}
    answer = await fia.post(SHARE, data=sent, files={'nothing': ('', b'')})
    assert wish(answer) == {'text': ['Läckage\nSe https://a.example/1']}
    assert answer.headers['cache-control'] == 'no-store'


@pytest.mark.parametrize('origin', [{'origin': 'null'}, ELSEWHERE])
async def test_who_shares_has_no_origin_and_nothing_changes(
    cast: Cast, fia: httpx.AsyncClient, origin: dict[str, str]
) -> None:
    before = await cast.services.context.find_all(Event)
    answer = await fia.post(SHARE, data={'text': 'Hej'}, files={'images': PICTURE}, headers=origin)
    assert wish(answer) == {'text': ['Hej'], 'lost': ['images']}
    assert await cast.services.context.find_all(Event) == before


async def test_pictures_may_be_large_and_words_long(fia: httpx.AsyncClient) -> None:
    large = ('bild.jpg', b'\xff\xd8' + b'\0' * 20_000_000, 'image/jpeg')
    answer = await fia.post(SHARE, data={'text': 'å' * 2_000}, files={'images': large})
    (text,) = wish(answer)['text']
    assert set(text) == {'å'}
    assert LONGEST_ADDRESS - 20 < len(answer.headers['location']) <= LONGEST_ADDRESS + len('/log?')


@pytest.mark.parametrize(
    'sent',
    [
        {'data': {'text': 'no multipart'}},
        {'content': b'', 'headers': {'content-type': 'multipart/form-data'}},
        {'content': b'--x\r\nnonsense', 'headers': {'content-type': 'multipart/form-data; boundary=x'}},
        {'content': b'\0' * 100_000, 'headers': {'content-type': 'multipart/form-data; boundary=x'}},
        {'files': {f'field{number}': (None, 'x') for number in range(2_000)}},
    ],
)
async def test_whatever_is_sent_the_log_opens(fia: httpx.AsyncClient, sent: dict[str, object]) -> None:
    assert 'text' not in wish(await fia.post(SHARE, **sent))  # type: ignore[arg-type]


async def test_coming_back_leads_to_the_log(fia: httpx.AsyncClient) -> None:
    assert wish(await fia.get(SHARE)) == {}


async def test_strangers_are_told_how_to_get_in(cast: Cast) -> None:
    answer = await cast.browser().post(SHARE, data={'text': 'Hej'}, headers=ELSEWHERE)
    assert answer.status_code == 401
    assert 'Staff sign-in' in answer.text


def test_each_thing_is_said_once() -> None:
    assert as_text(['Titel', 'Titel', '']) == 'Titel'
    assert as_text(['', ' a ', 'b']) == 'a\nb'
    assert as_text(['En sida', 'En sida: http://x.example', 'http://x.example']) == 'En sida: http://x.example'
