"""Measure texts in the print font, and tell which characters it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock

from fpdf import FPDF
from fpdf.fonts import TTFFont

from components.theme import FONTS

MM_PER_POINT = 25.4 / 72

BOX = '□'
"""The sign in the place of a character that the font lacks."""

INVISIBLE = ('Cf', 'Cc')
"""Categories of characters that no font shows. Emoji are joined by some of them."""

VARIANTS = range(0xFE00, 0xFE10)

_MEASURING = Lock()  # sheets are drawn in worker threads, which share one document for measuring


def embed_fonts(pdf: FPDF) -> None:
    """Add the print fonts to a document."""
    pdf.add_font('Inter', '', FONTS / 'inter-regular.ttf')
    pdf.add_font('Inter', 'B', FONTS / 'inter-bold.ttf')


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of the text as it is printed, in millimetres."""
    return _unit_width(text, bold) * size


def printable(text: str) -> str:
    """Return the text with a box for each character that the font lacks."""
    return ''.join(character if ord(character) in _characters() else BOX for character in _visible(text))


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of these texts that the font lacks, each once, in their order."""
    lacking = (character for text in texts for character in _visible(text) if ord(character) not in _characters())
    return tuple(dict.fromkeys(lacking))


def _visible(text: str) -> str:
    return ''.join(
        character
        for character in unicodedata.normalize('NFC', text)
        if unicodedata.category(character) not in INVISIBLE and ord(character) not in VARIANTS
    )


@lru_cache(maxsize=2048)
def _unit_width(text: str, bold: bool) -> float:
    with _MEASURING:
        pdf = _measuring_document()
        pdf.set_font('Inter', 'B' if bold else '', 1 / MM_PER_POINT)
        return pdf.get_string_width(printable(text))


@cache
def _characters() -> frozenset[int]:
    font = _measuring_document().fonts['inter']
    assert isinstance(font, TTFFont)
    return frozenset(font.cmap)


@cache
def _measuring_document() -> FPDF:
    pdf = FPDF(unit='mm')
    embed_fonts(pdf)
    return pdf
