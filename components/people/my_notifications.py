"""What has reached somebody: who answered, thanked or mentioned them; what they haven't seen first."""

from __future__ import annotations

from nicegui import ui

from app.domain.personal_numbers import mask_for
from app.services.notifications import MOST_COUNTED, NotificationDetails
from app.wording.feed import notice_sentence, reply_text
from components.entries.thread import anchor
from components.feed.rows import shortened
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.text import Text

SEEN_AFTER = 1.5
"""Seconds on the screen after which something counts as seen."""


class MyNotifications:
    """The list, to which what comes meanwhile is added on top."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._older: str | None = None
        self._known: set[str] = set()

    async def build(self) -> None:
        """Show what is unseen, then what was seen."""
        _ = self._screen._
        with ui.element('section').classes('section'):
            Text('h2', _('What has reached you'))
            self._list = ui.element('ul').classes('things card')
            self._list.props['aria-live'] = 'polite'
            self._none = Text('p', _('When somebody answers, thanks or mentions you, it stands here.')).classes('quiet')
            self._more = Button(_('Show more'), self._show_seen)
        await self._show_unseen()
        await self._show_seen()
        self._screen.live.notices.subscribe(self._hear)

    async def _show_unseen(self) -> None:
        me = self._screen.visitor.person
        unseen = (await self._screen.services.notifications.page(me, unseen=True, limit=MOST_COUNTED)).told
        for told in unseen:
            self._add(told)
        if unseen:
            ids = [told.notice.id for told in unseen]
            # A page that a browser fetches without showing it has seen nothing: the timer waits for it.
            ui.timer(SEEN_AFTER, lambda: self._screen.services.notifications.see(me, ids), once=True)

    async def _show_seen(self) -> None:
        page = await self._screen.services.notifications.page(
            self._screen.visitor.person, unseen=False, before=self._older
        )
        for told in page.told:
            self._add(told)
        self._older = page.older
        self._more.set_visibility(page.older is not None)
        self._say_whether_empty()

    async def _hear(self, people: frozenset[str]) -> None:
        me = self._screen.visitor.person
        if me.id not in people:
            return
        unseen = (await self._screen.services.notifications.page(me, unseen=True, limit=MOST_COUNTED)).told
        for told in reversed(unseen):
            self._add(told, on_top=True)
        self._say_whether_empty()

    def _say_whether_empty(self) -> None:
        self._list.set_visibility(bool(self._known))
        self._none.set_visibility(not self._known)

    def _add(self, told: NotificationDetails, on_top: bool = False) -> None:
        if told.notice.id in self._known:
            return
        self._known.add(told.notice.id)
        _, now, me = self._screen._, self._screen.services.context.now(), self._screen.visitor.person
        with self._list, ui.element('li') as row, ui.element('a').classes('thing') as link:
            with ui.element('span'):
                Text('span', notice_sentence(told, _)).classes('thing-name')
                if not told.notice.is_seen:
                    Text('span', _('new')).classes('badge')
            said = reply_text(told.reply, _) if told.reply else told.entry.text
            Text('span', shortened(mask_for(said or told.entry.text, me))).classes('thing-detail')
            Text('span', _.when(told.notice.at, now)).classes('thing-detail')
        link.props['href'] = f'/entries/{told.entry.id}{f"#{anchor(told.reply.id)}" if told.reply else ""}'
        if on_top:
            row.move(target_index=0)
