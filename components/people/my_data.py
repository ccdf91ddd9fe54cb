"""Export one's own data, and leave Haren for good."""

from __future__ import annotations

from nicegui import ui

from app.domain.leaving import Leaving
from app.i18n import Translator
from components.entries.unsent_warning import UnsentWarning
from components.shell.screen import Screen
from components.ui.button import Button, ButtonLink
from components.ui.dialog import Dialog
from components.ui.text import Text


def export_links(screen: Screen) -> None:
    """Add the links to the exports, and the button to leave."""
    _ = screen._
    with ui.element('section').classes('section'):
        Text('h2', _('Yours to take along'))
        Text('p', _('Everything you have written and done, as a file: JSON for programs, CSV for Excel.'))
        with ui.element('p').classes('row'):
            ButtonLink(_('Download as JSON'), '/me/export.json').props['download'] = 'haren.json'
            ButtonLink(_('Download as CSV'), '/me/export.csv').props['download'] = 'haren.csv'
        Text('h2', _('Leave Haren'))
        Text('p', _('If you stop working with Haren, you can be forgotten here.'))
        with ui.element('p').classes('row'):
            Button(_('Leave Haren …'), lambda: _leave(screen), look='danger').classes('leave')


async def _leave(screen: Screen) -> None:
    _, erasure = screen._, screen.services.account_erasure
    if not await screen.attempt(lambda person: erasure.require_may_leave(person, person.id)):
        return
    dialog = Dialog(_('Leave Haren for good?'), persistent=True)
    with dialog.body:
        words = _('Not sent yet: {count}. Once you have left, it can’t be sent any more: send it first, or copy it.')
        UnsentWarning(screen.visitor.person, words)
        with ui.element('ul').classes('consequences'):
            for sentence in consequences(await erasure.mode(), _):
                Text('li', sentence)
        with ui.element('form').classes('sheet-actions') as form:
            Button(_('Cancel'), dialog.close)
            Button(_('Leave for good'), look='danger', submits=True)
    form.props.update({'method': 'post', 'action': '/me/leave'})
    await dialog.closed()


def consequences(mode: Leaving, _: Translator) -> tuple[str, ...]:
    """Return the consequences of leaving, one sentence each."""
    return (
        {
            Leaving.ANONYMOUS: _('What you have written stays, without your name: nobody sees any more who wrote it.'),
            Leaving.ERASE: _('What you have written is erased, with the answers to it.'),
        }[mode],
        _('Your name, devices and notices are erased, and you are signed out everywhere.'),
        _('Where somebody has typed your name in their own text without an @, it stays there.'),
        _('What you wrote under your team’s name can’t be found by Haren. Withdraw it first, on the phone you wrote it '
          'with: it stands on this page, under “{heading}”.', heading=_('Under your team’s name')),
        _('It can’t be undone. Take along first what you want to keep.'),
    )  # fmt: skip
