"""Keys with which programs use the API in somebody's name: personal access tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment, checked_name
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, told

TOKEN_LASTS = timedelta(days=365)
"""How long a token works at most."""


class Scope(StrEnum):
    """What a token may be used for, within what its person may."""

    READ = 'read'
    LOG = 'log'
    CASES = 'cases'


ALL_SCOPES = frozenset(Scope)
"""What somebody may who is signed in themselves."""


class AccessToken(Document):
    """A key that lets a program act for a person. Its id is the token's SHA-256: the token itself is never kept.

    `used_at` is the hour in which it was last used: coarse, so that it is no diary of somebody's day.
    """

    kept_in: ClassVar[str] = 'access_tokens'
    found_by: ClassVar[tuple[str, ...]] = ('person_id',)
    newest_by: ClassVar[str] = 'made_at'

    person_id: str
    name: str
    scopes: tuple[Scope, ...]
    made_at: Moment
    ends_at: Moment
    used_at: Moment | None = None
    revoked_at: Moment | None = None

    @classmethod
    def make(
        cls, id: str, person_id: str, name: str, scopes: Collection[Scope], lasts: timedelta, stamp: ChangeStamp
    ) -> tuple[AccessToken, Event]:
        """A new token for a person; Invalid where it may do nothing, or for longer than TOKEN_LASTS."""
        if not scopes:
            raise Invalid('scopes', 'Choose what the program may do.')
        if not timedelta() < lasts <= TOKEN_LASTS:
            raise Invalid('lasts', 'A key works for {days} days at most.', days=TOKEN_LASTS.days)
        token = cls(
            id=id, person_id=person_id, name=checked_name(name), scopes=tuple(s for s in Scope if s in scopes),
            made_at=stamp.at, ends_at=stamp.at + lasts,
        )  # fmt: skip
        return token, told(EventKind.TOKEN_MADE, stamp, person_id=person_id)

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets a program in."""
        return self.revoked_at is None and now < self.ends_at

    def used(self, now: datetime) -> AccessToken:
        """The token as used in this hour, or itself where that is known."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        return self if self.used_at == hour else self.model_copy(update={'used_at': hour})

    def revoke(self, stamp: ChangeStamp) -> tuple[AccessToken, Event]:
        """The token ended for good."""
        return self.model_copy(update={'revoked_at': stamp.at}), told(
            EventKind.TOKEN_REVOKED, stamp, person_id=self.person_id
        )
