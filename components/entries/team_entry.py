"""What somebody wrote under a team's name that they are in no more, for them alone, on the phone they wrote it with."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person
from app.i18n import Translator
from components.entries.author_actions import withdrawal_words


class TeamEntry(Element, component='../js/entries/team_entry.js'):
    """On the page of an entry that isn't this person's to read, whether there is one or not.

    The browser asks the API for the entry with the claim that it keeps, if it keeps one. What is put into this element
    is shown where that opens nothing.
    """

    def __init__(self, entry_id: str, person: Person, _: Translator) -> None:
        super().__init__()
        self.props['entry'] = entry_id
        self.props['person'] = person.id
        self.props['labels'] = {
            'yours': _('Only this phone knows that you wrote this. You can still withdraw it.'),
            'withdrawn': _('This has been withdrawn.'),
            **withdrawal_words(_),
        }
