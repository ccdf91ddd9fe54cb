"""A field to choose one of several options: the browser's own, which every phone and screen reader supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui.elements.mixins.label_element import LabelElement
from nicegui.elements.mixins.validation_element import ValidationElement
from nicegui.events import Handler, ValueChangeEventArguments


class Select(LabelElement, ValidationElement[Any], component='../js/ui/select_field.js'):
    """A native select. `options` maps keys to labels; the value is a key, or '' if nothing is chosen."""

    VALUE_PROP: str = 'value'
    LOOPBACK = False

    def __init__(
        self,
        label: str,
        options: Mapping[str, str],
        value: str = '',
        hint: str = '',
        on_change: Handler[ValueChangeEventArguments[Any]] | None = None,
    ) -> None:
        super().__init__(label=label, value=value, on_value_change=on_change, validation=None)
        self._known = frozenset(options)
        self.props['hint'] = hint
        self.props['options'] = [{'value': str(key), 'label': word} for key, word in options.items()]

    def _event_args_to_value(self, e: Any) -> str:
        # A browser is not trusted: a value that was not offered counts as no choice.
        return e.args if e.args in self._known else ''
