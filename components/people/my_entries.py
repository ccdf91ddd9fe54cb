"""Show the entries that somebody has logged under their own name, page by page."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.events import Topic
from app.wording.feed import topic_name
from components.feed.rows import shortened, thread_words
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.text import Text

PAGE_SIZE = 5


class MyEntries:
    """The list of entries, the newest first."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._older: str | None = None

    async def build(self) -> None:
        """Add the newest entries, and a button for earlier ones."""
        _ = self._screen._
        with ui.element('section').classes('section'):
            Text('h2', _('What you have logged'))
            self._list = ui.element('ul').classes('things card my-entries')
            self._none = Text('p', _('What you log under your own name will stand here.')).classes('quiet')
            self._more = Button(_('Show more'), self._show_more)
        await self._show_more()
        self._none.set_visibility(not self._list.default_slot.children)
        self._list.set_visibility(bool(self._list.default_slot.children))

    async def _show_more(self) -> None:
        page = await self._screen.services.entries.mine(self._screen.visitor.person, PAGE_SIZE, self._older)
        for entry in page.documents:
            await self._add(entry)
        self._older = page.older
        self._more.set_visibility(page.older is not None)

    async def _add(self, entry: Entry) -> None:
        _, now = self._screen._, self._screen.services.now()
        thread = await self._screen.services.replies.summary(entry)
        with self._list, ui.element('li'), ui.element('a').classes('thing') as link:
            Text('span', shortened(entry.text)).classes('thing-name written')
            details = (
                topic_name(Topic(entry.kind.value), _),
                _.when(entry.happened_at, now),
                _('Withdrawn') if entry.is_withdrawn else thread_words(thread, _),
            )
            Text('span', ' · '.join(filter(None, details))).classes('thing-detail')
        link.props['href'] = f'/entries/{entry.id}'
