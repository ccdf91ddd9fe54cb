"""How a page writes what isn't in its own language: names and the municipality's words, numbers and codes.

Screen readers pronounce what is marked as Swedish as Swedish; a page that is written from right to left keeps what is
written from left to right in one piece.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.municipality import Municipality
from app.i18n import DEFAULT, Translator


@dataclass(frozen=True)
class Contact:
    """Whom to call, and the language in which that is written."""

    words: str
    language: str


class BidiText:
    """The marks of one page, in the reader's language."""

    def __init__(self, speak: Translator) -> None:
        self._language = speak.language
        self._mirrored = speak.direction == 'rtl'

    def named(self, name: str) -> str:
        """A name that stands by itself. Names are Swedish: that is what a municipality calls its things."""
        if self._language == DEFAULT:
            return name
        return self.inside(name) if self._mirrored else Markup('<span lang="sv">{}</span>').format(name)

    def inside(self, name: str) -> str:
        """A name within a sentence, where a mark would only cost bytes unless the writing changes its direction."""
        return Markup('<bdi lang="sv">{}</bdi>').format(name) if self._mirrored else name

    def number(self, number: str) -> str:
        """A number or code with marks between its digits: after Arabic words, 2026-142 would read 142-2026."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(number) if self._mirrored else number

    def contact(self, municipality: Municipality) -> Contact | None:
        """Whom to call: in the reader's language, else in English, else in Swedish; None where nothing is written."""
        written = [Contact(municipality.contact_en, 'en'), Contact(municipality.contact_sv, 'sv')]
        written.sort(key=lambda contact: contact.language != self._language)
        return next((contact for contact in written if contact.words), None)
