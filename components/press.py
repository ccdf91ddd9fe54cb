"""What can be pressed: buttons, and links that look like them."""

from __future__ import annotations

from nicegui import ui
from nicegui.events import GenericEventArguments, Handler

from components.icons import icon
from components.text import Text


class Press(Text):
    """A button with a word, and an icon before it where one is named.

    `look` is one of 'main', 'danger' and 'bare', or '' for an ordinary one. `named` is what a screen reader says where
    the word alone would be one of many ('Edit Kransmossen'); it begins with the word.
    """

    def __init__(
        self,
        label: str,
        on_press: Handler[GenericEventArguments] | None = None,
        icon_name: str = '',
        look: str = '',
        named: str = '',
        submits: bool = False,
    ) -> None:
        super().__init__('button', label)
        self._props['type'] = 'submit' if submits else 'button'
        _dress(self, icon_name, look, named)
        if on_press is not None:
            self.on('click', on_press, args=[])


class PressLink(Text):
    """A link that looks like a button. `aside` opens it in a new tab, which `aside` says in words."""

    def __init__(
        self, label: str, address: str, icon_name: str = '', look: str = '', named: str = '', aside: str = ''
    ) -> None:
        super().__init__('a', label)
        self._props['href'] = address
        _dress(self, icon_name, look, f'{named or label} ({aside})' if aside else named)
        if aside:
            self._props['target'] = '_blank'
            self._props['rel'] = 'noopener'


def _dress(element: Text, icon_name: str, look: str, named: str) -> None:
    element.classes(f'press {look}')
    if named:
        element._props['aria-label'] = named
    if icon_name:
        with element:
            ui.html(icon(icon_name), sanitize=False, tag='span').classes('press-icon')
