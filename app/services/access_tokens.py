"""Make, list, check and revoke access tokens for programs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from app.domain.access_tokens import TOKEN_LASTS, AccessToken, Scope
from app.domain.audit import AuditKind, AuditRecord
from app.domain.errors import Gone, NotAllowed
from app.domain.people import Device, Person, Role
from app.services.context import Context
from app.services.last_seen import LastSeen
from app.services.people import fingerprint
from app.services.retry import retry_on_conflict

PREFIX = 'haren_'
"""The beginning of every token. It lets people and programs that search for leaked secrets recognise one."""

MOST_TOKENS = 20
"""Valid tokens that one person may have at a time."""


class Authenticated(NamedTuple):
    """The person for whom a program acts, and the token that it showed."""

    person: Person
    token: AccessToken


class AccessTokens:
    """The use cases for personal access tokens."""

    def __init__(self, context: Context, last_seen: LastSeen) -> None:
        self._context = context
        self._store = context.store
        self._last_seen = last_seen

    async def of(self, person_id: str) -> tuple[AccessToken, ...]:
        """Return the valid tokens of a person, newest first."""
        found = await self._store.find(AccessToken, person_id=person_id)
        return tuple(self._last_seen.latest(token) for token in found.documents if self._is_open(token))

    @retry_on_conflict
    async def make(
        self,
        person: Person,
        name: str,
        scopes: Collection[Scope],
        lasts: timedelta = TOKEN_LASTS,
        *,
        unconfirmed: bool = False,
        on: Device | None = None,
    ) -> tuple[AccessToken, str]:
        """Make a token for oneself. Return it together with its secret.

        The secret is shown once and not stored. An `unconfirmed` token ends within the hour unless it is confirmed or
        used, as a screen may be lost before anybody has read it. Raise NotAllowed if the person has MOST_TOKENS
        already, and Unconfirmed if the device that it is made on has to be confirmed.
        """
        person.require(Role.FIELD)
        if len(await self.of(person.id)) >= MOST_TOKENS:
            raise NotAllowed('You have {count} keys. End one that is not used any more.', count=MOST_TOKENS)
        await self._last_seen.require_confirmed(on)
        secret, stamp = PREFIX + self._context.new_token(), self._context.stamp(person)
        token, event = AccessToken.make(fingerprint(secret), person.id, name, scopes, lasts, stamp)
        token = token.unconfirmed() if unconfirmed else token
        await self._store.save(token, event, AuditRecord.of(AuditKind.TOKEN_MADE, stamp, person, person))
        return token.as_saved(), secret

    @retry_on_conflict
    async def confirm(self, person: Person, token_id: str) -> None:
        """Record that somebody has their new token. Raise Gone if it has ended meanwhile."""
        token = await self._store.get(AccessToken, token_id)
        if token is None or token.person_id != person.id or not self._is_open(token):
            raise Gone('This key has ended. Make a new one.')
        if token.confirm_by:
            await self._store.save(token.confirmed())

    async def authenticate(self, secret: str) -> Authenticated | None:
        """Return the person and the token that belong to a secret, or None if it is not valid."""
        token = await self._store.get(AccessToken, fingerprint(secret))
        if token is None or not self._is_open(token):
            return None
        person = await self._store.get(Person, token.person_id)
        return Authenticated(person, self._last_seen.see(token)) if person and person.active else None

    @retry_on_conflict
    async def revoke(self, by: Person, token_id: str) -> None:
        """Revoke a token for good: one's own, or as an administrator anybody's.

        Revoking it again changes nothing.
        """
        token = await self._store.get(AccessToken, token_id)
        if token is None or not self._is_open(token):
            return
        if token.person_id != by.id:
            by.require(Role.ADMIN)
        stamp = self._context.stamp(by)
        owner = await self._store.get(Person, token.person_id)
        await self._store.save(*token.revoke(stamp), AuditRecord.of(AuditKind.TOKEN_ENDED, stamp, by, owner))

    def _is_open(self, token: AccessToken) -> bool:
        """Return True if the token still lets a program in. Its latest use, perhaps not saved yet, confirms it."""
        return self._last_seen.latest(token).is_open(self._context.now())
