"""Fixtures for all tests."""

from __future__ import annotations

import gc
import gettext
import os
import signal
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.i18n import FALLBACK, translator
from app.services.container import Services
from tests.cast import Cast, Clock, create_cast, create_test_services
from tests.exclusive_runs import exclusive_run
from tests.staff_screens import SignIn, staff_screens

settings.register_profile('repeatable', derandomize=True)
if 'HAREN_CRASH' not in os.environ:
    settings.load_profile('repeatable')  # the same examples in each run; `make crash` looks for new ones


def pytest_configure() -> None:
    """Heed Ctrl-C: what a shell starts in the background ignores it, and so would the commands that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Exclude permanent objects from garbage collection, which NiceGUI's test helpers run around each test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that is marked `alone` while no other worker runs a test."""
    with exclusive_run(alone=item.get_closest_marker('alone') is not None):
        return (yield)


class UnknownTexts(gettext.NullTranslations):
    """The last fallback of all catalogues: records the texts that none of them has."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_for: set[str] = set()

    def gettext(self, message: str) -> str:
        """Return the text as it is."""
        self.asked_for.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the text as it is."""
        self.asked_for.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


@pytest.fixture(scope='session')
def unknown_texts() -> UnknownTexts:
    """Return what records the texts that no catalogue has."""
    unknown = UnknownTexts()
    translator(FALLBACK)._catalogue.add_fallback(unknown)
    return unknown


@pytest.fixture(autouse=True)
def every_text_has_a_catalogue(unknown_texts: UnknownTexts) -> Iterator[None]:
    """Check that each text that is asked for is in a catalogue, however it was put together."""
    unknown_texts.asked_for.clear()
    yield
    assert unknown_texts.asked_for == set(), 'write the texts out in _() or msgid(), and run `make locales`'


@pytest.fixture
def clock() -> Clock:
    """Return a clock that the test controls."""
    return Clock()


@pytest.fixture
async def services(tmp_path: Path, clock: Clock) -> AsyncIterator[Services]:
    """Return services on an empty store."""
    services = create_test_services(tmp_path / 'store', clock)
    yield services
    await services.close()


@pytest.fixture
async def cast(services: Services, clock: Clock) -> AsyncIterator[Cast]:
    """Return the cast, whose people and sites are in the store."""
    cast = await create_cast(services, clock)
    yield cast
    for browser in cast.browsers:
        await browser.aclose()


@pytest.fixture
async def sign_in(services: Services) -> AsyncIterator[SignIn]:
    """Return a function that signs a person in on the staff screens: `async with sign_in(fia) as user`."""
    async with staff_screens(services) as sign_in:
        yield sign_in
