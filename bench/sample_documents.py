"""The documents that every contender stores: about 600 bytes of JSON each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from app.domain.document import Document, Moment

COLOURS = tuple(f'colour-{number:02}' for number in range(20))

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_TEXT = (
    'Behållaren för färgat glas är full, och det ligger påsar bredvid. Någon har ställt en soffa framför luckan. ' * 4
)


class Note(Document):
    """A document of the size that a municipality might store."""

    kept_in: ClassVar[str] = 'notes'
    found_by: ClassVar[tuple[str, ...]] = ('colour', 'site_id')
    newest_by: ClassVar[str] = 'at'

    colour: str
    site_id: str
    at: Moment
    text: str


def note(number: int) -> Note:
    """Return the note with this number. Each is a minute newer than the one before."""
    return Note(
        id=f'{number:032x}',
        colour=COLOURS[number * 7 % len(COLOURS)],
        site_id=f'site-{number % 300}',
        at=_BEGIN + timedelta(minutes=number),
        text=_TEXT,
    )


def plain(number: int) -> dict[str, Any]:
    """Return the note as a dict of JSON types."""
    return note(number).model_dump(mode='json')


def plains(count: int) -> Iterator[dict[str, Any]]:
    """Yield the first `count` notes as dicts."""
    return map(plain, range(count))
