"""All that is somebody's own, to take along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from app.domain.access_tokens import AccessToken
from app.domain.entries import Entry, Reader
from app.domain.entry_content import EntryKind
from app.domain.errors import NotNow
from app.domain.events import Event
from app.domain.notifications import Notice
from app.domain.obstacle_step_authors import writers
from app.domain.obstacles import Obstacle, Share, Step
from app.domain.people import Device, Person, Team
from app.domain.personal_numbers import shown
from app.domain.replies import Reply
from app.domain.sites import Site
from app.services.context import Ground
from app.services.pagination import every_page

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
class Stepped:
    """What somebody did about an obstacle, and what it is about. Its id is its entry's."""

    obstacle_id: str
    step: Step
    about: About | None


@dataclass(frozen=True)
class Shared:
    """An obstacle that stops somebody, too, and what it is about."""

    obstacle_id: str
    share: Share
    about: About | None


@dataclass(frozen=True)
class Belongings:
    """What is somebody's own: who they are, what they wrote, what reached them, and what they did."""

    person: Person
    team: Team | None
    entries: tuple[Logged, ...]
    replies: tuple[Answered, ...]
    steps: tuple[Stepped, ...]
    shares: tuple[Shared, ...]
    notices: tuple[Notice, ...]
    devices: tuple[Device, ...]
    tokens: tuple[AccessToken, ...]
    events: tuple[Event, ...]


class Exports:
    """What can be taken along."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._store = ground.store
        self._under_way: set[str] = set()

    async def of(self, person: Person) -> Belongings:
        """All that is this person's own, newest first. What stands under a team's name is nobody's.

        It looks through everything that ever happened: NotNow while it already does so for them.
        """
        if person.id in self._under_way:
            raise NotNow('Your file is being made already. Wait until it is here, then try again.')
        self._under_way.add(person.id)
        try:
            return await self._gathered(person)
        finally:
            self._under_way.discard(person.id)

    async def _gathered(self, person: Person) -> Belongings:
        reader = await self._ground.reader(person)
        touched = [each async for each in self._all(Obstacle) if _is_touched_by(each, person.id)]
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
            steps=tuple([step for obstacle in touched for step in await self._steps(obstacle, reader)]),
            shares=tuple([share for obstacle in touched for share in await self._shares(obstacle, reader)]),
            notices=tuple([notice async for notice in self._all(Notice, person_id=person.id)]),
            devices=tuple([device async for device in self._all(Device, person_id=person.id)]),
            tokens=tuple([token async for token in self._all(AccessToken, person_id=person.id)]),
            events=tuple([event async for event in self._all(Event) if person.id in (event.by, event.person_id)]),
        )

    async def _logged(self, entry: Entry) -> Logged:
        return Logged(entry, await self._store.get(Site, entry.site_id) if entry.site_id else None)

    async def _steps(self, obstacle: Obstacle, reader: Reader) -> list[Stepped]:
        about, person = await self._about(obstacle.id, reader), reader.person
        return [
            Stepped(obstacle.id, _covered(step, person, is_own=writer == person.id), about)
            for step, writer in zip(obstacle.steps, writers(obstacle.steps), strict=True)
            if step.by == person.id
        ]

    async def _shares(self, obstacle: Obstacle, reader: Reader) -> list[Shared]:
        about = await self._about(obstacle.id, reader)
        return [Shared(obstacle.id, each, about) for each in obstacle.shares if each.person_id == reader.person.id]

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


def _is_touched_by(obstacle: Obstacle, person_id: str) -> bool:
    return obstacle.is_shared_by(person_id) or any(step.by == person_id for step in obstacle.steps)


def _covered(step: Step, person: Person, *, is_own: bool) -> Step:
    said = {field: shown(getattr(step, field), person, is_own=is_own) for field in ('words', 'to')}
    return step.model_copy(update=said)
