"""Write somebody's own data as JSON for programs and as CSV for Excel in Sweden."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.domain.events import Event
from app.domain.local_dates import ZONE
from app.domain.notifications import Notification
from app.domain.obstacles import Share, Step
from app.i18n import Translator
from app.services.personal_export import ExportedEntry, ExportedReply, ExportedStep, ExportedSubject, PersonalData

COLUMNS = ('type', 'id', 'time', 'kind', 'text', 'place', 'latitude', 'longitude', 'team', 'about', 'state')

RISKY = ('=', '+', '-', '@', '\t', '\r')
"""The beginnings of a cell that a spreadsheet would take for a formula."""


def as_json(own: PersonalData) -> dict[str, Any]:
    """Return everything as it is stored. Of other people's words it contains only those that this person answered."""
    return {
        'person': own.person.model_dump(mode='json'),
        'team': own.team.model_dump(mode='json') if own.team else None,
        'entries': [_entry(logged) for logged in own.entries],
        'replies': [_reply(answered) for answered in own.replies],
        'obstacle_steps': [_of_obstacle(done.obstacle_id, done.step, done.about) for done in own.steps],
        'obstacle_shares': [_of_obstacle(shared.obstacle_id, shared.share, shared.about) for shared in own.shares],
        'notices': [notice.model_dump(mode='json') for notice in own.notices],
        'devices': [device.model_dump(mode='json', exclude={'id'}) for device in own.devices],
        'access_keys': [token.model_dump(mode='json', exclude={'id'}) for token in own.tokens],
        'events': [event.model_dump(mode='json', exclude_none=True) for event in own.events],
    }


def as_csv(own: PersonalData, _: Translator) -> bytes:
    """Return one line for each thing that the person wrote or did. UTF-8 with a byte order mark, which Excel needs."""
    out = io.StringIO(newline='')
    lines = csv.writer(out, delimiter=';', lineterminator='\r\n')
    lines.writerow(_headings(_)[column] for column in COLUMNS)
    for row in _rows(own):
        lines.writerow(cell(row.get(column, '')) for column in COLUMNS)
    return out.getvalue().encode('utf-8-sig')


def cell(value: object) -> str:
    """Return the value as Excel in Sweden reads it, and never as a formula."""
    if isinstance(value, float):
        return str(value).replace('.', ',')
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime('%Y-%m-%d %H:%M')
    text = str(value)
    return f"'{text}" if text.lstrip(' ').startswith(RISKY) or text.startswith(RISKY) else text


def _entry(logged: ExportedEntry) -> dict[str, Any]:
    entry = logged.entry.model_dump(mode='json', exclude={'claim'})
    return entry | {'site': logged.site.name if logged.site else None}


def _reply(answered: ExportedReply) -> dict[str, Any]:
    return answered.reply.model_dump(mode='json') | {'answers_entry': _about(answered.about)}


def _of_obstacle(obstacle_id: str, did: Step | Share, about: ExportedSubject | None) -> dict[str, Any]:
    return {'obstacle_id': obstacle_id, **did.model_dump(mode='json', exclude_none=True), 'about': _about(about)}


def _about(about: ExportedSubject | None) -> dict[str, Any] | None:
    return asdict(about) if about else None


def _rows(own: PersonalData) -> Iterator[dict[str, object]]:
    team = own.team.name if own.team else ''
    yield {'type': 'person', 'id': own.person.id, 'time': own.person.added_at, 'kind': own.person.role.value,
           'text': own.person.name, 'team': team, 'about': f'{own.person.language}, {own.person.theme}'}  # fmt: skip
    for logged in own.entries:
        yield _entry_row(logged, team)
    for answered in own.replies:
        reply = answered.reply
        yield {'type': 'reply', 'id': reply.id, 'time': reply.at, 'kind': reply.kind.value, 'text': reply.text,
               'about': answered.about.text if answered.about else '',
               'state': 'withdrawn' if reply.is_withdrawn else ''}  # fmt: skip
    yield from map(_step_row, own.steps)
    for shared in own.shares:
        yield {'type': 'share', 'id': shared.obstacle_id, 'time': shared.share.at, 'kind': 'obstacle',
               'about': shared.about.text if shared.about else ''}  # fmt: skip
    yield from map(_notice_row, own.notices)
    for device in own.devices:
        yield {'type': 'device', 'time': device.joined_at, 'text': device.name,
               'state': 'signed out' if device.revoked_at else ''}  # fmt: skip
    for token in own.tokens:
        yield {'type': 'access key', 'time': token.made_at, 'text': token.name, 'kind': ', '.join(token.scopes),
               'state': 'ended' if token.revoked_at else ''}  # fmt: skip
    yield from map(_event_row, own.events)


def _entry_row(logged: ExportedEntry, team: str) -> dict[str, object]:
    entry, site = logged.entry, logged.site
    position = site.position if site else None
    return {
        'type': 'entry', 'id': entry.id, 'time': entry.happened_at, 'kind': entry.kind.value, 'text': entry.text,
        'place': site.name if site else '', 'latitude': position.latitude if position else '',
        'longitude': position.longitude if position else '', 'team': team,
        'about': ', '.join((*entry.roots, *entry.partners)), 'state': 'withdrawn' if entry.is_withdrawn else '',
    }  # fmt: skip


def _step_row(done: ExportedStep) -> dict[str, object]:
    step = done.step
    return {'type': 'step', 'id': done.obstacle_id, 'time': step.at, 'kind': step.state.value,
            'text': '\n'.join(filter(None, (step.to, step.words))),
            'about': done.about.text if done.about else ''}  # fmt: skip


def _notice_row(notice: Notification) -> dict[str, object]:
    return {'type': 'notice', 'id': notice.id, 'time': notice.at, 'kind': notice.why.value,
            'about': notice.reply_id or notice.entry_id, 'state': 'seen' if notice.is_seen else ''}  # fmt: skip


def _event_row(event: Event) -> dict[str, object]:
    about = event.reply_id or event.entry_id or event.case_id or event.asset_id or event.site_id or ''
    return {'type': 'event', 'id': event.id, 'time': event.at, 'kind': event.kind.value, 'about': about}


def _headings(_: Translator) -> dict[str, str]:
    return {
        'type': _('What'),
        'id': _('Id'),
        'time': _('Time'),
        'kind': _('Kind'),
        'text': _('Text'),
        'place': _('Place'),
        'latitude': _('Latitude'),
        'longitude': _('Longitude'),
        'team': _('Team'),
        'about': _('About'),
        'state': _('State'),
    }
