"""A button that copies the text of a dialog's field."""

from __future__ import annotations

from nicegui import ui

from app.i18n import Translator
from components.ui.button import Button

COPY = """(() => {
  const loading = import("haren/lib/copy-button.js");
  return async (event) => {
    const field = event.currentTarget.closest(".sheet").querySelector(".once, textarea");
    emit(await (await loading).copyField(field));
  };
})()"""
"""Loads the module before the click, as Safari lets only what follows a click at once write to the clipboard."""


def copy_button(label: str, refused: str, _: Translator, icon_name: str = 'link', look: str = 'main') -> Button:
    """Add a button that copies the field of the same dialog. It shows `refused` if the browser does not copy."""

    def notify(is_copied: bool) -> None:
        if is_copied:
            ui.notify(_('Copied'), type='positive', position='top')
        else:
            ui.notify(refused, position='top')

    button = Button(label, icon_name=icon_name, look=look)
    button.on('click', lambda event: notify(bool(event.args)), js_handler=COPY)
    return button
