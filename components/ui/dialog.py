"""Dialogs: a sheet that fills a phone and is a card on anything wider."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui
from nicegui.element import Element

from app.i18n import Translator
from components.ui.button import Button
from components.ui.text import Text


class BackButton(Element, component='../js/ui/back_button.js'):
    """What lets the browser's way back close the sheet that it stands in, by `on_back`."""

    def __init__(self, on_back: Callable[[], None]) -> None:
        super().__init__()
        self.on('back', on_back, args=[])


class Dialog:
    """An open dialog with a heading. `body` takes what it shows; it is gone from memory once it has closed.

    `keeps` lets a tap beside it do nothing, for what has been typed would be lost.
    """

    def __init__(self, heading: str, keeps: bool = False, small: bool = False) -> None:
        with ui.context.client.content, ui.element() as self._anchor:  # outlives the row in which somebody pressed
            self.dialog = ui.dialog()
        self._anchor.set_visibility(False)
        with self.dialog, ui.element('div').classes('sheet small' if small else 'sheet') as self.body:
            title = Text('h2', heading)
            BackButton(self.close)
        self.dialog.props['aria-labelledby'] = title.html_id
        self.dialog.props.set_bool('no-backdrop-dismiss', keeps)
        self.dialog.on('hide', self._forget, args=[])
        self.dialog.open()

    def close(self) -> None:
        """Close it."""
        self.dialog.close()

    async def closed(self) -> None:
        """Wait until it is closed, so that the button that opened it does nothing meanwhile."""
        await self.dialog.submitted.wait()

    def _forget(self) -> None:
        if not self._anchor.is_deleted:
            self._anchor.delete()
        if not self.dialog.is_deleted:
            self.dialog.delete()


async def ask(_: Translator, heading: str, consequence: str, yes: str, danger: bool = True) -> bool:
    """Ask before something that is not easily undone, and wait for the answer."""
    sheet = Dialog(heading, small=True)
    with sheet.body:
        Text('p', consequence)
        with ui.element('div').classes('sheet-actions'):
            Button(_('Cancel'), sheet.close)
            Button(yes, lambda: sheet.dialog.submit(True), look='danger' if danger else 'main')
    return bool(await sheet.dialog)
