"""Let somebody enter the code that a device shows which was idle for long."""

from __future__ import annotations

from app.domain.people import Person
from components.shell.form import Form
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import Dialog
from components.ui.text import Text


def confirm_device_button(screen: Screen) -> None:
    """Add the button that opens the field."""
    Button(screen._('Confirm another device'), lambda: _confirm(screen))


async def _confirm(screen: Screen) -> None:
    _, device = screen._, screen.visitor.device
    dialog = Dialog(_('Confirm another device'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        Text('p', _('A device that nobody has used for 12 hours asks for a confirmation before it makes a key, an '
                    'administrator or an invitation. Enter its code only if you know who holds it.'))  # fmt: skip
        code = form.text('code', _('The code on the other device'))
        code.props.update({'autocomplete': 'off', 'autocapitalize': 'characters', 'spellcheck': False})

        async def confirm(person: Person) -> None:
            await screen.services.device_confirmations.confirm(person, device, code.value or '')

        async def send() -> None:
            await form.send(confirm, _('The device is confirmed'))

        form.send_button(_('Confirm'), send)
    await dialog.closed()
