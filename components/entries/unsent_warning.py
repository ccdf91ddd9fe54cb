"""A warning to who is about to go, where something of theirs has not been sent from this device."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person


class UnsentWarning(Element, component='../js/entries/unsent_warning.js'):
    """Shown by the browser where its own storage holds entries of this person's; `words` takes their {count}."""

    def __init__(self, person: Person, words: str) -> None:
        super().__init__()
        self.props['person'] = person.id
        self.props['words'] = words
