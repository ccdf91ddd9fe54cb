"""Dialogs: they fill the screen of a phone and are a card on wider screens."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui
from nicegui.element import Element

from app.i18n import Translator
from components.ui.button import Button
from components.ui.text import Text


class BackButton(Element, component='../js/ui/back_button.js'):
    """Call `on_back` when somebody goes back in the browser, so that this closes the dialog and not the page."""

    def __init__(self, on_back: Callable[[], None], stays: bool) -> None:
        super().__init__()
        self.props['stays'] = stays
        self.on('back', on_back, args=[])


class Dialog:
    """An open dialog with a heading. Its elements go into `body`, and it is deleted when it has closed.

    With `persistent`, a tap beside the dialog does not close it, because that would lose what somebody has typed. One
    that `stays` is closed by its own buttons only: it shows what is shown once.
    """

    def __init__(self, heading: str, persistent: bool = False, small: bool = False, stays: bool = False) -> None:
        with ui.context.client.content, ui.element() as self._anchor:  # outlives the row whose button was pressed
            self.dialog = ui.dialog()
        self._anchor.set_visibility(False)
        with self.dialog, ui.element('div').classes('sheet small' if small else 'sheet') as self.body:
            title = Text('h2', heading)
            BackButton(self.close, stays)
        self.dialog.props['aria-labelledby'] = title.html_id
        self.dialog.props.set_bool('no-backdrop-dismiss', persistent or stays)
        self.dialog.props.set_bool('no-esc-dismiss', stays)
        self.dialog.on('hide', self._delete, args=[])
        self.dialog.open()

    def close(self) -> None:
        """Close the dialog."""
        self.dialog.close()

    async def closed(self) -> None:
        """Wait until the dialog is closed, so that the button that opened it does nothing meanwhile."""
        await self.dialog.submitted.wait()

    def _delete(self) -> None:
        if not self._anchor.is_deleted:
            self._anchor.delete()
        if not self.dialog.is_deleted:
            self.dialog.delete()


async def ask(_: Translator, heading: str, consequence: str, yes: str, danger: bool = True) -> bool:
    """Ask for confirmation before something that is hard to undo. Return True if it was given."""
    dialog = Dialog(heading, small=True)
    with dialog.body:
        Text('p', consequence)
        with ui.element('div').classes('sheet-actions'):
            Button(_('Cancel'), dialog.close)
            Button(yes, lambda: dialog.dialog.submit(True), look='danger' if danger else 'main')
    return bool(await dialog.dialog)
