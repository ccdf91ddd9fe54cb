"""Keep what somebody types in a dialog in the browser, as the page may be lost before it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui.element import Element


class FormAutosave(Element, component='../js/ui/form_autosave.js'):
    """The last element of a form. It keeps the fields in this tab under the key `place` until the dialog is closed."""

    def __init__(self, place: str, fields: Mapping[str, Element]) -> None:
        super().__init__()
        self.props['place'] = place
        for name, field in fields.items():
            field.props['name'] = name
