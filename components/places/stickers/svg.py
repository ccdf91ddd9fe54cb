"""Draw one sticker as a standalone SVG document, for sign makers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from components.places.stickers.label import StickerLabel, runs, side, symbol
from components.places.stickers.layout import (
    HEIGHT,
    MARK_SIDE,
    MARK_X,
    MARK_Y,
    SPRUCE,
    SYMBOL_SIDE,
    SYMBOL_X,
    SYMBOL_Y,
    WIDTH,
    TextLine,
    lines,
)
from components.theme.logo import EARS, FACE, FEATURES, GRID


def svg(label: StickerLabel) -> str:
    """Return the sticker, in millimetres. Each text is fitted to its measured width, whatever font the viewer has."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" '
        f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}"><title>{escape(f"{label.title}, {label.code}")}</title>'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>'
        f'{_symbol(label)}{_mark()}{"".join(_texts(label))}</svg>'
    )


def _symbol(label: StickerLabel) -> str:
    code = symbol(label)
    path = ''.join(f'M{column} {row}h{length}v1h-{length}z' for column, row, length in runs(code))
    scale = SYMBOL_SIDE / side(code)
    return f'<path transform="translate({SYMBOL_X:g} {SYMBOL_Y:g}) scale({scale:.5f})" fill="#000" d="{path}"/>'


def _mark() -> str:
    place = f'translate({MARK_X:g} {MARK_Y:g}) scale({MARK_SIDE / GRID:.5f})'
    return f'<path transform="{place}" fill="{SPRUCE}" d="{EARS}{FACE}{FEATURES}"/>'


def _texts(label: StickerLabel) -> Iterator[str]:
    return (_text(line) for line in lines(label))


def _text(line: TextLine) -> str:
    return (
        f'<text x="{line.x:g}" y="{line.y:g}" font-family="Inter, Arial, Helvetica, sans-serif" '
        f'font-size="{line.size:.2f}" fill="{line.colour}" textLength="{line.width:.2f}" '
        f'lengthAdjust="spacingAndGlyphs">{"".join(_part(text, bold) for text, bold in line.parts)}</text>'
    )


def _part(text: str, bold: bool) -> str:
    return f'<tspan font-weight="700">{escape(text)}</tspan>' if bold else escape(text)
