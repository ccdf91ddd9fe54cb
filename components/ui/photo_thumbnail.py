"""Show photos on staff screens: small, each a link to the full one."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import Photo

SIDE = 96
"""The side of the thumbnail's box in CSS pixels."""


def address_of(entry: Entry, photo: Photo) -> str:
    """Return the address of an entry's photo for staff. It changes when the photo is replaced."""
    return f'/entries/{entry.id}/photos/{photo.place}?{photo.name[-8:]}'


def picture(address: str, words: str) -> None:
    """Add a thumbnail that links to the photo. `words` is its text alternative."""
    with ui.element('p').classes('photos'), ui.element('a') as link:
        image = ui.element('img')
    link.props.update({'href': address, 'target': '_blank'})
    image.props.update({'src': address, 'alt': words, 'loading': 'lazy', 'width': SIDE, 'height': SIDE})
