"""Forms that keep what somebody typed and show each refusal at the field that it is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.validation_element import ValidationElement

from app.domain.document import Document
from app.domain.errors import Clash, Invalid, Refusal
from app.domain.people import Person
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import Dialog
from components.ui.fields import set_hint, style_field
from components.ui.form_autosave import FormAutosave
from components.ui.select import Select
from components.ui.text import Text

Act = Callable[[Person], Awaitable[object]]
D = TypeVar('D', bound=Document)
Saved = TypeVar('Saved')


class Original(Generic[D]):
    """The document that a form changes, at the revision that its fields show.

    `load` returns the newest document. `words` returns the text of each field, by field name.
    """

    def __init__(self, document: D, load: Callable[[], Awaitable[D]], words: Callable[[D], Mapping[str, str]]) -> None:
        self._load = load
        self._words = words
        self.show(document, document.revision)

    def show(self, document: D, revision: int) -> None:
        """Compare with this document at this revision from now on."""
        self.seen, self._shown = revision, self._words(document)

    async def renew(self) -> dict[str, str]:
        """Load the newest document. Return the text of the fields that have changed, by field name."""
        shown, newest = self._shown, await self._load()
        self.show(newest, newest.revision)
        return {name: word for name, word in self._shown.items() if word != shown[name]}


class Form(ui.element):
    """A form whose fields have the names that refusals use for them.

    Fields are added to the current slot, like all elements. A form in a `dialog` closes it when it has been sent.
    """

    def __init__(self, screen: Screen, dialog: Dialog | None = None) -> None:
        super().__init__('form')
        self.props['novalidate'] = True
        self.classes('form')
        self.on('submit', js_handler='(event) => event.preventDefault()')
        self.original: Original[Any] | None = None
        self._screen = screen
        self._dialog = dialog
        self._fields: dict[str, ValidationElement[Any]] = {}
        self._fields_to_keep: dict[str, Element] = {}
        self._hints: dict[str, str] = {}
        self._autosave: FormAutosave | None = None
        self._is_busy = False
        self._is_outdated = False
        with self:
            self._error = Text('p', '').classes('notice trouble')
            self._error.props['role'] = 'alert'
            self._error.set_visibility(False)

    @property
    def seen(self) -> int | None:
        """Return the revision that the fields showed, or None if the form makes something new."""
        return self.original.seen if self.original else None

    def text(self, name: str, label: str, value: str = '', hint: str = '', lines: int = 1) -> ui.input | ui.textarea:
        """Add a text field; with more than one line it grows with its text."""
        field = ui.input(label, value=value) if lines == 1 else ui.textarea(label, value=value)
        if lines > 1:
            field.props['autogrow'] = True
        style_field(field, hint)
        self._add(name, field, hint)
        return field

    def choice(self, name: str, label: str, options: Mapping[str, str], value: str, hint: str = '') -> Select:
        """Add a field to choose one of several options, which are labels by their keys."""
        field = Select(label, options, value, hint)
        self._add(name, field, hint)
        return field

    def check(self, name: str, label: str, value: bool) -> ui.checkbox:
        """Add a checkbox."""
        box = self._fields_to_keep[name] = ui.checkbox(label, value=value)
        return box

    def keep(self, *place: str) -> None:
        """Keep what is typed in this tab until it has been sent or the dialog is closed. Call this after the fields.

        `place` names the form and what it changes.
        """
        key = f'haren-sheet/{self._screen.visitor.person.id}/{"/".join(place)}'
        with self:
            self._autosave = FormAutosave(key, self._fields_to_keep)

    def send_button(self, label: str, send: Callable[[], Awaitable[None]]) -> None:
        """Add the last row: Cancel in a dialog, and the main button, which Enter in a field presses, too."""
        with ui.element('div').classes('sheet-actions'):
            if self._dialog is not None:
                Button(self._screen._('Cancel'), self._dialog.close)
            Button(label, send, look='main', submits=True)

    def save_button(self, save: Callable[[Person], Awaitable[Saved]], then: Callable[[Saved], Awaitable[None]]) -> None:
        """Add the last row with a button that saves. Call `then` with what was saved."""
        _, saved = self._screen._, list[Saved]()

        async def act(person: Person) -> None:
            saved.append(await save(person))

        async def send() -> None:
            if await self.send(act, _('Saved')):
                await then(saved[-1])

        self.send_button(_('Save'), send)

    async def send(self, act: Act, done: str = '') -> bool:
        """Let the person do it, once however often they press. Return True if it succeeded."""
        if self._is_busy:
            return False
        self._is_busy, succeeded = True, False
        try:
            succeeded = await self._attempt(act, done)
        finally:
            self._is_busy = succeeded and self._dialog is not None  # a dialog can still be pressed while it fades out
        if succeeded and self._dialog is not None:
            self._dialog.close()
        elif succeeded and self._autosave is not None:
            self._autosave.run_method('sent')
        return succeeded

    def _add(self, name: str, field: ValidationElement[Any], hint: str) -> None:
        self._fields[name] = self._fields_to_keep[name] = field
        self._hints[name] = hint

    async def _attempt(self, act: Act, done: str) -> bool:
        self._clear_errors()
        succeeded = await self._screen.attempt(act, done, self._show_refusal)
        if self._is_outdated and self.original is not None:
            self._show_changes(await self.original.renew())
        return succeeded

    def _clear_errors(self) -> None:
        self._is_outdated = False
        self._error.set_visibility(False)
        for name, field in self._fields.items():
            field.error = None
            set_hint(field, self._hints[name])

    def _show_refusal(self, refusal: Refusal) -> None:
        sentence = self._screen._.refusal(refusal)
        field = self._fields.get(refusal.field) if isinstance(refusal, Invalid) else None
        self._is_outdated = isinstance(refusal, Clash)
        if field is not None:
            field.error = sentence
            field.run_method('focus')
        else:
            self._error.text = sentence
            self._error.set_visibility(True)
            self._error.run_method('scrollIntoView', {'block': 'center'})

    def _show_changes(self, changed: Mapping[str, str]) -> None:
        for name in self._fields.keys() & changed.keys():
            set_hint(self._fields[name], self._screen._('Now: {words}', words=changed[name] or '–'))
