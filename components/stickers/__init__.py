"""Stickers: one as SVG, many on A4 sheets as PDF."""

from components.stickers.label import Label, symbol
from components.stickers.sheet import sheet
from components.stickers.svg import svg

__all__ = ['Label', 'sheet', 'svg', 'symbol']
