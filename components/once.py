"""What is shown once and has to be carried off: a link or a key, with a button that copies it."""

from __future__ import annotations

from nicegui import ui

from app.language import Translator
from components.press import Press
from components.text import Text

COPY = """async (event) => {
  const field = event.currentTarget.closest('.sheet').querySelector('.once');
  field.select();
  try { await navigator.clipboard.writeText(field.value); emit(true); }
  catch { emit(document.execCommand('copy')); }
}"""
"""Browsers give the clipboard to pages from HTTPS alone; the old command works on a plain local network too."""


def once(label: str, value: str, mark: str) -> None:
    """A field that can be read and marked alone, in a sheet."""
    Text('label', label).classes('label')._props['for'] = mark
    field = ui.element('input').classes('once').mark(mark)
    field._props.update({'id': mark, 'readonly': True, 'value': value, 'autocomplete': 'off', 'spellcheck': 'false'})


def copy_button(label: str, refused: str, _: Translator) -> None:
    """What copies the field of the same sheet; `refused` is told where the browser doesn't."""

    def tell(is_copied: bool) -> None:
        if is_copied:
            ui.notify(_('Copied'), type='positive', position='top')
        else:
            ui.notify(refused, position='top')

    Press(label, icon_name='link', look='main').on('click', lambda event: tell(bool(event.args)), js_handler=COPY)
