"""Lists whose items open one by one. What is inside an item is built when it opens, so that long lists stay fast."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from nicegui import ui

from app.domain.composed_text import contains_words
from app.i18n import Translator
from components.ui.address import replace_address
from components.ui.button import Button
from components.ui.fields import style_field
from components.ui.text import Text

FIRST = 40
"""Items that are built before somebody asks for more."""

MANY = 8
"""Items from which a list has a search field."""

LONGEST_SEARCH = 100
"""Characters of a search that the address keeps."""

PAUSE = 300
"""Milliseconds without a keystroke after which the search begins."""

Fill = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class AccordionItem:
    """An item of a list: its name, a few more words, and `fill`, which builds its inside when it first opens.

    Items with `last` come after the others.
    """

    name: str
    detail: str
    fill: Fill
    last: bool = False


class Panel(ui.element):
    """The element of one item: a heading that is a button, and the inside that it opens."""

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
        self._mark_whether_open()
        self.update_words(item)

    def update_words(self, item: AccordionItem) -> None:
        """Show this item's name and detail."""
        self._name.text, self._detail.text = item.name, item.detail
        self._button.mark(item.name)

    async def toggle(self) -> None:
        """Open the panel, or close it."""
        if self._inside.visible:
            self._inside.set_visibility(False)
            self._mark_whether_open()
        else:
            await self.open()

    async def open(self) -> None:
        """Open the panel. Build its inside the first time."""
        self._inside.set_visibility(True)
        self._mark_whether_open()
        if self._fill is not None:
            fill, self._fill = self._fill, None
            with self._inside:
                await fill()

    def focus_later(self) -> None:
        """Focus the panel half a second later: a dialog that closes first returns the focus to its opener."""
        with self:
            ui.timer(0.5, lambda: self._button.run_method('focus'), once=True)

    def _mark_whether_open(self) -> None:
        self._button.props['aria-expanded'] = 'true' if self._inside.visible else 'false'


class Accordion:
    """Items by their keys, in order, with a search field above long lists.

    A panel that does not match is hidden, not deleted, so that it keeps what somebody opened or chose in it.
    """

    def __init__(self, _: Translator, find: str, level: str = 'h2') -> None:
        self._order = _.order
        self._level = level
        self._items: dict[str, AccordionItem] = {}
        self._panels: dict[str, Panel] = {}
        self._limit = FIRST
        self._opened: set[str] = set()
        request = ui.context.client.request
        self._path, sought = request.url.path, request.query_params.get('find', '')[:LONGEST_SEARCH]
        self._find = ui.input(find, value=sought, on_change=self._look)
        self._find.props['debounce'] = PAUSE
        style_field(self._find)
        self._list = ui.element('ul').classes('folds')
        self._none = Text('p', _('Nothing by that name.')).classes('quiet')
        self._more = Button(_('Show more'), self._show_more)
        self._arrange()

    def fill(self, items: Mapping[str, AccordionItem]) -> None:
        """Add these items, or update those that are in the list."""
        self._items.update(items)
        for key in self._panels.keys() & items.keys():
            self._panels[key].update_words(items[key])
        self._arrange()

    def put(self, key: str, item: AccordionItem) -> None:
        """Add one item, or update it."""
        self.fill({key: item})

    def drop(self, key: str) -> None:
        """Remove an item, if it is there."""
        self._items.pop(key, None)
        self._opened.discard(key)
        if panel := self._panels.pop(key, None):
            panel.delete()
        self._arrange()

    async def open(self, key: str) -> None:
        """Open an item and focus it, even if it does not match the search."""
        self._opened.add(key)
        self._arrange()
        await self._panels[key].open()
        self._panels[key].focus_later()

    def _look(self) -> None:
        sought = urlencode({'find': (self._find.value or '')[:LONGEST_SEARCH]}) if self._find.value else ''
        replace_address(self._find.client, '?'.join(filter(None, (self._path, sought))))
        self._opened.clear()
        self._arrange()

    def _arrange(self) -> None:
        matching = self._matching()
        visible = {*matching[: self._limit], *self._opened}
        self._build(visible - self._panels.keys())
        for key, panel in self._panels.items():
            panel.set_visibility(key in visible)
        self._find.set_visibility(len(self._items) >= MANY)
        self._none.set_visibility(bool(self._items) and not visible)
        self._more.set_visibility(len(matching) > self._limit)

    def _build(self, keys: set[str]) -> None:
        with self._list:
            self._panels.update({key: Panel(self._items[key], self._level) for key in self._in_order(keys)})
        for place, key in enumerate(self._in_order(self._panels)):
            if self._list.default_slot.children[place] is not self._panels[key]:
                self._panels[key].move(target_index=place)

    def _matching(self) -> list[str]:
        words = self._find.value or ''
        return self._in_order(
            key for key, item in self._items.items() if contains_words(f'{item.name} {item.detail}', words)
        )

    def _in_order(self, keys: Iterable[str]) -> list[str]:
        return sorted(keys, key=lambda key: (self._items[key].last, self._order(self._items[key].name)))

    def _show_more(self) -> None:
        self._limit += FIRST
        self._arrange()
