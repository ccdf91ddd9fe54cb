"""Test that the resident's page is one small request, and that it works without what is loaded after it."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from app.i18n import LANGUAGES
from tests.browser.conftest import Open, code_of

LARGEST = 14_000
"""Bytes on the wire that a server sends before the first acknowledgement comes back (ten segments)."""


def visit(page: Page, path: str) -> list[tuple[str, float]]:
    """Return every request that opening a page makes, with the bytes of its answer on the wire, headers included."""
    watcher = page.context.new_cdp_session(page)
    watcher.send('Network.enable')
    asked: dict[str, str] = {}
    weight: dict[str, float] = {}
    watcher.on('Network.requestWillBeSent', lambda event: asked.update({event['requestId']: event['request']['url']}))
    watcher.on('Network.loadingFinished', lambda event: weight.update({event['requestId']: event['encodedDataLength']}))
    page.goto(path, wait_until='networkidle')
    return [(url, weight[id]) for id, url in asked.items() if not url.startswith('data:')]


def test_one_request_under_fourteen_thousand_bytes(stranger: Open) -> None:
    page = stranger(service_workers='block')
    code = code_of(page, 'kransmossen', 'Plastförpackningar 1')
    for path in (f'/q/{code}', *(f'/Q/{code}?lang={language}' for language in LANGUAGES)):
        (url, bytes_on_the_wire), *modules = visit(page, path)
        later = sum(weight for _, weight in modules)
        print(f'{url}: {bytes_on_the_wire:.0f} bytes on the wire, and {later:.0f} in {len(modules)} modules after it')
        assert bytes_on_the_wire < LARGEST
        assert all(re.search('/(assets|words)/', address) for address, _ in modules)
    assert page.context.cookies() == []
