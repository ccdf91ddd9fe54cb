"""One entry: what it says, what colleagues say to it, and how its author puts it right."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.errors import NotFound
from app.domain.people import Device, Person, Role
from components import CSS
from components.entries.author_actions import AuthorActions, choices_of
from components.entries.card import entry_card
from components.entries.reply_box import ReplyBox
from components.entries.team_entry import TeamEntry
from components.entries.thread import SHOW_MEANT, ThreadView
from components.feed.rows import News
from components.obstacles.panel import ObstaclePanel
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text

STYLE = (CSS / 'staff' / 'entry.css').read_text()


def register(frame: StaffPages) -> None:
    """Register /entries/{entry_id}."""

    @frame.screen('/entries/{entry_id}', lambda _: _('Entry'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        entry_id = ui.context.client.request.path_params['entry_id']
        try:
            entry = await screen.services.entries.get(
                await screen.services.context.reader(screen.visitor.person), entry_id
            )
        except NotFound as refusal:
            _nothing(screen, refusal, entry_id)
        else:
            await EntryScreen(screen, entry).build()


def _nothing(screen: Screen, refusal: NotFound, entry_id: str) -> None:
    _ = screen._
    with TeamEntry(entry_id, screen.visitor.person, _):
        Text('p', _.refusal(refusal)).classes('notice')
        Text('p', _('What stands under a team’s name can be opened a minute after it was logged.')).classes('quiet')
    with ui.element('p').classes('row section'):
        ButtonLink(_('To the feed'), '/feed', 'feed')


class EntryScreen:
    """One open entry, which what others do to it reaches as it happens."""

    def __init__(self, screen: Screen, entry: Entry) -> None:
        self._screen = screen
        self._entry = entry
        self._person = screen.visitor.person
        self._owner: AuthorActions | None = None
        self._thread: ThreadView | None = None

    async def build(self) -> None:
        """Build the screen and listen."""
        self._card = ui.element('div')
        await self._show_card()
        self._own = ui.element('div')
        await self._build_owner()
        self._panel = ui.element('div').classes('entry-panel')
        if self._entry.kind is EntryKind.OBSTACLE and not self._entry.is_withdrawn:
            with self._panel:
                await ObstaclePanel(self._screen, self._entry).build()
        self._talk = ui.element('section').classes('section')
        if not self._entry.is_withdrawn:
            with self._talk:
                await self._build_talk()
        ui.run_javascript(SHOW_MEANT)
        self._screen.live.bulletins.subscribe(self._hear)
        self._screen.live.access.subscribe(self._learn_who_reads)

    async def _show_card(self) -> None:
        self._card.clear()
        with self._card:
            await entry_card(self._screen.services, self._entry, self._person, self._screen._)

    async def _build_owner(self) -> None:
        if not (self._role or self._entry.is_veiled):
            return  # nothing here is theirs to change, and their browser is told no more than they may read
        team = await self._screen.services.context.team(self._entry.team_id)
        choices = await choices_of(self._screen.services, team, self._screen._)
        with self._own:
            self._owner = AuthorActions(self._entry, self._person, self._role, choices, self._screen._, self._learn)

    @property
    def _role(self) -> str:
        if not self._entry.is_veiled and self._entry.author_id == self._person.id:
            return 'author'
        return 'admin' if self._person.role.covers(Role.ADMIN) else ''

    async def _build_talk(self) -> None:
        self._said = ui.element('div')
        await self._show_thread()
        services = self._screen.services
        names = await services.notifications.names(self._person)
        thanked = next((said.id for said in await services.replies.thanks(self._entry) if said.is_by(self._person)), '')
        ReplyBox(self._entry.id, self._person, names, thanked, self._role != 'author', self._screen._)

    async def _show_thread(self) -> None:
        self._said.clear()
        thread = ThreadView(self._screen, self._entry, self._person)
        with self._said:
            await thread.build()
        self._thread = thread

    async def _learn_who_reads(self, changed: Person | Device) -> None:
        """Who leads no more reads what is covered; what is being typed stays."""
        if not (isinstance(changed, Person) and changed.id == self._person.id and changed.role != self._person.role):
            return
        self._person = changed
        await self._show_card()
        self._own.clear()
        self._owner = None
        await self._build_owner()
        if self._thread:
            await self._show_thread()

    async def _hear(self, bulletin: Sequence[News]) -> None:
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
            await self._learn()

    async def _may_still_read(self) -> bool:
        person = await self._screen.person()
        await self._learn_who_reads(person)
        reader = await self._screen.services.context.reader(person)
        newest = await self._screen.services.context.store.get(Entry, self._entry.id)
        return newest is not None and await self._screen.services.entries.is_open_to(reader, newest)

    async def _learn(self) -> None:
        """Show the entry as it is now; what is being typed stays."""
        newest = await self._screen.services.context.store.get(Entry, self._entry.id)
        if newest is None:
            return
        self._entry = newest
        await self._show_card()
        if self._owner is not None:
            self._owner.learn(newest)
        if newest.is_withdrawn:
            self._thread = None
            self._panel.clear()
            self._talk.clear()
