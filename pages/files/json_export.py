"""Write somebody's own data as JSON, for programs: as it is stored, in the words of the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.domain.case_acts import CaseAct
from app.domain.obstacles import Share, Step
from app.services.personal_export import ExportedEntry, ExportedReply, ExportedSubject, PersonalData


def as_json(own: PersonalData) -> dict[str, Any]:
    """Return everything as it is stored. Of other people's words it contains only those that this person answered."""
    return {
        'person': own.person.model_dump(mode='json'),
        'team': own.team.model_dump(mode='json') if own.team else None,
        'entries': [_entry(logged) for logged in own.entries],
        'replies': [_reply(answered) for answered in own.replies],
        'obstacle_steps': [_of_obstacle(done.obstacle_id, done.step, done.about) for done in own.steps],
        'obstacle_shares': [_of_obstacle(shared.obstacle_id, shared.share, shared.about) for shared in own.shares],
        'case_acts': [_act(act) for act in own.acts],
        'case_notes': [note.model_dump(mode='json') for note in own.notes],
        'notices': [notice.model_dump(mode='json') for notice in own.notices],
        'devices': [device.model_dump(mode='json', exclude={'id'}) for device in own.devices],
        'access_keys': [token.model_dump(mode='json', exclude={'id'}) for token in own.tokens],
        'events': [event.model_dump(mode='json', exclude_none=True) for event in own.events],
    }


def _entry(logged: ExportedEntry) -> dict[str, Any]:
    entry = logged.entry.model_dump(mode='json', exclude={'claim'})
    return entry | {'site': logged.site.name if logged.site else None}


def _reply(answered: ExportedReply) -> dict[str, Any]:
    return answered.reply.model_dump(mode='json') | {'answers_entry': _about(answered.about)}


def _act(act: CaseAct) -> dict[str, Any]:
    # The id of a report opens its thanks page, and is its sender's alone.
    left_out: dict[str, Any] = dict.fromkeys(('fingerprint', 'before', 'after', 'moved_ids'), True)
    left_out['content'] = {'report_ids'}
    return act.model_dump(mode='json', exclude=left_out, exclude_none=True)


def _of_obstacle(obstacle_id: str, did: Step | Share, about: ExportedSubject | None) -> dict[str, Any]:
    return {'obstacle_id': obstacle_id, **did.model_dump(mode='json', exclude_none=True), 'about': _about(about)}


def _about(about: ExportedSubject | None) -> dict[str, Any] | None:
    return asdict(about) if about else None
