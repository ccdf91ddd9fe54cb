"""Erase what a person who has left wrote about cases."""

from __future__ import annotations

import json
from typing import Any

from app.domain.case_acts import CaseAct
from app.domain.cases import Case


def erase_words_of(document: Case | CaseAct, person_id: str) -> Case | CaseAct:
    """Return the case or the act without what a person wrote in it, or itself if they wrote nothing."""
    kept = document.model_dump_json()
    if json.dumps(person_id) not in kept:
        return document
    changed = type(document).model_validate(_without_words(json.loads(kept), person_id))
    return document if changed == document else changed


def _without_words(value: Any, person_id: str) -> Any:
    if isinstance(value, list):
        return [_without_words(part, person_id) for part in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _without_words(part, person_id) for name, part in value.items()}
    if fields.get('closed_by') == person_id and fields.get('outcome_words'):
        fields['outcome_words'] = ''
    if fields.get('by') == person_id:
        fields |= {name: '' for name in ('words', 'fingerprint') if fields.get(name)}
        if isinstance(content := fields.get('content'), dict):
            content.pop('words', None)
    return fields
