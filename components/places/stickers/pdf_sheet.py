"""Draw stickers on A4 sheets, with cutting marks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from fpdf import FPDF

from components.places.stickers.label import StickerLabel, runs, side, symbol
from components.places.stickers.layout import (
    HEIGHT,
    INK,
    MARK_SIDE,
    MARK_X,
    MARK_Y,
    SYMBOL_SIDE,
    SYMBOL_X,
    SYMBOL_Y,
    WIDTH,
    TextLine,
    lines,
)
from components.places.stickers.print_font import MM_PER_POINT, embed_fonts, printable
from components.theme.logo import drawing

COLUMNS, ROWS = 2, 3
LEFT, TOP = (210 - COLUMNS * WIDTH) / 2, (297 - ROWS * HEIGHT) / 2
CUT = 6.0
SEAM = 0.01
"""Millimetres by which runs overlap the next row, as viewers show hairlines between shapes that only touch."""

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""A fixed creation date, which fpdf2 requires, so that equal stickers make equal files."""


def sheet(labels: Iterable[StickerLabel], title: str, note: str = '') -> bytes:
    """Return the stickers as PDF, six on a page, behind a page with the note. Raise ValueError if there are none."""
    stickers = tuple(labels)
    if not stickers:
        raise ValueError('a sheet needs at least one sticker')
    pdf = _document(title)
    if note:
        _add_note(pdf, note)
    for place, label in enumerate(stickers):
        if place % (COLUMNS * ROWS) == 0:
            _add_page(pdf)
        row, column = divmod(place % (COLUMNS * ROWS), COLUMNS)
        _sticker(pdf, label, LEFT + column * WIDTH, TOP + row * HEIGHT)
    return bytes(pdf.output())


def _document(title: str) -> FPDF:
    pdf = FPDF(unit='mm', format='A4')
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    pdf.set_lang('sv-SE')
    pdf.set_creator('Haren')
    pdf.set_creation_date(UNDATED)
    embed_fonts(pdf)
    return pdf


def _add_note(pdf: FPDF, note: str) -> None:
    pdf.add_page()
    pdf.set_font('Inter', '', 5 / MM_PER_POINT)
    pdf.set_text_color(INK)
    pdf.set_xy(LEFT, TOP + CUT)
    pdf.multi_cell(COLUMNS * WIDTH, 7, '\n'.join(map(printable, note.split('\n'))), align='L')


def _add_page(pdf: FPDF) -> None:
    pdf.add_page()
    pdf.set_draw_color(130)
    pdf.set_line_width(0.15)
    for column in range(COLUMNS + 1):
        x = LEFT + column * WIDTH
        pdf.line(x, TOP - CUT - 1, x, TOP - 1)
        pdf.line(x, 297 - TOP + 1, x, 297 - TOP + 1 + CUT)
    for row in range(ROWS + 1):
        y = TOP + row * HEIGHT
        pdf.line(LEFT - CUT - 1, y, LEFT - 1, y)
        pdf.line(210 - LEFT + 1, y, 210 - LEFT + 1 + CUT, y)


def _sticker(pdf: FPDF, label: StickerLabel, x: float, y: float) -> None:
    _symbol(pdf, label, x + SYMBOL_X, y + SYMBOL_Y)
    pdf.image(io.BytesIO(drawing().encode()), x + MARK_X, y + MARK_Y, MARK_SIDE, MARK_SIDE)
    for line in lines(label):
        _text(pdf, line, x, y)


def _symbol(pdf: FPDF, label: StickerLabel, x: float, y: float) -> None:
    code = symbol(label)
    module = SYMBOL_SIDE / side(code)
    pdf.set_fill_color(0)
    for column, row, length in runs(code):
        pdf.rect(x + column * module, y + row * module, length * module, module + SEAM, style='F')


def _text(pdf: FPDF, line: TextLine, x: float, y: float) -> None:
    pdf.set_text_color(line.colour)
    for part, bold in line.parts:
        pdf.set_font('Inter', 'B' if bold else '', line.size / MM_PER_POINT)
        pdf.text(x + line.x, y + line.y, printable(part))
        x += pdf.get_string_width(printable(part))
