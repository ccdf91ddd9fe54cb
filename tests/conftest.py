"""What every test may ask for."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest

from app.services.house import House
from tests.cast import Cast, Clock, furnish, gather_cast
from tests.turns import turn


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what is there for good: NiceGUI's tests call for it before and after each."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that is marked `alone` run when no other worker runs one."""
    with turn(alone=item.get_closest_marker('alone') is not None):
        return (yield)


@pytest.fixture
def clock() -> Clock:
    """A clock that the test holds."""
    return Clock()


@pytest.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """An empty house."""
    house = furnish(tmp_path / 'store', clock)
    yield house
    await house.ground.store.close()


@pytest.fixture
async def cast(house: House, clock: Clock) -> Cast:
    """A house with the cast in it."""
    return await gather_cast(house, clock)
