"""All that is somebody's own, to take along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from app.domain.content import EntryKind
from app.domain.entries import Entry, Reader
from app.domain.events import Event
from app.domain.identity import shown
from app.domain.notices import Notice
from app.domain.people import Device, Person, Team
from app.domain.replies import Reply
from app.domain.sites import Site
from app.domain.tokens import AccessToken
from app.services.ground import Ground
from app.services.leafing import every_page

BATCH = 200
"""Documents that are read before others get their turn."""


@dataclass(frozen=True)
class Logged:
    """An entry of one's own, with the names of what it names."""

    entry: Entry
    site: Site | None


@dataclass(frozen=True)
class About:
    """What an entry says, as whoever takes it along sees it."""

    kind: EntryKind
    text: str


@dataclass(frozen=True)
class Answered:
    """A reply of one's own, and the entry that it answers where one may still read it."""

    reply: Reply
    about: About | None


@dataclass(frozen=True)
class Belongings:
    """What is somebody's own: who they are, what they wrote, what reached them, and what they did."""

    person: Person
    team: Team | None
    entries: tuple[Logged, ...]
    replies: tuple[Answered, ...]
    notices: tuple[Notice, ...]
    devices: tuple[Device, ...]
    tokens: tuple[AccessToken, ...]
    events: tuple[Event, ...]


class Exports:
    """What can be taken along."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._store = ground.store

    async def of(self, person: Person) -> Belongings:
        """All that is this person's own, newest first. What stands under a team's name is nobody's."""
        reader = await self._ground.reader(person)
        return Belongings(
            person=person,
            team=await self._ground.team(person.team_id),
            entries=tuple([await self._logged(entry) async for entry in self._all(Entry, author_id=person.id)]),
            replies=tuple(
                [
                    Answered(said, await self._about(said.entry_id, reader))
                    async for said in self._all(Reply, author_id=person.id)
                ]
            ),
            notices=tuple([notice async for notice in self._all(Notice, person_id=person.id)]),
            devices=tuple([device async for device in self._all(Device, person_id=person.id)]),
            tokens=tuple([token async for token in self._all(AccessToken, person_id=person.id)]),
            events=tuple([event async for event in self._all(Event) if person.id in (event.by, event.person_id)]),
        )

    async def _logged(self, entry: Entry) -> Logged:
        return Logged(entry, await self._store.get(Site, entry.site_id) if entry.site_id else None)

    async def _about(self, entry_id: str, reader: Reader) -> About | None:
        """An entry with which they had to do; None where they may not read it."""
        entry, person = await self._store.get(Entry, entry_id), reader.person
        if entry is None or entry.is_withdrawn:
            return None
        if not entry.is_open_to(reader, await self._ground.organisation(entry.team_id)):
            return None
        return About(entry.kind, shown(entry.text, person, is_own=entry.author_id == person.id))

    async def _all(self, kind: type[Any], **where: str) -> AsyncIterator[Any]:
        async for page in every_page(self._store, kind, BATCH, **where):
            for document in page:
                yield document
