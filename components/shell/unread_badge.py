"""Show how many notifications somebody has not seen, beside the link to their page."""

from __future__ import annotations

from app.services.notifications import MOST_COUNTED
from components.shell.screen import Screen
from components.ui.text import Text


class UnreadBadge:
    """The number, kept up to date."""

    def __init__(self, screen: Screen, count: int) -> None:
        self._screen = screen
        self._number = Text('span', '').classes('door-count')
        self._words = Text('span', '').classes('visually-hidden')
        self._show(count)
        screen.live.notices.subscribe(self._update)

    async def _update(self, people: frozenset[str]) -> None:
        if self._screen.visitor.person.id in people:
            self._show(await self._screen.services.notifications.unseen(self._screen.visitor.person))

    def _show(self, count: int) -> None:
        self._number.text = f'{MOST_COUNTED}+' if count >= MOST_COUNTED else str(count)
        self._number.props['aria-hidden'] = 'true'
        self._words.text = self._screen._.plural('({count} new)', '({count} new)', count) if count else ''
        self._number.set_visibility(bool(count))
