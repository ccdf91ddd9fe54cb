"""Style Quasar's fields like the rest of Haren."""

from __future__ import annotations

from typing import Any

from nicegui.elements.mixins.validation_element import ValidationElement


def style_field(field: ValidationElement[Any], hint: str = '') -> None:
    """Give a field an outline, its label above the text, and a hint below it."""
    field.props['outlined'] = True
    field.props['stack-label'] = True
    set_hint(field, hint)


def set_hint(field: ValidationElement[Any], hint: str) -> None:
    """Show a hint below a field, or none for ''."""
    field.props.set_optional('hint', hint or None)
