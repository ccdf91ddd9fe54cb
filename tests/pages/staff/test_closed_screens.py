"""Test that a closed screen is freed at once, without the garbage collector, which would hold everybody up."""

from __future__ import annotations

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.replies import ReplyKind
from components.shell.nicegui_setup import open_screens
from tests.cast import Cast, send_report
from tests.closed_pages import close_pages, names_of, uncollected_garbage
from tests.staff_screens import SignIn

ACTIVITY, OBSTACLE = 'a-phone-minted-this-walk', 'a-phone-minted-this-wall'
CONTENTS = {
    ACTIVITY: Content(kind=EntryKind.ACTIVITY, text='Gick runt', partners=('Polisen',)),
    OBSTACLE: Content(kind=EntryKind.OBSTACLE, text='Ingen svarar', hits='Grannarna', tried='Ringt'),
}

SCREENS = (
    '/feed', '/log', '/obstacles', '/me', '/audit', '/people', '/sites', '/sites/problems', '/held', '/settings',
    '/cases/2026-1', '/cases/2026-99', f'/entries/{ACTIVITY}', f'/entries/{OBSTACLE}', '/entries/no-such-entry-at-all',
)  # fmt: skip


@pytest.mark.parametrize('path', SCREENS)
async def test_a_closed_screen_is_freed_by_counting_references(cast: Cast, sign_in: SignIn, path: str) -> None:
    for id, content in CONTENTS.items():
        await cast.services.entries.log(cast.fia, id, content)
        await cast.services.replies.add(cast.alva, id, '', ReplyKind.THANKS)
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Fullt')
    with uncollected_garbage() as garbage:
        async with sign_in(cast.alva) as user:
            await user.open(path)
            assert open_screens() == 1
        await close_pages()
        assert open_screens() == 0
        del user
    assert names_of(garbage) == set()
