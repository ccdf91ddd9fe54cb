# ruff: noqa: E501 - paths cannot be wrapped
"""Haren's own icons: lines on a 24 × 24 grid, as inline SVG in the colour of the text."""

from __future__ import annotations

_DRAWN = {
    # screens
    'feed': 'M5 6h14M5 12h14M5 18h9',
    'pencil': 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5l3.5 3.5',
    'pin': 'M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.5 6.4 6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4a2.2 2.2 0 0 0 0 4.4z',
    'case': 'M8 4h8v3H8zM8 5.5H5.5V20h13V5.5H16M8.5 13.2l2.5 2.5 4.5-5',
    'people': 'M9 11a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 0 0 0 6.4zM3 19.5c.5-3.5 2.8-5.5 6-5.5s5.5 2 6 5.5M15.5 5a3 3 0 0 1 0 5.7M17 14.3c2.3.6 3.6 2.4 4 5.2',
    'settings': 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4a2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4a2.2 2.2 0 0 0 0 4.4z',
    'person': 'M12 11.5a3.8 3.8 0 1 0 0-7.6a3.8 3.8 0 0 0 0 7.6zM4.5 20.5c.6-4 3.4-6.2 7.5-6.2s6.9 2.2 7.5 6.2',
    # states
    'urgent': 'M12 3.8l9 16H3zM12 9.5v5M12 17.2v.2',
    'full': 'M6 8h12l-1 12H7zM4.5 8h15M8 5.2l1.5-1.7M12 5V3M16 5.2l-1.5-1.7',
    'notice': 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.2',
    'fine': 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM8 12.2l2.8 2.8L16 9.5',
    # events
    'eye': 'M2.5 12c2.4-4.3 5.6-6.5 9.5-6.5s7.1 2.2 9.5 6.5c-2.4 4.3-5.6 6.5-9.5 6.5S4.9 16.3 2.5 12zM12 15a3 3 0 1 0 0-6a3 3 0 0 0 0 6z',
    'unseen': 'M2.5 12c2.4-4.3 5.6-6.5 9.5-6.5s7.1 2.2 9.5 6.5c-2.4 4.3-5.6 6.5-9.5 6.5S4.9 16.3 2.5 12zM4.5 4.5l15 15',
    'check': 'M5 12.5l4.5 4.5L19 7.5',
    'pause': 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM9.8 9v6M14.2 9v6',
    'clock': 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM12 7v5l3.5 2',
    'note': 'M4 5h16v11H9.5L5.5 19.5V16H4z',
    'photo': 'M4 8h4l1.5-2.5h5L16 8h4v11H4zM12 16.6a3.4 3.4 0 1 0 0-6.8a3.4 3.4 0 0 0 0 6.8z',
    'activity': 'M13 3L5.5 13.5H12L11 21l7.5-10.5H12z',
    'occurrence': 'M12 3.5l2.5 5.6 6 .6-4.5 4.1 1.3 6L12 16.7l-5.3 3.1 1.3-6L3.5 9.7l6-.6z',
    'observation': 'M10.5 17a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM15.3 15.3L20.5 20.5',
    'lesson': 'M9 18h6M10 21h4M8.5 15C6.7 13.8 5.5 12 5.5 9.7a6.5 6.5 0 0 1 13 0c0 2.3-1.2 4.1-3 5.3z',
    'obstacle': 'M3.5 8h17v6h-17zM6.5 14v6M17.5 14v6M6.5 8V5M17.5 8V5M8 14l4-6M14 14l4-6',
    'sieve': 'M4 5h16l-6 8v6l-4-2.5V13z',
    'raise': 'M12 20V5M6 11l6-6.5L18 11M5 20h14',
    'around': 'M3 18h4c6 0 2-11 8-11h5M16.5 3.5L20 7l-3.5 3.5M10 18h10',
    'thanks': 'M12 20C6 15.5 3.5 12.4 3.5 9a4.3 4.3 0 0 1 8.5-1.2A4.3 4.3 0 0 1 20.5 9c0 3.4-2.5 6.5-8.5 11z',
    # actions
    'plus': 'M12 5v14M5 12h14',
    'qr': 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
    'search': 'M10.5 17a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM15.2 15.2L20.5 20.5',
    'link': 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
    'globe': 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
    'leave': 'M14 4H5v16h9M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
}

POINTING = frozenset({'feed', 'leave'})
"""Icons that are mirrored on pages written from right to left."""


def icon(name: str, size: int = 24) -> str:
    """Return the icon as inline SVG, `size` CSS pixels wide and high. Raise KeyError if there is no such icon.

    It is hidden from screen readers, as there is always a word beside it.
    """
    return (
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<path d="{_DRAWN[name]}"/></svg>'
    )


def path(name: str) -> str:
    """Return the drawing as SVG path data."""
    return _DRAWN[name]


def names() -> tuple[str, ...]:
    """Return the names of all icons."""
    return tuple(_DRAWN)
