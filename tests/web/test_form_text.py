"""Test that words arrive as they were written, whatever program sends them in whatever encoding."""

from __future__ import annotations

import httpx
import pytest

from app.web.http.form_text import decoded, read_url_encoded, usual_query
from tests.cast import Cast
from tests.public_pages import alert, report

FORM = 'application/x-www-form-urlencoded'

SPELLINGS = {
    'raw UTF-8': (FORM, 'Låda på väg, 5 €'.encode()),
    'percent-encoded UTF-8': (FORM, b'L%C3%A5da+p%c3%a5 v%C3%A4g, 5 %E2%82%AC'),
    'both': (FORM, b'L\xc3\xa5da+p%c3%a5 v\xc3\xa4g, 5 %E2%82%AC'),
    'percent-encoded Windows-1252': (FORM, b'L%E5da+p%E5 v%E4g, 5 %80'),
    'raw Windows-1252': (FORM, 'Låda på väg, 5 €'.encode('cp1252')),
    'with its encoding': (f'{FORM}; charset=UTF-8', 'Låda på väg, 5 €'.encode()),
    'with its encoding in quotes': (f'{FORM};Charset="utf-8"', b'L%C3%A5da+p%c3%a5 v%C3%A4g, 5 %E2%82%AC'),
    'Latin-1, which says so': (f'{FORM}; charset=ISO-8859-1', 'Låda på väg, 5 €'.encode('cp1252')),
    'with an encoding that nobody knows': (f'{FORM}; charset=x-unknown', 'Låda på väg, 5 €'.encode()),
    'with a type in capitals': ('Application/X-WWW-Form-URLEncoded', 'Låda på väg, 5 €'.encode()),
}

BROKEN = {
    'cut': b'L\xc3\xa5da p\xc3\xa5 v\xc3\xa4g, 5 \xe2\x82',
    'overlong': b'L\xc0\xafda',
    'surrogates': b'L\xed\xa0\x80da',
    'no bytes of any encoding': b'L\x81da',
}


async def note_of(cast: Cast, answer: httpx.Response) -> str:
    assert answer.status_code == 303
    return (await cast.services.cases.receipt(answer.headers['location'].rpartition('/')[2])).report.note


@pytest.mark.parametrize('spelling', SPELLINGS)
async def test_words_arrive_as_they_were_written(cast: Cast, spelling: str) -> None:
    kind, note = SPELLINGS[spelling]
    body = b'id=minted-in-the-form&problem=full&note=' + note
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=body, headers={'content-type': kind})
    assert await note_of(cast, answer) == 'Låda på väg, 5 €'


@pytest.mark.parametrize('encoding', ['utf-8', 'cp1252'])
@pytest.mark.parametrize('named', ['', '; charset=utf-8', '; charset=x-unknown'])
async def test_so_do_those_beside_a_file(cast: Cast, encoding: str, named: str) -> None:
    parts = {b'id': b'minted-in-the-form', b'problem': b'full', b'note': 'Låda på väg, 5 €'.encode(encoding)}
    shape = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
    body = b''.join(shape % part for part in parts.items()) + b'--x--\r\n'
    kind = {'content-type': f'multipart/form-data; boundary=x{named}'}
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=body, headers=kind)
    assert await note_of(cast, answer) == 'Låda på väg, 5 €'


@pytest.mark.parametrize('flaw', BROKEN)
async def test_what_can_not_be_read_is_declined_and_shown_again(cast: Cast, flaw: str) -> None:
    body = b'id=minted-in-the-form&problem=full&note=H\xc3\xa4r: ' + BROKEN[flaw]
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=body, headers={'content-type': FORM})
    assert answer.status_code == 422
    assert 'be read' in alert(answer.text)
    assert '>\nHär: L' in answer.text


@pytest.mark.parametrize('flaw', BROKEN)
async def test_a_note_that_can_not_be_read_is_declined_too(cast: Cast, flaw: str) -> None:
    browser = cast.browser()
    thanks = await report(cast, browser, cast.glass, 'full')
    answer = await browser.post(f'{thanks}/note', content=b'note=' + BROKEN[flaw], headers={'content-type': FORM})
    assert answer.status_code == 422


@pytest.mark.parametrize('field', ['id', 'problem', 'fine', 'again', 'website', 'act'])
async def test_no_other_field_is_a_fault(cast: Cast, field: str) -> None:
    sent = {'id': 'minted-in-the-form', 'problem': 'full', field: '%ED%A0%80'}
    body = '&'.join(f'{name}={value}' for name, value in sent.items())
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=body, headers={'content-type': FORM})
    assert answer.status_code < 500


@pytest.mark.parametrize('note', ['L%00åda', '\0Låda', 'L\u200båda\x07'])
async def test_control_characters_are_left_out(cast: Cast, note: str) -> None:
    body = f'id=minted-in-the-form&problem=full&note={note}'.encode()
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=body, headers={'content-type': FORM})
    assert (await note_of(cast, answer)).replace('\u200b', '') == 'Låda'


@pytest.mark.parametrize('query', ['code=%C5', 'code=%C3%85'])
async def test_queries_are_read_alike(cast: Cast, query: str) -> None:
    assert 'value="Å"' in (await cast.browser().get(f'/q?{query}')).text


@pytest.mark.parametrize('query', ['a=Å'.encode(), 'a=Å'.encode('latin-1'), b'a=%C5', b'a=%C3%85'])
def test_raw_bytes_of_a_query_are_the_same(query: bytes) -> None:
    assert usual_query(query) == b'a=%C3%85'


def test_what_is_right_stays_as_it_is() -> None:
    assert usual_query(b'a=1&b=%26%3D%C3%A5&c&=&d=+%2B') == b'a=1&b=%26%3D%C3%A5&c&=&d=+%2B'
    assert decoded('Ärta'.encode()) == 'Ärta'
    assert read_url_encoded(b'a=1&b&&=c&a=2') == {'a': '2', 'b': '', '': 'c'}
