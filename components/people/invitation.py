"""Show one-time invitations, until they have been used or passed on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import segno
from nicegui import ui

from app.domain.errors import Gone
from app.domain.people import Device, Person
from app.services.shown_secrets import SecretKind, ShownSecret
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog
from components.ui.secret_field import secret_field
from components.ui.text import Text


class Invitations:
    """The invitations that this device shows."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._device_id = screen.visitor.device.id
        self._open: dict[str, InvitationDialog] = {}

    async def build(self) -> None:
        """Show again what was on a screen that the browser has lost, and follow who comes in."""
        self._screen.live.access.subscribe(self._show_access_change)
        for shown in self._screen.services.shown_secrets.on(self._device_id, SecretKind.INVITATION):
            person = await self._screen.services.people.find(shown.about)
            if person is not None and await self._is_open(shown.secret):
                self._show(person, shown)

    async def invite(self, person: Person) -> None:
        """Make an invitation for the person. Show it until it has been passed on."""
        people, secrets = self._screen.services.people, self._screen.services.shown_secrets

        async def make(admin: Person) -> None:
            token = await people.invite(admin, person.id, on=self._screen.visitor.device)
            secrets.show(self._device_id, SecretKind.INVITATION, person.id, token)

        if await self._screen.attempt(make):
            *_earlier, shown = secrets.on(self._device_id, SecretKind.INVITATION)
            await self._show(person, shown).closed()

    def _show(self, person: Person, shown: ShownSecret) -> Dialog:
        def close() -> None:
            self._screen.services.shown_secrets.forget(self._device_id, person.id)
            self._open.pop(person.id, None)
            invitation.dialog.close()

        invitation = InvitationDialog(self._screen, person, shown.secret, close)
        self._open[person.id] = invitation
        return invitation.dialog

    async def _show_access_change(self, changed: Person | Device) -> None:
        person_id = changed.id if isinstance(changed, Person) else changed.person_id
        invitation = self._open.get(person_id)
        if invitation is None or await self._is_open(invitation.token):
            return
        self._screen.services.shown_secrets.forget(self._device_id, person_id)
        invitation.show_end(changed if isinstance(changed, Device) and changed.revoked_at is None else None)

    async def _is_open(self, token: str) -> bool:
        with suppress(Gone):
            return bool(await self._screen.services.people.invited(token))
        return False


class InvitationDialog:
    """The dialog with an invitation. Once the person is in, it says so instead."""

    def __init__(self, screen: Screen, person: Person, token: str, close: Callable[[], None]) -> None:
        self._screen = screen
        self._person = person
        self.token = token
        _, link = screen._, f'{screen.services.base}/join/{token}'
        self.dialog = Dialog(_('Invitation for {name}', name=person.name), stays=True)
        with self.dialog.body:
            with ui.element('div') as self._inside:
                Text('p', _('Let {name} scan this with their phone, or send them the link. It works once, within 7 '
                            'days, and is shown only now. Earlier unused invitations no longer work.',
                            name=person.name))  # fmt: skip
                symbol = ui.html(_symbol(link), sanitize=False).classes('symbol')
                symbol.props.update({'role': 'img', 'aria-label': _('QR symbol with the link')})
                secret_field(_('Link'), link, 'invitation-link')
            self._end = Text('p', '').classes('notice')
            self._end.props['role'] = 'status'
            self._end.set_visibility(False)
            with ui.element('div').classes('sheet-actions'):
                Button(_('Close'), close)
                refused = _('The browser would not copy it. Mark the link and copy it yourself.')
                self._copy = copy_button(_('Copy the link'), refused, _)

    def show_end(self, device: Device | None) -> None:
        """Show that the person is in on this device, or without one that the invitation has ended otherwise."""
        _ = self._screen._
        if device is not None:
            self._end.text = _('{name} is in, on {device}.', name=self._person.name, device=device.name)
        else:
            self._end.text = _('This invitation no longer works.')
        self._end.set_visibility(True)
        self._inside.clear()
        self._copy.set_visibility(False)


def _symbol(link: str) -> str:
    """Return the link as a QR symbol in SVG, black on white in both themes: decoders fail on inverted colours."""
    return str(segno.make(link, error='m', micro=False).svg_inline(border=4, dark='#000', light='#fff', omitsize=True))
