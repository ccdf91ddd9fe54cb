"""Collect all personal data of one person, so that they can take it along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from app.domain.access_tokens import AccessToken
from app.domain.case_acts import CaseAct
from app.domain.case_notes import CaseNote
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
"""Documents that are read before other tasks get their turn."""


@dataclass(frozen=True)
class ExportedEntry:
    """One's own entry, and its site."""

    entry: Entry
    site: Site | None


@dataclass(frozen=True)
class ExportedSubject:
    """The kind and text of an entry, as the exporting person may see them.

    Personal identity numbers are masked, except for leads and the author.
    """

    kind: EntryKind
    text: str


@dataclass(frozen=True)
class ExportedReply:
    """One's own reply, and the entry that it answers (None: it may not be read any more)."""

    reply: Reply
    about: ExportedSubject | None


@dataclass(frozen=True)
class ExportedStep:
    """A step that somebody took on an obstacle, and the entry that it is about.

    The id of an obstacle is the id of its entry.
    """

    obstacle_id: str
    step: Step
    about: ExportedSubject | None


@dataclass(frozen=True)
class ExportedShare:
    """A "me too" on an obstacle, and the entry that it is about."""

    obstacle_id: str
    share: Share
    about: ExportedSubject | None


@dataclass(frozen=True)
class PersonalData:
    """The data about one person: who they are, what they wrote, what they received and what they did."""

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
    acts: tuple[CaseAct, ...] = ()
    notes: tuple[CaseNote, ...] = ()


class PersonalExport:
    """The use case of exporting personal data."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._under_way: set[str] = set()

    async def of(self, person: Person) -> PersonalData:
        """Return all data of this person, newest first. Entries under a team's name belong to nobody.

        This reads all obstacles and Events. Raise NotNow while an export for the same person is under way.
        """
        if person.id in self._under_way:
            raise NotNow('Your file is being made already. Wait until it is here, then try again.')
        self._under_way.add(person.id)
        try:
            return await self._collect(person)
        finally:
            self._under_way.discard(person.id)

    async def _collect(self, person: Person) -> PersonalData:
        reader = await self._context.reader(person)
        touched = [each async for each in self._all(Obstacle) if _is_touched_by(each, person.id)]
        return PersonalData(
            person=person,
            team=await self._context.team(person.team_id),
            entries=tuple([await self._exported_entry(entry) async for entry in self._all(Entry, author_id=person.id)]),
            replies=tuple(
                [await self._exported_reply(reply, reader) async for reply in self._all(Reply, author_id=person.id)]
            ),
            steps=tuple([step for obstacle in touched for step in await self._steps(obstacle, reader)]),
            shares=tuple([share for obstacle in touched for share in await self._shares(obstacle, reader)]),
            notices=tuple([notice async for notice in self._all(Notification, person_id=person.id)]),
            devices=tuple([device async for device in self._all(Device, person_id=person.id)]),
            tokens=tuple([token async for token in self._all(AccessToken, person_id=person.id)]),
            acts=tuple([act async for act in self._all(CaseAct, by=person.id)]),
            notes=tuple([note async for note in self._all(CaseNote, author_id=person.id)]),
            events=tuple([event async for event in self._all(Event) if person.id in (event.by, event.person_id)]),
        )

    async def _exported_entry(self, entry: Entry) -> ExportedEntry:
        return ExportedEntry(entry, await self._store.get(Site, entry.site_id) if entry.site_id else None)

    async def _exported_reply(self, reply: Reply, reader: Reader) -> ExportedReply:
        return ExportedReply(reply, await self._about(reply.entry_id, reader))

    async def _steps(self, obstacle: Obstacle, reader: Reader) -> list[ExportedStep]:
        about, person = await self._about(obstacle.id, reader), reader.person
        return [
            ExportedStep(obstacle.id, _masked(step, person, is_own=writer == person.id), about)
            for step, writer in zip(obstacle.steps, step_authors(obstacle.steps), strict=True)
            if step.by == person.id
        ]

    async def _shares(self, obstacle: Obstacle, reader: Reader) -> list[ExportedShare]:
        about = await self._about(obstacle.id, reader)
        return [
            ExportedShare(obstacle.id, share, about) for share in obstacle.shares if share.person_id == reader.person.id
        ]

    async def _about(self, entry_id: str, reader: Reader) -> ExportedSubject | None:
        """Return the entry that a reply or a step is about, or None if the person may not read it."""
        entry, person = await self._store.get(Entry, entry_id), reader.person
        if entry is None or entry.is_withdrawn:
            return None
        if not entry.is_readable_by(reader, await self._context.organisation(entry.team_id)):
            return None
        return ExportedSubject(entry.kind, mask_for(entry.text, person, is_own=entry.author_id == person.id))

    async def _all(self, kind: type[Any], **where: str) -> AsyncIterator[Any]:
        async for page in all_pages(self._store, kind, BATCH, **where):
            for document in page:
                yield document


def _is_touched_by(obstacle: Obstacle, person_id: str) -> bool:
    return obstacle.is_shared_by(person_id) or any(step.by == person_id for step in obstacle.steps)


def _masked(step: Step, person: Person, *, is_own: bool) -> Step:
    masked = {field: mask_for(getattr(step, field), person, is_own=is_own) for field in ('words', 'to')}
    return step.model_copy(update=masked)
