"""Show somebody's access tokens, and a new one for the only time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from nicegui import ui

from app.domain.access_tokens import AccessToken, Scope
from app.domain.people import Person
from app.i18n import Translator
from components.shell.form import Form
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog, ask
from components.ui.secret_field import secret_field
from components.ui.text import Text

LASTS = (30, 90, 365)
"""The days for which a token can be valid."""


async def token_list(screen: Screen) -> None:
    """Add a card with the visitor's tokens."""
    with ui.element('section').classes('card section'):
        tokens = AccessTokenList(screen)
    await tokens.refresh()


class AccessTokenList:
    """The tokens of the visitor."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        _ = screen._
        Text('h2', _('Keys for programs'))
        Text('p', _('A key lets a program, such as a statistics tool, use Haren in your name. End it here once it is '
                    'not needed any more.')).classes('quiet')  # fmt: skip
        self._list = ui.element('ul').classes('things')
        with ui.element('div').classes('row'):
            Button(_('Make a key'), self._make, 'plus')

    async def refresh(self) -> None:
        """Show the tokens as they are now."""
        tokens = await self._screen.services.access_tokens.of(self._screen.visitor.person.id)
        self._list.clear()
        with self._list:
            for token in tokens:
                self._row(token)
        self._list.set_visibility(bool(tokens))

    def _row(self, token: AccessToken) -> None:
        _, scopes = self._screen._, _scopes(self._screen._)
        with ui.element('li').classes('device'):
            with ui.element('div').classes('grow'):
                Text('span', token.name).classes('thing-name')
                Text('p', ' · '.join(scopes[scope] for scope in token.scopes)).classes('thing-detail')
                ends = _('works until {date}', date=_.date(token.ends_at))
                Text('p', f'{ends} · {self._used(token)}').classes('thing-detail')
            Button(_('End'), lambda: self._end(token), named=_('End {name}', name=token.name))

    def _used(self, token: AccessToken) -> str:
        _, now = self._screen._, self._screen.services.now()
        if token.used_at is None:
            return _('never used')
        # The time of use is stored only to the hour.
        is_recent = now - token.used_at < timedelta(hours=1)
        return _('used within the last hour') if is_recent else _('last used {when}', when=_.when(token.used_at, now))

    async def _end(self, token: AccessToken) -> None:
        _, tokens = self._screen._, self._screen.services.access_tokens
        consequence = _('The program that has it can not use Haren any more. That can not be undone.')
        if await ask(_, _('End the key {name}?', name=token.name), consequence, _('End')):
            await self._screen.attempt(lambda person: tokens.revoke(person, token.id), _('The key has ended'))
            await self.refresh()

    async def _make(self) -> None:
        """Ask what the token is for, make it, and show it."""
        _, made = self._screen._, list[str]()
        dialog = Dialog(_('Make a key'), persistent=True)
        with dialog.body, Form(self._screen, dialog) as form:
            name = form.text('name', _('What is it for?'), hint=_('A name by which you will know it again.'))
            boxes = _boxes(_)
            lasts = form.choice('lasts', _('How long does it work?'), _spans(_), str(LASTS[1]))

            async def make(person: Person) -> None:
                chosen = {scope for scope, box in boxes.items() if box.value}
                _token, secret = await self._screen.services.access_tokens.make(
                    person, name.value or '', chosen, timedelta(days=int(lasts.value or 0))
                )
                made.append(secret)

            async def send() -> None:
                if await form.send(make):
                    await self.refresh()

            form.send_button(_('Make a key'), send)
        await dialog.closed()
        if made:
            await _show(made[0], _)


async def _show(secret: str, _: Translator) -> None:
    dialog = Dialog(_('Your new key'), persistent=True)
    with dialog.body:
        Text('p', _('Copy it now: it is shown only this once. Whoever has it can do in your name what you have '
                    'chosen, so keep it as you would a password.'))  # fmt: skip
        secret_field(_('Key'), secret, 'new-key')
        with ui.element('div').classes('sheet-actions'):
            Button(_('Close'), dialog.close)
            copy_button(_('Copy the key'), _('The browser would not copy it. Mark the key and copy it yourself.'), _)
    await dialog.closed()


def _boxes(_: Translator) -> dict[Scope, ui.checkbox]:
    with ui.element('fieldset').classes('fieldset'):
        Text('legend', _('What may the program do?')).classes('label')
        return {scope: ui.checkbox(label, value=scope is Scope.READ) for scope, label in _scopes(_).items()}


def _scopes(_: Translator) -> Mapping[Scope, str]:
    return {
        Scope.READ: _('Read what you may read'),
        Scope.LOG: _('Log and answer in your name'),
        Scope.CASES: _('Take on and close cases'),
    }


def _spans(_: Translator) -> dict[str, str]:
    return {str(days): _.plural('{count} day', '{count} days', days) for days in LASTS}
