"""Test clients that go away in the middle of what they send: one quiet line, whatever they were sending."""

from __future__ import annotations

import logging

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from app.web.http.disconnects import PAUSE, QuietDisconnects
from tests.cast import Cast

FORM = 'application/x-www-form-urlencoded'
MULTIPART = 'multipart/form-data; boundary=x'
SENT = [
    ('POST', '/q/{code}', FORM),
    ('POST', '/q/{code}', f'{FORM}; charset=utf-8'),
    ('POST', '/q/{code}', MULTIPART),
    ('POST', '/q/{code}/thanks/a-phone-minted-this-1', FORM),
    ('POST', '/q/{code}/thanks/a-phone-minted-this-1/photo', MULTIPART),
    ('POST', '/join/a-token', FORM),
    ('POST', '/api/v1/reports', 'application/json'),
    ('POST', '/api/v1/entries', 'application/json'),
    ('PUT', '/api/v1/reports/a-phone-minted-this-1/photo', 'image/jpeg'),
    ('POST', '/log/share', MULTIPART),
    ('POST', '/nowhere', FORM),
]


async def leave_in_the_middle(cast: Cast, method: str, path: str, kind: str, first: bytes) -> None:
    """Send the start of a body, and go away."""
    cookies = (await cast.signed_in(cast.fia)).cookies
    headers = {'host': 'haren.test', 'content-type': kind, 'cookie': f'haren={cookies["haren"]}'}
    scope = {
        'type': 'http', 'method': method, 'path': path, 'raw_path': path.encode(), 'query_string': b'',
        'headers': [(name.encode(), value.encode()) for name, value in headers.items()], 'scheme': 'http',
        'server': ('haren.test', 80), 'client': ('192.0.2.1', 1), 'root_path': '', 'http_version': '1.1',
    }  # fmt: skip
    messages: list[Message] = [{'type': 'http.request', 'body': first, 'more_body': True}] if first else []

    async def receive() -> Message:
        return messages.pop(0) if messages else {'type': 'http.disconnect'}

    async def send(_: Message) -> None: ...

    await cast.server(scope, receive, send)


@pytest.mark.parametrize(
    'first', [b'', b'{"id": "a-phone-', b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nH']
)
@pytest.mark.parametrize(('method', 'path', 'kind'), SENT)
async def test_whoever_goes_away_is_no_fault(
    cast: Cast, caplog: pytest.LogCaptureFixture, method: str, path: str, kind: str, first: bytes
) -> None:
    with caplog.at_level(logging.INFO):
        await leave_in_the_middle(cast, method, path.format(code=cast.glass.code), kind, first)
    assert 'Traceback' not in caplog.text
    lines = [record for record in caplog.records if record.name.startswith('app')]
    assert len(lines) <= 1
    assert {record.levelno for record in lines} <= {logging.INFO}


async def test_a_thousand_who_go_away_are_one_line_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0

    async def go_away(scope: Scope, receive: Receive, send: Send) -> None:
        raise ClientDisconnect

    quiet = QuietDisconnects(go_away, lambda: now)

    async def nothing() -> Message:
        return {}

    async def send(_: Message) -> None: ...

    with caplog.at_level(logging.INFO):
        for _ in range(1_000):
            await quiet({'type': 'http', 'method': 'POST'}, nothing, send)
        now += PAUSE
        await quiet({'type': 'http', 'method': 'POST'}, nothing, send)
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [1, 1_000]
