"""The screen of one entry: the entry, its thread, and the element to correct or withdraw it."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.errors import NotFound, SignedOut
from app.domain.people import Device, Person, Role
from components import CSS
from components.entries.author_actions import AuthorActions, choices_of
from components.entries.card import entry_card
from components.entries.reply_box import ReplyBox
from components.entries.team_entry import TeamEntry
from components.entries.thread import SCROLL_TO_REPLY, ThreadView
from components.feed.rows import News
from components.obstacles.panel import ObstaclePanel
from components.shell.layout import StaffPages
from components.shell.news_buffer import NewsBuffer
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text

STYLE = (CSS / 'staff' / 'entry.css').read_text(encoding='utf-8')


def register(pages: StaffPages) -> None:
    """Register /entries/{entry_id}."""

    @pages.screen('/entries/{entry_id}', lambda _: _('Entry'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        entry_id = ui.context.client.request.path_params['entry_id']
        try:
            entry = await screen.services.entries.get(await screen.services.reader(screen.visitor.person), entry_id)
        except NotFound as refusal:
            _show_not_found(screen, refusal, entry_id)
        else:
            await EntryScreen(screen, entry).build()


def _show_not_found(screen: Screen, refusal: NotFound, entry_id: str) -> None:
    _ = screen._
    with TeamEntry(entry_id, screen.visitor.person, _):
        Text('p', _.refusal(refusal)).classes('notice')
        Text('p', _('What stands under a team’s name can be opened a minute after it was logged.')).classes('quiet')
    with ui.element('p').classes('row section'):
        ButtonLink(_('To the feed'), '/feed', 'feed')


class EntryScreen:
    """An open entry, kept up to date."""

    def __init__(self, screen: Screen, entry: Entry) -> None:
        self._screen = screen
        self._entry = entry
        self._person = screen.visitor.person
        self._author_actions: AuthorActions | None = None
        self._thread: ThreadView | None = None

    async def build(self) -> None:
        """Build the screen and follow the news."""
        news = NewsBuffer(self._show_news)
        self._screen.live.bulletins.subscribe(news.receive)
        self._card = ui.element('div')
        await self._show_card()
        self._author_area = ui.element('div')
        await self._build_author_actions()
        self._panel = ui.element('div').classes('entry-panel')
        if self._entry.kind is EntryKind.OBSTACLE and not self._entry.is_withdrawn:
            with self._panel:
                await ObstaclePanel(self._screen, self._entry).build()
        self._replies = ui.element('section').classes('section')
        if not self._entry.is_withdrawn:
            with self._replies:
                await self._build_replies()
        ui.run_javascript(SCROLL_TO_REPLY)
        self._screen.live.access.subscribe(self._update_reader)
        await news.release()

    async def _show_card(self) -> None:
        self._card.clear()
        with self._card:
            await entry_card(self._screen.services, self._entry, self._person, self._screen._)

    async def _build_author_actions(self) -> None:
        if not (self._role or self._entry.is_under_team_name):
            return  # they may change nothing, and their browser gets no more than they may read
        team = await self._screen.services.people.team(self._entry.team_id)
        choices = await choices_of(self._screen.services, team, self._screen._)
        with self._author_area:
            self._author_actions = AuthorActions(
                self._entry, self._person, self._role, choices, self._screen._, self._refresh
            )

    @property
    def _role(self) -> str:
        if not self._entry.is_under_team_name and self._entry.author_id == self._person.id:
            return 'author'
        return 'admin' if self._person.role.covers(Role.ADMIN) else ''

    async def _build_replies(self) -> None:
        self._thread_area = ui.element('div')
        await self._show_thread()
        services = self._screen.services
        names = await services.notifications.mentionable_names(self._person)
        thanks = await services.replies.thanks(self._entry)
        thanked = next((each.id for each in thanks if each.is_by(self._person)), '')
        ReplyBox(self._entry.id, self._person, names, thanked, self._role != 'author', self._screen._)

    async def _show_thread(self) -> None:
        self._thread_area.clear()
        thread = ThreadView(self._screen, self._entry, self._person)
        with self._thread_area:
            await thread.build()
        self._thread = thread

    async def _update_reader(self, changed: Person | Device) -> None:
        """Rebuild what depends on the reader's role, which decides whether text is masked. Text being typed stays."""
        if not (isinstance(changed, Person) and changed.id == self._person.id and changed.role != self._person.role):
            return
        self._person = changed
        await self._show_card()
        self._author_area.clear()
        self._author_actions = None
        await self._build_author_actions()
        if self._thread:
            await self._show_thread()

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        events = [news.story.event for news in bulletin if news.story.event.entry_id == self._entry.id]
        if not events:
            return
        if not await self._may_still_read():
            ui.navigate.to('/feed')
            return
        for reply_id in dict.fromkeys(event.reply_id for event in events if event.reply_id):
            if self._thread:
                await self._thread.put(reply_id)
        if any(event.reply_id is None for event in events):
            await self._refresh()

    async def _may_still_read(self) -> bool:
        try:
            person = await self._screen.person()
        except SignedOut:
            return False
        await self._update_reader(person)
        reader = await self._screen.services.reader(person)
        newest = await self._screen.services.entry_reader.find(self._entry.id)
        return newest is not None and await self._screen.services.entries.is_readable_by(reader, newest)

    async def _refresh(self) -> None:
        """Show the entry as it is now. Text that is being typed stays."""
        newest = await self._screen.services.entry_reader.find(self._entry.id)
        if newest is None:
            return
        self._entry = newest
        await self._show_card()
        if self._author_actions is not None:
            self._author_actions.learn(newest)
        if newest.is_withdrawn:
            self._thread = None
            self._panel.clear()
            self._replies.clear()
