"""Forgetting somebody who has left, so that nothing that stays leads to them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, TypeVar

from app.domain.document import Document
from app.domain.mentions import erase_mentions

LEFT = 'left'
"""What stands where a person's id stood: somebody did this, and nobody knows any more who it was."""

AUTHORED = ('entries', 'replies')
"""What has an author, or none."""

WRITTEN = (*AUTHORED, 'obstacles')
"""In what people write, and so may call others by name."""

D = TypeVar('D', bound=Document)


def erase_person(document: D, person_id: str, names: Collection[str]) -> D:
    """The document as it may stay once a person has left, or itself where it names them not.

    Their id goes wherever it stands; what they wrote has no author then. In what people write, calls by one of `names`
    go, too.
    """
    written = document.kept_in in WRITTEN
    kept = document.model_dump_json()
    if json.dumps(person_id) not in kept and not (written and '@' in kept):
        return document
    fields = _without(json.loads(kept), person_id, names if written else ())
    if document.kept_in in AUTHORED and fields['author_id'] == LEFT:
        fields['author_id'] = None
    changed = type(document).model_validate(fields)
    return document if changed == document else changed


def _without(value: Any, person_id: str, names: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {field: _without(part, person_id, names) for field, part in value.items()}
    if isinstance(value, list):
        return [_without(part, person_id, names) for part in value]
    if not isinstance(value, str):
        return value
    for name in names:
        value = erase_mentions(value, name) if '@' in value else value
    return LEFT if value == person_id else value
