"""Where everything stands on a sticker. All measures are in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from fpdf import FPDF

from app.domain.codes import spaced
from components.stickers.label import Label

WIDTH, HEIGHT = 90.0, 88.0
MARGIN = 5.0
SYMBOL_X, SYMBOL_Y, SYMBOL_SIDE = 3.0, 19.2, 47.0
SIDE_X = 53.0
MARK_X, MARK_Y, MARK_SIDE = 60.0, 22.0, 20.0

INK = '#1c2b29'
SPRUCE = '#1f5f4a'

FONTS = Path(__file__).parents[1] / 'fonts'
MM_PER_POINT = 25.4 / 72

_RULING = Lock()  # sheets are drawn in worker threads, and the ruler is one


@dataclass(frozen=True)
class Line:
    """A line of text: its baseline's start, its size and its width, which no renderer may exceed."""

    x: float
    y: float
    size: float
    text: str
    bold: bool
    colour: str
    width: float


def lines(label: Label) -> Iterator[Line]:
    """Every line of text on the sticker."""
    whole, aside = WIDTH - 2 * MARGIN, WIDTH - MARGIN - SIDE_X
    yield _fitted(MARGIN, 11.5, 7.6, 'Skanna och berätta', whole, bold=True, colour=SPRUCE)
    yield _fitted(MARGIN, 17.5, 4.8, 'Scan and tell us', whole, colour=SPRUCE)
    yield _fitted(SIDE_X, 50.5, 3.2, 'Kod · Code', aside)
    yield _fitted(SIDE_X, 59, 7.6, spaced(label.code), aside, bold=True)
    yield from _title(label.title, whole)
    yield _fitted(MARGIN, 80, 4, label.subtitle, whole)
    yield _fitted(MARGIN, 84.8, 3.4, label.address, whole, colour=SPRUCE)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is, set in the print font."""
    with _RULING:
        ruler = _ruler()
        ruler.set_font('Inter', 'B' if bold else '', size / MM_PER_POINT)
        return ruler.get_string_width(text)


def embed_fonts(pdf: FPDF) -> None:
    """Make the print fonts known to a document."""
    pdf.add_font('Inter', '', FONTS / 'inter-regular.ttf')
    pdf.add_font('Inter', 'B', FONTS / 'inter-bold.ttf')


def _title(text: str, width: float) -> Iterator[Line]:
    """The title on one line where it fits at a size read from a metre away, on two smaller ones otherwise."""
    if width_of(text, 4.6, bold=True) <= width or ' ' not in text:
        yield _fitted(MARGIN, 74.2, 6, text, width, bold=True)
        return
    first, second = _halves(text)
    yield _fitted(MARGIN, 70.6, 4.4, first, width, bold=True)
    yield _fitted(MARGIN, 75.4, 4.4, second, width, bold=True)


def _halves(text: str) -> tuple[str, str]:
    """The text parted at the space that leaves the longer half shortest."""
    spaces = [place for place, character in enumerate(text) if character == ' ']
    middle = min(spaces, key=lambda place: max(width_of(text[:place], 1, True), width_of(text[place + 1 :], 1, True)))
    return text[:middle], text[middle + 1 :]


def _fitted(x: float, y: float, size: float, text: str, width: float, *, bold: bool = False, colour: str = INK) -> Line:
    natural = width_of(text, size, bold)
    if natural > width:
        size, natural = size * width / natural, width
    return Line(x, y, size, text, bold, colour, natural)


@cache
def _ruler() -> FPDF:
    ruler = FPDF(unit='mm')
    embed_fonts(ruler)
    return ruler
