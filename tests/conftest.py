"""What every test may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.services.house import House
from tests.cast import Cast, Clock, furnish, gather_cast


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
