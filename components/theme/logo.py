"""Draw Haren's logo: a hare with large ears."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from app.domain.bounded_pattern import BoundedPattern

GRID = 64
"""The side of the square on which the logo is drawn, in units."""

EARS = (
    'M25.5 39C14.5 30.5 8 15 12.6 5.4c1.6-3.4 5.6-3.2 8 .2C27 14.5 30 25 30.5 37z'
    'M33.5 37C34 25 37 14.5 43.4 5.6c2.4-3.4 6.4-3.6 8-.2C56 15 49.5 30.5 38.5 39z'
)
FACE = 'M32 34.5c9 0 14.5 6 14.5 13.8c0 8.4-6.5 14.2-14.5 14.2s-14.5-5.8-14.5-14.2C17.5 40.5 23 34.5 32 34.5z'
INNER_EARS = (
    'M25.3 31.2C24 23 20.5 14 15.9 9.2c-1.4 6.8 2.1 16.3 7.4 23z'
    'M40.7 32.2c5.3-6.7 8.8-16.2 7.4-23C43.5 14 40 23 38.7 31.2z'
)
FEATURES = (
    f'{INNER_EARS}M27.6 47.5a2 2 0 1 0-4 0a2 2 0 0 0 4 0zM40.4 47.5a2 2 0 1 0-4 0a2 2 0 0 0 4 0z'
    'M29.5 53c-.6 0-.9.7-.5 1.1l2.4 2.3c.3.3.9.3 1.2 0L35 54.1c.4-.4.1-1.1-.5-1.1z'
)
"""The insides of the ears, the eyes and the nose. Drawn in the opposite direction, so that they become holes."""

SPRUCE = '#1f5f4a'


def hare(size: int = 32, title: str | None = None) -> str:
    """Return the logo as inline SVG in the colour of the text, `size` CSS pixels wide and high.

    Without a title it is hidden from screen readers, as the name is written beside it.
    """
    named = f'role="img"><title>{escape(title)}</title>' if title else 'aria-hidden="true" focusable="false">'
    return (
        f'<svg class="mark" width="{size}" height="{size}" viewBox="0 0 {GRID} {GRID}" fill="currentColor" '
        f'{named}<path d="{EARS}{FACE}{FEATURES}"/></svg>'
    )


def drawing(colour: str = SPRUCE, features: str = FEATURES) -> str:
    """Return the logo as a standalone SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" fill="{colour}">'
        f'<path d="{EARS}{FACE}{features}"/></svg>'
    )


_SPACE = BoundedPattern(r'(?<=[0-9]) (?=[-.0-9])', longest=5_000)
"""A space between two numbers, where a comma can stand."""


def _data_url(document: str) -> str:
    """Return the document as a data URL, kept short by escaping as little as possible."""
    document = _SPACE.sub(',', document).replace('"', "'")
    return 'data:image/svg+xml,' + quote(document, safe="/:=,'")


FAVICON = _data_url(drawing(features=INNER_EARS))
"""The logo as a data URL, so that browsers need no second request for an icon. So small, it has no eyes and no nose."""
