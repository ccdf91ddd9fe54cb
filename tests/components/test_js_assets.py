"""Test the JavaScript modules: browsers keep each for ever, at an address that changes with its content."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from nicegui.dependencies import importmap_overrides

import components
from components import js_assets


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """Return a browser of a server that serves only the modules."""
    server = FastAPI()
    server.router.routes.append(js_assets.mount())
    js_assets.add_to_import_map()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url='http://haren.test') as browser:
        yield browser


async def test_a_module_is_kept_for_ever(browser: httpx.AsyncClient) -> None:
    for module in js_assets.FOLDER.rglob('*.js'):
        answer = await browser.get(js_assets.address(module.relative_to(js_assets.FOLDER).as_posix()))
        assert answer.text == module.read_text(encoding='utf-8')
        assert answer.headers['content-type'].startswith('text/javascript')
        assert 'immutable' in answer.headers['cache-control']


async def test_no_other_address_leads_to_a_module(browser: httpx.AsyncClient) -> None:
    for address in (
        '/assets/lib/interpolate.js',
        '/assets/0123456789ab/lib/interpolate.js',
        js_assets.address('nothing.js'),
    ):
        answer = await browser.get(address)
        assert answer.status_code == 404
        assert 'immutable' not in answer.headers.get('cache-control', '')


def test_the_address_of_all_changes_with_any_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / 'feed').mkdir()
    (tmp_path / 'main.js').write_text('import "./feed/rows.js"', encoding='utf-8')
    (tmp_path / 'feed' / 'rows.js').write_text('one', encoding='utf-8')
    before = js_assets.digest(tmp_path)
    assert js_assets.digest(tmp_path) == before
    (tmp_path / 'feed' / 'rows.js').write_text('other', encoding='utf-8')
    changed = js_assets.digest(tmp_path)
    assert changed != before
    (tmp_path / 'feed').rename(tmp_path / 'lists')
    assert js_assets.digest(tmp_path) not in (before, changed)


def test_modules_are_found_through_the_folders_that_import_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in {
        'public/main.js': 'import { a } from "../lib/a.js";\nconst later = () => import("./later.js");',
        'public/later.js': 'import { b } from "../lib/b.js";',
        'lib/a.js': 'import { b } from "./b.js";',
        'lib/b.js': '',
        'lib/unused.js': '',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding='utf-8')
    monkeypatch.setattr(js_assets, 'FOLDER', tmp_path)
    monkeypatch.setattr(js_assets, 'address', str)
    assert js_assets.with_imports('public/main.js') == (
        'public/main.js',
        'lib/a.js',
        'public/later.js',
        'lib/b.js',
    )


def test_every_element_finds_its_module() -> None:
    """Check the paths, because NiceGUI ignores missing files and names a JavaScript variable after each file."""
    named = [
        (path.parent / found).resolve()
        for path in Path(components.__file__).parent.rglob('*.py')
        for found in re.findall(r"component='([^']+)'", path.read_text(encoding='utf-8'))
    ]
    assert len(named) > 10
    assert [path for path in named if not path.is_file()] == []
    assert [path for path in named if not path.stem.isidentifier()] == []


async def test_what_nicegui_serves_imports_them_from_there(browser: httpx.AsyncClient) -> None:
    assert importmap_overrides['haren/'] == js_assets.address()
    for module in js_assets.FOLDER.rglob('*.js'):
        assert '"/assets/' not in module.read_text(encoding='utf-8'), module.name
