"""Manage staff: their teams, their invitations and the devices on which they are signed in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.domain.audit import AuditKind, AuditRecord
from app.domain.collation import SWEDISH, sort_key
from app.domain.document import Document
from app.domain.errors import Gone, Invalid, NotFound
from app.domain.people import Device, Invitation, Language, Person, Role, Team, Theme
from app.services.context import Context
from app.services.ended_access import EndedAccess
from app.services.last_seen import LastSeen
from app.services.retry import retry_on_conflict


@dataclass(frozen=True)
class Visitor:
    """A signed-in person and the device that they use."""

    person: Person
    device: Device


@dataclass(frozen=True)
class PersonDraft:
    """The description of a person that an administrator enters."""

    name: str
    role: Role
    team_id: str | None = None
    active: bool = True


class People:
    """The use cases for people, teams, invitations and devices."""

    def __init__(self, context: Context, last_seen: LastSeen) -> None:
        self._context = context
        self._store = context.store
        self._last_seen = last_seen
        self._ended = EndedAccess(context, last_seen)

    async def all(self, language: str = SWEDISH) -> tuple[Person, ...]:
        """Return everybody who isn't leaving for good, by name in this language's order, inactive people last."""
        known = [person for person in await self._context.find_all(Person) if person.leaving is None]
        return tuple(sorted(known, key=lambda person: (not person.active, sort_key(person.name, language))))

    async def teams(self, language: str = SWEDISH) -> tuple[Team, ...]:
        """Return every team, by name in this language's order."""
        return tuple(sorted(await self._context.find_all(Team), key=lambda team: sort_key(team.name, language)))

    async def team(self, team_id: str | None) -> Team | None:
        """Return the team with this id, or None."""
        return await self._context.team(team_id)

    async def get(self, person_id: str) -> Person:
        """Return one person. Raise NotFound if there is none."""
        person = await self._store.get(Person, person_id)
        if person is None:
            raise NotFound('There is no such person.')
        return person

    async def find(self, person_id: str | None) -> Person | None:
        """Return the person, or None if there is none with this id."""
        return await self._store.get(Person, person_id) if person_id else None

    async def active_members(self, team_id: str | None, asking: Person) -> int:
        """Count the members of a team who may have written something, see Context.active_members."""
        return await self._context.active_members(team_id, asking)

    async def devices(self, person_id: str) -> tuple[Device, ...]:
        """Return the devices on which a person is signed in, newest first."""
        found = await self._store.find(Device, person_id=person_id)
        return tuple(
            self._last_seen.latest(device) for device in found.documents if device.is_open(self._context.now())
        )

    @retry_on_conflict
    async def add_team(self, admin: Person, name: str, organisation: str, wished_id: str = '') -> Team:
        """Add a team."""
        admin.require(Role.ADMIN)
        team, event = Team.add(wished_id or self._context.new_id(), name, organisation, self._context.stamp(admin))
        await self._store.save(team, event)
        return team

    @retry_on_conflict
    async def rename_team(
        self, admin: Person, team_id: str, name: str, organisation: str, *, seen: int | None = None
    ) -> Team:
        """Change the name or the organisation of a team.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        if (team := await self._store.get(Team, team_id)) is None:
            raise NotFound('There is no such team.')
        team, event = team.require_revision(seen).rename(name, organisation, self._context.stamp(admin))
        await self._store.save(team, event)
        return team

    @retry_on_conflict
    async def add(
        self, admin: Person | None, draft: PersonDraft, wished_id: str = '', *, on: Device | None = None
    ) -> Person:
        """Add a person. Raise Unconfirmed for an administrator if the device that it is done on has to be confirmed.

        `admin` is None for the command line, which adds the first person.
        """
        if admin is not None:
            admin.require(Role.ADMIN)
        await self._context.require_team(draft.team_id)
        await self._last_seen.require_confirmed(on if draft.role is Role.ADMIN else None)
        stamp = self._context.stamp(admin)
        person, event = Person.add(wished_id or self._context.new_id(), draft.name, draft.role, draft.team_id, stamp)
        record = AuditRecord.of(AuditKind.PERSON_ADDED, stamp, admin, person, after=person.role.value)
        await self._store.save(person, event, record)
        return person

    @retry_on_conflict
    async def change(
        self, admin: Person, person_id: str, draft: PersonDraft, *, seen: int | None = None, on: Device | None = None
    ) -> Person:
        """Change the name, role, team or activity of a person.

        Somebody who becomes inactive is signed out everywhere at once. `seen` is the revision that a form showed. Raise
        Clash if it is not the newest one, Invalid if nobody would remain administrator, and Unconfirmed as `add` does.
        """
        admin.require(Role.ADMIN)
        await self._context.require_team(draft.team_id)
        before = (await self.get(person_id)).require_revision(seen)
        stamp = self._context.stamp(admin)
        person, event = before.change(draft.name, draft.role, draft.team_id, draft.active, stamp)
        await self._last_seen.require_confirmed(on if person.is_admin and not before.is_admin else None)
        remaining = await self.require_an_admin_besides(person)
        # Saved as well, so that one of two administrators who demote each other at once is refused.
        also_saved = (remaining,) if remaining and before.is_admin and not person.is_admin else ()
        ended = () if person.active else await self.ended_access(person_id)
        await self._store.save(person, event, *also_saved, *ended, *AuditRecord.of_rights(before, person, stamp, admin))
        return person

    @retry_on_conflict
    async def prefer(self, person: Person, language: Language, theme: Theme) -> Person:
        """Change the language and the theme of one's own screens."""
        person = (await self.get(person.id)).prefer(language, theme)
        await self._store.save(person)
        return person

    @retry_on_conflict
    async def invite(self, admin: Person | None, person_id: str, *, on: Device | None = None) -> str:
        """Invite a person and return the token, which is shown once and not stored. Raise Unconfirmed as `add` does.

        An administrator's invitation ends the person's unused ones. `admin` is None for the command line, which ends
        none: the links of the first start of the demo must still work after a second start.
        """
        if admin is not None:
            admin.require(Role.ADMIN)
        person = await self.get(person_id)
        person.require(Role.FIELD)
        await self._last_seen.require_confirmed(on)
        token, stamp = self._context.new_token(), self._context.stamp(admin)
        invitation = Invitation(id=fingerprint(token), person_id=person.id, made_at=stamp.at)
        # The command line has no name for an Event. The feed shows the person once they join.
        also = (*await self._ended.invitations(person_id), person.invited(stamp)) if admin else ()
        await self._store.save(invitation, *also, AuditRecord.of(AuditKind.INVITED, stamp, admin, person))
        return token

    async def invited(self, token: str) -> Person:
        """Return the person whom an invitation admits. Raise Gone if it is forged, used or too old."""
        invitation = await self._open_invitation(token)
        return await self.get(invitation.person_id)

    @retry_on_conflict
    async def join(self, token: str, device_name: str) -> tuple[Visitor, str]:
        """Use an invitation up and sign the person in on a new device.

        Return the visitor and the session token that the device keeps. Raise Gone if the invitation is not valid.
        """
        invitation = await self._open_invitation(token)
        person = await self.get(invitation.person_id)
        person.require(Role.FIELD)
        session = self._context.new_token()
        invitation, device, event = invitation.use(
            person, fingerprint(session), device_name, self._context.stamp(person)
        )
        await self._store.save(invitation, device, event)
        return Visitor(person, device), session

    async def visitor(self, session: str, *, is_used: bool = True) -> Visitor | None:
        """Return who is signed in with this session token, or None."""
        return await self.visitor_on(fingerprint(session), is_used=is_used)

    async def visitor_on(self, device_id: str, *, is_used: bool = True) -> Visitor | None:
        """Return who is signed in on this device, or None. With `is_used`, somebody uses it now."""
        device = await self._store.get(Device, device_id)
        if device is None or not device.is_open(self._context.now()):
            return None
        person = await self.get(device.person_id)
        found = self._last_seen.see if is_used else self._last_seen.latest
        return Visitor(person, found(device)) if person.active else None

    @retry_on_conflict
    async def revoke(self, by: Person, device_id: str) -> None:
        """Sign a device out for good: one's own, or as an administrator anybody's."""
        device = await self._store.get(Device, device_id)
        if device is None or not device.is_open(self._context.now()):
            return
        if device.person_id != by.id:
            by.require(Role.ADMIN)
        await self._store.save(*device.revoke(self._context.stamp(by)))

    async def ended_access(self, person_id: str) -> list[Document]:
        """Return what a person who loses access leaves, as it is then but not saved yet, see EndedAccess."""
        return await self._ended.of(person_id)

    async def _open_invitation(self, token: str) -> Invitation:
        invitation = await self._store.get(Invitation, fingerprint(token))
        if invitation is None:
            raise Gone('This invitation is not valid. Ask for a new one.')
        invitation.require_open(self._context.now())
        return invitation

    async def require_an_admin_besides(self, changed: Person) -> Person | None:
        """Return another active administrator, or None if `changed` is the only one.

        Raise Invalid if nobody would remain administrator.
        """
        admins = (await self._store.find(Person, role=Role.ADMIN)).documents
        others = [admin for admin in admins if admin.active and admin.id != changed.id]
        if not others and not changed.is_admin:
            raise Invalid('role', 'Somebody has to remain administrator. Make another person one first.')
        return others[0] if others else None


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token. Only this is stored, so a copy of the store signs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()
