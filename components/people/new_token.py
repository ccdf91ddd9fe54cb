"""Show the secret of a new access token, until its owner says that they have it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.services.shown_secrets import SecretKind, ShownSecret
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog
from components.ui.secret_field import secret_field
from components.ui.text import Text


class NewTokens:
    """The secrets of new tokens that this device still has to show. `changed` is called when one was dealt with."""

    def __init__(self, screen: Screen, changed: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._changed = changed
        self._device_id = screen.visitor.device.id

    def show_earlier(self) -> None:
        """Show again what was on a screen that the browser has lost."""
        for shown in self._screen.services.shown_secrets.on(self._device_id, SecretKind.TOKEN):
            self._open(shown)

    async def show(self, token_id: str, secret: str) -> None:
        """Show a new secret. Wait until somebody has said what to do with it."""
        secrets = self._screen.services.shown_secrets
        await self._open(secrets.show(self._device_id, SecretKind.TOKEN, token_id, secret)).closed()

    def _open(self, shown: ShownSecret) -> Dialog:
        _, tokens = self._screen._, self._screen.services.access_tokens
        dialog = Dialog(_('Your new key'), stays=True)

        async def confirm() -> None:
            if await self._screen.attempt(lambda person: tokens.confirm(person, shown.about)):
                await self._close(dialog, shown)

        async def revoke() -> None:
            if await self._screen.attempt(lambda person: tokens.revoke(person, shown.about), _('The key has ended')):
                await self._close(dialog, shown)

        with dialog.body:
            Text('p', _('Copy it now: it is shown only this once. Whoever has it can do in your name what you have '
                        'chosen, so keep it as you would a password.'))  # fmt: skip
            secret_field(_('Key'), shown.secret, 'new-key')
            copy_button(_('Copy the key'), _('The browser would not copy it. Mark the key and copy it yourself.'), _)
            Text('p', _('Until you say that you have it, or use it, it works for an hour at most.')).classes('quiet')
            with ui.element('div').classes('sheet-actions'):
                Button(_('I do not need it'), revoke)
                Button(_('I have the key'), confirm, look='main')
        return dialog

    async def _close(self, dialog: Dialog, shown: ShownSecret) -> None:
        self._screen.services.shown_secrets.forget(self._device_id, shown.about)
        dialog.close()
        await self._changed()
