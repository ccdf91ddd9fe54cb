"""The municipality: its name and contact on the public pages, and its settings."""

from __future__ import annotations

from typing import Annotated, ClassVar, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment, Text, checked_name, readable
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event
from app.domain.leaving import Leaving

LONGEST_CONTACT = 300

EMERGENCY = '112'
"""The emergency number in all of the European Union."""

DIGITS_OF_A_NUMBER = range(2, 16)

LONGEST_ADDRESS = 500


class LegalPages(NamedTuple):
    """The addresses of the municipality's own pages to which every public page leads, or '' where there is none.

    One says how personal data is handled (GDPR, article 13), the other how accessible Haren is (the Swedish act
    2018:1937).
    """

    privacy: str = ''
    accessibility: str = ''

    def checked(self) -> LegalPages:
        """Return the addresses without outer white space. Raise Invalid if one is no address of a web page."""
        return LegalPages(
            _checked_address(self.privacy, 'privacy_url'), _checked_address(self.accessibility, 'accessibility_url')
        )


class Municipality(Document):
    """The settings of the municipality. There is one document, with the id `municipality`.

    `contact_sv` and `contact_en` say whom to call when it can't wait, `emergency` when a life is in danger. The two
    addresses are the LegalPages. `leaving` says what happens to somebody's contributions when they leave. `demo` marks
    an installation whose people and places are made up.
    """

    kept_in: ClassVar[str] = 'municipality'
    newest_by: ClassVar[str] = 'changed_at'

    id: str = 'municipality'
    name: Text = 'Haren'
    contact_sv: Text = ''
    contact_en: Text = ''
    emergency: Annotated[str, Field(exclude_if=lambda number: number == EMERGENCY)] = EMERGENCY
    privacy_url: Annotated[str, Field(exclude_if=lambda address: not address)] = ''
    accessibility_url: Annotated[str, Field(exclude_if=lambda address: not address)] = ''
    demo: bool = False
    leaving: Leaving = Leaving.ANONYMOUS
    changed_at: Moment

    @property
    def legal_pages(self) -> LegalPages:
        """The addresses of the municipality's own pages."""
        return LegalPages(self.privacy_url, self.accessibility_url)

    def change(
        self, name: str, contact_sv: str, contact_en: str, emergency: str, leaving: Leaving, pages: LegalPages,
        stamp: ChangeStamp,
    ) -> tuple[Municipality, Event]:  # fmt: skip
        """Change the settings."""
        pages = pages.checked()
        changed = {
            'name': checked_name(name),
            'contact_sv': _checked_contact(contact_sv, 'contact_sv'),
            'contact_en': _checked_contact(contact_en, 'contact_en'),
            'emergency': checked_telephone(emergency),
            'privacy_url': pages.privacy,
            'accessibility_url': pages.accessibility,
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


def _checked_address(typed: str, field: str) -> str:
    address = readable(typed, field).strip()
    if not address:
        return ''
    try:
        parts = urlsplit(address)
        is_page = parts.scheme in ('http', 'https') and bool(parts.hostname)
    except ValueError:  # such as an unclosed bracket
        is_page = False
    if not is_page or len(address) > LONGEST_ADDRESS or any(character.isspace() for character in address):
        raise Invalid(field, 'Write the whole address of a page, such as https://www.example.se/privacy.')
    return address
