"""Start servers, and open browsers with or without a signed-in person."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from app.services.case_history import PRESS_APART
from tests.browser.network_faults import NetworkFaults

PHONE: ViewportSize = {'width': 390, 'height': 844}
TABLET: ViewportSize = {'width': 1180, 'height': 820}
A_READERS_SECOND = 1.1
"""Seconds after which a tap looks like a person's."""


class Server:
    """Run Haren on a port of its own, filled with the demo."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder, self._options = folder, options
        self.start()

    def start(self, *options: str) -> None:
        """Start the server process with these arguments and wait for its port."""
        self._process = subprocess.Popen(
            [sys.executable, '-m', 'tests.browser.serve', str(self._folder), *self._options, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding='utf-8', cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self.port = int(self._read_line())
        self.url = f'http://127.0.0.1:{self.port}'

    def invite(self, person: str) -> str:
        """Return a one-time link that signs this person in."""
        return f'{self.url}/join/{self._ask(person)}'

    def ids(self, kind: str) -> list[str]:
        """Return the ids of all `reports` that count, the demo's among them, or of those that are `held`."""
        return list(json.loads(self._ask(kind)))

    def log(self) -> list[tuple[str | None, str, int]]:
        """Return author, text and number of photos of every entry, the oldest first."""
        return [(author, text, photos) for author, text, photos in json.loads(self._ask('log'))]

    def knows_screen(self, id: str) -> bool:
        """Return True if the screen with this `clientId` can still receive updates."""
        return bool(json.loads(self._ask(f'screen {id}')))

    def advance_clock(self, seconds: float) -> None:
        """Set the server's clock ahead by so much."""
        self._ask(f'later {seconds}')

    def begin_minute(self) -> None:
        """Set the server's clock ahead to the next whole minute: what waits for one comes now, or not for a minute."""
        self._ask('minute')

    def start_again(self) -> None:
        """Start the server again at the same address, with the data that it had stored."""
        self.start(f'port={self.port}')

    @property
    def is_running(self) -> bool:
        """Return True until the server has been killed."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill the process without a warning, as a power cut does."""
        self._process.kill()
        self._process.wait(timeout=15)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(BrokenPipeError):
                stream.close()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Stop the process for a while: it accepts requests and answers none."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Let the server end normally."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=15)
        self._process.stdout.close()

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f'{line}\n')
        self._process.stdin.flush()
        return self._read_line()

    def _read_line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture(scope='session')
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's headless Chromium without its own requests to the internet.

    A context of the whole Chromium costs five times as much, most of it for windows that nobody sees.
    """
    quiet = [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
    ]
    return {**browser_type_launch_args, 'executable_path': '/usr/bin/chromium-headless-shell', 'args': quiet}


@pytest.fixture(scope='session')
def whole_browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Start the whole Chromium, for what the headless one leaves out: background sync."""
    browser = launch_browser(executable_path='/usr/bin/chromium')
    yield browser
    browser.close()


@pytest.fixture(scope='session')
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Share one server among all tests of a worker. Each test uses data of its own in it."""
    server = Server(tmp_path_factory.mktemp('store'))
    yield server
    server.stop()


Open = Callable[..., Page]


@pytest.fixture
def stranger(browser: Browser, server: Server) -> Iterator[Open]:
    """Open browsers on which nobody is signed in: `stranger(java_script_enabled=False)`.

    They run no service worker, which would fetch all that it keeps for each of them. `phones` and
    `stranger(service_workers='allow')` do.
    """
    contexts: list[BrowserContext] = []

    def open_browser(**options: Any) -> Page:
        usual = {'base_url': server.url, 'viewport': PHONE, 'locale': 'en-GB', 'service_workers': 'block'}
        context = browser.new_context(**{**usual, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(server: Server, stranger: Open) -> Open:
    """Open browsers with somebody signed in: `sign_in('lova')`."""

    def open_browser(person: str, **options: Any) -> Page:
        page = stranger(**options)
        join(page.context, server.invite(person))
        return page

    return open_browser


def join(context: BrowserContext, invitation: str) -> None:
    """Use an invitation on this browser, as its form does. Another test presses the form's button."""
    assert context.request.post(invitation, max_redirects=0).status == 303


Phone = Callable[..., BrowserContext]


@contextmanager
def phones(browser: Browser, network: NetworkFaults, patience: float, **usual: Any) -> Iterator[Phone]:
    """Open phones that reach a server through the network alone; `patience` in milliseconds. They close at the end."""
    taken: list[BrowserContext] = []

    def take_out(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{'base_url': network.url, 'viewport': PHONE, 'has_touch': True, **usual, **options}
        )
        context.set_default_timeout(patience)
        taken.append(context)
        return context

    network.set('clear')
    yield take_out
    network.set('clear')
    for context in taken:
        context.close()


_ARE_READY = """async () => {
    const scripts = [...document.querySelectorAll('script[type=module][src]')];
    const modules = await Promise.all(scripts.map(({ src }) => import(src)));
    await Promise.all([...modules, document.querySelector('entry-form')].map((one) => one?.ready));
}"""


def are_ready(page: Page) -> None:
    """Wait until all modules of a page have loaded and have finished their start."""
    page.evaluate(_ARE_READY)


def open_log(page: Page, address: str = '/log') -> None:
    """Open the log. Wait until its form knows who writes and has restored unfinished drafts."""
    page.goto(address)
    page.locator('entry-form').wait_for()
    are_ready(page)


def wait_until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Poll a condition that sends no signal when it becomes true."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


def pause(page: Page) -> None:
    """Wait for as long as a second press may be the rest of a double tap, by the page's own clock."""
    page.evaluate('(apart) => new Promise((done) => setTimeout(done, apart))', PRESS_APART / timedelta(milliseconds=1))


def code_of(page: Page, site: str, asset: str) -> str:
    """Return the code of an asset, read from the site's open data."""
    assets = page.request.get(f'/s/{site}.json').json()['assets']
    (url,) = [known['url'] for known in assets if known['name'] == asset]
    found = re.fullmatch(r'.*/q/(\w{6})', url)
    assert found
    return found[1]


_KEEP_CLAIM = """async (kept) => {
    const { Database } = await import('haren/outbox/database.js');
    await new Database().write(({ claims }) => claims.put({ ...kept, at: Date.now() }));
}"""


def keep_claim(page: Page, id: str, claim: str, text: str = '', owner: str = 'fia') -> None:
    """Keep a claim, as the log does for an entry under the team's name. Works on any page with our modules."""
    page.evaluate(_KEEP_CLAIM, {'id': id, 'claim': claim, 'text': text, 'owner': owner})
