"""Staff: their teams and roles, the invitations that let them in, and the devices that they use."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment, Text, checked_name
from app.domain.errors import Gone, NotAllowed
from app.domain.events import Event, EventKind, make_event
from app.domain.leaving import Leaving

INVITATION_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(days=90)

CONFIRM_AFTER = timedelta(hours=12)
"""A device that was idle for so long has to be confirmed before it lets somebody in."""

Theme = Literal['auto', 'light', 'dark']
Language = Literal['sv', 'en']


class Role(StrEnum):
    """A person's role. Each role includes the ones before it."""

    FIELD = 'field'
    LEAD = 'lead'
    ADMIN = 'admin'

    def covers(self, needed: Role) -> bool:
        """Return True if this role includes `needed`."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Team(Document):
    """A unit of an organisation."""

    kept_in: ClassVar[str] = 'teams'
    newest_by: ClassVar[str] = 'added_at'

    name: Text
    organisation: Text
    added_at: Moment

    @classmethod
    def add(cls, id: str, name: str, organisation: str, stamp: ChangeStamp) -> tuple[Team, Event]:
        """Create a team."""
        team = cls(
            id=id, name=checked_name(name), organisation=checked_name(organisation, 'organisation'), added_at=stamp.at
        )
        return team, make_event(EventKind.TEAM_ADDED, stamp, team_id=id)

    def rename(self, name: str, organisation: str, stamp: ChangeStamp) -> tuple[Team, Event]:
        """Change the name or organisation of a team."""
        changed = {'name': checked_name(name), 'organisation': checked_name(organisation, 'organisation')}
        return self.model_copy(update=changed), make_event(EventKind.TEAM_CHANGED, stamp, team_id=self.id)


class Person(Document):
    """A member of staff. `active` is False once they no longer work here; their work keeps its author.

    `former_names` are those by which texts may still mention them. Nobody is shown them: they are kept so that they can
    be erased.
    """

    kept_in: ClassVar[str] = 'people'
    found_by: ClassVar[tuple[str, ...]] = ('team_id', 'role')
    newest_by: ClassVar[str] = 'added_at'

    name: Text
    role: Role
    team_id: str | None
    added_at: Moment
    active: bool = True
    language: Language = 'sv'
    theme: Theme = 'auto'
    leaving: Leaving | None = None
    former_names: Annotated[tuple[Text, ...], Field(exclude_if=lambda names: not names)] = ()

    @classmethod
    def add(cls, id: str, name: str, role: Role, team_id: str | None, stamp: ChangeStamp) -> tuple[Person, Event]:
        """Create a person, who can't sign in before an invitation is used."""
        person = cls(id=id, name=checked_name(name), role=role, team_id=team_id, added_at=stamp.at)
        return person, make_event(EventKind.PERSON_ADDED, stamp, person_id=id, team_id=team_id)

    def require(self, role: Role) -> None:
        """Raise NotAllowed unless this person is active and their role covers `role`."""
        if not (self.active and self.role.covers(role)):
            raise NotAllowed('Your role does not allow this. Ask an administrator if it should.')

    @property
    def is_admin(self) -> bool:
        """True if the person is active and an administrator."""
        return self.active and self.role is Role.ADMIN

    def invited(self, stamp: ChangeStamp) -> Event:
        """Return the Event of a new invitation for this person."""
        return make_event(EventKind.PERSON_INVITED, stamp, person_id=self.id, team_id=self.team_id)

    def change(
        self, name: str, role: Role, team_id: str | None, active: bool, stamp: ChangeStamp
    ) -> tuple[Person, Event]:
        """Change a person's name, role, team or access. Raise Gone if they are leaving."""
        if self.leaving:
            raise Gone('They have left Haren for good.')
        name = checked_name(name)
        former = tuple(dict.fromkeys((*self.former_names, self.name))) if name != self.name else self.former_names
        changed = {'name': name, 'role': role, 'team_id': team_id, 'active': active, 'former_names': former}
        return self.model_copy(update=changed), make_event(
            EventKind.PERSON_CHANGED, stamp, person_id=self.id, team_id=team_id
        )

    def leave(self, leaving: Leaving) -> Person:
        """Return the person as one who leaves for good. They lose access at once, and are soon erased."""
        return self.model_copy(update={'active': False, 'leaving': leaving})

    @staticmethod
    def left(stamp: ChangeStamp) -> Event:
        """Return the Event that somebody left. It doesn't say who."""
        return make_event(EventKind.PERSON_LEFT, stamp)

    def prefer(self, language: Language, theme: Theme) -> Person:
        """Change the settings of the person's own screen. There is no Event: it is nobody else's business."""
        return self.model_copy(update={'language': language, 'theme': theme})


class Invitation(Document):
    """An invitation that signs one device in, once. Its id is the token's SHA-256: the token itself is never stored."""

    kept_in: ClassVar[str] = 'invitations'
    found_by: ClassVar[tuple[str, ...]] = ('person_id',)
    newest_by: ClassVar[str] = 'made_at'

    person_id: str
    made_at: Moment
    used_at: Moment | None = None
    ended_at: Moment | None = None

    def require_open(self, now: datetime) -> None:
        """Raise Gone if it was used before, has been replaced by a newer one, or is too old."""
        if self.used_at is not None:
            raise Gone('This invitation has been used. Ask for a new one.')
        if self.ended_at is not None:
            raise Gone('This invitation no longer works. Use the newest one, or ask for a new one.')
        if now >= self.made_at + INVITATION_LASTS:
            raise Gone('This invitation is too old. Ask for a new one.')

    def end(self, now: datetime) -> Invitation:
        """Return the invitation as one that no longer lets anybody in."""
        return self.model_copy(update={'ended_at': now})

    def use(
        self, person: Person, device_id: str, device_name: str, stamp: ChangeStamp
    ) -> tuple[Invitation, Device, Event]:
        """Use the invitation. Return it with the device that it lets in, and the Event."""
        self.require_open(stamp.at)
        device = Device(id=device_id, person_id=person.id, name=device_name, joined_at=stamp.at, seen_at=stamp.at)
        event = make_event(EventKind.PERSON_JOINED, stamp, person_id=person.id, team_id=person.team_id)
        return self.model_copy(update={'used_at': stamp.at}), device, event


class Device(Document):
    """A browser on which somebody is signed in.

    Its id is the session token's SHA-256: the token itself is never stored. `must_confirm` is True once it has come
    back after CONFIRM_AFTER without a request, until it is confirmed on another device: whoever found it could make
    access that outlives its session.
    """

    kept_in: ClassVar[str] = 'devices'
    found_by: ClassVar[tuple[str, ...]] = ('person_id',)
    newest_by: ClassVar[str] = 'joined_at'

    person_id: str
    name: Text
    joined_at: Moment
    seen_at: Moment
    revoked_at: Moment | None = None
    must_confirm: Annotated[bool, Field(exclude_if=lambda must: not must)] = False

    def is_open(self, now: datetime) -> bool:
        """Return True if the device is still signed in."""
        return self.revoked_at is None and now < self.joined_at + SESSION_LASTS

    def seen(self, now: datetime) -> Device:
        """Return the device with the hour of its latest use, or itself if that hour is already recorded.

        More precision would make it a diary of somebody's day, and could reveal who wrote something.
        """
        hour = now.replace(minute=0, second=0, microsecond=0)
        return self.model_copy(update={'seen_at': hour}) if hour != self.seen_at else self

    def may_have_been_idle(self, now: datetime) -> bool:
        """Return True unless the stored hour shows that it was used within CONFIRM_AFTER.

        The hour began before the use, so no gap is missed. An hour far ahead was stored by a wrong clock and shows
        nothing.
        """
        return abs(now - self.seen_at) >= CONFIRM_AFTER

    def require_confirmation(self) -> Device:
        """Return the device as one that has to be confirmed, or itself if it is one already."""
        return self if self.must_confirm else self.model_copy(update={'must_confirm': True})

    def confirm(self) -> Device:
        """Return the device as confirmed."""
        return self.model_copy(update={'must_confirm': False})

    def revoke(self, stamp: ChangeStamp) -> tuple[Device, Event]:
        """Sign the device out for good."""
        return self.model_copy(update={'revoked_at': stamp.at}), make_event(
            EventKind.DEVICE_REVOKED, stamp, person_id=self.person_id
        )
