"""The audit log: who let whom in, took rights away, took data along, and who was turned away."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.people import Person, Role

AUDIT_KEPT_FOR = timedelta(days=730)
"""After this a record is erased."""


NO_ACCESS = 'no access'
"""Stands behind the role of somebody who may not sign in."""


class AuditKind(StrEnum):
    """The kind of act that a record is about."""

    SIGN_IN_REFUSED = 'sign_in_refused'
    TOKEN_REFUSED = 'token_refused'
    DENIED = 'denied'
    EXPORTED = 'exported'
    PERSON_ADDED = 'person_added'
    ROLE_CHANGED = 'role_changed'
    ACCESS_CHANGED = 'access_changed'
    INVITED = 'invited'
    TOKEN_MADE = 'token_made'
    TOKEN_ENDED = 'token_ended'
    ERASED = 'erased'
    CONFIRMATION_ASKED = 'confirmation_asked'
    CONFIRMATION_REFUSED = 'confirmation_refused'
    DEVICE_CONFIRMED = 'device_confirmed'


class AuditRecord(Document):
    """One record. Its ids are replaced when their person leaves for good, and their roles stay.

    `by` is who did it: None for strangers, and for the command line. `about` is whom it concerns. `before` and `after`
    are the old and the new value of what changed. `count` is how often it happened until `last_at`: strangers could
    fill the log with one record each.
    """

    kept_in: ClassVar[str] = 'audit'
    newest_by: ClassVar[str] = 'at'

    at: Moment
    kind: AuditKind
    by: str | None = None
    by_role: Role | None = None
    about: str | None = None
    about_role: Role | None = None
    before: str = ''
    after: str = ''
    count: int = 1
    last_at: Moment | None = None

    @classmethod
    def of(
        cls, kind: AuditKind, stamp: ChangeStamp, by: Person | None, about: Person | None = None,
        before: str = '', after: str = '',
    ) -> AuditRecord:  # fmt: skip
        """Return the record of a change. It has an id of its own, made from that of the change's Event."""
        return cls(
            id=f'audit-{stamp.event_id}', at=stamp.at, kind=kind,
            by=by.id if by else None, by_role=by.role if by else None,
            about=about.id if about else None, about_role=about.role if about else None,
            before=before, after=after,
        )  # fmt: skip

    @classmethod
    def of_rights(cls, before: Person, after: Person, stamp: ChangeStamp, by: Person) -> tuple[AuditRecord, ...]:
        """Return the record of a new role, or of access that was given or taken; none if neither changed."""
        was, now = _rights(before), _rights(after)
        if was == now:
            return ()
        kind = AuditKind.ROLE_CHANGED if before.role is not after.role else AuditKind.ACCESS_CHANGED
        return (cls.of(kind, stamp, by, after, was, now),)

    def counted(self, count: int, now: datetime) -> AuditRecord:
        """Return it as what has happened so often by now."""
        return self.model_copy(update={'count': count, 'last_at': now})

    def is_over(self, now: datetime) -> bool:
        """Return True if it has been kept for long enough."""
        return now >= self.at + AUDIT_KEPT_FOR


def _rights(person: Person) -> str:
    return person.role.value if person.active else f'{person.role.value}, {NO_ACCESS}'
