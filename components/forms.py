"""Forms that lose nothing: a refusal is shown at the field that it is about, and what was typed stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

from app.domain.errors import Invalid, Refusal
from app.domain.people import Person
from components.choice import Choice
from components.frame import Screen
from components.press import Press
from components.text import Text

Act = Callable[[Person], Awaitable[object]]


class Form(ui.element):
    """Fields by the names that refusals use for them. They are added where one is, as elements are."""

    def __init__(self, screen: Screen) -> None:
        super().__init__('form')
        self._props['novalidate'] = True
        self.classes('form')
        self.on('submit', js_handler='(event) => event.preventDefault()')
        self._screen = screen
        self._fields: dict[str, ValidationElement[Any]] = {}
        self._is_busy = False
        with self:
            self._trouble = Text('p', '').classes('notice trouble')
            self._trouble._props['role'] = 'alert'
            self._trouble.set_visibility(False)

    def text(self, name: str, label: str, value: str = '', hint: str = '', lines: int = 1) -> ui.input | ui.textarea:
        """A field for words."""
        field = ui.input(label, value=value) if lines == 1 else ui.textarea(label, value=value)
        if lines > 1:
            field._props['autogrow'] = True
        dress(field, hint)
        self._fields[name] = field
        return field

    def choice(self, name: str, label: str, options: Mapping[str, str], value: str, hint: str = '') -> Choice:
        """A field for one of several, by their keys."""
        self._fields[name] = field = Choice(label, options, value, hint)
        return field

    def send_button(self, label: str, send: Callable[[], Awaitable[None]], cancel: Callable[[], None] | None) -> None:
        """The form's last row. Enter in a field presses the main button too."""
        with ui.element('div').classes('sheet-actions'):
            if cancel is not None:
                Press(self._screen._('Cancel'), cancel)
            Press(label, send, look='main', submits=True)

    async def send(self, act: Act, done: str = '') -> bool:
        """Let the person do it, once however often they press. Whether it went well."""
        if self._is_busy:
            return False
        self._is_busy = True
        try:
            self._forgive()
            return await self._screen.attempt(act, done, self._tell)
        finally:
            self._is_busy = False

    def _forgive(self) -> None:
        self._trouble.set_visibility(False)
        for field in self._fields.values():
            field.error = None

    def _tell(self, refusal: Refusal) -> None:
        sentence = self._screen._.refusal(refusal)
        field = self._fields.get(refusal.field) if isinstance(refusal, Invalid) else None
        if field is not None:
            field.error = sentence
            field.run_method('focus')
        else:
            self._trouble.text = sentence
            self._trouble.set_visibility(True)


def dress(field: ValidationElement[Any], hint: str = '') -> None:
    """Give a field of Quasar's the look of ours: an edge all round and its label above what is typed."""
    field._props['outlined'] = True
    field._props['stack-label'] = True
    if hint:
        field._props['hint'] = hint
