"""Lay out a sticker. All measures are in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

from fpdf import FPDF

from app.domain.sticker_codes import spaced
from components.places.stickers.label import StickerLabel
from components.theme import FONTS

WIDTH, HEIGHT = 90.0, 90.0
MARGIN = 5.0
SYMBOL_X, SYMBOL_Y, SYMBOL_SIDE = 3.0, 19.2, 47.0
SIDE_X = 53.0
MARK_X, MARK_Y, MARK_SIDE = 71.0, 4.0, 14.0

SMALLEST = 2.8
"""The smallest font size in millimetres that can be read at arm's length. Only extremely long names get smaller."""

INK = '#1c2b29'
SPRUCE = '#1f5f4a'

MM_PER_POINT = 25.4 / 72

_MEASURING = Lock()  # sheets are drawn in worker threads, which share one document for measuring


@dataclass(frozen=True)
class TextLine:
    """A line of text: the start of its baseline, its size, and its width, which no renderer may exceed.

    The first `strong` characters are bold.
    """

    x: float
    y: float
    size: float
    text: str
    strong: int
    colour: str
    width: float

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the text in parts: each part, and True if it is bold."""
        weighed = ((self.text[: self.strong], True), (self.text[self.strong :], False))
        return tuple((part, bold) for part, bold in weighed if part)


def lines(label: StickerLabel) -> Iterator[TextLine]:
    """Yield every line of text on the sticker."""
    whole, side = WIDTH - 2 * MARGIN, WIDTH - MARGIN - SIDE_X
    yield _fitted(MARGIN, 11, 6.8, 'Skanna och berätta', whole, bold=True, colour=SPRUCE)
    yield _fitted(MARGIN, 17.2, 4.8, 'Scan and tell us', whole, colour=SPRUCE)
    yield _fitted(SIDE_X, 26.6, 3.2, 'Kod · Code', side)
    yield _fitted(SIDE_X, 34.6, 7.6, spaced(label.code), side, bold=True)
    yield from _promise(side)
    yield from _title(label.title, whole)
    yield _fitted(MARGIN, 80, 4, _subtitle(label, whole), whole)
    yield _fitted(MARGIN, 86.6, 5.6, label.address, whole, strong=len(label.host), colour=SPRUCE)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of the text in the print font, in millimetres."""
    with _MEASURING:
        pdf = _measuring_document()
        pdf.set_font('Inter', 'B' if bold else '', size / MM_PER_POINT)
        return pdf.get_string_width(text)


def embed_fonts(pdf: FPDF) -> None:
    """Add the print fonts to a document."""
    pdf.add_font('Inter', '', FONTS / 'inter-regular.ttf')
    pdf.add_font('Inter', 'B', FONTS / 'inter-bold.ttf')


def _promise(width: float) -> Iterator[TextLine]:
    """Yield the promise in bold Swedish, then in English. A forged sticker pasted over ours could break it."""
    for y, text in ((43.4, 'Vi ber dig aldrig'), (47.9, 'logga in eller'), (52.4, 'betala.')):
        yield _fitted(SIDE_X, y, 3.6, text, width, bold=True)
    for y, text in ((58.2, 'We never ask you'), (62.7, 'to sign in or pay.')):
        yield _fitted(SIDE_X, y, 3.6, text, width)


def _title(text: str, width: float) -> Iterator[TextLine]:
    """Yield the title on one line if it fits at a size that can be read from a metre away, otherwise on two lines."""
    if width_of(text, 4.6, bold=True) <= width or ' ' not in text:
        yield _fitted(MARGIN, 74.2, 6, text, width, bold=True)
        return
    first, second = _halves(text)
    yield _fitted(MARGIN, 70.6, 4.4, first, width, bold=True)
    yield _fitted(MARGIN, 75.4, 4.4, second, width, bold=True)


def _subtitle(label: StickerLabel, width: float) -> str:
    """Return the subtitle without the municipality if both would be too small: the address names it, too."""
    fits = width_of(label.subtitle, SMALLEST) <= width
    return label.subtitle if fits or not label.thing else label.place


def _halves(text: str) -> tuple[str, str]:
    """Split the text at the space that makes the longer half as short as possible."""
    spaces = [place for place, character in enumerate(text) if character == ' ']
    middle = min(spaces, key=lambda place: max(width_of(text[:place], 1, True), width_of(text[place + 1 :], 1, True)))
    return text[:middle], text[middle + 1 :]


def _fitted(
    x: float, y: float, size: float, text: str, width: float, *, bold: bool = False, strong: int = 0, colour: str = INK
) -> TextLine:
    strong = len(text) if bold else strong
    natural = width_of(text[:strong], size, bold=True) + width_of(text[strong:], size)
    if natural > width:
        size, natural = size * width / natural, width
    return TextLine(x, y, size, text, strong, colour, natural)


@cache
def _measuring_document() -> FPDF:
    pdf = FPDF(unit='mm')
    embed_fonts(pdf)
    return pdf
