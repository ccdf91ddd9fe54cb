"""The screen of people and teams: roles, invitations and devices."""

from __future__ import annotations

from contextlib import suppress

from nicegui import ui

from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.people import Device, Person, Role, Team
from app.wording.public import role_name
from components.feed.rows import News
from components.people.devices import DeviceList
from components.people.forms import edit_person, edit_team, forget_person
from components.people.invitation import Invitations
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.accordion import Accordion, AccordionItem
from components.ui.button import Button, one_at_a_time
from components.ui.text import Text


def register(pages: StaffPages) -> None:
    """Register /people."""

    @pages.screen('/people', lambda _: _('People'), Role.ADMIN)
    async def build(screen: Screen) -> None:
        await PeopleScreen(screen).build()


class PeopleScreen:
    """An open list of people and teams, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._invitations = Invitations(screen)
        self._opened: dict[str, tuple[Button, DeviceList]] = {}

    async def build(self) -> None:
        """Build the screen and follow the changes of other administrators."""
        _ = self._screen._
        with ui.element('div').classes('row toolbar'):
            Button(_('Add a person'), self._add, 'plus', 'main')
        self._list = Accordion(_, _('Find a person'))
        await self._refresh_people()
        await self._build_teams()
        self._screen.live.news.subscribe(self._show_news)
        self._screen.live.access.subscribe(self._show_access_change)
        await self._invitations.build()

    async def _refresh_people(self) -> None:
        everybody = await self._screen.services.people.all()
        self._list.fill({person.id: await self._item(person) for person in everybody})

    async def _build_teams(self) -> None:
        _ = self._screen._
        with ui.element('div').classes('spread section'):
            Text('h2', _('Teams'))
            Button(_('Add a team'), self._add_team, 'plus')
        self._no_teams = Text('p', _('Teams will stand here. Add the first one: a unit that takes care of places.'))
        self._no_teams.classes('notice')
        self._teams = ui.element('ul').classes('things card')
        self._shown: dict[str, tuple[Text, Text, ui.element, ui.element]] = {}
        await self._refresh_teams()

    async def _refresh_teams(self) -> None:
        teams = await self._screen.services.people.teams(self._screen._.language)
        for place, team in enumerate(teams):
            if team.id not in self._shown:
                self._shown[team.id] = self._team_row(team)
            name, organisation, button, row = self._shown[team.id]
            name.text, organisation.text = team.name, team.organisation
            button.mark(team.name)
            if self._teams.default_slot.children[place] is not row:
                row.move(target_index=place)
        self._no_teams.set_visibility(not teams)
        self._teams.set_visibility(bool(teams))

    def _team_row(self, team: Team) -> tuple[Text, Text, ui.element, ui.element]:
        with self._teams, ui.element('li') as row, ui.element('button').classes('thing') as button:
            name = Text('span', '').classes('thing-name')
            organisation = Text('span', '').classes('thing-detail')
        button.props.update({'type': 'button', 'aria-haspopup': 'dialog'})
        button.on('click', one_at_a_time(lambda: self._edit_team(team.id)), args=[])
        return name, organisation, button, row

    async def _item(self, person: Person) -> AccordionItem:
        _ = self._screen._
        team = await self._screen.services.people.team(person.team_id)
        words = (
            role_name(person.role, _),
            team.name if team else '',
            '' if person.active else _('no longer works here'),
        )
        fill = weakly(self._fill)
        return AccordionItem(person.name, ' · '.join(filter(None, words)), lambda: fill(person.id), not person.active)

    async def _fill(self, person_id: str) -> None:
        _, person = self._screen._, await self._screen.services.people.get(person_id)
        with ui.element('div').classes('row'):
            invite = Button(
                _('Invite'), lambda: self._invite(person_id), 'qr', named=_('Invite {name}', name=person.name)
            )
            Button(_('Edit'), lambda: self._edit(person_id), 'pencil', named=_('Edit {name}', name=person.name))
            Button(
                _('Forget for good …'),
                lambda: self._forget(person_id),
                look='danger',
                named=_('Forget {name} for good …', name=person.name),
            )
        self._opened[person_id] = invite, DeviceList(self._screen, person_id, 'h3')
        await self._refresh(person)

    async def _invite(self, person_id: str) -> None:
        await self._invitations.invite(await self._screen.services.people.get(person_id))

    async def _add(self) -> None:
        await edit_person(self._screen, None, self._added)

    async def _added(self, person: Person) -> None:
        await self._refresh(person)
        await self._list.open(person.id)

    async def _edit(self, person_id: str) -> None:
        await edit_person(self._screen, await self._screen.services.people.get(person_id), self._refresh)

    async def _forget(self, person_id: str) -> None:
        if await forget_person(self._screen, await self._screen.services.people.get(person_id)):
            self._list.drop(person_id)

    async def _refresh(self, person: Person) -> None:
        self._list.put(person.id, await self._item(person))
        if person.id in self._opened:
            invite, devices = self._opened[person.id]
            invite.set_visibility(person.active)
            await devices.refresh()

    async def _add_team(self) -> None:
        await edit_team(self._screen, None, self._refresh_teams)

    async def _edit_team(self, team_id: str) -> None:
        await edit_team(self._screen, await self._screen.services.people.team(team_id), self._refresh_teams)

    async def _show_news(self, news: News) -> None:
        if news.story.event.kind in (EventKind.TEAM_ADDED, EventKind.TEAM_CHANGED):
            await self._refresh_teams()
        if news.story.event.kind is EventKind.TEAM_CHANGED:
            await self._refresh_people()

    async def _show_access_change(self, changed: Person | Device) -> None:
        person_id = changed.id if isinstance(changed, Person) else changed.person_id
        with suppress(NotFound):  # somebody who has been erased
            person = await self._screen.services.people.get(person_id)
            if person.leaving is None:
                await self._refresh(person)
            else:
                self._list.drop(person_id)
