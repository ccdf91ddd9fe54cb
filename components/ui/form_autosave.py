"""What keeps the fields of a sheet in the browser, for a page may go away under what is being typed."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui.element import Element


class FormAutosave(Element, component='../js/ui/form_autosave.js'):
    """The last element of a form: its fields, by their names, stay in this tab at `place` until somebody closes it."""

    def __init__(self, place: str, fields: Mapping[str, Element]) -> None:
        super().__init__()
        self.props['place'] = place
        for name, field in fields.items():
            field.props['name'] = name
