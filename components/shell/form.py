"""Forms that lose nothing: a refusal is shown at the field that it is about, and what was typed stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

from app.domain.document import Document
from app.domain.errors import Clash, Invalid, Refusal
from app.domain.people import Person
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import Dialog
from components.ui.fields import dress, set_hint
from components.ui.form_autosave import FormAutosave
from components.ui.select import Select
from components.ui.text import Text

Act = Callable[[Person], Awaitable[object]]
D = TypeVar('D', bound=Document)


class Original(Generic[D]):
    """What a form changes: a document at the revision that its fields showed.

    `load` finds the document as it is now; `words` says what each field shows of it, by the fields' names.
    """

    def __init__(self, document: D, load: Callable[[], Awaitable[D]], words: Callable[[D], Mapping[str, str]]) -> None:
        self._load = load
        self._words = words
        self.show(document, document.revision)

    def show(self, document: D, revision: int) -> None:
        """Go on from this document at this revision."""
        self.seen, self._shown = revision, self._words(document)

    async def renew(self) -> dict[str, str]:
        """Go on from the document as it is now. What has changed in it, by the fields' names."""
        shown, newest = self._shown, await self._load()
        self.show(newest, newest.revision)
        return {name: word for name, word in self._shown.items() if word != shown[name]}


class Form(ui.element):
    """Fields by the names that refusals use for them. They are added where one is, as elements are.

    A form in a `sheet` closes it when it has been sent; any other stays.
    """

    def __init__(self, screen: Screen, sheet: Dialog | None = None) -> None:
        super().__init__('form')
        self.props['novalidate'] = True
        self.classes('form')
        self.on('submit', js_handler='(event) => event.preventDefault()')
        self.original: Original[Any] | None = None
        self._screen = screen
        self._sheet = sheet
        self._fields: dict[str, ValidationElement[Any]] = {}
        self._hints: dict[str, str] = {}
        self._is_busy = False
        self._is_overtaken = False
        with self:
            self._trouble = Text('p', '').classes('notice trouble')
            self._trouble.props['role'] = 'alert'
            self._trouble.set_visibility(False)

    @property
    def seen(self) -> int | None:
        """The revision that its fields showed, where it changes something."""
        return self.original.seen if self.original else None

    def text(self, name: str, label: str, value: str = '', hint: str = '', lines: int = 1) -> ui.input | ui.textarea:
        """A field for words."""
        field = ui.input(label, value=value) if lines == 1 else ui.textarea(label, value=value)
        if lines > 1:
            field.props['autogrow'] = True
        dress(field, hint)
        self._fields[name], self._hints[name] = field, hint
        return field

    def choice(self, name: str, label: str, options: Mapping[str, str], value: str, hint: str = '') -> Select:
        """A field for one of several, by their keys."""
        field = Select(label, options, value, hint)
        self._fields[name], self._hints[name] = field, hint
        return field

    def keep(self, place: str) -> None:
        """Keep what is typed in the browser until the form closes; after the last field."""
        with self:
            FormAutosave(place, self._fields)

    def send_button(self, label: str, send: Callable[[], Awaitable[None]]) -> None:
        """The form's last row. Enter in a field presses the main button too."""
        with ui.element('div').classes('sheet-actions'):
            if self._sheet is not None:
                Button(self._screen._('Cancel'), self._sheet.close)
            Button(label, send, look='main', submits=True)

    async def send(self, act: Act, done: str = '') -> bool:
        """Let the person do it, once however often they press. Whether it went well."""
        if self._is_busy:
            return False
        self._is_busy, went_well = True, False
        try:
            went_well = await self._attempt(act, done)
        finally:
            self._is_busy = went_well and self._sheet is not None  # a sheet can be tapped while it fades out
        if went_well and self._sheet is not None:
            self._sheet.close()
        return went_well

    async def _attempt(self, act: Act, done: str) -> bool:
        self._forgive()
        went_well = await self._screen.attempt(act, done, self._tell)
        if self._is_overtaken and self.original is not None:
            self._compare(await self.original.renew())
        return went_well

    def _forgive(self) -> None:
        self._is_overtaken = False
        self._trouble.set_visibility(False)
        for name, field in self._fields.items():
            field.error = None
            set_hint(field, self._hints[name])

    def _tell(self, refusal: Refusal) -> None:
        sentence = self._screen._.refusal(refusal)
        field = self._fields.get(refusal.field) if isinstance(refusal, Invalid) else None
        self._is_overtaken = isinstance(refusal, Clash)
        if field is not None:
            field.error = sentence
            field.run_method('focus')
        else:
            self._trouble.text = sentence
            self._trouble.set_visibility(True)
            self._trouble.run_method('scrollIntoView', {'block': 'center'})

    def _compare(self, changed: Mapping[str, str]) -> None:
        for name in self._fields.keys() & changed.keys():
            set_hint(self._fields[name], self._screen._('Now: {words}', words=changed[name] or '–'))
