"""The screen of the audit log, for administrators: who let whom in, who took data along, who was turned away."""

from __future__ import annotations

from nicegui import ui

from app.domain.audit import NO_ACCESS, AuditKind, AuditRecord
from app.domain.erasure import ERASED_PERSON
from app.domain.local_dates import ZONE
from app.domain.people import Role
from app.i18n import Translator, msgid
from app.wording.public import role_name
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.text import Text

ROWS = 100

RIGHTS_CHANGED = (AuditKind.ROLE_CHANGED, AuditKind.ACCESS_CHANGED)

SENTENCES = {
    AuditKind.SIGN_IN_REFUSED: msgid('A sign-in link was refused.'),
    AuditKind.TOKEN_REFUSED: msgid('A key was refused.'),
    AuditKind.DENIED: msgid('{by} was denied something.'),
    AuditKind.EXPORTED: msgid('{by} took their own data along.'),
    AuditKind.PERSON_ADDED: msgid('{by} added {about}.'),
    **dict.fromkeys(RIGHTS_CHANGED, msgid('{by} changed the rights of {about}: {was} → {now}.')),
    AuditKind.INVITED: msgid('{by} invited {about}.'),
    AuditKind.TOKEN_MADE: msgid('{by} made a key.'),
    AuditKind.TOKEN_ENDED: msgid('{by} ended a key of {about}.'),
    AuditKind.ERASED: msgid('{by} let {about} leave for good.'),
    AuditKind.CONFIRMATION_ASKED: msgid('{by} came back on an idle device and was asked to confirm it.'),
    AuditKind.CONFIRMATION_REFUSED: msgid('{by} entered a wrong code to confirm a device.'),
    AuditKind.DEVICE_CONFIRMED: msgid('{by} confirmed a device of {about}.'),
}


def register(pages: StaffPages) -> None:
    """Register /settings/audit."""

    @pages.screen('/settings/audit', lambda _: _('Audit log'), Role.ADMIN)
    async def build(screen: Screen) -> None:
        Text('p', screen._('Only administrators read this. A record is erased after two years.')).classes('quiet')
        await _AuditList(screen).more()


class _AuditList:
    """The records, newest first, and a button for older ones."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._before: str | None = None
        self._rows = ui.element('ul').classes('audit')
        self._button = Button(screen._('Older'), self.more)

    async def more(self) -> None:
        """Show the next records."""
        admin = await self._screen.person()
        page = await self._screen.services.audit_log.page(admin, ROWS, self._before)
        self._before = page.older
        self._button.set_visibility(page.older is not None)
        with self._rows:
            for record in page.documents:
                await self._row(record)
            if not page.documents:
                Text('li', self._screen._('Nothing has happened yet.'))

    async def _row(self, record: AuditRecord) -> None:
        _ = self._screen._
        by, about = await self._name(record.by, record.by_role), await self._name(record.about, record.about_role)
        sentence = wording(record, by, about, _)
        times = _('{count} times or more', count=record.count) if record.count > 1 else ''
        with ui.element('li').classes('written'):
            Text('span', f'{_.date(record.at)} {record.at.astimezone(ZONE):%H:%M}: ').classes('quiet')
            Text('span', f'{sentence} ({times})' if times else sentence)

    async def _name(self, person_id: str | None, role: Role | None) -> str:
        _ = self._screen._
        if person_id is None:
            return _('The command line')
        person = await self._screen.services.people.find(person_id) if person_id != ERASED_PERSON else None
        shown, shown_role = person.name if person else _('somebody who has left'), role_name(role, _) if role else ''
        return f'{shown} ({shown_role})'


def wording(record: AuditRecord, by: str, about: str, _: Translator) -> str:
    """Return the sentence about a record."""
    rights = (
        {'was': _rights(record.before, _), 'now': _rights(record.after, _)} if record.kind in RIGHTS_CHANGED else {}
    )
    return _(SENTENCES[record.kind], by=by, about=about, **rights)


def _rights(kept: str, _: Translator) -> str:
    role, lost = Role(kept.partition(', ')[0]), _('no access')
    shown = role_name(role, _)
    return f'{shown}, {lost}' if kept.endswith(NO_ACCESS) else shown
