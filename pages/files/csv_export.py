"""Write somebody's own data as CSV for Excel in Sweden, in the words of their language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from app.domain.access_tokens import AccessToken
from app.domain.case_acts import CaseAct
from app.domain.catalogue import Catalogue
from app.domain.entry_content import EntryKind
from app.domain.events import Event
from app.domain.local_dates import ZONE
from app.domain.notifications import Notification
from app.domain.people import Device
from app.i18n import LANGUAGES, Translator
from app.services.personal_export import ExportedEntry, ExportedReply, ExportedShare, ExportedStep, PersonalData
from app.wording.feed import event_sentence
from app.wording.kinds import act_name, entry_kind, reply_kind, scope_name, theme_name
from app.wording.notifications import notice_reason
from app.wording.obstacles import state_name
from app.wording.public import role_name

COLUMNS = ('type', 'id', 'time', 'kind', 'text', 'place', 'latitude', 'longitude', 'team', 'about', 'state')

RISKY = ('=', '+', '-', '@', '\t', '\r')
"""The beginnings of a cell that a spreadsheet would take for a formula."""

Row = dict[str, object]


def as_csv(own: PersonalData, lists: Catalogue, _: Translator) -> bytes:
    """Return one line for each thing that the person wrote or did."""
    rows = ([row.get(column, '') for column in COLUMNS] for row in _Rows(own, lists, _).all())
    return csv_file([_headings(_)[column] for column in COLUMNS], rows)


def csv_file(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV for Excel in Sweden: UTF-8 with a byte order mark, which Excel needs."""
    out = io.StringIO(newline='')
    lines = csv.writer(out, delimiter=';', lineterminator='\r\n')
    lines.writerow(headings)
    lines.writerows(map(cell, row) for row in rows)
    return out.getvalue().encode('utf-8-sig')


def cell(value: object) -> str:
    """Return the value as Excel in Sweden reads it, and never as a formula."""
    if isinstance(value, float):
        return str(value).replace('.', ',')
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime('%Y-%m-%d %H:%M')
    text = '' if value is None else str(value)
    return f"'{text}" if text.lstrip(' ').startswith(RISKY) or text.startswith(RISKY) else text


class _Rows:
    """The rows of one person's data."""

    def __init__(self, own: PersonalData, lists: Catalogue, _: Translator) -> None:
        self._own, self._ = own, _
        self._team = own.team.name if own.team else ''
        self._roots = {root.id: root.label.in_(_.language) for root in lists.roots}

    def all(self) -> Iterator[Row]:
        """Return everything, each kind newest first."""
        own = self._own
        yield self._person()
        yield from map(self._entry, own.entries)
        yield from map(self._reply, own.replies)
        yield from map(self._step, own.steps)
        yield from map(self._share, own.shares)
        yield from map(self._act, own.acts)
        yield from map(self._notice, own.notices)
        yield from map(self._device, own.devices)
        yield from map(self._token, own.tokens)
        yield from map(self._event, own.events)

    def _person(self) -> Row:
        _, person = self._, self._own.person
        return {'type': _('Person'), 'id': person.id, 'time': person.added_at, 'kind': role_name(person.role, _),
                'text': person.name, 'team': self._team,
                'about': f'{LANGUAGES[person.language]}, {theme_name(person.theme, _)}'}  # fmt: skip

    def _entry(self, logged: ExportedEntry) -> Row:
        _, entry, site = self._, logged.entry, logged.site
        position = site.position if site else None
        return {
            'type': _('Entry'), 'id': entry.id, 'time': entry.happened_at, 'kind': entry_kind(entry.kind, _),
            'text': entry.text, 'place': site.name if site else '', 'latitude': position.latitude if position else '',
            'longitude': position.longitude if position else '', 'team': self._team,
            'about': ', '.join((*(self._roots.get(root, root) for root in entry.roots), *entry.partners)),
            'state': _('Withdrawn') if entry.is_withdrawn else '',
        }  # fmt: skip

    def _reply(self, answered: ExportedReply) -> Row:
        _, reply = self._, answered.reply
        return {'type': _('Answer'), 'id': reply.id, 'time': reply.at, 'kind': reply_kind(reply.kind, _),
                'text': reply.text, 'about': answered.about.text if answered.about else '',
                'state': _('Withdrawn') if reply.is_withdrawn else ''}  # fmt: skip

    def _step(self, done: ExportedStep) -> Row:
        _, step = self._, done.step
        return {'type': _('Step'), 'id': done.obstacle_id, 'time': step.at, 'kind': state_name(step.state, _),
                'text': '\n'.join(filter(None, (step.to, step.words))),
                'about': done.about.text if done.about else ''}  # fmt: skip

    def _share(self, shared: ExportedShare) -> Row:
        _ = self._
        about = shared.about.text if shared.about else ''
        return {'type': _('Me too'), 'id': shared.obstacle_id, 'time': shared.share.at,
                'kind': entry_kind(EntryKind.OBSTACLE, _), 'about': about}  # fmt: skip

    def _act(self, act: CaseAct) -> Row:
        _ = self._
        return {'type': _('With a case'), 'id': act.id, 'time': act.at, 'kind': act_name(act.kind, _),
                'text': act.content.words, 'about': act.case_id,
                'state': _('Undone') if act.undone_at else ''}  # fmt: skip

    def _notice(self, notice: Notification) -> Row:
        _ = self._
        return {'type': _('Notification'), 'id': notice.id, 'time': notice.at, 'kind': notice_reason(notice.why, _),
                'about': notice.reply_id or notice.entry_id or notice.case_id or '',
                'state': _('Has been read') if notice.is_seen else ''}  # fmt: skip

    def _device(self, device: Device) -> Row:
        _ = self._
        return {'type': _('Device'), 'time': device.joined_at, 'text': device.name,
                'state': _('Signed out') if device.revoked_at else ''}  # fmt: skip

    def _token(self, token: AccessToken) -> Row:
        _ = self._
        return {'type': _('Key'), 'time': token.made_at, 'text': token.name,
                'kind': ', '.join(scope_name(scope, _) for scope in token.scopes),
                'state': _('Ended') if token.revoked_at else ''}  # fmt: skip

    def _event(self, event: Event) -> Row:
        _ = self._
        about = event.reply_id or event.entry_id or event.case_id or event.asset_id or event.site_id or ''
        return {'type': _('Change'), 'id': event.id, 'time': event.at,
                'kind': event_sentence(event, self._own.person, _), 'about': about}  # fmt: skip


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
