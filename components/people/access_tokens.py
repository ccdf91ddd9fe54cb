"""Show somebody's access tokens, and make new ones."""

from __future__ import annotations

from datetime import timedelta

from nicegui import ui

from app.domain.access_tokens import AccessToken, Scope
from app.domain.events import EventKind
from app.domain.people import Person
from app.i18n import Translator
from app.wording.kinds import scope_name
from components.feed.rows import News
from components.people.new_token import NewTokens
from components.shell.form import Form
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.button import Button
from components.ui.dialog import Dialog, ask
from components.ui.text import Text

LASTS = (30, 90, 365)
"""The days for which a token can be valid."""


async def token_list(screen: Screen) -> None:
    """Add a card with the visitor's tokens."""
    with ui.element('section').classes('card section'):
        tokens = AccessTokenList(screen)
    await tokens.build()


class AccessTokenList:
    """The tokens of the visitor, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._rows: dict[str, ui.element] = {}
        self._new = NewTokens(screen, weakly(self.refresh))
        _ = screen._
        Text('h2', _('Keys for programs'))
        Text('p', _('A key lets a program, such as a statistics tool, use Haren in your name. End it here once it is '
                    'not needed any more.')).classes('quiet')  # fmt: skip
        self._list = ui.element('ul').classes('things')
        with ui.element('div').classes('row'):
            Button(_('Make a key'), self._make, 'plus')

    async def build(self) -> None:
        """Show the tokens, and each secret that nobody has yet. Follow the changes on other devices."""
        await self.refresh()
        self._new.show_earlier()
        self._screen.live.news.subscribe(self._show_news)

    async def refresh(self) -> None:
        """Show the tokens as they are now. Rows that stay keep their place, as the focus may be on one of them."""
        tokens = await self._screen.services.access_tokens.of(self._screen.visitor.person.id)
        for gone in self._rows.keys() - {_key(token) for token in tokens}:
            self._rows.pop(gone).delete()
        for place, token in enumerate(tokens):
            if _key(token) not in self._rows:
                with self._list:
                    self._rows[_key(token)] = self._row(token)
                self._rows[_key(token)].move(target_index=place)
        self._list.set_visibility(bool(tokens))

    async def _show_news(self, news: News) -> None:
        event = news.story.event
        is_about_tokens = event.kind in (EventKind.TOKEN_MADE, EventKind.TOKEN_REVOKED)
        if is_about_tokens and event.person_id == self._screen.visitor.person.id:
            await self.refresh()

    def _row(self, token: AccessToken) -> ui.element:
        _ = self._screen._
        with ui.element('li').classes('device') as row:
            with ui.element('div').classes('grow'):
                Text('span', token.name).classes('thing-name written')
                Text('p', ' · '.join(scope_name(scope, _) for scope in token.scopes)).classes('thing-detail')
                Text('p', self._state(token)).classes('thing-detail')
            Button(_('End'), lambda: self._end(token), named=_('End {name}', name=token.name))
        return row

    def _state(self, token: AccessToken) -> str:
        _ = self._screen._
        if token.confirm_by:
            return _('nobody has said that they have it: ends within the hour')
        ends = _('works until {date}', date=_.date(token.ends_at))
        return f'{ends} · {self._used(token)}'

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
        _, made = self._screen._, list[tuple[str, str]]()
        dialog = Dialog(_('Make a key'), persistent=True)
        with dialog.body, Form(self._screen, dialog) as form:
            name = form.text('name', _('What is it for?'), hint=_('A name by which you will know it again.'))
            boxes = _boxes(form, _)
            lasts = form.choice('lasts', _('How long does it work?'), _spans(_), str(LASTS[1]))
            form.keep('token')

            async def make(person: Person) -> None:
                chosen = {scope for scope, box in boxes.items() if box.value}
                token, secret = await self._screen.services.access_tokens.make(
                    person, name.value or '', chosen, timedelta(days=int(lasts.value or 0)),
                    unconfirmed=True, on=self._screen.visitor.device,
                )  # fmt: skip
                made.append((token.id, secret))

            async def send() -> None:
                if await form.send(make):
                    await self.refresh()

            form.send_button(_('Make a key'), send)
        await dialog.closed()
        if made:
            await self._new.show(*made[0])


def _key(token: AccessToken) -> str:
    """Return the key of a token's row: another one when it was confirmed, as its row then has other words."""
    return f'{token.id} {token.confirm_by}'


def _boxes(form: Form, _: Translator) -> dict[Scope, ui.checkbox]:
    with ui.element('fieldset').classes('fieldset'):
        Text('legend', _('What may the program do?')).classes('label')
        return {scope: form.check(scope, scope_name(scope, _), scope is Scope.READ) for scope in Scope}


def _spans(_: Translator) -> dict[str, str]:
    return {str(days): _.plural('{count} day', '{count} days', days) for days in LASTS}
