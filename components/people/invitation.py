"""Show a one-time invitation, once."""

from __future__ import annotations

import segno
from nicegui import ui

from app.domain.people import Person
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog
from components.ui.secret_field import secret_field
from components.ui.text import Text


async def invite(screen: Screen, person: Person) -> None:
    """Make an invitation for the person and show it in a dialog."""
    token: list[str] = []

    async def make(admin: Person) -> None:
        token.append(await screen.services.people.invite(admin, person.id))

    if await screen.attempt(make):
        await _show(screen, person, f'{screen.services.base}/join/{token[0]}')


async def _show(screen: Screen, person: Person, link: str) -> None:
    _ = screen._
    dialog = Dialog(_('Invitation for {name}', name=person.name), persistent=True)
    with dialog.body:
        Text('p', _('Let {name} scan this with their phone, or send them the link. It works once, within 7 days, '
                    'and is shown only now. Earlier unused invitations no longer work.', name=person.name))  # fmt: skip
        symbol = ui.html(_symbol(link), sanitize=False).classes('symbol')
        symbol.props.update({'role': 'img', 'aria-label': _('QR symbol with the link')})
        secret_field(_('Link'), link, 'invitation-link')
        with ui.element('div').classes('sheet-actions'):
            Button(_('Close'), dialog.close)
            copy_button(_('Copy the link'), _('The browser would not copy it. Mark the link and copy it yourself.'), _)
    await dialog.closed()


def _symbol(link: str) -> str:
    """Return the link as a QR symbol in SVG, black on white in both themes: decoders fail on inverted colours."""
    return str(segno.make(link, error='m', micro=False).svg_inline(border=4, dark='#000', light='#fff', omitsize=True))
