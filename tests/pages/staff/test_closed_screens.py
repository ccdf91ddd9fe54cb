"""Test that a closed screen is freed at once, without the garbage collector, which would hold everybody up."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.closed_pages import close_pages, names_of, uncollected_garbage
from tests.staff_screens import SignIn

SCREENS = (
    '/feed', '/log', '/obstacles', '/me', '/audit', '/people', '/sites', '/sites/problems', '/held', '/settings',
)  # fmt: skip


@pytest.mark.parametrize('path', SCREENS)
async def test_a_closed_screen_is_freed_by_counting_references(cast: Cast, sign_in: SignIn, path: str) -> None:
    with uncollected_garbage() as garbage:
        async with sign_in(cast.alva) as user:
            await user.open(path)
        await close_pages()
        del user
    assert names_of(garbage) == set()
