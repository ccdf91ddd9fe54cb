"""Personal access tokens, with which programs use the API in somebody's name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment, Text, checked_name
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event

TOKEN_LASTS = timedelta(days=365)
"""The longest time that a token can work."""

UNCONFIRMED_LASTS = timedelta(hours=1)
"""The time within which somebody must have said, or shown by using it, that they have a new token."""


class Scope(StrEnum):
    """A permission of a token. It never exceeds what the token's person may do."""

    READ = 'read'
    LOG = 'log'
    CASES = 'cases'


ALL_SCOPES = frozenset(Scope)
"""The scopes of a person who is signed in on a device."""


class AccessToken(Document):
    """A token that lets a program act for a person. Its id is the token's SHA-256: the token itself is never stored.

    `used_at` is the hour of its latest use. It is coarse on purpose: it must not become a diary of somebody's day.
    `confirm_by` is None once somebody has the token. Until then it says when the token ends by itself.
    """

    kept_in: ClassVar[str] = 'access_tokens'
    found_by: ClassVar[tuple[str, ...]] = ('person_id',)
    newest_by: ClassVar[str] = 'made_at'

    person_id: str
    name: Text
    scopes: tuple[Scope, ...]
    made_at: Moment
    ends_at: Moment
    used_at: Moment | None = None
    revoked_at: Moment | None = None
    confirm_by: Annotated[Moment | None, Field(exclude_if=lambda moment: moment is None)] = None

    @classmethod
    def make(
        cls, id: str, person_id: str, name: str, scopes: Collection[Scope], lasts: timedelta, stamp: ChangeStamp
    ) -> tuple[AccessToken, Event]:
        """Create a token for a person.

        Raise Invalid if it has no scope, or would work for longer than TOKEN_LASTS.
        """
        if not scopes:
            raise Invalid('scopes', 'Choose what the program may do.')
        if not timedelta() < lasts <= TOKEN_LASTS:
            raise Invalid('lasts', 'A key works for {days} days at most.', days=TOKEN_LASTS.days)
        token = cls(
            id=id,
            person_id=person_id,
            name=checked_name(name),
            scopes=tuple(s for s in Scope if s in scopes),
            made_at=stamp.at,
            ends_at=stamp.at + lasts,
        )
        return token, make_event(EventKind.TOKEN_MADE, stamp, person_id=person_id)

    def is_open(self, now: datetime) -> bool:
        """Return True if the token still lets a program in."""
        ends_at = min(self.ends_at, self.confirm_by) if self.confirm_by else self.ends_at
        return self.revoked_at is None and now < ends_at

    def unconfirmed(self) -> AccessToken:
        """Return a new token that ends soon, unless somebody confirms that they have it."""
        return self.model_copy(update={'confirm_by': self.made_at + UNCONFIRMED_LASTS})

    def confirmed(self) -> AccessToken:
        """Return the token as one that somebody has."""
        return self.model_copy(update={'confirm_by': None}) if self.confirm_by else self

    def used(self, now: datetime) -> AccessToken:
        """Return the token with the hour of its latest use, or itself if that hour is already recorded.

        Whoever uses a token has it, so that confirms it.
        """
        hour = now.replace(minute=0, second=0, microsecond=0)
        return self if self.used_at == hour else self.model_copy(update={'used_at': hour, 'confirm_by': None})

    def revoke(self, stamp: ChangeStamp) -> tuple[AccessToken, Event]:
        """Return the token revoked for good."""
        return self.model_copy(update={'revoked_at': stamp.at}), make_event(
            EventKind.TOKEN_REVOKED, stamp, person_id=self.person_id
        )
