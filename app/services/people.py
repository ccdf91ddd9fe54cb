"""Staff: their teams, how they get in and on which devices they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.domain.access_tokens import AccessToken
from app.domain.errors import Gone, Invalid, NotFound
from app.domain.people import Device, Invitation, Language, Person, Role, Team, Theme
from app.services.context import Context
from app.services.last_seen import LastSeen
from app.services.retry import retry_on_conflict


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, and on which device."""

    person: Person
    device: Device


@dataclass(frozen=True)
class PersonDraft:
    """How an administrator describes a person."""

    name: str
    role: Role
    team_id: str | None = None
    active: bool = True


class People:
    """What can be done with people, teams, invitations and devices."""

    def __init__(self, context: Context, presence: LastSeen) -> None:
        self._context = context
        self._store = context.store
        self._presence = presence

    async def all(self) -> tuple[Person, ...]:
        """Everybody, by name; those who no longer work here last, and of those who leave for good nobody."""
        known = [person for person in await self._context.find_all(Person) if person.leaving is None]
        return tuple(sorted(known, key=lambda person: (not person.active, person.name.casefold())))

    async def teams(self) -> tuple[Team, ...]:
        """Every team, by name."""
        return tuple(sorted(await self._context.find_all(Team), key=lambda team: team.name.casefold()))

    async def team(self, team_id: str | None) -> Team | None:
        """The team with this id, or None."""
        return await self._context.team(team_id)

    async def get(self, person_id: str) -> Person:
        """One person; NotFound where there is none."""
        person = await self._store.get(Person, person_id)
        if person is None:
            raise NotFound('There is no such person.')
        return person

    async def devices(self, person_id: str) -> tuple[Device, ...]:
        """The devices on which a person is signed in, newest first."""
        found = await self._store.find(Device, person_id=person_id)
        return tuple(self._presence.latest(it) for it in found.documents if it.is_open(self._context.now()))

    @retry_on_conflict
    async def add_team(self, admin: Person, name: str, organisation: str, wished_id: str = '') -> Team:
        """A new team."""
        admin.require(Role.ADMIN)
        team, event = Team.add(wished_id or self._context.new_id(), name, organisation, self._context.stamp(admin))
        await self._store.save(team, event)
        return team

    @retry_on_conflict
    async def rename_team(
        self, admin: Person, team_id: str, name: str, organisation: str, *, seen: int | None = None
    ) -> Team:
        """Another name or organisation for a team. Clash where it isn't as `seen`: the revision that a form showed."""
        admin.require(Role.ADMIN)
        team = await self._store.get(Team, team_id)
        if team is None:
            raise NotFound('There is no such team.')
        team, event = team.require_revision(seen).rename(name, organisation, self._context.stamp(admin))
        await self._store.save(team, event)
        return team

    @retry_on_conflict
    async def add(self, admin: Person | None, duties: PersonDraft, wished_id: str = '') -> Person:
        """A new person. `admin` is None where the command line asks, which is how the first one comes in."""
        if admin is not None:
            admin.require(Role.ADMIN)
        await self._context.require_team(duties.team_id)
        person, event = Person.add(
            wished_id or self._context.new_id(), duties.name, duties.role, duties.team_id, self._context.stamp(admin)
        )
        await self._store.save(person, event)
        return person

    @retry_on_conflict
    async def change(self, admin: Person, person_id: str, duties: PersonDraft, *, seen: int | None = None) -> Person:
        """Other duties for a person; somebody who is no longer active is signed out everywhere at once.

        Clash where they aren't as `seen`: the revision that a form showed.
        """
        admin.require(Role.ADMIN)
        await self._context.require_team(duties.team_id)
        before = (await self.get(person_id)).require_revision(seen)
        person, event = before.change(
            duties.name, duties.role, duties.team_id, duties.active, self._context.stamp(admin)
        )
        remaining = await self.require_an_admin_besides(person)
        # Saved with it, so that of two who demote each other at one instant one is refused.
        relied_on = (remaining,) if remaining and is_admin(before) and not is_admin(person) else ()
        ended = () if person.active else await self.ended_access(person_id)
        await self._store.save(person, event, *relied_on, *ended)
        return person

    @retry_on_conflict
    async def prefer(self, person: Person, language: Language, theme: Theme) -> Person:
        """Another language or theme for one's own screens."""
        person = (await self.get(person.id)).prefer(language, theme)
        await self._store.save(person)
        return person

    @retry_on_conflict
    async def invite(self, admin: Person | None, person_id: str) -> str:
        """The token of a new invitation, shown once and kept nowhere. `admin` is None where the command line asks.

        Where an administrator asks, those that the person hasn't used yet end. The command line ends none: a second
        start of the demo is no reason for the links of the first to fail.
        """
        if admin is not None:
            admin.require(Role.ADMIN)
        person = await self.get(person_id)
        person.require(Role.FIELD)
        token, stamp = self._context.new_token(), self._context.stamp(admin)
        invitation = Invitation(id=fingerprint(token), person_id=person.id, made_at=stamp.at)
        # Whoever holds the machine leaves no name to tell of; what they invite to is told once somebody comes in.
        told = (*await self._ended_invitations(person_id), person.invited(stamp)) if admin else ()
        await self._store.save(invitation, *told)
        return token

    async def invited(self, token: str) -> Person:
        """Whom an invitation would let in; Gone where it is forged, used or too old."""
        invitation = await self._open_invitation(token)
        return await self.get(invitation.person_id)

    @retry_on_conflict
    async def join(self, token: str, device_name: str) -> tuple[Visitor, str]:
        """Use an invitation up: the person on a new device, and the session token that this device keeps."""
        invitation = await self._open_invitation(token)
        person = await self.get(invitation.person_id)
        person.require(Role.FIELD)
        session = self._context.new_token()
        invitation, device, event = invitation.use(
            person, fingerprint(session), device_name, self._context.stamp(person)
        )
        await self._store.save(invitation, device, event)
        return Visitor(person, device), session

    async def visitor(self, session: str) -> Visitor | None:
        """Who is signed in with this session token, or None."""
        return await self.visitor_on(fingerprint(session))

    async def visitor_on(self, device_id: str) -> Visitor | None:
        """Who is signed in on this device, or None."""
        device = await self._store.get(Device, device_id)
        if device is None or not device.is_open(self._context.now()):
            return None
        person = await self.get(device.person_id)
        return Visitor(person, self._presence.see(device)) if person.active else None

    @retry_on_conflict
    async def revoke(self, by: Person, device_id: str) -> None:
        """Sign a device out for good: one's own, or anybody's where an administrator asks."""
        device = await self._store.get(Device, device_id)
        if device is None or not device.is_open(self._context.now()):
            return
        if device.person_id != by.id:
            by.require(Role.ADMIN)
        await self._store.save(*device.revoke(self._context.stamp(by)))

    async def ended_access(self, person_id: str) -> list[Device | AccessToken | Invitation]:
        """Every way in that a person had, ended: a lost phone must not be back when its owner is."""
        stamp = self._context.stamp()
        devices = [device.revoke(stamp)[0] for device in await self.devices(person_id)]
        tokens = (await self._store.find(AccessToken, person_id=person_id)).documents
        ended = [token.revoke(stamp)[0] for token in tokens if token.is_open(stamp.at)]
        return [*devices, *ended, *await self._ended_invitations(person_id)]

    async def _ended_invitations(self, person_id: str) -> list[Invitation]:
        made = (await self._store.find(Invitation, person_id=person_id)).documents
        return [old.end(self._context.now()) for old in made if old.used_at is None and old.ended_at is None]

    async def _open_invitation(self, token: str) -> Invitation:
        invitation = await self._store.get(Invitation, fingerprint(token))
        if invitation is None:
            raise Gone('This invitation is not valid. Ask for a new one.')
        invitation.require_open(self._context.now())
        return invitation

    async def require_an_admin_besides(self, changed: Person) -> Person | None:
        """Somebody who remains administrator, if there is one; Invalid where nobody would."""
        admins = (await self._store.find(Person, role=Role.ADMIN)).documents
        others = [admin for admin in admins if admin.active and admin.id != changed.id]
        if not others and not is_admin(changed):
            raise Invalid('role', 'Somebody has to remain administrator. Make another person one first.')
        return others[0] if others else None


def is_admin(person: Person) -> bool:
    """Whether somebody may do what administrators may."""
    return person.active and person.role is Role.ADMIN


def fingerprint(token: str) -> str:
    """What is kept of a token: its SHA-256, so that the store's file lets nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()
