"""Draw Haren's icon for home screens: the logo on a coloured square.

Launchers need bitmaps, so the drawings are kept as PNG files beside this module, with a digest of their sources.
`make icons` draws them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.js_assets import digest
from components.theme import icons
from components.theme.design_tokens import LIGHT
from components.theme.logo import EARS, FACE, FEATURES, GRID

FOLDER = Path(__file__).parent / 'app_icons'
DRAWN_FROM = FOLDER / 'drawn-from.txt'
"""The digest of the sources from which the pictures in the folder were drawn."""

SAFE_ZONE = 0.4
"""The radius within which no launcher crops, as a share of the side (W3C, Web Application Manifest)."""

_CENTRE = (32.0, 32.9)
"""The centre of the logo in grid units. Its ears do not reach the edge of the grid."""

_LINES = 24
"""The side of the grid on which the icons of screens are drawn."""


@dataclass(frozen=True)
class Picture:
    """A PNG file: its side in pixels, and the SVG document from which it is drawn."""

    size: int
    drawing: str


def _document(background: str, inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">{background}{inner}</svg>'


def _hare(scale: float) -> str:
    x, y = (GRID / 2 - middle * scale for middle in _CENTRE)
    return (
        f'<path fill="{LIGHT["paper"]}" transform="translate({x:.3f} {y:.3f}) scale({scale})" '
        f'd="{EARS}{FACE}{FEATURES}"/>'
    )


def _lines(name: str, scale: float) -> str:
    start = (GRID - _LINES * scale) / 2
    return (
        f'<path fill="none" stroke="{LIGHT["paper"]}" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round" transform="translate({start:.3f} {start:.3f}) scale({scale})" '
        f'd="{icons.path(name)}"/>'
    )


_ROUNDED = f'<rect width="{GRID}" height="{GRID}" rx="14" fill="{LIGHT["spruce"]}"/>'
_WHOLE = f'<rect width="{GRID}" height="{GRID}" fill="{LIGHT["spruce"]}"/>'

HARE = _document(_ROUNDED, _hare(0.78))
_MASKABLE = _document(_WHOLE, _hare(0.7))

PICTURES: Mapping[str, Picture] = {
    'any-192.png': Picture(192, HARE),
    'any-512.png': Picture(512, HARE),
    'maskable-192.png': Picture(192, _MASKABLE),
    'maskable-512.png': Picture(512, _MASKABLE),
    'apple-180.png': Picture(180, _document(_WHOLE, _hare(0.76))),
    'log-96.png': Picture(96, _document(_ROUNDED, _lines('pencil', 1.7))),
    'obstacle-96.png': Picture(96, _document(_ROUNDED, _lines('obstacle', 1.7))),
}
"""The pictures by file name. Apple rounds the corners itself and paints transparent areas black."""


@cache
def address(name: str = '') -> str:
    """Return the address of a picture, or of the folder. It changes when any picture changes."""
    return f'/icons/{digest(FOLDER)}/{name}'


def drawn_from() -> str:
    """Return the digest of everything from which the pictures are drawn."""
    parts = (f'{name} {picture.size} {picture.drawing}\n' for name, picture in PICTURES.items())
    return hashlib.sha256(''.join(parts).encode()).hexdigest()
