"""Photos on the staff's screens: small, each leading to the whole."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.entry_content import Photo

SIDE = 96
"""Pixels of the box in which a photo is shown small."""


def address_of(entry: Entry, photo: Photo) -> str:
    """Where staff who may read an entry see a photo of it: another address once another photo stands there."""
    return f'/entries/{entry.id}/photos/{photo.place}?{photo.name[-8:]}'


def picture(address: str, words: str) -> None:
    """A photo, told in words to those who don't see it."""
    with ui.element('p').classes('photos'), ui.element('a') as link:
        image = ui.element('img')
    link.props.update({'href': address, 'target': '_blank'})
    image.props.update({'src': address, 'alt': words, 'loading': 'lazy', 'width': SIDE, 'height': SIDE})
