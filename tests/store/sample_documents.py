"""Documents that the store's tests save."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from app.domain.document import Document, Moment
from tests.cast import NOON


class Leaf(Document):
    """A document with two indexed fields and a time to sort by."""

    kept_in: ClassVar[str] = 'leaves'
    found_by: ClassVar[tuple[str, ...]] = ('tree', 'colour')
    newest_by: ClassVar[str] = 'fell_at'
    photo_fields: ClassVar[tuple[str, ...]] = ('colour',)

    tree: str
    colour: str | None = None
    fell_at: Moment = NOON


class Tree(Document):
    """A document of another table."""

    kept_in: ClassVar[str] = 'trees'
    newest_by: ClassVar[str] = 'id'

    leaves: int = 0


def leaf(number: int, tree: str = 'oak', colour: str | None = None, **ago: float) -> Leaf:
    """Make a leaf that fell so long ago: `leaf(1, hours=2)`."""
    return Leaf(id=f'leaf-{number:02}', tree=tree, colour=colour, fell_at=NOON - timedelta(**ago))
