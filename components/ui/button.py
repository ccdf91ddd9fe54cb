"""What can be pressed: buttons, and links that look like them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable

from nicegui import ui

from components.theme.icons import icon
from components.ui.text import Text

Act = Callable[[], object]
"""What a press does; it is awaited where it can be."""


class Button(Text):
    """A button with a word, and an icon before it where one is named. It does one thing at a time.

    `look` is 'main' or 'danger', or '' for an ordinary one. `named` is what a screen reader says where the word alone
    would be one of many ('Edit Kransmossen'); it begins with the word.
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
        _dress(self, icon_name, named)
        if on_press is not None:
            self.on('click', one_at_a_time(on_press), args=[])


class ButtonLink(Text):
    """A link that looks like a button. `aside` opens it in a new tab, which `aside` says in words."""

    def __init__(self, label: str, address: str, icon_name: str = '', named: str = '', aside: str = '') -> None:
        super().__init__('a', label)
        self.props['href'] = address
        _dress(self, icon_name, f'{named or label} ({aside})' if aside else named)
        if aside:
            self.props['target'] = '_blank'
            self.props['rel'] = 'noopener'


def one_at_a_time(act: Act) -> Callable[[], Awaitable[None]]:
    """`act`, which is passed over while what an earlier press began is under way: a sheet that is open, say.

    The second half of a double click arrives before the browser has shown what the first half did.
    """
    is_under_way = False

    async def press() -> None:
        nonlocal is_under_way
        if is_under_way:
            return
        is_under_way = True
        try:
            begun = act()
            if isawaitable(begun):
                await begun
        finally:
            is_under_way = False

    return press


def _dress(element: Text, icon_name: str, named: str) -> None:
    element.classes('press')
    if named:
        element.props['aria-label'] = named
    if icon_name:
        with element:
            ui.html(icon(icon_name), sanitize=False, tag='span').classes('press-icon')
