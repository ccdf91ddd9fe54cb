"""Test the fast path of reports: its responses are the same as those of the ordinary routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from app.web.http.form_text import MOST_FIELDS
from app.web.http.middleware import LARGEST_BODY, read_body
from pages.public.request_forms import fields
from tests.cast import Cast
from tests.public_pages import alert, heading, send

FORM = 'application/x-www-form-urlencoded'

pairs = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6)
raw = st.text(st.sampled_from('ab=&+%2Få0\0'), max_size=20).map(str.encode)


def request(body: bytes, content_type: str) -> Request:
    async def receive() -> Message:
        return {'type': 'http.request', 'body': body, 'more_body': False}

    headers = [(b'content-type', content_type.encode())]
    return Request({'type': 'http', 'method': 'POST', 'headers': headers, 'query_string': b''}, receive)


def is_utf_8(body: bytes) -> bool:
    try:
        unquote_to_bytes(body).decode('utf-8')
    except UnicodeDecodeError:
        return False
    return True


@given(pairs.map(urlencode).map(str.encode) | raw.filter(bytes.isascii).filter(is_utf_8))
@example(b'%C3%A5=%2B+%')
async def test_a_form_in_utf_8_is_read_as_starlette_reads_it(body: bytes) -> None:
    assert await fields(request(body, FORM)) == dict(await request(body, FORM).form())


async def test_a_form_without_end_is_declined(cast: Cast) -> None:
    endless = '&'.join(['a'] * (MOST_FIELDS + 1))
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=endless, headers={'content-type': FORM})
    assert answer.status_code == 400
    assert 'could not be read' in alert(answer.text)


@pytest.mark.parametrize('kind', [FORM, f'{FORM}; charset=utf-8', 'multipart/form-data'])
async def test_a_report_counts_whatever_form_it_has(cast: Cast, kind: str) -> None:
    fields = {'id': 'minted-in-the-form', 'problem': 'full', 'note': 'Locket & <b> sitter fast: 100 %'}
    browser = cast.browser()
    if kind == 'multipart/form-data':
        answer = await browser.post(
            f'/q/{cast.glass.code}', files={name: (None, text) for name, text in fields.items()}
        )
    else:
        body = urlencode(fields)
        answer = await browser.post(f'/q/{cast.glass.code}', content=body, headers={'content-type': kind})
    assert answer.status_code == 303
    receipt = await cast.services.cases.receipt(answer.headers['location'].rpartition('/')[2])
    assert receipt.report.note == fields['note']


async def test_what_answers_a_report_says_to_browsers_what_every_answer_says(cast: Cast) -> None:
    rut = cast.browser()
    usual = (await rut.get('/healthz')).headers
    answer = await send(rut, cast.glass, id='minted-in-the-form', problem='full')
    assert answer.headers['cache-control'] == 'no-store'
    for name in ('x-content-type-options', 'x-frame-options', 'referrer-policy', 'content-security-policy'):
        assert answer.headers[name] == usual[name]


async def test_both_ways_answer_with_the_same_headers(cast: Cast) -> None:
    fields = {'id': 'minted-in-the-form', 'problem': 'full'}
    path = f'/q/{cast.glass.code}?lang=en'
    answers = [
        await cast.browser().post(path, content=urlencode(fields), headers={'content-type': kind})
        for kind in (FORM, f'{FORM}; charset=utf-8')
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert dict(answers[0].headers) == dict(answers[1].headers)


@pytest.mark.parametrize('announced', [True, False])
async def test_a_form_that_is_too_long_is_declined_on_its_page(cast: Cast, announced: bool) -> None:
    long = b'note=' + b'x' * LARGEST_BODY

    async def in_parts() -> AsyncIterator[bytes]:
        yield long[:1_000]
        yield long[1_000:]

    content = long if announced else in_parts()
    answer = await cast.browser().post(f'/q/{cast.glass.code}', content=content, headers={'content-type': FORM})
    assert answer.status_code == 413
    assert cast.glass.name in heading(answer.text)


async def test_a_form_that_breaks_off_is_no_report(cast: Cast) -> None:
    messages: list[Message] = [
        {'type': 'http.request', 'body': b'id=minted-in-the-form&problem=full&note=Ful', 'more_body': True},
        {'type': 'http.disconnect'},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    headers = [(b'content-type', FORM.encode())]
    with pytest.raises(ClientDisconnect):
        await read_body(Request({'type': 'http', 'method': 'POST', 'headers': headers}, receive))


async def test_a_fault_is_told_as_everywhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError('the roof leaks')

    monkeypatch.setattr(cast.services.report_intake, 'receive', fail)
    answer = await send(cast.browser(), cast.glass, id='minted-in-the-form', problem='full')
    assert answer.status_code == 500
    assert 'the roof leaks' not in answer.text
    assert heading(answer.text) == 'That didn’t work'
