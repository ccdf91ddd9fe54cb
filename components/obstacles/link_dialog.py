"""Ask which other obstacle is the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from app.domain.entries import Entry
from app.domain.personal_numbers import mask_for
from app.services.obstacle_details import ObstacleDetails
from components.feed.rows import shortened
from components.shell.screen import Screen
from components.ui.accordion import PAUSE
from components.ui.button import Button
from components.ui.dialog import Dialog
from components.ui.fields import style_field
from components.ui.text import Text

Choose = Callable[[str], Awaitable[None]]


async def choose_same(screen: Screen, details: ObstacleDetails, on_choice: Choose) -> None:
    """Let somebody search for the obstacle that is the same, and call `on_choice` with its id."""
    _, reader = screen._, await screen.services.reader(await screen.person())
    dialog = Dialog(_('Which one is the same?'))

    async def choose(other_id: str) -> None:
        dialog.close()
        await on_choice(other_id)

    async def search() -> None:
        words = field.value or ''
        others = await screen.services.obstacle_diary.others_like(reader, details.entry.id, words)
        if words == (field.value or ''):  # not changed while the search ran
            found.show(others)

    with dialog.body:
        Text('p', shortened(mask_for(details.entry.text, screen.visitor.person))).classes('quiet written')
        field = ui.input(_('Find by words'), on_change=search)
        field.props['debounce'] = PAUSE
        style_field(field)
        found = FoundObstacles(screen, choose)
        with ui.element('div').classes('sheet-actions'):
            Button(_('Cancel'), dialog.close)
    await search()
    await dialog.closed()


class FoundObstacles:
    """A button for each obstacle that was found.

    Later searches move or hide the buttons instead of replacing them, because a finger may be on one.
    """

    def __init__(self, screen: Screen, choose: Choose) -> None:
        self._mask = partial(mask_for, reader=screen.visitor.person)
        self._choose = choose
        self._buttons: dict[str, Button] = {}
        self._list = ui.element('div').classes('deeds obstacle-same')
        self._list.props['aria-live'] = 'polite'
        self._none = Text('p', screen._('There is no other obstacle with these words.')).classes('quiet')

    def show(self, entries: Sequence[Entry]) -> None:
        """Offer these obstacles, in this order."""
        for entry in entries:
            if entry.id not in self._buttons:
                self._add(entry)
        found = [entry.id for entry in entries]
        for entry_id, button in self._buttons.items():
            button.set_visibility(entry_id in found)
        for place, entry_id in enumerate(found):
            if self._list.default_slot.children[place] is not self._buttons[entry_id]:
                self._buttons[entry_id].move(target_index=place)
        self._none.set_visibility(not found)

    def _add(self, entry: Entry) -> None:
        with self._list:
            words = shortened(self._mask(entry.text))
            self._buttons[entry.id] = Button(words, partial(self._choose, entry.id))
