"""Test the web app manifest and its icons."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import httpx
import pytest
from PIL import Image

from components import js_assets
from components.theme.design_tokens import LIGHT
from tests.cast import Cast

MANIFEST = '/manifest.webmanifest'


@pytest.fixture
def phone(cast: Cast) -> httpx.AsyncClient:
    """Return a phone on which nobody is signed in, because browsers request a manifest without cookies."""
    return cast.browser('sv-SE')


async def test_the_app_is_named_after_the_municipality(cast: Cast, phone: httpx.AsyncClient) -> None:
    before = await phone.get(MANIFEST)
    assert before.headers['content-type'] == 'application/manifest+json'
    assert before.json()['name'] == 'Haren Borås'
    assert before.json()['short_name'] == 'Haren'
    known = {'if-none-match': before.headers['etag']}
    assert (await phone.get(MANIFEST, headers=known)).status_code == 304
    await cast.services.municipality.change(cast.alva, 'Mariestad', 'Ring 033-11 11 11.', 'Call 033-11 11 11.')
    after = await phone.get(MANIFEST, headers=known)
    assert (after.status_code, after.json()['name']) == (200, 'Haren Mariestad')


async def test_it_is_one_app_in_both_languages(phone: httpx.AsyncClient) -> None:
    swedish, english, others = [(await phone.get(MANIFEST + wish)).json() for wish in ('', '?lang=en', '?lang=fi')]
    assert [shortcut['name'] for shortcut in swedish['shortcuts']] == ['Logga', 'Hinder']
    assert [shortcut['name'] for shortcut in english['shortcuts']] == ['Log', 'Obstacle']
    assert (swedish['lang'], english['lang']) == ('sv', 'en')
    assert others == swedish
    assert swedish['id'] == english['id'] == '/'


async def test_it_opens_the_log_on_its_own(phone: httpx.AsyncClient) -> None:
    told = (await phone.get(MANIFEST)).json()
    assert (told['start_url'], told['scope'], told['display']) == ('/log?from=home', '/', 'standalone')
    assert [shortcut['url'] for shortcut in told['shortcuts']] == ['/log?kind=activity', '/log?kind=obstacle']
    assert told['background_color'] == LIGHT['paper']


async def test_its_pictures_are_there_in_the_sizes_that_it_says(phone: httpx.AsyncClient) -> None:
    told = (await phone.get(MANIFEST)).json()
    pictures = [*told['icons'], *(icon for shortcut in told['shortcuts'] for icon in shortcut['icons'])]
    assert {(picture['sizes'], picture['purpose']) for picture in pictures} == {
        ('any', 'any'), ('192x192', 'any'), ('512x512', 'any'), ('192x192', 'maskable'), ('512x512', 'maskable'),
        ('96x96', 'any'),
    }  # fmt: skip
    for picture in pictures:
        answer = await phone.get(picture['src'])
        assert answer.headers['content-type'] == picture['type'] or answer.text.startswith('<svg')
        assert answer.headers['cache-control'] == js_assets.IMMUTABLE
        if picture['type'] == 'image/png':
            width, height = Image.open(io.BytesIO(answer.content)).size
            assert f'{width}x{height}' == picture['sizes']
        else:
            assert answer.headers['content-type'].startswith('image/svg+xml')
            assert ET.fromstring(answer.text).tag.endswith('svg')


async def test_staff_pages_lead_to_it_and_residents_do_not(cast: Cast, phone: httpx.AsyncClient) -> None:
    token = await cast.services.people.invite(None, cast.fia.id)
    for path in ('/in', f'/join/{token}', f'/join/{token}?lang=en'):
        page = (await phone.get(path)).text
        assert 'rel="apple-touch-icon"' in page, path
        assert f'rel="manifest" href="{MANIFEST}{"?lang=en" if "lang=en" in path else ""}"' in page, path
        assert 'name="theme-color" content="#121917"' in page, path
    for path in ('/', f'/s/{cast.kransmossen.id}', f'/q/{cast.glass.code}', '/offline'):
        assert 'manifest' not in (await phone.get(path)).text, path
    fia = await cast.signed_in(cast.fia)
    assert 'rel="manifest"' in (await fia.get('/welcome')).text
