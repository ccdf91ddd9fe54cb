"""The municipality: its name and contact on the public pages, and its settings."""

from __future__ import annotations

from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment, checked_name, readable
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event
from app.domain.leaving import Leaving

LONGEST_CONTACT = 300


class Municipality(Document):
    """The settings of the municipality. There is one document, with the id `municipality`.

    `contact_sv` and `contact_en` say whom to call when it can't wait. `leaving` says what happens to somebody's
    contributions when they leave. `demo` marks an installation whose people and places are made up.
    """

    kept_in: ClassVar[str] = 'municipality'
    newest_by: ClassVar[str] = 'changed_at'

    id: str = 'municipality'
    name: str = 'Haren'
    contact_sv: str = ''
    contact_en: str = ''
    demo: bool = False
    leaving: Leaving = Leaving.ANONYMOUS
    changed_at: Moment

    def change(
        self, name: str, contact_sv: str, contact_en: str, leaving: Leaving, stamp: ChangeStamp
    ) -> tuple[Municipality, Event]:
        """Change the settings."""
        changed = {
            'name': checked_name(name),
            'contact_sv': _checked_contact(contact_sv, 'contact_sv'),
            'contact_en': _checked_contact(contact_en, 'contact_en'),
            'leaving': leaving,
            'changed_at': stamp.at,
        }
        return self.model_copy(update=changed), make_event(EventKind.SETTINGS_CHANGED, stamp)


def _checked_contact(text: str, field: str) -> str:
    text = ' '.join(readable(text, field).split())
    if len(text) > LONGEST_CONTACT:
        raise Invalid(
            field,
            'That is {length} characters; at most {limit} fit. Shorten it a little.',
            length=len(text),
            limit=LONGEST_CONTACT,
        )
    return text
