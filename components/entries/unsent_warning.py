"""Warn people who are about to sign out or leave that something of theirs has not been sent from this device."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person


class UnsentWarning(Element, component='../js/entries/unsent_warning.js'):
    """A warning that the browser shows if it keeps unsent entries of this person. `words` contains {count}."""

    def __init__(self, person: Person, words: str) -> None:
        super().__init__()
        self.props['person'] = person.id
        self.props['words'] = words
