"""Erase a person who has left from the documents that stay."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, TypeVar

from app.domain.document import Document
from app.domain.mentions import erase_mentions

ERASED_PERSON = 'left'
"""The text that replaces a person's id: somebody did this, and nobody knows any more who it was."""

AUTHORED = ('entries', 'replies', 'case_notes')
"""Tables whose documents have an author, or none."""

D = TypeVar('D', bound=Document)


def erase_person(document: D, person_id: str, names: Collection[str]) -> D:
    """Return the document without a person who has left, or the document itself if it doesn't name them.

    Replace their id wherever it stands, and leave what they wrote without an author. In free text, also erase mentions
    by one of `names`.
    """
    kept = document.model_dump_json()
    if json.dumps(person_id) not in kept and '@' not in kept:
        return document
    fields = _without(json.loads(kept), person_id, names)
    if document.kept_in in AUTHORED and fields['author_id'] == ERASED_PERSON:
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
    if value == person_id:
        return ERASED_PERSON
    return erase_mentions(value, names) if names and '@' in value else value
