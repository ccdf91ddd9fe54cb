"""The sheets of the obstacle diary: how it was cleared, to whom it is raised, and which other one is the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from nicegui import ui

from app.domain.entries import Entry
from app.domain.errors import Invalid
from app.domain.local_dates import day_of
from app.domain.obstacles import Obstacle
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.i18n import Translator
from app.services.obstacle_details import ObstacleDetails
from app.wording.obstacles import letter, state_name
from components.feed.rows import shortened
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.accordion import PAUSE
from components.ui.button import Button, ButtonLink
from components.ui.copy_button import copy_button
from components.ui.dialog import Dialog
from components.ui.fields import dress
from components.ui.text import Text

ASK_AGAIN_AFTER = timedelta(days=30)
"""When to ask again, unless somebody chooses another day."""

MAILTO_HOLDS = 1_800
"""Characters that every mail program takes from a link."""

Deed = Callable[[Person], Awaitable[object]]


async def ask_how(screen: Screen, standing: ObstacleDetails, act: str) -> None:
    """Ask how an obstacle was removed, or how one gets around it, and keep that."""
    _, entry_id, obstacles = screen._, standing.entry.id, screen.services.obstacles
    is_gone = act == 'remove'
    sheet = Dialog(_('It is gone!') if is_gone else _('There is a way around it!'), keeps=True)
    with sheet.body, _form(screen, standing, sheet) as form:
        _obstacle(screen, standing)
        question = _('How did it go away?') if is_gone else _('How do you get around it?')
        how = form.text('how', question, hint=_('One line is enough. It helps those who run into it next.'), lines=4)
        form.keep(_place(screen, entry_id, act))
        close = obstacles.remove if is_gone else obstacles.work_around
        _last_row(form, _('Removed') if is_gone else _('Worked around'),
                  lambda person: close(person, entry_id, how.value or '', seen=form.seen))  # fmt: skip
    await sheet.closed()


async def raise_it(screen: Screen, standing: ObstacleDetails) -> None:
    """Ask to whom an obstacle is to be raised, with a text that is ready to send, and keep that."""
    _, entry_id = screen._, standing.entry.id
    covered, latest = partial(mask_for, reader=screen.visitor.person), standing.obstacle.latest
    sheet = Dialog(_('Raise it to somebody who can act'), keeps=True)
    with sheet.body, _form(screen, standing, sheet) as form:
        Text('p', _('Haren sends nothing: copy the text or open it in your mail, and note here that you did.'))
        to = form.text('to', _('To whom?'), covered(latest.to) if latest else '', _('A name, an office or an address'))
        words = form.text(
            'words', _('The text, ready to send'), covered(letter(standing, screen.visitor.person, _)), lines=8
        )
        _sending(_, lambda: to.value or '', words, to)
        day = _day_field(screen, form)
        form.keep(_place(screen, entry_id, 'raise'))

        async def keep(person: Person) -> None:
            await screen.services.obstacles.raise_to(
                person, entry_id, to.value or '', words.value or '', _read_day(day.value), seen=form.seen
            )

        _last_row(form, _('Raised'), keep)
    await sheet.closed()


async def ask_again(screen: Screen, standing: ObstacleDetails) -> None:
    """Ask when to ask the next time, and keep that it was asked again."""
    _, entry_id, latest = screen._, standing.entry.id, standing.obstacle.latest
    covered = partial(mask_for, reader=screen.visitor.person)
    receiver = covered(latest.to) if latest else ''
    sheet = Dialog(_('Asked again'), keeps=True)
    with sheet.body, _form(screen, standing, sheet) as form:
        Text('p', _('Raised to {to}', to=receiver or '…')).classes('quiet')
        words = form.text('words', _('The text, ready to send'), covered(latest.words) if latest else '', lines=6)
        _sending(_, lambda: receiver, words)
        day = _day_field(screen, form)
        form.keep(_place(screen, entry_id, 'ask_again'))

        async def keep(person: Person) -> None:
            await screen.services.obstacles.ask_again(person, entry_id, _read_day(day.value), seen=form.seen)

        _last_row(form, _('Save'), keep)
    await sheet.closed()


async def choose_same(screen: Screen, standing: ObstacleDetails, chosen: Callable[[str], Awaitable[None]]) -> None:
    """Let somebody find the obstacle that is the same, and hand its id to `chosen`."""
    _, reader = screen._, await screen.services.context.reader(await screen.person())
    sheet = Dialog(_('Which one is the same?'))

    async def choose(other_id: str) -> None:
        sheet.close()
        await chosen(other_id)

    async def look() -> None:
        sought = find.value or ''
        others = await screen.services.obstacle_diary.others_like(reader, standing.entry.id, sought)
        if sought == (find.value or ''):
            found.show(others)

    with sheet.body:
        _obstacle(screen, standing)
        find = ui.input(_('Find by words'), on_change=look)
        find.props['debounce'] = PAUSE
        dress(find)
        found = _Found(screen, choose)
        with ui.element('div').classes('sheet-actions'):
            Button(_('Cancel'), sheet.close)
    await look()
    await sheet.closed()


class _Found:
    """Obstacles to choose from. One that was found before stays the button that it was: a finger may be on it."""

    def __init__(self, screen: Screen, choose: Callable[[str], Awaitable[None]]) -> None:
        self._covered = partial(mask_for, reader=screen.visitor.person)
        self._choose = choose
        self._buttons: dict[str, Button] = {}
        self._list = ui.element('div').classes('deeds obstacle-same')
        self._list.props['aria-live'] = 'polite'
        self._none = Text('p', screen._('There is no other obstacle with these words.')).classes('quiet')

    def show(self, entries: Sequence[Entry]) -> None:
        """Offer these, in this order."""
        for entry in entries:
            if entry.id not in self._buttons:
                with self._list:
                    words = shortened(self._covered(entry.text))
                    self._buttons[entry.id] = Button(words, partial(self._choose, entry.id))
        mask_for = [entry.id for entry in entries]
        for entry_id, button in self._buttons.items():
            button.set_visibility(entry_id in mask_for)
        for place, entry_id in enumerate(mask_for):
            if self._list.default_slot.children[place] is not self._buttons[entry_id]:
                self._buttons[entry_id].move(target_index=place)
        self._none.set_visibility(not mask_for)


def _form(screen: Screen, standing: ObstacleDetails, sheet: Dialog) -> Form:
    """A form that changes an obstacle as it was shown."""
    form, obstacles = Form(screen, sheet), screen.services.obstacles
    form.original = Original(standing.obstacle, lambda: obstacles.of(standing.entry), _words(screen))
    return form


def _place(screen: Screen, entry_id: str, act: str) -> str:
    """Where the browser keeps what somebody types in one of these sheets."""
    return f'haren-sheet/{screen.visitor.person.id}/{entry_id}/{act}'


def _words(screen: Screen) -> Callable[[Obstacle], dict[str, str]]:
    _, covered = screen._, partial(mask_for, reader=screen.visitor.person)

    def words(obstacle: Obstacle) -> dict[str, str]:
        latest = obstacle.latest
        state = state_name(obstacle.state, _)
        return {
            'how': covered(f'{state}. {latest.words if latest else ""}'.strip()),
            'to': covered(latest.to) if latest else '',
        }

    return words


def _obstacle(screen: Screen, standing: ObstacleDetails) -> None:
    covered = partial(mask_for, reader=screen.visitor.person)
    Text('p', shortened(covered(standing.entry.text))).classes('quiet')


def _last_row(form: Form, label: str, keep: Deed) -> None:
    async def send() -> None:
        await form.send(keep)

    form.send_button(label, send)


def _day_field(screen: Screen, form: Form) -> Any:
    first = day_of(screen.services.context.now()) + ASK_AGAIN_AFTER
    day = form.text('ask_again_on', screen._('Ask again on'), first.isoformat())
    day.props['type'] = 'date'
    return day


def _read_day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed or '')
    except ValueError as error:
        raise Invalid('ask_again_on', 'Choose a day that is still to come, within three years.') from error


def _sending(_: Translator, receiver: Callable[[], str], words: Any, *fields: Any) -> None:
    """What takes a text to where it is sent from: a button that copies it, and a link to the mail program."""
    with ui.element('div').classes('row'):
        refused = _('The browser would not copy it. Mark the text and copy it yourself.')
        copy_button(_('Copy the text'), refused, _, 'note', '')
        mail = ButtonLink(_('Open in mail'), '', 'link')

    def renew() -> None:
        to, body = receiver().strip(), (words.value or '')[:MAILTO_HOLDS]
        address = quote(to, safe='@') if '@' in to else ''
        asked = urlencode({'subject': _('An obstacle'), 'body': body}, quote_via=quote)
        mail.props['href'] = f'mailto:{address}?{asked}'
        mail.update()

    for field in (words, *fields):
        field.on_value_change(renew)
    renew()
