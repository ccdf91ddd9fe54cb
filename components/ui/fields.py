"""Give Quasar's fields the look of ours."""

from __future__ import annotations

from typing import Any

from nicegui.elements.mixins.validation_element import ValidationElement


def dress(field: ValidationElement[Any], hint: str = '') -> None:
    """Give a field of Quasar's the look of ours: an edge all round and its label above what is typed."""
    field.props['outlined'] = True
    field.props['stack-label'] = True
    set_hint(field, hint)


def set_hint(field: ValidationElement[Any], hint: str) -> None:
    field.props.set_optional('hint', hint or None)
