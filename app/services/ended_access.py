"""End what a person who loses access has: devices, keys, invitations, and the cases that were theirs."""

from __future__ import annotations

from app.domain.access_tokens import AccessToken
from app.domain.document import Document
from app.domain.people import Device, Invitation
from app.services.case_assignments import left_behind
from app.services.context import Context
from app.services.last_seen import LastSeen


class EndedAccess:
    """What changes with somebody who loses access. Nothing is saved here."""

    def __init__(self, context: Context, last_seen: LastSeen) -> None:
        self._context = context
        self._store = context.store
        self._last_seen = last_seen

    async def of(self, person_id: str) -> list[Document]:
        """Return all devices, access tokens and invitations of a person, ended, and their cases as their teams' again.

        All access ends, so that a lost phone does not regain it when its owner does.
        """
        stamp = self._context.stamp()
        found = (await self._store.find(Device, person_id=person_id)).documents
        latest = [self._last_seen.latest(device) for device in found]
        devices = [device.revoke(stamp)[0] for device in latest if device.is_open(stamp.at)]
        tokens = (await self._store.find(AccessToken, person_id=person_id)).documents
        ended = [token.revoke(stamp)[0] for token in tokens if self._last_seen.latest(token).is_open(stamp.at)]
        invitations = await self.invitations(person_id)
        return [*devices, *ended, *invitations, *await left_behind(self._context, person_id)]

    async def invitations(self, person_id: str) -> list[Invitation]:
        """Return the unused invitations of a person, ended."""
        made, now = (await self._store.find(Invitation, person_id=person_id)).documents, self._context.now()
        return [old.end(now) for old in made if old.used_at is None and old.ended_at is None]
