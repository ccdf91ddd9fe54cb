"""The modules that browsers load: kept for ever under an address that changes with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from nicegui.dependencies import importmap_overrides

from components import assets


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """A browser of a server that has nothing but the modules."""
    server = FastAPI()
    assets.register(server)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url='http://haren.test') as browser:
        yield browser


async def test_a_module_is_kept_for_ever(browser: httpx.AsyncClient) -> None:
    for module in assets.FOLDER.glob('*.js'):
        answer = await browser.get(assets.address(module.name))
        assert answer.text == module.read_text()
        assert answer.headers['content-type'].startswith('text/javascript')
        assert 'immutable' in answer.headers['cache-control']


async def test_no_other_address_leads_to_a_module(browser: httpx.AsyncClient) -> None:
    for address in ('/assets/words.js', '/assets/0123456789ab/words.js', assets.address('nothing.js')):
        answer = await browser.get(address)
        assert answer.status_code == 404
        assert 'immutable' not in answer.headers.get('cache-control', '')


def test_the_address_of_all_changes_with_any(tmp_path: Path) -> None:
    (tmp_path / 'feed.js').write_text('import "./words.js"')
    (tmp_path / 'words.js').write_text('one')
    before = assets.digest(tmp_path)
    assert assets.digest(tmp_path) == before
    (tmp_path / 'words.js').write_text('other')
    assert assets.digest(tmp_path) != before


async def test_what_nicegui_serves_imports_them_from_there(browser: httpx.AsyncClient) -> None:
    assert importmap_overrides['haren/'] == assets.address()
    for module in assets.FOLDER.glob('*.js'):
        assert '"/assets/' not in module.read_text(), module.name
