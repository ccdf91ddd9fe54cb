"""Show authors what they wrote under the name of a team that they have left, on the phone they wrote it with."""

from __future__ import annotations

from nicegui.element import Element

from app.domain.people import Person
from app.i18n import Translator
from components.entries.author_actions import withdrawal_words


class TeamEntry(Element, component='../js/entries/team_entry.js'):
    """An element for the page of an entry that does not exist or that this person may not read.

    If the browser keeps a claim to the entry, it asks the API for it. Otherwise it shows what is inside this element.
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
