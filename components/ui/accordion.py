"""Lists that stay light however long they grow: each item is a line that opens, and its inside is built only then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from nicegui import ui

from app.i18n import Translator
from components.ui.button import Button
from components.ui.fields import dress
from components.ui.text import Text

FIRST = 40
"""Items that are built before somebody asks for more."""

MANY = 8
"""Items from which on there is a field to find one."""

PAUSE = 300
"""Milliseconds without a key after which what was typed is looked for."""

Fill = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class AccordionItem:
    """One line of a list: its name and a few words more, what fills it when it's opened, and what it's ordered by."""

    name: str
    detail: str
    fill: Fill
    last: bool = False

    @property
    def order(self) -> tuple[bool, str]:
        """Where it stands: by name, after the others where it is `last`."""
        return self.last, self.name.casefold()


class Panel(ui.element):
    """One line that opens."""

    def __init__(self, item: AccordionItem, level: str) -> None:
        super().__init__('li')
        self.classes('fold card')
        self._fill: Fill | None = item.fill
        with self:
            with ui.element(level).classes('fold-heading'), ui.element('button').classes('fold-button') as self._button:
                self._name = Text('span', '').classes('fold-name')
                self._detail = Text('span', '').classes('fold-detail')
            self._inside = ui.element('div').classes('fold-inside')
        self._inside.set_visibility(False)
        self._button.props['type'] = 'button'
        self._button.props['aria-controls'] = self._inside.html_id
        self._button.on('click', self.toggle, args=[])
        self._say_whether_open()
        self.say(item)

    def say(self, item: AccordionItem) -> None:
        """Show another name or other words beside it."""
        self._name.text, self._detail.text = item.name, item.detail
        self._button.mark(item.name)

    async def toggle(self) -> None:
        """Open it or close it."""
        if self._inside.visible:
            self._inside.set_visibility(False)
            self._say_whether_open()
        else:
            await self.open()

    async def open(self) -> None:
        """Open it, and build its inside the first time."""
        self._inside.set_visibility(True)
        self._say_whether_open()
        if self._fill is not None:
            fill, self._fill = self._fill, None
            with self._inside:
                await fill()

    def show(self) -> None:
        """Put the focus on it, once a dialog that is closing has given it back to where it came from."""
        with self:
            ui.timer(0.5, lambda: self._button.run_method('focus'), once=True)

    def _say_whether_open(self) -> None:
        self._button.props['aria-expanded'] = 'true' if self._inside.visible else 'false'


class Accordion:
    """Items by their keys, in order.

    A line that isn't to be seen is hidden and never taken away: what was opened in it, and chosen there, stays.
    """

    def __init__(self, _: Translator, find: str, level: str = 'h2') -> None:
        self._level = level
        self._items: dict[str, AccordionItem] = {}
        self._folds: dict[str, Panel] = {}
        self._limit = FIRST
        self._called: set[str] = set()
        self._find = ui.input(find, on_change=self._look)
        self._find.props['debounce'] = PAUSE
        dress(self._find)
        self._list = ui.element('ul').classes('folds')
        self._none = Text('p', _('Nothing by that name.')).classes('quiet')
        self._more = Button(_('Show more'), self._show_more)
        self._arrange()

    def fill(self, items: Mapping[str, AccordionItem]) -> None:
        """Show these items too, or as they are now."""
        self._items.update(items)
        for key in self._folds.keys() & items.keys():
            self._folds[key].say(items[key])
        self._arrange()

    def put(self, key: str, item: AccordionItem) -> None:
        """Show one item more, or one as it is now."""
        self.fill({key: item})

    def drop(self, key: str) -> None:
        """Show one item no longer."""
        self._items.pop(key, None)
        self._called.discard(key)
        if fold := self._folds.pop(key, None):
            fold.delete()
        self._arrange()

    async def open(self, key: str) -> None:
        """Open one item and go there, whatever is being looked for."""
        self._called.add(key)
        self._arrange()
        await self._folds[key].open()
        self._folds[key].show()

    def _look(self) -> None:
        self._called.clear()
        self._arrange()

    def _arrange(self) -> None:
        matching = self._matching()
        seen = {*matching[: self._limit], *self._called}
        self._build(seen - self._folds.keys())
        for key, fold in self._folds.items():
            fold.set_visibility(key in seen)
        self._find.set_visibility(len(self._items) >= MANY)
        self._none.set_visibility(bool(self._items) and not seen)
        self._more.set_visibility(len(matching) > self._limit)

    def _build(self, keys: set[str]) -> None:
        with self._list:
            self._folds.update({key: Panel(self._items[key], self._level) for key in self._in_order(keys)})
        for place, key in enumerate(self._in_order(self._folds)):
            if self._list.default_slot.children[place] is not self._folds[key]:
                self._folds[key].move(target_index=place)

    def _matching(self) -> list[str]:
        words = (self._find.value or '').casefold().split()
        return self._in_order(
            key
            for key, item in self._items.items()
            if all(word in f'{item.name} {item.detail}'.casefold() for word in words)
        )

    def _in_order(self, keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=lambda key: self._items[key].order)

    def _show_more(self) -> None:
        self._limit += FIRST
        self._arrange()
