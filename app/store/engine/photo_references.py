"""Find the photos that a document names, by the fields that its kind declares.

Text doesn't count: somebody may write or paste what looks like the name of a photo.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.bounded_pattern import BoundedPattern
from app.domain.document import Document
from app.domain.photo_kinds import PHOTO_KINDS

PHOTO_NAME = BoundedPattern(r'sha256-[0-9a-f]{64}', longest=71)


def photos_named_in(table: str, row: bytes | None) -> set[str]:
    """Return the names of photos in a row of this table. None is the row of no document."""
    if row is None or b'sha256-' not in row:
        return set()
    document = json.loads(row)
    kinds = {*PHOTO_KINDS, *Document.kinds()}
    paths = {path for kind in kinds if kind.kept_in == table for path in kind.photo_fields}
    return {name for path in paths for name in _at(document, path.split('.')) if PHOTO_NAME.fullmatch(name)}


def _at(value: Any, path: Sequence[str]) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _at(part, path)
    elif isinstance(value, dict) and path:
        yield from _at(value.get(path[0]), path[1:])
    elif isinstance(value, str) and not path:
        yield value
