"""Keys for programs: made, listed, used and ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from app.domain.access_tokens import TOKEN_LASTS, AccessToken, Scope
from app.domain.errors import NotAllowed
from app.domain.people import Person, Role
from app.services.context import Context
from app.services.last_seen import LastSeen
from app.services.people import fingerprint
from app.services.retry import retry_on_conflict

PREFIX = 'haren_'
"""What every token begins with, so that people and programs that look for leaked keys know one when they see it."""

MOST_TOKENS = 20
"""Tokens of one person that work at one time."""


class Authenticated(NamedTuple):
    """A person for whom a program asks, and the token that it shows."""

    person: Person
    token: AccessToken


class AccessTokens:
    """What can be done with personal access tokens."""

    def __init__(self, context: Context, presence: LastSeen) -> None:
        self._context = context
        self._store = context.store
        self._presence = presence

    async def of(self, person_id: str) -> tuple[AccessToken, ...]:
        """The tokens of a person that work now, newest first."""
        found = await self._store.find(AccessToken, person_id=person_id)
        return tuple(self._presence.latest(it) for it in found.documents if it.is_open(self._context.now()))

    @retry_on_conflict
    async def make(
        self, person: Person, name: str, scopes: Collection[Scope], lasts: timedelta = TOKEN_LASTS
    ) -> tuple[AccessToken, str]:
        """A new token of one's own, and the secret itself: shown once and kept nowhere."""
        person.require(Role.FIELD)
        if len(await self.of(person.id)) >= MOST_TOKENS:
            raise NotAllowed('You have {count} keys. End one that is not used any more.', count=MOST_TOKENS)
        secret, stamp = PREFIX + self._context.new_token(), self._context.stamp(person)
        token, event = AccessToken.make(fingerprint(secret), person.id, name, scopes, lasts, stamp)
        await self._store.save(token, event)
        return token.once_kept(), secret

    async def show(self, secret: str) -> Authenticated | None:
        """For whom a program asks that shows this secret, and with which token; None where it lets nobody in."""
        token = await self._store.get(AccessToken, fingerprint(secret))
        if token is None or not token.is_open(self._context.now()):
            return None
        person = await self._store.get(Person, token.person_id)
        return Authenticated(person, self._presence.see(token)) if person and person.active else None

    @retry_on_conflict
    async def revoke(self, by: Person, token_id: str) -> None:
        """End a token for good: one's own, or anybody's where an administrator asks. Again changes nothing."""
        token = await self._store.get(AccessToken, token_id)
        if token is None or not token.is_open(self._context.now()):
            return
        if token.person_id != by.id:
            by.require(Role.ADMIN)
        await self._store.save(*token.revoke(self._context.stamp(by)))
