"""Test /.well-known/security.txt (RFC 9116)."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from app.build import plain_server
from app.settings import WrongSettings, read_settings
from app.web.http.session import Session
from tests.cast import BASE, Cast

PATH = '/.well-known/security.txt'


async def security_txt(cast: Cast, contact: str) -> httpx.Response:
    server = plain_server(cast.services, Session(cast.services.people, secure=True), True, security_contact=contact)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url=BASE) as reader:
        return await reader.get(PATH)


async def test_without_a_contact_there_is_none(cast: Cast) -> None:
    assert (await security_txt(cast, '')).status_code == 404


async def test_it_names_the_contact_and_when_it_expires(cast: Cast) -> None:
    answer = await security_txt(cast, 'mailto:it@haren.example')
    assert answer.headers['content-type'] == 'text/plain; charset=utf-8'
    fields = dict(line.split(': ', 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(fields.pop('Expires'))
    assert timedelta(days=30) < expires - cast.clock.at < timedelta(days=365)
    assert fields == {
        'Contact': 'mailto:it@haren.example', 'Preferred-Languages': 'sv, en', 'Canonical': BASE + PATH,
    }  # fmt: skip


@pytest.mark.parametrize(
    ('given', 'contact'),
    [
        ('it@haren.example', 'mailto:it@haren.example'),
        ('mailto:it@haren.example', 'mailto:it@haren.example'),
        ('https://haren.example/report', 'https://haren.example/report'),
        ('tel:+46-33-000000', 'tel:+46-33-000000'),
        ('', ''),
    ],
)
def test_the_contact_is_a_setting(monkeypatch: pytest.MonkeyPatch, given: str, contact: str) -> None:
    monkeypatch.setenv('HAREN_SECURITY_CONTACT', given)
    assert read_settings().security_contact == contact


@pytest.mark.parametrize(
    'given', ['it', 'http://haren.example', 'it@haren.example\nExpires: never', 'a b@c', 'mailto:']
)
def test_a_contact_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv('HAREN_SECURITY_CONTACT', given)
    with pytest.raises(WrongSettings, match='HAREN_SECURITY_CONTACT'):
        read_settings()
