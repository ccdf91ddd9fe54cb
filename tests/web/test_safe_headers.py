"""Test the headers that protect the browser: each answer allows no more than its kind needs."""

from __future__ import annotations

import httpx
import pytest

from app.web.http.safe_headers import STAFF_POLICY, STRICT_POLICY
from tests.cast import Cast

NO_PAGES = [
    '/api/v1/me', '/api/v1/cases', '/api/v1/nowhere', '/openapi.json', '/me/export.csv', '/me/export.json',
    '/sites/kransmossen/stickers.pdf', '/s/kransmossen.json', '/healthz', '/manifest.webmanifest',
]  # fmt: skip


@pytest.fixture
async def alva(cast: Cast) -> httpx.AsyncClient:
    """Return the administrator's browser."""
    return await cast.signed_in(cast.alva)


async def test_data_and_files_may_run_nothing(cast: Cast, alva: httpx.AsyncClient) -> None:
    for path in (*NO_PAGES, f'/stickers/{cast.glass.code}.svg', '/s/kransmossen/badge.svg'):
        policy = (await alva.get(path)).headers['content-security-policy']
        assert policy.startswith("default-src 'none'"), path
        assert 'script-src' not in policy, path
        assert "frame-ancestors 'none'" in policy, path


async def test_refusals_and_redirects_of_programs_and_forms_are_strict(cast: Cast, alva: httpx.AsyncClient) -> None:
    answers = [
        await alva.post('/api/v1/entries', json={}),
        await alva.post('/out'),
        await cast.browser().get('/api/v1/me'),
        await cast.browser().post(f'/q/{cast.glass.code}', data={'id': 'a-phone-minted-this-1', 'problem': 'full'}),
    ]
    assert [answer.status_code for answer in answers] == [422, 303, 401, 303]
    assert {answer.headers['content-security-policy'] for answer in answers} == {STRICT_POLICY}


async def test_pages_of_others_can_not_hold_on_to_ours_nor_ask_for_more(cast: Cast, alva: httpx.AsyncClient) -> None:
    for path in ('/', f'/q/{cast.glass.code}', '/in', '/nowhere', '/api/v1/me', '/me/export.csv'):
        headers = (await alva.get(path)).headers
        assert headers['cross-origin-opener-policy'] == 'same-origin', path
        assert 'microphone=()' in headers['permissions-policy'], path
        assert 'camera=(self)' in headers['permissions-policy'], 'the log scans stickers'
        assert 'geolocation=(self)' in headers['permissions-policy'], 'the nearest place comes first'


async def test_a_fault_is_answered_as_carefully(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(cast.services.case_list, 'newest', fail)
    fia = await cast.signed_in(cast.fia)
    answer = await fia.get('/api/v1/cases')
    assert answer.status_code == 500
    assert answer.headers['content-security-policy'] == STRICT_POLICY
    assert answer.headers['cross-origin-opener-policy'] == 'same-origin'
    assert 'unsafe' in STAFF_POLICY
