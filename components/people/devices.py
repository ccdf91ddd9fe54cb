"""Show the devices on which somebody is signed in."""

from __future__ import annotations

from nicegui import ui

from app.domain.people import Device
from components.entries.unsent_warning import UnsentWarning
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import Dialog, ask
from components.ui.text import Text


class DeviceList:
    """The devices of one person. The current one is marked. Other people's devices show the day, not the hour."""

    def __init__(self, screen: Screen, person_id: str, heading: str) -> None:
        self._screen = screen
        self._person_id = person_id
        self._rows: dict[str, ui.element] = {}
        Text(heading, screen._('Devices'))
        self._list = ui.element('ul').classes('things')
        self._none = Text('p', screen._('Not signed in anywhere. An invitation lets one device in.')).classes('quiet')

    async def refresh(self) -> None:
        """Show the devices as they are now. Rows that stay are kept, because the focus may be on one of them."""
        devices = await self._screen.services.people.devices(self._person_id)
        for gone in self._rows.keys() - {device.id for device in devices}:
            self._rows.pop(gone).delete()
        for place, device in enumerate(devices):
            if device.id not in self._rows:
                with self._list:
                    self._rows[device.id] = self._row(device)
                self._rows[device.id].move(target_index=place)
        self._list.set_visibility(bool(devices))
        self._none.set_visibility(not devices)

    def _row(self, device: Device) -> ui.element:
        _, now = self._screen._, self._screen.services.now()
        is_this = device.id == self._screen.visitor.device.id
        # The hour could tell an administrator who wrote an entry under the team's name at that time.
        is_own = self._person_id == self._screen.visitor.person.id
        seen = _.when(device.seen_at, now) if is_own else _.date(device.seen_at)
        with ui.element('li').classes('device') as row:
            with ui.element('div').classes('grow'):
                Text('span', device.name).classes('thing-name written')
                if is_this:
                    Text('span', _('this device')).classes('badge')
                Text(
                    'p', _('Signed in {joined} · last used {seen}', joined=_.date(device.joined_at), seen=seen)
                ).classes('thing-detail')
            sign_out = self._sign_out_here if is_this else lambda: self._sign_out(device)
            Button(_('Sign out'), sign_out, named=_('Sign out {device}', device=device.name))
        return row

    async def _sign_out(self, device: Device) -> None:
        _, people = self._screen._, self._screen.services.people
        consequence = _('{device} needs a new invitation to come back.', device=device.name)
        if await ask(_, _('Sign out this device?'), consequence, _('Sign out')):
            await self._screen.attempt(lambda person: people.revoke(person, device.id), _('Signed out'))
            await self.refresh()

    async def _sign_out_here(self) -> None:
        _ = self._screen._
        dialog = Dialog(_('Sign out here?'), small=True)
        with dialog.body:
            UnsentWarning(
                self._screen.visitor.person,
                _('Not sent yet: {count}. It stays on this device, and goes once you are signed in here again.'),
            )
            Text('p', _('To come back on this device you need a new invitation.'))
            with ui.element('form').classes('sheet-actions') as form:
                Button(_('Cancel'), dialog.close)
                Button(_('Sign out'), look='danger', submits=True)
        form.props.update({'method': 'post', 'action': '/out'})
        await dialog.closed()
