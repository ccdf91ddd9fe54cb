"""Test Haren as an app on the phone: it can be installed, takes shares from other apps, and announces a new version."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from app.i18n import translator
from app.web.http.share_target import SHARE
from components import js_assets
from tests.browser.accessibility import enlarge_text, fits, violations
from tests.browser.conftest import PHONE, Server, are_ready
from tests.browser.network_faults import NetworkFaults

OFFER = """() => {
    const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
        prompt: async () => (window.asked = (window.asked ?? 0) + 1),
        userChoice: Promise.resolve({ outcome: window.answers ?? "accepted" }),
    });
    dispatchEvent(offer);
    return offer.defaultPrevented;
}"""
"""Offers to install Haren, as a browser does. One without a window never offers it by itself."""

SHARED = """async (id) => {
    const { src } = document.querySelector("script[data-staff]");
    const { Database, resultOf } = await import(src.replace("shell/main.js", "outbox/database.js"));
    const { readPhotos } = await import(src.replace("shell/main.js", "outbox/photos.js"));
    const [draft, photos, left] = await new Database().read((stores) =>
        Promise.all([resultOf(stores.drafts.get(id)), readPhotos(stores, id, 4), resultOf(stores.shared.count())]));
    const seen = async ({ type, bytes }) => {
        const { width, height } = await createImageBitmap(new Blob([bytes], { type })).catch(() => ({}));
        return { type, width, height, size: bytes.byteLength };
    };
    return draft && { ...draft, left, photos: await Promise.all(photos.filter(Boolean).map(seen)) };
}"""

PUT = """async (ids) => {
    const { src } = document.querySelector("script[data-staff]");
    const { Database } = await import(src.replace("shell/main.js", "outbox/database.js"));
    await new Database().write(async ({ shared }) => {
        for (const [id, at] of Object.entries(ids)) shared.put({ text: id, photos: [], left_out: 0, at }, id);
    });
}"""

LOCK_OUT = """async () => {
    const held = indexedDB.open("haren");
    const database = await new Promise((resolve) => (held.onsuccess = () => resolve(held.result)));
    database.onversionchange = () => {};
    indexedDB.deleteDatabase("haren");
}"""
"""Makes everything that opens the database wait without end, as some browsers do by themselves."""

LOOK = """async (release) => {
    const workers = navigator.serviceWorker;
    const changed = new Promise((resolve) => workers.addEventListener("controllerchange", resolve));
    const ask = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        workers.controller.postMessage({ asks: "release" }, [port2]);
    });
    await (await workers.getRegistration()).update();
    if ((await ask()) !== release) await changed;
    return ask();
}"""
"""Looks for an update, as a page does from time to time and a browser does when it opens one; done with the new worker.

The worker answers this after it has answered the page, which asks for its release as well.
"""

NOTICE = """async () => {
    const { src, dataset } = document.querySelector("script[data-staff]");
    (await import(src.replace("shell/main.js", "shell/update-notice.js"))).show(JSON.parse(dataset.staff));
}"""

KEPT = 'async () => Promise.all((await caches.keys()).map(async (name) => ' \
       '(await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))'  # fmt: skip

Phone = Callable[..., Page]


class Deploy(NetworkFaults):
    """A proxy that can turn a running server into another release: it changes the modules' address in all answers.

    It keeps NiceGUI's connection cut, as NiceGUI would reload the page by itself once the connection is back.
    """

    NOW, NEXT = js_assets.address().split('/')[2], 'f' * 12
    is_next = False

    async def _pass_on(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        if b' /_nicegui_ws' in head.partition(b'\r')[0]:
            writer.transport.abort()
            return
        now, following = self.NOW.encode(), self.NEXT.encode()
        answer, head = _Recorder(), re.sub(rb'(?i)\r\naccept-encoding:[^\r]*', b'', head)
        await super()._pass_on(head.replace(following, now), body, answer)  # type: ignore[arg-type]
        writer.write(answer.all.replace(now, following) if self.is_next else answer.all)


class _Recorder:
    """Collect what is written."""

    def __init__(self) -> None:
        self.all = b''

    def write(self, piece: bytes) -> None:
        self.all += piece


@pytest.fixture
def deploy(server: Server) -> Iterator[Deploy]:
    """Put a proxy in front of the server that can deploy another release."""
    deploy = Deploy(server.port)
    yield deploy
    deploy.stop()


@pytest.fixture(scope='module')
def chromium(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Start the whole Chromium: the headless one can't judge what can be installed."""
    browser = launch_browser(executable_path='/usr/bin/chromium')
    yield browser
    browser.close()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Phone]:
    """Open phones with the worker, on which Fia is signed in and has the log open."""
    phones: list[BrowserContext] = []

    def take_out(url: str = server.url, maker: Browser = browser, **options: Any) -> Page:
        context = maker.new_context(**{'base_url': url, 'viewport': PHONE, 'locale': 'sv-SE', **options})
        context.set_default_timeout(10_000)
        phones.append(context)
        page = context.new_page()
        page.goto(server.invite('fia').replace(server.url, url))
        page.locator('main form button').click()
        page.wait_for_url('**/welcome*')
        page.evaluate('navigator.serviceWorker.ready.then(() => {})')
        page.goto('/log')
        return page

    yield take_out
    for context in phones:
        context.close()


def look(page: Page) -> None:
    """Wait until the next release's worker is there."""
    assert page.evaluate(LOOK, Deploy.NEXT) == Deploy.NEXT


# Installation


def test_chromium_finds_nothing_that_hinders_installing(phone: Phone, chromium: Browser) -> None:
    fia = phone(maker=chromium)
    devtools = fia.context.new_cdp_session(fia)
    found = devtools.send('Page.getAppManifest')
    assert found['errors'] == []
    assert found['url'].endswith('/manifest.webmanifest')
    assert found['manifest']['shareTarget']['action'].endswith(SHARE)
    hindrances = devtools.send('Page.getInstallabilityErrors')['installabilityErrors']
    # A private window, as this one is, installs nothing: this must be the only reason.
    assert [hindrance['errorId'] for hindrance in hindrances if hindrance['errorId'] != 'in-incognito'] == []


def test_chromium_would_say_what_hinders(phone: Phone, chromium: Browser) -> None:
    fia = phone(maker=chromium)
    manifest = fia.request.get('/manifest.webmanifest').json()
    fia.route('**/manifest.webmanifest', lambda route: route.fulfill(json={**manifest, 'icons': []}))
    fia.goto('/me')
    devtools = fia.context.new_cdp_session(fia)
    hindrances = devtools.send('Page.getInstallabilityErrors')['installabilityErrors']
    assert 'no-acceptable-icon' in [hindrance['errorId'] for hindrance in hindrances]


# The hint


def test_the_hint_comes_when_the_browser_offers_it(phone: Phone) -> None:
    fia = phone()
    hint = fia.locator('install-hint')
    hint.wait_for(state='attached')
    expect(hint).to_be_hidden()
    assert fia.evaluate(OFFER)
    expect(hint).to_be_visible()
    expect(hint.locator('[data-way]').first).to_be_hidden()
    hint.locator('[data-install]').click()
    expect(hint).to_be_hidden()
    assert fia.evaluate('window.asked') == 1


@pytest.mark.parametrize('press', ['[data-dismiss]', '[data-install]'])
def test_who_turns_it_down_is_left_in_peace_for_a_month(phone: Phone, press: str) -> None:
    fia = phone()
    fia.locator('install-hint').wait_for(state='attached')
    fia.evaluate('window.answers = "dismissed"')
    fia.evaluate(OFFER)
    fia.locator(f'install-hint {press}').click()
    expect(fia.locator('install-hint')).to_be_hidden()
    for days, is_shown in ((29, False), (31, True)):
        fia.evaluate('days => localStorage["haren:install-turned-down"] = Date.now() - days * 86_400_000', days)
        fia.goto('/me')
        fia.locator('install-hint').wait_for(state='attached')
        fia.evaluate(OFFER)
        expect(fia.locator('install-hint')).to_be_visible(visible=is_shown)


def test_where_no_browser_offers_it_words_say_how(phone: Phone) -> None:
    fia = phone()
    fia.context.add_init_script('navigator.standalone = false')
    fia.goto('/log')
    expect(fia.locator('install-hint')).to_be_visible()
    expect(fia.locator('install-hint')).to_contain_text('Safari')
    expect(fia.locator('install-hint [data-install]')).to_be_hidden()
    fia.context.add_init_script('navigator.standalone = true')
    fia.goto('/log')
    fia.locator('install-hint').wait_for(state='attached')
    expect(fia.locator('install-hint')).to_be_hidden()


# Shares from other apps


def share(page: Page, server: str, *pictures: FilePayload, **texts: str) -> str:
    """Send the form as a phone does that shares something, from no page of Haren's. Return the id of the draft."""
    page.goto('about:blank')
    page.set_content(
        '<form method="post" enctype="multipart/form-data"><textarea name="title"></textarea>'
        '<textarea name="text"></textarea><textarea name="url"></textarea>'
        '<input type="file" name="images" multiple><button>Share</button></form>'
    )
    page.locator('form').evaluate('(form, action) => (form.action = action)', server + SHARE)
    for name, value in texts.items():
        page.locator(f'[name={name}]').fill(value)
    page.locator('input').set_input_files(pictures)
    page.locator('button').click()
    page.wait_for_url(re.compile(r'/log\?shared='))
    return page.url.rpartition('=')[2]


def kept(page: Page, id: str) -> Any:
    page.locator('entry-form').wait_for()
    are_ready(page)  # the form takes over what was shared
    return page.evaluate(SHARED, id)


def picture(kind: str = 'image/jpeg', width: int = 2000, height: int = 1000, turned: int = 1) -> FilePayload:
    """Make a photo as a gallery shares it."""
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    Image.new('RGB', (width, height), 'teal').save(drawn, 'JPEG', exif=exif)
    return {'name': 'bild.jpg', 'mimeType': kind, 'buffer': drawn.getvalue()}


def test_what_is_shared_waits_on_the_phone_for_the_log(phone: Phone, server: Server) -> None:
    fia = phone()
    page = 'https://a.example/1'
    id = share(fia, server.url, picture(turned=6), title='Läckage', text=f'Vid pumpen: {page}', url=page)
    expect(fia.locator('#entry-text')).to_have_value(f'Läckage\nVid pumpen: {page}')
    expect(fia.locator('[data-photos] li')).to_have_count(1)
    expect(fia.locator('[data-flaw=photos]')).to_be_hidden()
    found = kept(fia, id)
    assert found['text'] == f'Läckage\nVid pumpen: {page}'
    assert (found['left'], len(found['photos'])) == (0, 1)
    assert found['photos'][0].items() >= {'type': 'image/jpeg', 'width': 800, 'height': 1600}.items()
    assert time.time() * 1000 - found['at'] < 60_000


def test_four_pictures_are_kept_and_the_others_counted(phone: Phone, server: Server) -> None:
    fia = phone()
    broken: FilePayload = {'name': 'bild.heic', 'mimeType': 'image/heic', 'buffer': b'nothing that a browser opens'}
    paper: FilePayload = {'name': 'brev.pdf', 'mimeType': 'application/pdf', 'buffer': b'%PDF'}
    small = picture(width=40, height=30)
    id = share(fia, server.url, paper, small, broken, small, small, small, small)
    expect(fia.locator('[data-photos] li')).to_have_count(4)
    expect(fia.locator('[data-flaw=photos]')).to_contain_text('4')
    found = kept(fia, id)
    assert found['text'] == ''
    assert [photo['type'] for photo in found['photos']] == ['image/jpeg', 'image/heic', 'image/jpeg', 'image/jpeg']
    assert found['photos'][1]['size'] == len(broken['buffer'])  # the server opens it


def test_without_a_network_it_waits_as_well(deploy: Deploy, phone: Phone) -> None:
    fia = phone(deploy.url)
    with deploy.during('cut'):
        id = share(fia, deploy.url, text='I tunneln')
        expect(fia.locator('h1')).to_be_visible()
    fia.goto('/log')
    assert kept(fia, id)['text'] == 'I tunneln'


def test_whoever_sends_it_a_hundred_times_fills_no_phone(phone: Phone, server: Server) -> None:
    fia = phone()
    fia.evaluate(PUT, {f'old{place}': time.time() * 1000 - place for place in range(100)})
    last = share(fia, server.url, text='Nummer hundraett')
    assert kept(fia, last)['text'] == 'Nummer hundraett'
    assert [kept(fia, id) is not None for id in ('old0', 'old8', 'old9', 'old99')] == [True, True, False, False]


def test_after_a_week_it_is_given_up(phone: Phone, server: Server) -> None:
    fia = phone()
    days = time.time() * 1000 - 86_400_000 * 6.9, time.time() * 1000 - 86_400_000 * 7.1
    fia.evaluate(PUT, dict(zip(('young', 'old'), days, strict=True)))
    share(fia, server.url, text='En vecka senare')
    assert (kept(fia, 'young') is not None, kept(fia, 'old')) == (True, None)


def test_where_nothing_can_be_kept_the_words_go_on(phone: Phone, server: Server) -> None:
    fia = phone()
    fia.goto('/nowhere')
    fia.evaluate(LOCK_OUT)
    fia.set_content('<form method="post" enctype="multipart/form-data"><input name="text" value="Hej"><button>')
    fia.locator('form').evaluate('(form, action) => (form.action = action)', server.url + SHARE)
    fia.locator('button').click()
    fia.wait_for_url('**/log**')
    expect(fia.locator('#entry-text')).to_have_value('Hej')


# What the worker keeps


def test_unchanging_files_are_kept_and_nothing_else_and_no_new_version_is_seen(phone: Phone) -> None:
    fia = phone()
    fia.locator('entry-form').wait_for()
    fia.wait_for_load_state('networkidle')
    fia.wait_for_function('caches.match(document.querySelector("script[data-staff]").src)')
    (paths,) = fia.evaluate(KEPT)
    nicegui = [path for path in paths if path.startswith('/_nicegui')]
    assert any(path.endswith('/nicegui.js') for path in nicegui)
    assert not [path for path in nicegui if 'dynamic_resources' in path or path.startswith('/_nicegui_ws')]
    assert not [path for path in paths if path.startswith(('/api', '/log', '/feed', '/me', '/icons'))]
    expect(fia.locator('.update-notice')).to_have_count(0)


# A new version


def test_a_new_version_is_announced_and_comes_when_it_is_wanted(deploy: Deploy, phone: Phone) -> None:
    fia = phone(deploy.url)
    fia.locator('#entry-text').fill('Mitt i en mening')
    fia.evaluate('window.stayed = true')
    deploy.is_next = True
    look(fia)
    notice = fia.locator('.update-notice')
    expect(notice.locator('[role=status]')).to_have_text(translator('sv')('There is a new version of Haren.'))
    assert fia.evaluate('window.stayed')
    fia.evaluate("document.addEventListener('haren:leaving', ({ detail }) => detail.wait("
                 "new Promise((done) => setTimeout(() => done((localStorage.waited = 'yes')), 300))))")  # fmt: skip
    notice.locator('button').first.click()
    fia.wait_for_function('!window.stayed')
    assert fia.evaluate('localStorage.waited') == 'yes'
    expect(fia.locator('#entry-text')).to_have_value('Mitt i en mening')
    assert Deploy.NEXT in (fia.locator('script[data-staff]').get_attribute('src') or '')
    expect(notice).to_have_count(0)


def test_a_page_that_is_new_already_shows_no_notice(deploy: Deploy, phone: Phone) -> None:
    fia = phone(deploy.url)
    deploy.is_next = True
    fia.goto('/feed')
    look(fia)
    expect(fia.locator('.update-notice')).to_have_count(0)


@pytest.mark.parametrize('theme', ['light', 'dark'])
def test_hint_and_notice_can_be_read_by_everybody(phone: Phone, theme: str) -> None:
    fia = phone(color_scheme=theme)
    fia.locator('install-hint').wait_for(state='attached')
    fia.evaluate(OFFER)
    fia.evaluate(NOTICE)
    expect(fia.locator('.update-notice [role=status]')).not_to_be_empty()
    assert violations(fia) == []
    enlarge_text(fia)
    assert fits(fia)
    fia.locator('.update-notice button').first.focus()
    fia.keyboard.press('Tab')
    fia.keyboard.press('Enter')
    expect(fia.locator('.update-notice')).to_have_count(0)


def test_later_means_later(deploy: Deploy, phone: Phone) -> None:
    fia = phone(deploy.url)
    deploy.is_next = True
    look(fia)
    fia.locator('.update-notice button').last.click()
    expect(fia.locator('.update-notice')).to_have_count(0)
