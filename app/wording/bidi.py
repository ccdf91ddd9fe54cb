"""Mark text that is not in the language of its page: names, the municipality's own words, numbers and codes.

Screen readers pronounce text marked as Swedish in Swedish. Pages written from right to left keep marked text that is
written from left to right in one piece.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.municipality import Municipality
from app.i18n import DEFAULT, Translator


@dataclass(frozen=True)
class Contact:
    """Whom to call, and the language of that text."""

    words: str
    language: str


class BidiText:
    """Mark text on pages in the Translator's language."""

    def __init__(self, _: Translator) -> None:
        self._language = _.language
        self._mirrored = _.direction == 'rtl'

    def mark_alone(self, name: str) -> str:
        """Mark a name that stands alone. Names are Swedish, because the municipality gives them."""
        if self._language == DEFAULT:
            return name
        return self.mark_inside(name) if self._mirrored else Markup('<span lang="sv">{}</span>').format(name)

    def mark_inside(self, name: str) -> str:
        """Mark a name within a sentence, but only where the direction changes: elsewhere it would only cost bytes."""
        return Markup('<bdi lang="sv">{}</bdi>').format(name) if self._mirrored else name

    def number(self, number: str) -> str:
        """Mark a number or code with hyphens: after Arabic words 2026-142 would otherwise be shown as 142-2026."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(number) if self._mirrored else number

    def telephone(self, number: str) -> Markup:
        """Return a telephone number as a link that calls it. It is read from left to right in every language."""
        dialled = number.replace(' ', '').replace('-', '')
        return Markup('<a href="tel:{}"{}>{}</a>').format(
            dialled, Markup(' dir="ltr"' if self._mirrored else ''), number
        )

    def contact(self, municipality: Municipality) -> Contact | None:
        """Return whom to call in the reader's language, or else in English or Swedish, or None if there is no text."""
        texts = [Contact(municipality.contact_en, 'en'), Contact(municipality.contact_sv, 'sv')]
        texts.sort(key=lambda contact: contact.language != self._language)
        return next((contact for contact in texts if contact.words), None)
