"""Make the README's pictures from a running demo: `make pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.conftest import PHONE, TABLET, Server

FOLDER = Path(__file__).parents[1]


def main() -> None:
    """Take both pictures."""
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data))
        browser = playwright.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
        _resident(_open(browser, server, PHONE))
        _lead(_open(browser, server, TABLET), server.invite('lova'))
        browser.close()
        server.stop()


def _open(browser: Browser, server: Server, size: ViewportSize) -> Page:
    return browser.new_context(base_url=server.url, viewport=size, locale='sv-SE').new_page()


def _resident(page: Page) -> None:
    assets = page.request.get('/s/kransmossen.json').json()['assets']
    page.goto(next(asset['url'] for asset in assets if asset['open_cases']))
    page.screenshot(path=FOLDER / 'resident.png')


def _lead(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.locator('main form button').click()
    page.goto('/feed')
    page.locator('.feed-row').first.wait_for()
    page.wait_for_timeout(1000)
    page.screenshot(path=FOLDER / 'feed.png')


if __name__ == '__main__':
    main()
