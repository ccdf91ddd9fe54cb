"""Test the pages and the configuration that a phone keeps for use without a network."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from app.i18n import LANGUAGES
from components import js_assets
from tests.cast import Cast


@pytest.fixture
def phone(cast: Cast) -> httpx.AsyncClient:
    """Return a phone on which nobody is signed in."""
    return cast.browser('sv-SE')


async def config(phone: httpx.AsyncClient) -> dict[str, Any]:
    """Return the configuration of the service worker."""
    script = (await phone.get('/sw.js')).text
    found = re.search(r'^serve\((.*)\);$', script, re.MULTILINE)
    assert found
    return dict(json.loads(found[1]))


async def test_the_worker_may_serve_every_address_and_is_asked_for_each_time(phone: httpx.AsyncClient) -> None:
    answer = await phone.get('/sw.js')
    assert answer.headers['service-worker-allowed'] == '/'
    assert answer.headers['content-type'].startswith('text/javascript')
    assert answer.headers['cache-control'] == 'no-cache'
    assert "script-src 'self'" in answer.headers['content-security-policy']


async def test_everything_that_the_worker_keeps_is_there(phone: httpx.AsyncClient) -> None:
    kept = await config(phone)
    assert set(kept['pages']) == set(LANGUAGES)
    for address in (*kept['modules'], *(address for pages in kept['pages'].values() for address in pages)):
        assert (await phone.get(address)).status_code == 200, address


async def test_every_module_that_a_page_needs_is_among_them(phone: httpx.AsyncClient) -> None:
    modules = (await config(phone))['modules']
    for address in modules:
        source = (await phone.get(address)).text
        for name in re.findall(r'from "(\.{1,2}/.+?)"', source):
            assert urljoin(address, name) in modules


async def test_the_worker_is_a_new_one_when_the_page_changes(cast: Cast, phone: httpx.AsyncClient) -> None:
    before = await config(phone)
    assert await config(phone) == before
    await cast.services.municipality.change(cast.alva, 'Mariestad', 'Ring 033-11 11 11.', 'Call 033-11 11 11.')
    assert (await config(phone))['version'] != before['version']


@pytest.mark.parametrize('language', LANGUAGES)
async def test_the_page_without_a_network_is_one_answer_in_each_language(
    phone: httpx.AsyncClient, language: str
) -> None:
    answer = await phone.get('/offline', params={'lang': language})
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers['content-language'] == language
    assert 'set-cookie' not in answer.headers
    assert answer.text.count('name="problem"') == 13
    assert answer.text.index('value="full"') < answer.text.index('<details data-more>')


async def test_words_are_kept_for_ever_unless_they_are_others_by_now(phone: httpx.AsyncClient) -> None:
    page = (await phone.get('/')).text
    (digest,) = re.findall('<script[^>]* data-words="([^"]+)"', page)
    current = await phone.get(f'/words/{digest}/sv.json')
    assert current.headers['cache-control'] == js_assets.IMMUTABLE
    assert current.json()['problems']['full']['button'] == 'Det är fullt'
    older = await phone.get('/words/00000000/sv.json')
    assert (older.json(), older.headers['cache-control']) == (current.json(), 'no-store')
    assert (await phone.get(f'/words/{digest}/tlh.json')).status_code == 404
