"""Read the feed: the Events, each with the documents that it names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from app.domain.case_acts import CaseAct
from app.domain.cases import Case
from app.domain.catalogue import AssetKind, Problem, Term
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, time_until, visible_from
from app.domain.events import Event, EventKind, Showing, Topic
from app.domain.people import Person, Role, Team
from app.domain.quarantine import HeldGroup, HeldReport
from app.domain.replies import Reply
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.services.context import Context
from app.services.followed_events import FOLLOWED
from app.services.pagination import paginate
from app.services.thread_summaries import ThreadSummary, summarize_thread
from app.store.protocol import Page

PAGE = 30
"""Events on one page of the feed."""

OF_LEADS = frozenset(
    {
        EventKind.REPORTS_HELD,
        EventKind.REPORTS_RELEASED,
        EventKind.REPORTS_DISCARDED,
        EventKind.SWEEP_STOPPED,
        EventKind.SWEEP_ALLOWED,
    }
)
"""Events that belong to no team, and are every lead's business."""

OF_SOMEBODYS_DEVICES = frozenset({EventKind.PERSON_INVITED, EventKind.PERSON_JOINED, EventKind.DEVICE_REVOKED})
"""Events that only administrators and the people concerned may see."""

D = TypeVar('D', bound=Document)


@dataclass(frozen=True)
class Story:
    """An Event and the documents that it names, each as it is now.

    A document is None if the Event names none of its kind, or if it has been erased. `held` counts the reports that a
    flood has held by now, and `waiting` those of them that nobody has decided on. `photos` are the names of the case's
    photos, and `noted` are the reports whose notes are shown with an open case (None: they were not read). `act` is
    what staff did with a case. `earlier` counts the steps of the case that have no row any more (None: they were not
    counted), and `notified` are the ids of the people who were told about the entry or the case.
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
    noted: tuple[Report, ...] | None
    act: CaseAct | None = None
    earlier: int | None = None
    notified: frozenset[str] = frozenset()

    def is_readable_by(self, reader: Reader) -> bool:
        """Return True if somebody may see this."""
        if self.event.kind in OF_SOMEBODYS_DEVICES:
            person = reader.person
            return person.role.covers(Role.ADMIN) or person.id in (self.event.by, self.event.person_id)
        if self.entry is None:
            return self.event.entry_id is None  # an erased entry is shown to nobody
        return self.entry.is_readable_by(reader, self.team.organisation if self.team else None)

    def concerns(self, person: Person) -> bool:
        """Return True if this is about somebody's team, or about what they did, wrote, have to do or were told of."""
        event, entry, case = self.event, self.entry, self.case
        if event.kind in OF_LEADS:
            return person.role.covers(Role.LEAD)
        is_teams = person.team_id is not None and person.team_id in (event.team_id, case and case.team_id)
        people = (event.by, event.person_id, entry and entry.author_id, case and case.assignee_id)
        return is_teams or person.id in people or person.id in self.notified

    @property
    def visible_from(self) -> datetime | None:
        """Return the time from which others may see this; None: at once."""
        is_under_team_name = self.entry is not None and self.entry.is_under_team_name and self.event.by is None
        return visible_from(self.event.at, is_under_team_name=is_under_team_name)


@dataclass(frozen=True)
class FeedFilter:
    """The filters of a feed. None filters nothing."""

    topic: Topic | None = None
    team_id: str | None = None

    def matches(self, event: Event) -> bool:
        """Return True if the feed shows this Event."""
        return self.topic in (None, event.topic) and self.team_id in (None, event.team_id)


class StoryPage(NamedTuple):
    """Stories, newest first, and the cursor of the next page (None: there is none)."""

    stories: tuple[Story, ...]
    older: str | None


class Feed:
    """The queries on the feed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def page(
        self, chosen: FeedFilter = FeedFilter(), before: str | None = None, limit: int = PAGE
    ) -> Page[Event]:
        """Return Events that have a row in the feed, newest first."""
        filters = {'topic': chosen.topic, 'team_id': chosen.team_id}
        where = {name: value for name, value in filters.items() if value is not None}
        return await self._store.find(Event, limit=limit, before=before, showing=Showing.ROW, **where)

    async def readable_page(
        self, reader: Reader, chosen: FeedFilter = FeedFilter(), before: str | None = None, limit: int = PAGE
    ) -> StoryPage:
        """Return the Stories that a reader may see now, newest first.

        There are about `limit` of them, and fewer if many are not for this reader.
        """

        async def select(event: Event) -> Story | None:
            story = await self.story(event)
            is_hidden = time_until(story.visible_from, self._context.now())
            return story if story.is_readable_by(reader) and not is_hidden else None

        return StoryPage(*await paginate(partial(self.page, chosen), select, before, limit))

    async def for_followers(self, site_id: str, asset_id: str | None = None, limit: int = PAGE) -> tuple[Story, ...]:
        """Return what followers of a site, or of one asset there, receive, newest first."""
        where = {'site_id': site_id, 'asset_id': asset_id} if asset_id else {'site_id': site_id}
        found: list[Event] = []
        before: str | None = None
        while len(found) < limit:
            page = await self._store.find(
                Event, limit=limit, before=before, topic=Topic.CASES, showing=Showing.ROW, **where
            )
            found += [event for event in page.documents if event.kind in FOLLOWED]
            before = page.older
            if before is None:
                break
        return await self.stories(found[:limit])

    async def event(self, event_id: str) -> Event | None:
        """Return the event, or None if there is none with this id."""
        return await self._store.get(Event, event_id)

    async def stories(self, events: Collection[Event]) -> tuple[Story, ...]:
        """Return the Events, each with the documents that it names."""
        return tuple([await self.story(event) for event in events])

    async def with_notes(self, story: Story) -> Story:
        """Return the Story with the notes of its case, unless it is closed or its notes can't have changed.

        A thousand reports without words should not cost a search for words.
        """
        event, case = story.event, story.case
        may_have_changed = event.showing is Showing.ROW or event.kind is EventKind.CASE_NOTED
        if case is None or not case.is_open or not may_have_changed:
            return story
        return replace(story, noted=await self._context.noted_reports(case.id))

    async def story(self, event: Event) -> Story:
        """Return one Event with the documents that it names."""
        catalogue = self._context.base_catalogue
        case = await self._get(Case, event.case_id)
        entry = await self._get(Entry, event.entry_id)
        return Story(
            event=event,
            actor=await self._get(Person, event.by),
            team=await self._get(Team, event.team_id),
            site=await self._get(Site, event.site_id),
            asset=await self._get(Asset, event.asset_id),
            asset_kind=catalogue.asset_kind(event.asset_kind) if event.asset_kind else None,
            case=case,
            problem=catalogue.problem(case.problem) if case else None,
            report=await self._get(Report, event.report_id),
            entry=entry,
            roots=tuple(root for root in catalogue.roots if entry and root.id in entry.roots),
            obstacle_kind=self._context.obstacle_kind(entry.obstacle_kind) if entry else None,
            reply=await self._get(Reply, event.reply_id),
            thread=await summarize_thread(self._store, entry),
            person=await self._get(Person, event.person_id),
            held=await self._held(event.flood_id) if event.flood_id else 0,
            waiting=await self._waiting(event.flood_id) if event.flood_id else 0,
            photos=await self._context.photos_of(event.case_id),
            noted=None,
            act=await self._get(CaseAct, event.act_id),
        )

    async def _held(self, flood_id: str) -> int:
        return (await self._store.count(HeldReport, 'flood_id')).get(flood_id, 0)

    async def _waiting(self, flood_id: str) -> int:
        counts = await self._store.count(HeldReport, 'heap')
        return sum(count for heap, count in counts.items() if heap and HeldGroup.read(str(heap)).flood_id == flood_id)

    async def about(self, case: Case) -> Story:
        """Return the newest Story of a case."""
        newest = await self._store.find(Event, limit=1, case_id=case.id)
        story = await self.story(newest.documents[0])
        return replace(story, noted=await self._context.noted_reports(case.id))

    async def _get(self, kind: type[D], id: str | None) -> D | None:
        return await self._store.get(kind, id) if id else None
