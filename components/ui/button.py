"""Buttons, and links that look like buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable

from nicegui import ui

from components.theme.icons import icon
from components.ui.text import Text

Act = Callable[[], object]
"""The action of a press. Its result is awaited if it is awaitable."""


class Button(Text):
    """A button with a label and perhaps an icon. It ignores presses while an earlier one is still at work.

    `look` is 'main', 'danger' or ''. `named` is the name for screen readers where many buttons have the same label
    ('Edit Kransmossen'); it begins with the label.
    """

    def __init__(
        self,
        label: str,
        on_press: Act | None = None,
        icon_name: str = '',
        look: str = '',
        named: str = '',
        submits: bool = False,
    ) -> None:
        super().__init__('button', label)
        self.props['type'] = 'submit' if submits else 'button'
        self.classes(look)
        _style(self, icon_name, named)
        self._on_press = on_press
        self._is_spent = False
        if on_press is not None:
            self.on('click', one_at_a_time(self._press), args=[])

    def spend(self, is_spent: bool = True) -> None:
        """Show that the button has done its work. It keeps its place, so that no other one slides under a finger."""
        self._is_spent = is_spent
        self.props['aria-disabled'] = 'true' if is_spent else 'false'
        self.classes(add='spent' if is_spent else None, remove=None if is_spent else 'spent')

    def name_for_readers(self, named: str) -> None:
        """Change the name for screen readers."""
        self.props['aria-label'] = named

    def _handle_delete(self) -> None:
        self._on_press = None  # it refers to the screen, which often refers to the button
        super()._handle_delete()

    def _press(self) -> object:
        return None if self._is_spent or self._on_press is None else self._on_press()


class ButtonLink(Text):
    """A link that looks like a button. With `new_tab` it opens in a new tab; these words tell screen readers so."""

    def __init__(self, label: str, address: str, icon_name: str = '', named: str = '', new_tab: str = '') -> None:
        super().__init__('a', label)
        self.props['href'] = address
        _style(self, icon_name, f'{named or label} ({new_tab})' if new_tab else named)
        if new_tab:
            self.props['target'] = '_blank'
            self.props['rel'] = 'noopener'


def one_at_a_time(act: Act) -> Callable[[], Awaitable[None]]:
    """Wrap `act` so that it is ignored while an earlier call still runs, for example while its dialog is open.

    The second click of a double click arrives before the browser has shown what the first one did. `act` runs in the
    page, as a live update may remove the button while its dialog is open.
    """
    is_under_way = False

    async def press() -> None:
        nonlocal is_under_way
        if is_under_way:
            return
        is_under_way = True
        try:
            with ui.context.client.content:
                result = act()
                if isawaitable(result):
                    await result
        finally:
            is_under_way = False

    return press


def _style(element: Text, icon_name: str, named: str) -> None:
    element.classes('press')
    if named:
        element.props['aria-label'] = named
    if icon_name:
        with element:
            ui.html(icon(icon_name), sanitize=False, tag='span').classes('press-icon')
