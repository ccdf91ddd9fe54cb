"""Remind somebody on their own page of resting obstacles."""

from __future__ import annotations

from nicegui import ui

from app.wording.obstacles import resting_words
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text


async def obstacle_reminder(screen: Screen) -> None:
    """Say how many obstacles nobody has touched for a while, with a link to them. Add nothing if there are none."""
    _, services = screen._, screen.services
    resting = await services.obstacle_diary.resting(await services.reader(screen.visitor.person))
    if resting:
        with ui.element('div').classes('notice spread section'):
            Text('span', resting_words(resting, _))
            ButtonLink(_('Have a look'), '/obstacles?view=resting', 'obstacle')
