"""Lay out a sticker. All measures are in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.sticker_codes import spaced
from components.places.stickers.label import StickerLabel
from components.places.stickers.line_breaks import wrapped
from components.places.stickers.print_font import unprintable, width_of

WIDTH, HEIGHT = 90.0, 90.0
MARGIN = 5.0
SYMBOL_X, SYMBOL_Y, SYMBOL_SIDE = 3.0, 19.2, 47.0
SIDE_X = 53.0
MARK_X, MARK_Y, MARK_SIDE = 71.0, 4.0, 14.0

SMALLEST = 2.8
"""The smallest font size in millimetres that can be read at arm's length. Only extremely long names get smaller."""

NAME_SIZES = ((6, 4), (5, 3.6), (4.4, 3.4), (3.8, 3.2), (3.4, 3))
SMALL_NAME_SIZES = ((3, SMALLEST), (SMALLEST, SMALLEST), (2.4, 2.4), (2, 2), (1.6, 1.6), (1.2, 1.2))
"""Sizes of the title and the subtitle. The first ones are taken at which both fit, on as many lines as they need."""

NAMES_TOP, LAST_NAME = SYMBOL_Y + SYMBOL_SIDE, 80.2
"""The end of the symbol's quiet zone, and the last baseline of the names."""

ASCENT = 0.994
"""The height of a letter with a ring above the baseline, as a part of the size."""

LEADING, GAP = 1.15, 1.33
"""The distance of baselines as a part of the size: between lines, and between the title and the subtitle."""

INK = '#1c2b29'
SPRUCE = '#1f5f4a'


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
    yield from _names(label, whole)
    address = label.typed if unprintable((label.address,)) else label.address
    yield _fitted(MARGIN, 86.6, 5.6, address, whole, strong=len(address.partition('/')[0]), colour=SPRUCE)


def _promise(width: float) -> Iterator[TextLine]:
    """Yield the promise in bold Swedish, then in English. A forged sticker pasted over ours could break it."""
    for y, text in ((43.4, 'Vi ber dig aldrig'), (47.9, 'logga in eller'), (52.4, 'betala.')):
        yield _fitted(SIDE_X, y, 3.6, text, width, bold=True)
    for y, text in ((58.2, 'We never ask you'), (62.7, 'to sign in or pay.')):
        yield _fitted(SIDE_X, y, 3.6, text, width)


def _names(label: StickerLabel, width: float) -> Iterator[TextLine]:
    """Yield the title and the subtitle, at the largest sizes at which both fit between the symbol and the address.

    Whose it is gives way before they get small, because the address says it, too.
    """
    short = label.place if label.thing else label.subtitle
    tries = [(sizes, subtitle) for subtitle in (label.subtitle, short) for sizes in NAME_SIZES]
    tries += [(sizes, subtitle) for sizes in SMALL_NAME_SIZES for subtitle in (label.subtitle, short)]
    for (title_size, size), subtitle in tries:
        title, below = wrapped(label.title, title_size, width, bold=True), wrapped(subtitle, size, width)
        last_title = LAST_NAME - (len(below) - 1) * LEADING * size - (GAP * size if below else 0)
        first = last_title - (len(title) - 1) * LEADING * title_size
        if first - ASCENT * title_size >= NAMES_TOP:
            break
    for row, text in enumerate(title):
        yield _fitted(MARGIN, first + row * LEADING * title_size, title_size, text, width, bold=True)
    for row, text in enumerate(reversed(below)):
        yield _fitted(MARGIN, LAST_NAME - row * LEADING * size, size, text, width)


def _fitted(
    x: float, y: float, size: float, text: str, width: float, *, bold: bool = False, strong: int = 0, colour: str = INK
) -> TextLine:
    strong = len(text) if bold else strong
    natural = width_of(text[:strong], size, bold=True) + width_of(text[strong:], size)
    if natural > width:
        size, natural = size * width / natural, width
    return TextLine(x, y, size, text, strong, colour, natural)
