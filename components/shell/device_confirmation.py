"""Ask somebody on an idle device to confirm it on another one, and wait until they have."""

from __future__ import annotations

from nicegui import ui

from app.domain.people import Device, Person, Role
from app.domain.sticker_codes import spaced
from app.i18n import Translator
from app.services.container import Services
from app.services.people import Visitor
from components.shell.live_updates import LiveUpdates
from components.ui.button import Button
from components.ui.dialog import Dialog
from components.ui.text import Text


async def confirm_elsewhere(visitor: Visitor, _: Translator, services: Services, live: LiveUpdates) -> bool:
    """Show a code for the visitor's device. Return True once it is confirmed, False if the dialog was closed."""
    confirmations, device = services.device_confirmations, visitor.device
    code = await confirmations.ask(visitor.person, device)
    dialog = Dialog(_('Confirm this device'), persistent=True)
    _fill(dialog, visitor.person, code, _)

    def go_on(changed: Person | Device) -> None:
        if isinstance(changed, Device) and changed.id == device.id and not changed.must_confirm:
            dialog.dialog.submit(True)

    live.access.subscribe(go_on)
    try:
        return bool(await dialog.dialog)
    finally:
        live.access.unsubscribe(go_on)
        confirmations.withdraw(device)


def _fill(dialog: Dialog, person: Person, code: str, _: Translator) -> None:
    with dialog.body:
        Text('p', _('Nobody has used this device for 12 hours or more. New keys, administrators and invitations last '
                    'longer than it, so they need a confirmation first. What you have typed stays.'))  # fmt: skip
        Text('p', _('Open “{page}” on another device where you are signed in, press “{button}” and enter this '
                    'code:', page=_('Me'), button=_('Confirm another device')))  # fmt: skip
        Text('p', spaced(code)).classes('confirmation-code').mark('confirmation-code')
        Text('p', _('It works for 10 minutes. This page goes on by itself.')).props['role'] = 'status'
        Text('p', _('Have you no other device? An administrator can enter the code for you. Signing in here with a new '
                    'invitation does as well.')).classes('quiet')  # fmt: skip
        if person.role.covers(Role.ADMIN):
            Text('p', _('Are you the only administrator? Whoever runs Haren can let another one in:')).classes('quiet')
            Text('code', 'python -m app invite --role admin NAME')
        with ui.element('div').classes('sheet-actions'):
            Button(_('Cancel'), dialog.close)
