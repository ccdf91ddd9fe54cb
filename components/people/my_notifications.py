"""Show somebody's notifications: who answered, thanked or mentioned them. The unseen ones come first."""

from __future__ import annotations

from nicegui import ui

from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.notifications import MOST_COUNTED, CaseNotificationDetails, NotificationDetails
from app.wording.feed import reply_text
from app.wording.notifications import notice_sentence, noticed_case
from components.entries.thread import anchor
from components.feed.rows import shortened
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.text import Text

SEEN_AFTER = 1.5
"""Seconds on the screen after which a notification counts as seen."""


class MyNotifications:
    """The list of notifications. New ones are added at the top."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._older: str | None = None
        self._shown: set[str] = set()

    async def build(self) -> None:
        """Add the unseen notifications, then the seen ones."""
        _ = self._screen._
        with ui.element('section').classes('section'):
            Text('h2', _('What has reached you'))
            self._list = ui.element('ul').classes('things card')
            self._list.props['aria-live'] = 'polite'
            self._none = Text('p', _('When somebody answers, thanks or mentions you, it stands here.')).classes('quiet')
            self._more = Button(_('Show more'), self._show_seen)
        await self._show_unseen()
        await self._show_seen()
        self._screen.live.notices.subscribe(self._show_new)

    async def _show_unseen(self) -> None:
        me = self._screen.visitor.person
        unseen = (await self._screen.services.notifications.page(me, unseen=True, limit=MOST_COUNTED)).notifications
        for details in unseen:
            self._add(details)
        if unseen:
            ids = [details.notice.id for details in unseen]
            # A browser may prefetch a page without showing it. The timer waits until the page is connected.
            ui.timer(SEEN_AFTER, lambda: self._screen.services.notifications.see(me, ids), once=True)

    async def _show_seen(self) -> None:
        page = await self._screen.services.notifications.page(
            self._screen.visitor.person, unseen=False, before=self._older
        )
        for details in page.notifications:
            self._add(details)
        self._older = page.older
        self._more.set_visibility(page.older is not None)
        self._show_whether_empty()

    async def _show_new(self, people: frozenset[str]) -> None:
        me = self._screen.visitor.person
        if me.id not in people:
            return
        unseen = (await self._screen.services.notifications.page(me, unseen=True, limit=MOST_COUNTED)).notifications
        for details in reversed(unseen):
            self._add(details, on_top=True)
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        self._list.set_visibility(bool(self._shown))
        self._none.set_visibility(not self._shown)

    def _add(self, details: NotificationDetails | CaseNotificationDetails, on_top: bool = False) -> None:
        if details.notice.id in self._shown:
            return
        self._shown.add(details.notice.id)
        _, now, me = self._screen._, self._screen.services.now(), self._screen.visitor.person
        address, text = _about(details, _)
        with self._list, ui.element('li') as row, ui.element('a').classes('thing') as link:
            with ui.element('span'):
                Text('span', notice_sentence(details, _)).classes('thing-name written')
                if not details.notice.is_seen:
                    Text('span', _('new')).classes('badge')
            Text('span', shortened(mask_for(text, me))).classes('thing-detail written')
            Text('span', _.when(details.notice.at, now)).classes('thing-detail')
        link.props['href'] = address
        if on_top:
            row.move(target_index=0)


def _about(details: NotificationDetails | CaseNotificationDetails, _: Translator) -> tuple[str, str]:
    """Return the address that a notification leads to, and the text of what it is about."""
    if isinstance(details, CaseNotificationDetails):
        words = (noticed_case(details, _), details.text)
        return f'/cases/{details.case.number}', ': '.join(part for part in words if part)
    text = reply_text(details.reply, _) if details.reply else ''
    end = f'#{anchor(details.reply.id)}' if details.reply else ''
    return f'/entries/{details.entry.id}{end}', text or details.entry.text
