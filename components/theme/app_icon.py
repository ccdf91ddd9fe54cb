"""Haren as an icon among other apps: the mark on a ground, drawn from the same path as everywhere.

Launchers take bitmaps, so the drawings are kept as PNG files beside this module, with a digest of what they were drawn
from: `make icons` draws them anew.
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
"""The digest of what the pictures in the folder were drawn from."""

SAFE_ZONE = 0.4
"""The radius, as a share of the side, within which no launcher cuts anything off (W3C, Web Application Manifest)."""

_CENTRE = (32.0, 32.9)
"""The middle of the mark, whose ears don't reach as far as its grid does."""

_LINES = 24
"""The grid of the icons of single screens."""


@dataclass(frozen=True)
class Picture:
    """A PNG file: its side in pixels, and the SVG document that it is drawn from."""

    size: int
    drawing: str


def _on(context: str, inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">{context}{inner}</svg>'


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

HARE = _on(_ROUNDED, _hare(0.78))
_MASKABLE = _on(_WHOLE, _hare(0.7))

PICTURES: Mapping[str, Picture] = {
    'any-192.png': Picture(192, HARE),
    'any-512.png': Picture(512, HARE),
    'maskable-192.png': Picture(192, _MASKABLE),
    'maskable-512.png': Picture(512, _MASKABLE),
    'apple-180.png': Picture(180, _on(_WHOLE, _hare(0.76))),
    'log-96.png': Picture(96, _on(_ROUNDED, _lines('pencil', 1.7))),
    'obstacle-96.png': Picture(96, _on(_ROUNDED, _lines('obstacle', 1.7))),
}
"""What launchers show, by file name. Apple rounds the corners itself, and fills what is transparent with black."""


@cache
def address(name: str = '') -> str:
    """Where browsers find a picture, or the folder of all; it changes with any of them."""
    return f'/icons/{digest(FOLDER)}/{name}'


def drawn_from() -> str:
    """What changes when anything that the pictures are drawn from does."""
    parts = (f'{name} {picture.size} {picture.drawing}\n' for name, picture in PICTURES.items())
    return hashlib.sha256(''.join(parts).encode()).hexdigest()
