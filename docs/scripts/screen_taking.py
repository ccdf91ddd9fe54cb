"""Open every screen as its visitor, and take its picture once nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from docs.scripts.screen_list import SCREENS, Screen
from docs.scripts.screen_story import PEOPLE, STORY_LASTS, AddressParts, run_story
from tests.browser.conftest import PHONE, Server

AT_REST = """async () => {
    scrollTo({ top: 0, behavior: "instant" });
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""

IS_LIVE = '!document.querySelector("script[data-staff]") || Boolean(window.socket?.connected)'

IS_KEPT = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== "activated") await new Promise((done) => active.addEventListener("statechange", done));
    const isKept = async () =>
        (!document.querySelector("entry-form") || (await caches.match("/kept-log"))) &&
        (!document.querySelector("form[data-report]") || localStorage["haren:things"]);
    while (!(await isKept())) await new Promise((later) => setTimeout(later, 50));
}"""
"""Waits until the worker has kept what it needs without a network."""

CHANCE = '.symbol, .once'
"""The parts that differ each time: an invitation."""

MOST_TRIES = 40


def take(server: Server, moment: datetime, folder: Path, only: str = '') -> None:
    """Take a picture of each screen of a server whose clock stands still at this moment."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path='/usr/bin/chromium-headless-shell', args=['--no-sandbox', '--disable-gpu']
        )
        with _phones(browser, server, moment + STORY_LASTS) as phones:
            known = run_story(server, phones)
            for screen in SCREENS:
                if only in screen.name:
                    _take(phones[screen.by], screen, known, folder)
        browser.close()


@contextmanager
def _phones(browser: Browser, server: Server, moment: datetime) -> Iterator[dict[str, BrowserContext]]:
    """Open a phone for each person who looks at screens, each with a clock that stands still."""
    phones: dict[str, BrowserContext] = {}
    for person in PEOPLE:
        phones[person] = browser.new_context(
            base_url=server.url, viewport=PHONE, locale='sv-SE', timezone_id='Europe/Stockholm', color_scheme='light',
            reduced_motion='reduce', service_workers='allow' if person.endswith('offline') else 'block',
        )  # fmt: skip
        phones[person].clock.set_fixed_time(moment)
    yield phones
    for phone in phones.values():
        phone.close()


def _take(phone: BrowserContext, screen: Screen, known: AddressParts, folder: Path) -> None:
    page = phone.new_page()
    if screen.kept:
        page.goto(screen.kept.format(**known))
        page.evaluate(IS_KEPT)
        phone.set_offline(True)
    page.goto(screen.address.format(**known))
    _wait_until_live(page)
    screen.act(page)
    (folder / f'{screen.name}.png').write_bytes(_at_rest(page))
    phone.set_offline(False)
    page.close()
    print(screen.name, flush=True)


def _wait_until_live(page: Page) -> None:
    page.wait_for_function(IS_LIVE)
    page.wait_for_load_state('networkidle')


def _at_rest(page: Page) -> bytes:
    """Take pictures until two in a row are equal, and return that."""
    before = b''
    page.mouse.move(0, 0)
    for _ in range(MOST_TRIES):
        page.evaluate(AT_REST)
        picture = page.screenshot(
            full_page=not page.locator('.sheet:visible').count(),
            animations='disabled',
            caret='hide',
            mask=[page.locator(CHANCE)],
        )
        if picture == before:
            return picture
        before = picture
        page.wait_for_timeout(250)
    raise TimeoutError(f'{page.url} never comes to rest')
