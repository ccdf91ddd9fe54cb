"""Fixtures for all tests."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest

from app.services.container import Services
from tests.cast import Cast, Clock, create_cast, create_test_services
from tests.exclusive_runs import exclusive_run
from tests.staff_screens import SignIn, staff_screens


def pytest_collection_finish() -> None:
    """Exclude permanent objects from garbage collection, which NiceGUI's test helpers run around each test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that is marked `alone` while no other worker runs a test."""
    with exclusive_run(alone=item.get_closest_marker('alone') is not None):
        return (yield)


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
