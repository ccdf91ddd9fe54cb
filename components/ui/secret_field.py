"""Show a secret that is visible only once, a link or a key, in a field that can be copied."""

from __future__ import annotations

from nicegui import ui

from components.ui.text import Text


def secret_field(label: str, value: str, mark: str) -> None:
    """Add a read-only field to a dialog. `mark` is its id and its marker for tests."""
    Text('label', label).classes('label').props['for'] = mark
    field = ui.element('input').classes('once').mark(mark)
    field.props.update({'id': mark, 'readonly': True, 'value': value, 'autocomplete': 'off', 'spellcheck': 'false'})
