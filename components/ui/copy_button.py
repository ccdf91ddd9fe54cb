"""A button that copies what the field of its sheet holds."""

from __future__ import annotations

from nicegui import ui

from app.i18n import Translator
from components.ui.button import Button

COPY = """async (event) => {
  const field = event.currentTarget.closest('.sheet').querySelector('.once, textarea');
  try { await navigator.clipboard.writeText(field.value); emit(true); }
  catch { field.select(); emit(document.execCommand('copy')); }
}"""
"""Browsers give the clipboard to pages from HTTPS alone; the old command works on a plain local network too."""


def copy_button(label: str, refused: str, _: Translator, icon_name: str = 'link', look: str = 'main') -> None:
    """What copies the field of the same sheet; `refused` is told where the browser doesn't."""

    def tell(is_copied: bool) -> None:
        if is_copied:
            ui.notify(_('Copied'), type='positive', position='top')
        else:
            ui.notify(refused, position='top')

    Button(label, icon_name=icon_name, look=look).on('click', lambda event: tell(bool(event.args)), js_handler=COPY)
