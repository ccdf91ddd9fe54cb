"""What every use case stands on: the store, the clock, and the sources of ids and chance."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.catalogue import Catalogue
from app.domain.document import ChangeStamp, Document
from app.domain.entry_visibility import Reader
from app.domain.errors import Invalid, NotNow
from app.domain.people import Device, Person, Team
from app.domain.reports import Report
from app.domain.sites import KindProblems
from app.services.photo_processing import PhotoProcessor
from app.services.random_ids import RANDOM_IDS
from app.store.protocol import D, ReadOnly, Store


@dataclass(frozen=True)
class Context:
    """What use cases stand on. Tests pass in a clock and ids that they know."""

    store: Store
    lists: Catalogue
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = RANDOM_IDS.id
    new_token: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    new_nonce: Callable[[int], bytes] = RANDOM_IDS.bytes
    randbelow: Callable[[int], int] = secrets.randbelow
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    photo_processor: PhotoProcessor = field(default_factory=PhotoProcessor)

    def stamp(self, by: Person | None = None) -> ChangeStamp:
        """The mark of a change made now, by a person or (None) by a resident or Haren itself."""
        return ChangeStamp(self.new_id(), self.now(), by.id if by else None)

    async def find_all(self, kind: type[D]) -> tuple[D, ...]:
        """Every document of a kind, newest first."""
        return (await self.store.find(kind)).documents

    async def team(self, team_id: str | None) -> Team | None:
        """The team with this id, or None."""
        return await self.store.get(Team, team_id) if team_id else None

    async def organisation(self, team_id: str | None) -> str | None:
        """The organisation of a team; None where there is no such team."""
        team = await self.team(team_id)
        return team.organisation if team else None

    async def reader(self, person: Person) -> Reader:
        """A person as somebody who reads what others have written."""
        return Reader(person, await self.organisation(person.team_id))

    async def require_team(self, team_id: str | None) -> None:
        """Invalid where a team is named that isn't there."""
        if team_id is not None and await self.team(team_id) is None:
            raise Invalid('team', 'There is no such team.')

    async def active_members(self, team_id: str | None, asking: Person) -> int:
        """How many of a team may have written something: who works here, and has ever come in.

        Somebody who is `asking` has, and of who never did everybody who sees that knows that they wrote nothing.
        """
        members = (await self.store.find(Person, team_id=team_id)).documents if team_id else ()
        return sum([one.id == asking.id or await self._came_in(one) for one in members if one.active])

    async def _came_in(self, person: Person) -> bool:
        return bool((await self.store.find(Device, limit=1, person_id=person.id)).documents)

    async def photos_of(self, case_id: str | None, limit: int = 6) -> tuple[str, ...]:
        """The names of the photos that a case's reports have, the newest reports' first."""
        found = await self.store.find(Report, limit=limit, shows=case_id) if case_id else None
        return tuple(report.photo for report in found.documents if report.photo) if found else ()

    async def save_with_photo(self, photo: bytes, *documents: Document) -> None:
        """Keep a photo, and the documents that name it; NotNow where nothing can be kept."""
        try:
            await self.store.photos.keep(photo)
            await self.store.save(*documents)
        except ReadOnly as error:
            raise no_room_for_photos() from error

    async def problems_of(self, kind: str) -> tuple[str, ...]:
        """The problems that things of a kind can have: as the municipality has chosen, or as in the lists."""
        changed = await self.store.get(KindProblems, kind)
        return changed.problems if changed else self.lists.asset_kind(kind).problems

    async def catalogue(self) -> Catalogue:
        """The lists, with the problems that the municipality has chosen for each kind of asset."""
        changed = await self.find_all(KindProblems)
        return self.lists.with_problems({kind.id: kind.problems for kind in changed}) if changed else self.lists


def no_room_for_photos() -> NotNow:
    """The refusal of a photo while the disk takes nothing."""
    return NotNow('The photo can not be kept right now. Your report is: send the photo again in a while.')


CLIENT_ID = re.compile(r'[0-9A-Za-z_-]{16,64}')
"""What a client may mint as an id: enough of it that nobody can guess another's, and safe in an address."""


def require_client_id(id: str) -> str:
    """The id; Invalid unless it is one that a client may mint."""
    if not CLIENT_ID.fullmatch(id):
        raise Invalid('id', 'The id must be 16 to 64 letters, digits, hyphens or underscores.')
    return id
