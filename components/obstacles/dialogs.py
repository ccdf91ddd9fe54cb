"""Dialogs about an obstacle: how it was cleared, to whom it is raised, and when to ask again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from nicegui import ui

from app.domain.errors import Invalid
from app.domain.local_dates import day_of
from app.domain.obstacles import Obstacle
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.obstacle_details import ObstacleDetails
from app.wording.obstacles import message_text, state_name
from components.feed.rows import shortened
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog
from components.ui.text import Text

ASK_AGAIN_AFTER = timedelta(days=30)
"""The suggested time until somebody is asked again."""

MAILTO_HOLDS = 1_800
"""Characters of a text that every mail program accepts in a link."""

Act = Callable[[Person], Awaitable[object]]


async def ask_how_it_went(screen: Screen, details: ObstacleDetails, act: str) -> None:
    """Ask how an obstacle was removed or worked around, and save the answer. `act` is 'remove' or 'work_around'."""
    _, entry_id, obstacles = screen._, details.entry.id, screen.services.obstacles
    is_gone = act == 'remove'
    dialog = Dialog(_('It is gone!') if is_gone else _('There is a way around it!'), persistent=True)
    with dialog.body, _form(screen, details, dialog) as form:
        Text('p', shortened(mask_for(details.entry.text, screen.visitor.person))).classes('quiet written')
        question = _('How did it go away?') if is_gone else _('How do you get around it?')
        how = form.text('how', question, hint=_('One line is enough. It helps those who run into it next.'), lines=4)
        form.keep(entry_id, act)
        close = obstacles.remove if is_gone else obstacles.work_around
        _send_button(
            form,
            _('It is gone') if is_gone else _('We have a way around it'),
            lambda person: close(person, entry_id, how.value or '', seen=form.seen),
        )
    await dialog.closed()


async def raise_it(screen: Screen, details: ObstacleDetails) -> None:
    """Ask to whom an obstacle is raised, with a text that is ready to send, and save both."""
    _, person, latest = screen._, screen.visitor.person, details.obstacle.latest
    mask = partial(mask_for, reader=person)
    dialog = Dialog(_('Raise it to somebody who can act'), persistent=True)
    with dialog.body, _form(screen, details, dialog) as form:
        Text('p', _('Haren sends nothing: copy the text or open it in your mail, and note here that you did.'))
        to = form.text('to', _('To whom?'), mask(latest.to) if latest else '', _('A name, an office or an address'))
        words = form.text('words', _('The text, ready to send'), mask(message_text(details, person, _)), lines=8)
        _copy_and_mail(_, lambda: to.value or '', words, to)
        day = _day_field(screen, form)
        form.keep(details.entry.id, 'raise')

        async def save(person: Person) -> None:
            await screen.services.obstacles.raise_to(
                person, details.entry.id, to.value or '', words.value or '', _read_day(day.value), seen=form.seen
            )

        _send_button(form, _('It is raised'), save)
    await dialog.closed()


async def ask_again(screen: Screen, details: ObstacleDetails) -> None:
    """Ask when to ask the next time, and save that somebody has asked again."""
    _, entry_id, latest = screen._, details.entry.id, details.obstacle.latest
    mask = partial(mask_for, reader=screen.visitor.person)
    receiver = mask(latest.to) if latest else ''
    dialog = Dialog(_('Asked again'), persistent=True)
    with dialog.body, _form(screen, details, dialog) as form:
        Text('p', _('Raised to {to}', to=receiver or '…')).classes('quiet')
        words = form.text('words', _('The text, ready to send'), mask(latest.words) if latest else '', lines=6)
        _copy_and_mail(_, lambda: receiver, words)
        day = _day_field(screen, form)
        form.keep(entry_id, 'ask_again')

        async def save(person: Person) -> None:
            await screen.services.obstacles.ask_again(person, entry_id, _read_day(day.value), seen=form.seen)

        _send_button(form, _('Save'), save)
    await dialog.closed()


def _form(screen: Screen, details: ObstacleDetails, dialog: Dialog) -> Form:
    """Return a form that changes the obstacle at the revision that was shown."""
    form, obstacles = Form(screen, dialog), screen.services.obstacles
    form.original = Original(details.obstacle, lambda: obstacles.of(details.entry), _words(screen))
    return form


def _words(screen: Screen) -> Callable[[Obstacle], dict[str, str]]:
    _, mask = screen._, partial(mask_for, reader=screen.visitor.person)

    def words(obstacle: Obstacle) -> dict[str, str]:
        latest = obstacle.latest
        state = state_name(obstacle.state, _)
        return {
            'how': mask(f'{state}. {latest.words if latest else ""}'.strip()),
            'to': mask(latest.to) if latest else '',
        }

    return words


def _send_button(form: Form, label: str, act: Act) -> None:
    async def send() -> None:
        await form.send(act)

    form.send_button(label, send)


def _day_field(screen: Screen, form: Form) -> Any:
    first = day_of(screen.services.now()) + ASK_AGAIN_AFTER
    day = form.text('ask_again_on', screen._('Ask again on'), first.isoformat())
    day.props['type'] = 'date'
    return day


def _read_day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed or '')
    except ValueError as error:
        raise Invalid('ask_again_on', 'Choose a day that is still to come, within three years.') from error


def _copy_and_mail(_: Translator, receiver: Callable[[], str], words: Any, *fields: Any) -> None:
    """Add a button that copies the text and a link that opens it in the mail program.

    The link is renewed when `words` or one of `fields` changes.
    """
    with ui.element('div').classes('row'):
        refused = _('The browser would not copy it. Mark the text and copy it yourself.')
        copy_button(_('Copy the text'), refused, _, 'note', '')
        mail = ButtonLink(_('Open in mail'), '', 'link')

    def renew() -> None:
        to, body = receiver().strip(), (words.value or '')[:MAILTO_HOLDS]
        address = quote(to, safe='@') if '@' in to else ''
        query = urlencode({'subject': _('An obstacle'), 'body': body}, quote_via=quote)
        mail.props['href'] = f'mailto:{address}?{query}'

    for field in (words, *fields):
        field.on_value_change(renew)
    renew()
