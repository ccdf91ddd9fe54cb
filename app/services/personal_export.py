"""All that is somebody's own, to take along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from app.domain.access_tokens import AccessToken
from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import NotNow
from app.domain.events import Event
from app.domain.notifications import Notification
from app.domain.obstacle_step_authors import step_authors
from app.domain.obstacles import Obstacle, Share, Step
from app.domain.people import Device, Person, Team
from app.domain.personal_numbers import mask_for
from app.domain.replies import Reply
from app.domain.sites import Site
from app.services.context import Context
from app.services.pagination import all_pages

BATCH = 200
"""Documents that are read before others get their turn."""


@dataclass(frozen=True)
class ExportedEntry:
    """An entry of one's own, with the names of what it names."""

    entry: Entry
    site: Site | None


@dataclass(frozen=True)
class ExportedSubject:
    """What an entry says, as whoever takes it along sees it."""

    kind: EntryKind
    text: str


@dataclass(frozen=True)
class ExportedReply:
    """A reply of one's own, and the entry that it answers where one may still read it."""

    reply: Reply
    about: ExportedSubject | None


@dataclass(frozen=True)
class ExportedStep:
    """What somebody did about an obstacle, and what it is about. Its id is its entry's."""

    obstacle_id: str
    step: Step
    about: ExportedSubject | None


@dataclass(frozen=True)
class ExportedShare:
    """An obstacle that stops somebody, too, and what it is about."""

    obstacle_id: str
    share: Share
    about: ExportedSubject | None


@dataclass(frozen=True)
class PersonalData:
    """What is somebody's own: who they are, what they wrote, what reached them, and what they did."""

    person: Person
    team: Team | None
    entries: tuple[ExportedEntry, ...]
    replies: tuple[ExportedReply, ...]
    steps: tuple[ExportedStep, ...]
    shares: tuple[ExportedShare, ...]
    notices: tuple[Notification, ...]
    devices: tuple[Device, ...]
    tokens: tuple[AccessToken, ...]
    events: tuple[Event, ...]


class PersonalExport:
    """What can be taken along."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._under_way: set[str] = set()

    async def of(self, person: Person) -> PersonalData:
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

    async def _gathered(self, person: Person) -> PersonalData:
        reader = await self._context.reader(person)
        touched = [each async for each in self._all(Obstacle) if _is_touched_by(each, person.id)]
        return PersonalData(
            person=person,
            team=await self._context.team(person.team_id),
            entries=tuple([await self._logged(entry) async for entry in self._all(Entry, author_id=person.id)]),
            replies=tuple(
                [
                    ExportedReply(said, await self._about(said.entry_id, reader))
                    async for said in self._all(Reply, author_id=person.id)
                ]
            ),
            steps=tuple([step for obstacle in touched for step in await self._steps(obstacle, reader)]),
            shares=tuple([share for obstacle in touched for share in await self._shares(obstacle, reader)]),
            notices=tuple([notice async for notice in self._all(Notification, person_id=person.id)]),
            devices=tuple([device async for device in self._all(Device, person_id=person.id)]),
            tokens=tuple([token async for token in self._all(AccessToken, person_id=person.id)]),
            events=tuple([event async for event in self._all(Event) if person.id in (event.by, event.person_id)]),
        )

    async def _logged(self, entry: Entry) -> ExportedEntry:
        return ExportedEntry(entry, await self._store.get(Site, entry.site_id) if entry.site_id else None)

    async def _steps(self, obstacle: Obstacle, reader: Reader) -> list[ExportedStep]:
        about, person = await self._about(obstacle.id, reader), reader.person
        return [
            ExportedStep(obstacle.id, _covered(step, person, is_own=writer == person.id), about)
            for step, writer in zip(obstacle.steps, step_authors(obstacle.steps), strict=True)
            if step.by == person.id
        ]

    async def _shares(self, obstacle: Obstacle, reader: Reader) -> list[ExportedShare]:
        about = await self._about(obstacle.id, reader)
        return [
            ExportedShare(obstacle.id, each, about) for each in obstacle.shares if each.person_id == reader.person.id
        ]

    async def _about(self, entry_id: str, reader: Reader) -> ExportedSubject | None:
        """An entry with which they had to do; None where they may not read it."""
        entry, person = await self._store.get(Entry, entry_id), reader.person
        if entry is None or entry.is_withdrawn:
            return None
        if not entry.is_open_to(reader, await self._context.organisation(entry.team_id)):
            return None
        return ExportedSubject(entry.kind, mask_for(entry.text, person, is_own=entry.author_id == person.id))

    async def _all(self, kind: type[Any], **where: str) -> AsyncIterator[Any]:
        async for page in all_pages(self._store, kind, BATCH, **where):
            for document in page:
                yield document


def _is_touched_by(obstacle: Obstacle, person_id: str) -> bool:
    return obstacle.is_shared_by(person_id) or any(step.by == person_id for step in obstacle.steps)


def _covered(step: Step, person: Person, *, is_own: bool) -> Step:
    said = {field: mask_for(getattr(step, field), person, is_own=is_own) for field in ('words', 'to')}
    return step.model_copy(update=said)
