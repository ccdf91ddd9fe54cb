"""A field for one of several things: the browser's own, which every phone and screen reader knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui.elements.mixins.label_element import LabelElement
from nicegui.elements.mixins.validation_element import ValidationElement
from nicegui.events import Handler, ValueChangeEventArguments


class Select(LabelElement, ValidationElement[Any], component='../js/ui/select_field.js'):
    """`options` are words by their keys; the value is a key, or '' where nothing has been chosen."""

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
        # What a browser sends is not to be trusted: what wasn't offered stands for nothing.
        return e.args if e.args in self._known else ''
