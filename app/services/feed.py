"""The feed: every Event, with the documents that it names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from app.domain.cases import Case
from app.domain.catalogue import AssetKind, Problem, Term
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, told_from
from app.domain.events import Event, EventKind, Showing, Topic
from app.domain.people import Person, Role, Team
from app.domain.quarantine import HeldGroup, HeldReport
from app.domain.replies import Reply
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.services.context import Context
from app.services.pagination import paginate
from app.services.thread_summaries import ThreadSummary, summarize_thread
from app.store.protocol import Page

PAGE = 30
"""Events on one page of the feed."""

FOLLOWED = frozenset(
    {
        EventKind.CASE_REPORTED,
        EventKind.CASE_ACKNOWLEDGED,
        EventKind.CASE_RESOLVED,
        EventKind.CASE_CLEARED,
        EventKind.CASE_STALE,
        EventKind.CASE_WITHDRAWN,
    }
)
"""What followers are told of: that something is so, that it was seen, and that it's over. Not each report of it."""

OF_SOMEBODYS_DEVICES = frozenset({EventKind.PERSON_INVITED, EventKind.PERSON_JOINED, EventKind.DEVICE_REVOKED})
"""Who comes in where, and when, is for administrators and for those whom it concerns."""

D = TypeVar('D', bound=Document)


@dataclass(frozen=True)
class Story:
    """An Event and what it names, each as it is now, or None where it's not about one or it has been erased.

    `held` is how many reports a flood has held by now and `waiting` how many of them nobody has decided yet, `photos`
    names those of the case.
    """

    event: Event
    actor: Person | None
    team: Team | None
    site: Site | None
    asset: Asset | None
    asset_kind: AssetKind | None
    case: Case | None
    problem: Problem | None
    report: Report | None
    entry: Entry | None
    roots: tuple[Term, ...]
    obstacle_kind: Term | None
    reply: Reply | None
    thread: ThreadSummary
    person: Person | None
    held: int
    waiting: int
    photos: tuple[str, ...]

    def is_open_to(self, reader: Reader) -> bool:
        """Whether somebody may be told this."""
        if self.event.kind in OF_SOMEBODYS_DEVICES:
            person = reader.person
            return person.role.covers(Role.ADMIN) or person.id in (self.event.by, self.event.person_id)
        if self.entry is None:
            return self.event.entry_id is None  # of one that has been erased nobody is told
        return self.entry.is_open_to(reader, self.team.organisation if self.team else None)

    @property
    def told_from(self) -> datetime:
        """From when on it is told."""
        is_veiled = self.entry is not None and self.entry.is_veiled and self.event.by is None
        return told_from(self.event.at, is_veiled=is_veiled)


@dataclass(frozen=True)
class FeedFilter:
    """Which Events a feed shows; nothing chosen shows all."""

    topic: Topic | None = None
    team_id: str | None = None

    def lets_through(self, event: Event) -> bool:
        """Whether the feed shows this Event."""
        return self.topic in (None, event.topic) and self.team_id in (None, event.team_id)


class Telling(NamedTuple):
    """Some of the feed, newest first, and the cursor behind which there is more (None: this was the last)."""

    stories: tuple[Story, ...]
    older: str | None


class Feed:
    """What can be asked of the feed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def page(
        self, chosen: FeedFilter = FeedFilter(), before: str | None = None, limit: int = PAGE
    ) -> Page[Event]:
        """Some Events that have a row, newest first."""
        where = {
            name: value for name, value in (('topic', chosen.topic), ('team_id', chosen.team_id)) if value is not None
        }
        return await self._store.find(Event, limit=limit, before=before, showing=Showing.ROW, **where)

    async def told(
        self, reader: Reader, chosen: FeedFilter = FeedFilter(), before: str | None = None, limit: int = PAGE
    ) -> Telling:
        """What a reader may be told, newest first: about `limit` Stories, fewer where much is not theirs to read."""

        async def tell(event: Event) -> Story | None:
            story = await self.story(event)
            return story if story.is_open_to(reader) and story.told_from <= self._context.now() else None

        return Telling(*await paginate(partial(self.page, chosen), tell, before, limit))

    async def followed(self, site_id: str, asset_id: str | None = None, limit: int = PAGE) -> tuple[Story, ...]:
        """What followers of a site, or of one asset there, are told, newest first."""
        where = {'site_id': site_id, 'asset_id': asset_id} if asset_id else {'site_id': site_id}
        told: list[Event] = []
        before: str | None = None
        while len(told) < limit:
            page = await self._store.find(
                Event, limit=limit, before=before, topic=Topic.CASES, showing=Showing.ROW, **where
            )
            told += [event for event in page.documents if event.kind in FOLLOWED]
            before = page.older
            if before is None:
                break
        return await self.stories(told[:limit])

    async def stories(self, events: Collection[Event]) -> tuple[Story, ...]:
        """The Events, each with what it names."""
        return tuple([await self.story(event) for event in events])

    async def story(self, event: Event) -> Story:
        """One Event with what it names."""
        lists = self._context.lists
        case = await self._get(Case, event.case_id)
        entry = await self._get(Entry, event.entry_id)
        return Story(
            event=event,
            actor=await self._get(Person, event.by),
            team=await self._get(Team, event.team_id),
            site=await self._get(Site, event.site_id),
            asset=await self._get(Asset, event.asset_id),
            asset_kind=lists.asset_kind(event.asset_kind) if event.asset_kind else None,
            case=case,
            problem=lists.problem(case.problem) if case else None,
            report=await self._get(Report, event.report_id),
            entry=entry,
            roots=tuple(root for root in lists.roots if entry and root.id in entry.roots),
            obstacle_kind=next(
                (kind for kind in lists.obstacle_kinds if entry and kind.id == entry.obstacle_kind), None
            ),
            reply=await self._get(Reply, event.reply_id),
            thread=await summarize_thread(self._store, entry),
            person=await self._get(Person, event.person_id),
            held=(await self._store.count(HeldReport, 'flood_id')).get(event.flood_id, 0) if event.flood_id else 0,
            waiting=await self._waiting(event.flood_id) if event.flood_id else 0,
            photos=await self._context.photos_of(event.case_id),
        )

    async def _waiting(self, flood_id: str) -> int:
        counts = await self._store.count(HeldReport, 'heap')
        return sum(count for heap, count in counts.items() if heap and HeldGroup.read(str(heap)).flood_id == flood_id)

    async def about(self, case: Case) -> Story:
        """The newest Story of a case."""
        newest = await self._store.find(Event, limit=1, case_id=case.id)
        return await self.story(newest.documents[0])

    async def _get(self, kind: type[D], id: str | None) -> D | None:
        return await self._store.get(kind, id) if id else None
