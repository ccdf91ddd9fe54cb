"""Add a person with an invitation, for whoever runs the server: both or neither."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.audit import AuditKind, AuditRecord
from app.domain.document import Document
from app.domain.people import Invitation, Person, Role
from app.services.context import Context
from app.services.people import fingerprint
from app.store.protocol import ReadOnly


@dataclass(frozen=True)
class PreparedInvitation:
    """A person and their invitation, which nobody knows of before they are saved."""

    token: str
    documents: tuple[Document, ...]


class OperatorInvitations:
    """The use cases of the command line, which has no name of its own and invites the first administrator.

    Preparing and saving are two steps, so that somebody has seen the link before anything is kept.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def prepare(self, name: str, role: Role) -> PreparedInvitation:
        """Return a new person with an invitation. Raise Invalid for a wrong name, and ReadOnly if saving would fail."""
        if self._store.state.refused is not None:
            raise ReadOnly(self._store.state.refused)
        adding, inviting = self._context.stamp(), self._context.stamp()
        person, event = Person.add(self._context.new_id(), name, role, None, adding)
        token = self._context.new_token()
        invitation = Invitation(id=fingerprint(token), person_id=person.id, made_at=inviting.at)
        added = AuditRecord.of(AuditKind.PERSON_ADDED, adding, None, person, after=role.value)
        invited = AuditRecord.of(AuditKind.INVITED, inviting, None, person)
        return PreparedInvitation(token, (person, event, invitation, added, invited))

    async def save(self, prepared: PreparedInvitation) -> None:
        """Save the person and the invitation. Raise ReadOnly if the disk refuses: nothing is saved then."""
        await self._store.save(*prepared.documents)
