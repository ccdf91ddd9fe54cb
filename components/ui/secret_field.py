"""What is shown once and has to be carried off: a link or a key, in a field that can be copied."""

from __future__ import annotations

from nicegui import ui

from components.ui.text import Text


def secret_field(label: str, value: str, mark: str) -> None:
    """A field that can be read and marked alone, in a sheet."""
    Text('label', label).classes('label').props['for'] = mark
    field = ui.element('input').classes('once').mark(mark)
    field.props.update({'id': mark, 'readonly': True, 'value': value, 'autocomplete': 'off', 'spellcheck': 'false'})
