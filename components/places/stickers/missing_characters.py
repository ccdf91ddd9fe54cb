"""Say which characters of names can't be printed, before anything is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from app.domain.sticker_codes import spaced
from app.i18n import Translator
from components.places.stickers.label import StickerLabel
from components.places.stickers.print_font import printable, unprintable


def missing_characters_notice(names: Iterable[str], _: Translator) -> str:
    """Return a sentence for a screen about the names that can't be printed as they are, or ''."""
    affected = [name for name in names if unprintable((name,))]
    if not affected:
        return ''
    return _(
        'These characters can’t be printed, and a box stands in their place on the sticker: {characters} (in {names}).',
        characters=' '.join(unprintable(affected)),
        names=', '.join(dict.fromkeys(affected)),
    )


def missing_characters_note(labels: Iterable[StickerLabel], intro: str) -> str:
    """Return a note for the sheet itself, which can't show the characters and names them instead, or ''."""
    lines = [_note_line(label) for label in labels if unprintable((label.title, label.subtitle))]
    return '\n'.join((intro, '', *lines)) if lines else ''


def _note_line(label: StickerLabel) -> str:
    lacking = ', '.join(_named(character) for character in unprintable((label.title, label.subtitle)))
    return f'{spaced(label.code)}  {printable(label.title)}: {lacking}'


def _named(character: str) -> str:
    return f'U+{ord(character):04X} {unicodedata.name(character, "")}'.rstrip()
