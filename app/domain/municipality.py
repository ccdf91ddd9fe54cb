"""The municipality: its name and contact on the public pages, and its settings."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment, Text, checked_name, readable
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event
from app.domain.leaving import Leaving

LONGEST_CONTACT = 300

EMERGENCY = '112'
"""The emergency number in all of the European Union."""

DIGITS_OF_A_NUMBER = range(2, 16)


class Municipality(Document):
    """The settings of the municipality. There is one document, with the id `municipality`.

    `contact_sv` and `contact_en` say whom to call when it can't wait, `emergency` when a life is in danger. `leaving`
    says what happens to somebody's contributions when they leave. `demo` marks an installation
    whose people and places are made up.
    """

    kept_in: ClassVar[str] = 'municipality'
    newest_by: ClassVar[str] = 'changed_at'

    id: str = 'municipality'
    name: Text = 'Haren'
    contact_sv: Text = ''
    contact_en: Text = ''
    emergency: Annotated[str, Field(exclude_if=lambda number: number == EMERGENCY)] = EMERGENCY
    demo: bool = False
    leaving: Leaving = Leaving.ANONYMOUS
    changed_at: Moment

    def change(
        self, name: str, contact_sv: str, contact_en: str, emergency: str, leaving: Leaving, stamp: ChangeStamp
    ) -> tuple[Municipality, Event]:
        """Change the settings."""
        changed = {
            'name': checked_name(name),
            'contact_sv': _checked_contact(contact_sv, 'contact_sv'),
            'contact_en': _checked_contact(contact_en, 'contact_en'),
            'emergency': checked_telephone(emergency),
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


def checked_telephone(typed: str) -> str:
    """Return a telephone number as it is shown, EMERGENCY if nothing was typed. Raise Invalid if it is none."""
    text = ' '.join(readable(typed, 'emergency').split())
    number = ''.join(str(int(character)) if character.isdecimal() else character for character in text)
    digits = number.removeprefix('+').replace(' ', '').replace('-', '')
    if number and not (digits.isdecimal() and len(digits) in DIGITS_OF_A_NUMBER):
        raise Invalid('emergency', 'Write a telephone number, such as 112.')
    return number or EMERGENCY
